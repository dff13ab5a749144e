//! What a file may hold, and what a column of it may mean.

use crate::domain::fold::fold;
use crate::domain::object::{Kind, Object, Row};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum As {
    /// Members of the go-to-market team.
    Team,
    /// Products and list prices.
    Products,
    /// Companies.
    Accounts,
    /// People who showed interest.
    Leads,
    /// People at companies.
    Contacts,
    /// Deals.
    Opportunities,
    /// The stages of the pipeline.
    Stages,
    /// Moves of deals, leads and contacts from stage to stage.
    StageHistory,
    /// What metrics should be in a period.
    Targets,
    /// Calls, e-mails, meetings and chats.
    Touches,
    /// What was done with hand-offs.
    Handoffs,
    /// Changes of annual recurring revenue.
    Arr,
    /// What channels and campaigns cost.
    Spend,
    /// What teams cost.
    Costs,
    /// Days on which members of the team are away.
    Leave,
    /// What currencies were worth.
    Rates,
    /// Answers to surveys.
    Surveys,
    /// How healthy customers were.
    Health,
    /// How much of the product was used.
    Usage,
    /// The tools of the stack.
    Tools,
    /// What flows between the tools.
    Integrations,
}

impl As {
    /// All of them, in the order in which their files can be imported.
    pub const ALL: [Self; 21] = [
        Self::Team,
        Self::Products,
        Self::Accounts,
        Self::Leads,
        Self::Contacts,
        Self::Opportunities,
        Self::Stages,
        Self::StageHistory,
        Self::Targets,
        Self::Touches,
        Self::Handoffs,
        Self::Arr,
        Self::Spend,
        Self::Costs,
        Self::Leave,
        Self::Rates,
        Self::Surveys,
        Self::Health,
        Self::Usage,
        Self::Tools,
        Self::Integrations,
    ];

    /// What the rows become.
    #[must_use]
    pub const fn object(self) -> Object {
        match self {
            Self::Team => Object::Member,
            Self::Products => Object::Product,
            Self::Accounts => Object::Account,
            Self::Leads | Self::Contacts => Object::Person,
            Self::Opportunities => Object::Opportunity,
            Self::Stages => Object::Stage,
            Self::StageHistory => Object::StageChange,
            Self::Targets => Object::Target,
            Self::Touches => Object::Touch,
            Self::Handoffs => Object::HandoffEvent,
            Self::Arr => Object::ArrMovement,
            Self::Spend => Object::Spend,
            Self::Costs => Object::Cost,
            Self::Leave => Object::Leave,
            Self::Rates => Object::Rate,
            Self::Surveys => Object::Survey,
            Self::Health => Object::Health,
            Self::Usage => Object::Usage,
            Self::Tools => Object::Tool,
            Self::Integrations => Object::Integration,
        }
    }

    /// Whether files describe records of this object.
    #[must_use]
    pub fn may_be(object: Object) -> bool {
        object != Object::StageChange && Self::ALL.into_iter().any(|kind| kind.object() == object)
    }

    /// The kind of file that describes a record.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        let is_contact = row.object == Object::Person && row.get("kind").int() == Some(1);
        let fits = |kind: &Self| {
            kind.object() == row.object && (row.object != Object::Person || is_contact == (*kind == Self::Contacts))
        };
        Self::ALL.into_iter().find(fits)
    }

    /// The word after `--as`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Products => "products",
            Self::Accounts => "accounts",
            Self::Leads => "leads",
            Self::Contacts => "contacts",
            Self::Opportunities => "opportunities",
            Self::Stages => "stages",
            Self::StageHistory => "stage-history",
            Self::Targets => "targets",
            Self::Touches => "touches",
            Self::Handoffs => "handoffs",
            Self::Arr => "arr",
            Self::Spend => "spend",
            Self::Costs => "costs",
            Self::Leave => "leave",
            Self::Rates => "rates",
            Self::Surveys => "surveys",
            Self::Health => "health",
            Self::Usage => "usage",
            Self::Tools => "tools",
            Self::Integrations => "integrations",
        }
    }

    /// Reads the word after `--as`, in singular or plural.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let word = fold(word);
        Self::ALL
            .into_iter()
            .find(|object| {
                let key = fold(object.key());
                key == word || key.strip_suffix('s') == Some(word.as_str())
            })
            .or(match word.as_str() {
                "opportunity" | "deal" | "deals" => Some(Self::Opportunities),
                "member" | "members" | "user" | "users" => Some(Self::Team),
                "company" | "companies" => Some(Self::Accounts),
                "touch" | "activities" => Some(Self::Touches),
                _ => None,
            })
    }

    /// Every word after `--as`, for messages.
    #[must_use]
    pub fn choices() -> String {
        Self::ALL.map(Self::key).join(", ")
    }
}

/// What a column says of whether a deal or stage is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decided {
    /// Whether it is closed.
    Closed,
    /// Whether it is won.
    Won,
    /// Whether it is lost.
    Lost,
    /// Its outcome, as a word.
    Word,
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// What the other system calls the record.
    Key,
    /// What the row is about: a lead, a deal, an account.
    Object,
    /// The field at this position of the object's fields; for a reference, by id or by name.
    Field(usize),
    /// The reference at this position, by what the other system calls it.
    ById(usize),
    /// The reference at this position, by name.
    ByName(usize),
    /// Whether the deal or stage is decided, which its stage is to know.
    Decided(Decided),
    /// Whether the source has deleted the record.
    Deleted,
    /// When the record entered a stage, which becomes history.
    StageDate,
    /// A column nobody asked about, kept beside the record.
    Attribute,
    /// A column that revops itself wrote into a file of rejected rows.
    Ignored,
}

