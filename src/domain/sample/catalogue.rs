//! What Lanternfield sells, where its leads come from, and the words its CRM uses.

use super::dice::{real, whole};

/// How many of everything there are.
pub(super) struct Sizes {
    pub(super) leads: usize,
    /// Leads that became MQLs.
    pub(super) mqls: usize,
    /// Companies in the market, customers included.
    pub(super) companies: usize,
    /// Customers from before the history begins.
    pub(super) old_customers: usize,
    /// Deals that sales found itself, without a lead.
    pub(super) outbound: usize,
    /// Deals already under way when the history begins.
    pub(super) carried_over: usize,
    /// Planted pairs of (people from leads, people from contacts, companies).
    pub(super) twins: (usize, usize, usize),
    /// Groups of ten SDRs.
    pub(super) sdr_groups: usize,
}

impl Sizes {
    pub(super) fn of(leads: usize) -> Self {
        let part = |share: f64| whole(real(leads) * share + 0.5);
        let pairs = (leads / 30).min(40);
        Self {
            leads,
            mqls: part(0.60),
            companies: part(0.42).max(40),
            old_customers: part(0.03).max(5),
            outbound: part(0.012),
            carried_over: part(0.018),
            twins: (pairs * 16 / 40, pairs * 11 / 40, pairs * 13 / 40),
            sdr_groups: leads.div_ceil(12_500).max(1),
        }
    }
}

/// Where a lead came from.
pub(super) struct Source {
    pub(super) name: &'static str,
    /// Share among the leads that are not from events (0 for Event itself).
    pub(super) weight: f64,
    /// MQL→SQL of a tenured SDR. It never changes: the story is mix alone.
    pub(super) rate: f64,
    /// Short name of its campaigns; blank where nobody runs one.
    pub(super) campaign: &'static str,
}

/// Position of Event in [`SOURCES`].
pub(super) const EVENT: usize = 0;
/// Position of Demo Request in [`SOURCES`]: always high intent.
pub(super) const DEMO_REQUEST: usize = 1;
/// All sources. Observed with the usual 16 % of new hires: Event 9 %, the others 24 % together.
pub(super) const SOURCES: [Source; 7] = [
    Source { name: "Event", weight: 0.0, rate: 0.101, campaign: "Expo" },
    Source { name: "Demo Request", weight: 0.18, rate: 0.382, campaign: "" },
    Source { name: "Webinar", weight: 0.16, rate: 0.228, campaign: "Live" },
    Source { name: "Content", weight: 0.22, rate: 0.196, campaign: "Guide" },
    Source { name: "Paid Search", weight: 0.20, rate: 0.253, campaign: "Search" },
    Source { name: "Referral", weight: 0.09, rate: 0.366, campaign: "" },
    Source { name: "Partner", weight: 0.15, rate: 0.278, campaign: "" },
];
/// A new hire converts half as well as a tenured SDR, in every source.
pub(super) const NEW_HIRE_FACTOR: f64 = 0.5;

/// Share of Event among new leads: this quarter, and before.
pub(super) fn event_share(current: bool) -> f64 {
    if current { 0.26 } else { 0.14 }
}

/// Share of MQLs that go to new hires: this quarter, and before.
pub(super) fn new_hire_share(current: bool) -> f64 {
    if current { 0.30 } else { 0.16 }
}

/// Share of SQLs that become opportunities, and of opportunities that are won; both constant.
pub(super) const SQL_TO_OPPORTUNITY: f64 = 0.62;
pub(super) const WIN_RATE: f64 = 0.285;

/// A product and its list price per year in dollars.
#[derive(Clone, Copy, Default)]
pub(super) struct Product {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) list_price: i64,
}

pub(super) const PRODUCTS: [Product; 4] = [
    Product { id: "P-1", name: "Lantern Starter", list_price: 12_000 },
    Product { id: "P-2", name: "Lantern Team", list_price: 30_000 },
    Product { id: "P-3", name: "Lantern Enterprise", list_price: 90_000 },
    Product { id: "P-4", name: "Lantern Insights", list_price: 18_000 },
];

/// Deal sizes in dollars per year at evenly spaced quantiles: mostly 7–40 thousand, with a long
/// tail. At the size of the demo, what was won in a year and the older customers add up to $20M.
pub(super) const AMOUNTS: [i64; 13] =
    [3_000, 5_500, 7_500, 9_500, 11_500, 13_500, 16_000, 18_500, 22_000, 27_000, 35_000, 54_000, 160_000];

/// The product that a deal of `amount` dollars is about.
pub(super) fn product_for(amount: i64, expansion: bool) -> &'static str {
    let fits = match amount {
        _ if expansion => "P-4",
        ..=17_999 => "P-1",
        18_000..=64_999 => "P-2",
        _ => "P-3",
    };
    PRODUCTS.iter().find(|p| p.id == fits).map_or("", |p| p.name)
}

/// A stage of the sales pipeline, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Qualification,
    Discovery,
    Demo,
    Proposal,
    Negotiation,
    ClosedWon,
    ClosedLost,
}

impl Stage {
    pub(super) const OPEN: [Stage; 5] =
        [Self::Qualification, Self::Discovery, Self::Demo, Self::Proposal, Self::Negotiation];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Qualification => "Qualification",
            Self::Discovery => "Discovery",
            Self::Demo => "Demo",
            Self::Proposal => "Proposal",
            Self::Negotiation => "Negotiation",
            Self::ClosedWon => "Closed Won",
            Self::ClosedLost => "Closed Lost",
        }
    }

    pub(super) fn is_closed(self) -> bool {
        matches!(self, Self::ClosedWon | Self::ClosedLost)
    }

    /// Percent chance of winning that the CRM shows, and its forecast category.
    pub(super) fn forecast(self) -> (u8, &'static str) {
        match self {
            Self::Qualification => (10, "Pipeline"),
            Self::Discovery => (20, "Pipeline"),
            Self::Demo => (35, "Pipeline"),
            Self::Proposal => (55, "Best Case"),
            Self::Negotiation => (75, "Commit"),
            Self::ClosedWon => (100, "Closed"),
            Self::ClosedLost => (0, "Omitted"),
        }
    }

    /// Hours that deals stay here, at evenly spaced quantiles.
    pub(super) fn hours(self) -> &'static [i64] {
        match self {
            Self::Qualification => &[9, 45, 90, 135, 195, 270, 390, 630],
            Self::Discovery => &[30, 90, 150, 225, 300, 420, 570, 930],
            Self::Demo => &[36, 105, 180, 255, 360, 495, 675, 1200],
            Self::Proposal => &[45, 135, 225, 330, 450, 600, 840, 1500],
            _ => &[36, 120, 210, 315, 450, 600, 840, 1650],
        }
    }
}

pub(super) const LOSS_REASONS: [&str; 6] =
    ["no decision", "no budget", "competitor", "price", "bad timing", "missing feature"];
pub(super) const DISQUALIFIED: [&str; 5] = ["no need", "no budget", "wrong contact", "no answer", "too small"];
pub(super) const DISQUALIFIED_AT_EVENT: [&str; 4] = ["no need", "student", "wrong contact", "no answer"];
