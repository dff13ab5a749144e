//! The tools of the stack and what flows between them. Two pairs do the same work: two marketing automations, two
//! BI tools. Some have no integration at all.

use super::calendar::{self, DAY};
use super::rows;
use super::{SampleFile, World};

/// Name, layer, category, title of the owner, team; then seats, seats in use, dollars a year, for the introduction
/// and for upkeep a year, days until the renewal; then what it can do.
type Tool = (&'static str, &'static str, &'static str, &'static str, &'static str, [i64; 6], &'static str);

const TOOLS: [Tool; 19] = [
    (
        "Salesforce",
        "application",
        "CRM",
        "CRO",
        "Sales",
        [80, 66, 118_800, 60_000, 24_000, 74],
        "accounts;opportunities;lead routing",
    ),
    (
        "HubSpot Marketing Hub",
        "application",
        "MAP",
        "Demand Generation",
        "Marketing",
        [10, 8, 43_200, 8_000, 3_000, 210],
        "email campaigns;landing pages;lead nurturing;web forms",
    ),
    (
        "Marketo Engage",
        "application",
        "MAP",
        "Field Marketing",
        "Sales Development",
        [12, 4, 38_400, 15_000, 6_000, 26],
        "email campaigns;landing pages;lead nurturing",
    ),
    (
        "Outreach",
        "application",
        "Sales engagement",
        "SDR Manager",
        "Sales Development",
        [25, 22, 33_000, 6_000, 2_000, 118],
        "call sequences;dialler",
    ),
    (
        "Gong",
        "application",
        "Sales engagement",
        "Sales Manager",
        "Sales",
        [26, 19, 41_600, 5_000, 0, 151],
        "call recording;deal reviews",
    ),
    (
        "Salesforce CPQ",
        "application",
        "CPQ",
        "RevOps Manager",
        "Sales",
        [24, 20, 21_600, 30_000, 9_000, 74],
        "quotes;approvals",
    ),
    (
        "Gainsight",
        "application",
        "CSM",
        "CCO",
        "Customer Success",
        [15, 12, 46_800, 25_000, 8_000, 52],
        "health scores;success plans",
    ),
    (
        "Segment",
        "data",
        "CDP",
        "Marketing Operations",
        "Marketing",
        [5, 4, 36_000, 20_000, 6_000, 96],
        "event collection;identity resolution",
    ),
    ("Snowflake", "data", "Warehouse", "RevOps Manager", "RevOps", [12, 9, 54_000, 35_000, 12_000, 240], "storage;SQL"),
    (
        "Tableau",
        "data",
        "BI",
        "Sales Manager",
        "Sales",
        [30, 11, 25_200, 12_000, 5_000, 61],
        "dashboards;ad-hoc analysis;scheduled reports",
    ),
    (
        "Looker",
        "data",
        "BI",
        "CMO",
        "Marketing",
        [25, 14, 45_000, 18_000, 7_000, 187],
        "dashboards;ad-hoc analysis;semantic model",
    ),
    (
        "Amplitude",
        "data",
        "Product analytics",
        "Demand Generation",
        "Marketing",
        [8, 6, 24_000, 4_000, 1_000, 133],
        "product analytics",
    ),
    (
        "ZoomInfo",
        "data",
        "Data quality",
        "SDR Manager",
        "Sales Development",
        [20, 17, 30_000, 0, 0, 17],
        "contact enrichment",
    ),
    ("Slack", "efficiency", "Communication", "RevOps Manager", "All", [200, 188, 21_000, 0, 0, 300], "chat;channels"),
    (
        "Google Workspace",
        "efficiency",
        "Documents",
        "RevOps Manager",
        "All",
        [200, 196, 28_800, 0, 0, 265],
        "mail;calendar;documents",
    ),
    ("Asana", "efficiency", "Project", "CMO", "Marketing", [60, 31, 14_400, 2_000, 0, 88], "tasks;timelines"),
    ("DocuSign", "efficiency", "Documents", "Sales Manager", "Sales", [15, 13, 7_200, 0, 0, 170], "signatures"),
    (
        "Workato",
        "integration",
        "iPaaS",
        "RevOps Manager",
        "RevOps",
        [5, 3, 30_000, 15_000, 10_000, 144],
        "recipes;webhooks",
    ),
    (
        "Hightouch",
        "integration",
        "Reverse ETL",
        "Marketing Operations",
        "Marketing",
        [4, 2, 12_000, 3_000, 1_000, 199],
        "reverse ETL",
    ),
];

/// From, to, direction, trigger, fields, status.
const FLOWS: [[&str; 6]; 15] = [
    ["HubSpot Marketing Hub", "Salesforce", "one-way", "lead qualifies", "lead;behaviour score", "active"],
    ["Salesforce", "HubSpot Marketing Hub", "one-way", "opportunity changes", "stage;amount", "active"],
    ["Salesforce", "Gainsight", "one-way", "deal closes", "contract;decision chain", "planned"],
    ["Gainsight", "Salesforce", "two-way", "health changes", "health;renewal risk", "broken"],
    ["Outreach", "Salesforce", "two-way", "nightly", "activities;lead status", "active"],
    ["ZoomInfo", "Salesforce", "one-way", "weekly", "contact;company", "active"],
    ["Salesforce CPQ", "Salesforce", "two-way", "quote changes", "quote;amount", "active"],
    ["Gong", "Salesforce", "one-way", "call ends", "call;deal", "active"],
    ["Salesforce", "Snowflake", "one-way", "hourly", "all", "active"],
    ["HubSpot Marketing Hub", "Snowflake", "one-way", "hourly", "all", "active"],
    ["Segment", "Snowflake", "one-way", "real time", "events", "active"],
    ["Segment", "Amplitude", "one-way", "real time", "events", "active"],
    ["Snowflake", "Tableau", "one-way", "hourly", "all", "active"],
    ["Snowflake", "Looker", "one-way", "hourly", "all", "active"],
    ["Snowflake", "Hightouch", "one-way", "hourly", "audiences", "off"],
];

pub(super) fn tools(world: &World) -> SampleFile {
    let rows = TOOLS.iter().map(|(name, layer, category, title, team, numbers, capabilities)| {
        let owner = world.team.iter().position(|member| member.title == *title);
        let [seats, used, annual, introduction, upkeep, days] = numbers;
        let text = |text: &str| text.to_owned();
        vec![
            text(name),
            text(layer),
            text(category),
            owner.map(rows::member).unwrap_or_default(),
            text(team),
            seats.to_string(),
            used.to_string(),
            annual.to_string(),
            introduction.to_string(),
            upkeep.to_string(),
            text(rows::CURRENCY),
            calendar::date(world.now + days * DAY).to_string(),
            text(capabilities),
        ]
    });
    SampleFile {
        name: "tools.csv",
        header: &[
            "name",
            "layer",
            "category",
            "owner",
            "team",
            "seats",
            "seats_used",
            "annual_cost",
            "implementation_cost",
            "maintenance_cost",
            "currency",
            "renewal_date",
            "capabilities",
        ],
        rows: rows.collect(),
    }
}

pub(super) fn integrations() -> SampleFile {
    let rows = FLOWS.iter().map(|flow| flow.iter().map(|cell| (*cell).to_owned()).collect());
    let header = &["from", "to", "direction", "trigger", "fields", "status"];
    SampleFile { name: "integrations.csv", header, rows: rows.collect() }
}