impl Target {
    /// The target that a profile names: `id`, a field, or a reference with `_id` or `_name` behind.
    #[must_use]
    pub fn of(object: As, key: &str) -> Option<Self> {
        let fields = object.object().fields();
        if matches!(key, "named_only" | "attributes" | "details") || key == "kind" && object.object() == Object::Person
        {
            return None;
        }
        if key == "object" && matches!(object, As::StageHistory | As::Touches) {
            return Some(Self::Object);
        }
        if let Some(target) = Self::mark(object, key) {
            return Some(target);
        }
        if matches!(key, "id" | "external_id") && !matches!(object, As::StageHistory | As::Targets) {
            return Some(Self::Key);
        }
        let at = |key: &str| fields.iter().position(|field| field.key == key);
        let reference =
            |key: &str| at(key).filter(|at| fields.get(*at).is_some_and(|f| matches!(f.kind, Kind::Reference(_))));
        at(key)
            .map(Self::Field)
            .or_else(|| reference(key.strip_suffix("_id")?).map(Self::ById))
            .or_else(|| reference(key.strip_suffix("_name")?).map(Self::ByName))
    }

    /// The marks that a record carries without having a field for them.
    fn mark(object: As, key: &str) -> Option<Self> {
        match (key, object) {
            ("is_deleted", _) => Some(Self::Deleted),
            ("is_closed", As::Opportunities | As::Stages) => Some(Self::Decided(Decided::Closed)),
            ("is_won", As::Opportunities | As::Stages) => Some(Self::Decided(Decided::Won)),
            ("is_lost", As::Opportunities | As::Stages) => Some(Self::Decided(Decided::Lost)),
            ("outcome", As::Opportunities) => Some(Self::Decided(Decided::Word)),
            _ => None,
        }
    }

    /// The word that [`Target::of`] reads; `None` for what no mapping names.
    #[must_use]
    pub fn key(self, object: As) -> Option<String> {
        let field = |at: usize| object.object().fields().get(at).map(|field| field.key);
        Some(match self {
            Self::Key => "id".to_owned(),
            Self::Object => "object".to_owned(),
            Self::Field(at) => field(at)?.to_owned(),
            Self::ById(at) => format!("{}_id", field(at)?),
            Self::ByName(at) => format!("{}_name", field(at)?),
            Self::Decided(Decided::Closed) => "is_closed".to_owned(),
            Self::Decided(Decided::Won) => "is_won".to_owned(),
            Self::Decided(Decided::Lost) => "is_lost".to_owned(),
            Self::Decided(Decided::Word) => "outcome".to_owned(),
            Self::Deleted => "is_deleted".to_owned(),
            Self::StageDate | Self::Attribute | Self::Ignored => return None,
        })
    }

    /// Everything that a column of such a file may mean, fields in their order.
    #[must_use]
    pub fn choices(object: As) -> Vec<Self> {
        let fields = object.object().fields().iter().flat_map(|field| {
            let is_reference = matches!(field.kind, Kind::Reference(_));
            let ends: &[&str] = if is_reference { &["", "_id", "_name"] } else { &[""] };
            ends.iter().map(|end| format!("{}{end}", field.key))
        });
        let marks = ["id", "object"].map(str::to_owned).into_iter();
        let behind = ["is_closed", "is_won", "is_lost", "is_deleted", "outcome"].map(str::to_owned);
        let mut found: Vec<Self> = Vec::new();
        for target in marks.chain(fields).chain(behind).filter_map(|key| Self::of(object, &key)) {
            if !found.contains(&target) {
                found.push(target);
            }
        }
        found
    }

    /// The position of the field it fills.
    #[must_use]
    pub const fn position(self) -> Option<usize> {
        match self {
            Self::Field(at) | Self::ById(at) | Self::ByName(at) => Some(at),
            Self::Key
            | Self::Object
            | Self::Decided(_)
            | Self::Deleted
            | Self::StageDate
            | Self::Attribute
            | Self::Ignored => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_again() {
        for object in As::ALL {
            assert_eq!(As::parse(object.key()), Some(object));
        }
        assert_eq!(As::parse("Stage_History"), Some(As::StageHistory));
        assert_eq!(As::parse("lead"), Some(As::Leads));
        assert_eq!(As::parse("tool"), Some(As::Tools));
        assert_eq!(As::parse("tables"), None);
    }

    #[test]
    fn whatever_a_column_may_mean_has_a_name_that_means_it() {
        for object in As::ALL {
            let choices = Target::choices(object);
            assert!(choices.len() > 2, "{object:?}");
            for target in choices {
                let key = target.key(object).unwrap();
                assert_eq!(Target::of(object, &key), Some(target), "{object:?} {key}");
            }
        }
    }

    #[test]
    fn targets_are_named_by_field() {
        let at = |key| Object::Opportunity.position(key).unwrap();
        assert_eq!(Target::of(As::Opportunities, "owner"), Some(Target::Field(at("owner"))));
        assert_eq!(Target::of(As::Opportunities, "owner_id"), Some(Target::ById(at("owner"))));
        assert_eq!(Target::of(As::Opportunities, "stage_name"), Some(Target::ByName(at("stage"))));
        assert_eq!(Target::of(As::Opportunities, "source_id"), None);
        assert_eq!(Target::of(As::Leads, "kind"), None);
        assert_eq!(Target::of(As::Touches, "object"), Some(Target::Object));
        assert_eq!(Target::of(As::Opportunities, "is_won"), Some(Target::Decided(Decided::Won)));
        assert_eq!(Target::of(As::Stages, "outcome"), Some(Target::Field(Object::Stage.position("outcome").unwrap())));
    }
}
