//! The ways to cut the pipeline into lines.

use crate::tui::widgets::tabs::turned;

/// A way to cut the pipeline into lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Cut {
    /// By stage.
    #[default]
    Stages,
    /// By owner.
    Owners,
    /// Open deals past the stall line of their stage, one by one.
    Stalled,
    /// Open deals whose close date moved later, one by one.
    Pushed,
    /// By region of the owner.
    Regions,
    /// By quarter of closing.
    Quarters,
    /// By age of the open deals.
    Ageing,
}

impl Cut {
    /// Every cut, in the order of the screen.
    pub const ALL: [Self; 7] =
        [Self::Stages, Self::Owners, Self::Stalled, Self::Pushed, Self::Regions, Self::Quarters, Self::Ageing];

    /// Its name in the local state.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stages => "stages",
            Self::Owners => "owners",
            Self::Stalled => "stalled",
            Self::Pushed => "pushed",
            Self::Regions => "regions",
            Self::Quarters => "quarters",
            Self::Ageing => "ageing",
        }
    }

    /// The cut of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cut| cut.key() == key)
    }

    /// Its name as a table, in the local state.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Stages => "pipeline-stages",
            Self::Owners => "pipeline-owners",
            Self::Stalled => "pipeline-stalled",
            Self::Pushed => "pipeline-pushed",
            Self::Regions => "pipeline-regions",
            Self::Quarters => "pipeline-quarters",
            Self::Ageing => "pipeline-ageing",
        }
    }

    /// Key of its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stages => "tui-cut-stages",
            Self::Owners => "tui-cut-owners",
            Self::Stalled => "tui-cut-stalled",
            Self::Pushed => "tui-cut-pushed",
            Self::Regions => "tui-cut-regions",
            Self::Quarters => "tui-cut-quarters",
            Self::Ageing => "tui-cut-ageing",
        }
    }

    /// The cut after this one, the first after the last.
    #[must_use]
    pub fn next(self) -> Self {
        turned(&Self::ALL, self, 1)
    }

    /// The cut before this one, the last before the first.
    #[must_use]
    pub fn previous(self) -> Self {
        turned(&Self::ALL, self, Self::ALL.len() - 1)
    }

    /// Key of the title of its first column.
    pub(super) const fn column(self) -> &'static str {
        match self {
            Self::Stages => "tui-column-stage",
            Self::Owners => "tui-column-owner",
            Self::Stalled | Self::Pushed => "tui-column-deal",
            Self::Regions => "tui-column-region",
            Self::Quarters => "tui-column-quarter",
            Self::Ageing => "tui-column-age",
        }
    }
}
