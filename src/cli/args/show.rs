//! The arguments of `show`, `report` and `check`: what is looked at, and how it is printed.

use super::{Format, Pane};
use crate::analysis::funnel::{Basis, Compare, Measure};
use crate::analysis::handoff::Topic;
use crate::domain::funnel::journey::Skips;
use crate::domain::object::Object;
use crate::domain::period::FiscalYear;
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// Which pane to print.
#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    #[arg(value_enum, hide_possible_values = true, value_name = "funnel|stages|pipeline|handoffs|records")]
    pub pane: Pane,
    #[arg(long, value_name = "NAME|24/7")]
    pub calendar: Option<String>,
    #[arg(
        value_enum,
        hide_possible_values = true,
        value_name = "people|accounts|deals|team|heat|response|ledger|pauses|weeks"
    )]
    pub part: Option<Part>,
    #[command(flatten)]
    pub records: RecordsArgs,
    #[command(flatten)]
    pub funnel: FunnelArgs,
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true, value_name = "text|json|csv")]
    pub format: Format,
}

/// Which records.
#[derive(Debug, ClapArgs)]
pub struct RecordsArgs {
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// Which report, of when, and where to.
#[derive(Debug, ClapArgs)]
pub struct ReportArgs {
    #[arg(value_enum, hide_possible_values = true, value_name = "sla")]
    pub kind: ReportKind,
    #[arg(long, value_name = "2026-W41|2026-10|2026-Q4|A..B")]
    pub period: Option<String>,
    #[arg(long, value_name = "NAME|24/7")]
    pub calendar: Option<String>,
    #[arg(long, value_enum, default_value_t = ReportFormat::Md, hide_possible_values = true, value_name = "md|json")]
    pub format: ReportFormat,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportKind {
    /// How hand-offs went.
    Sla,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Markdown.
    Md,
    /// JSON.
    Json,
}

/// How the data are checked.
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    #[arg(long, value_enum, default_value_t = FailOn::Warn, hide_possible_values = true, value_name = "warn|error")]
    pub fail_on: FailOn,
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, hide_possible_values = true, value_name = "text|json|sarif")]
    pub format: CheckFormat,
}

/// Which findings make the program fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// All of them.
    Warn,
    /// Errors.
    Error,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// Everything.
    Json,
    /// For code hosts and CI.
    Sarif,
}

/// A part of a pane: a table of records, or what is looked at in hand-offs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Leads and contacts.
    People,
    /// Companies.
    Accounts,
    /// Deals.
    Deals,
    /// Who receives hand-offs.
    Team,
    /// When hand-offs arrive.
    Heat,
    /// Response time against conversion.
    Response,
    /// What marketing and sales owe each other.
    Ledger,
    /// Breaches avoided only by pausing.
    Pauses,
    /// Week by week.
    Weeks,
}

impl Part {
    /// The table of records that it is.
    #[must_use]
    pub const fn object(self) -> Option<Object> {
        match self {
            Self::People => Some(Object::Person),
            Self::Accounts => Some(Object::Account),
            Self::Deals => Some(Object::Opportunity),
            Self::Team | Self::Heat | Self::Response | Self::Ledger | Self::Pauses | Self::Weeks => None,
        }
    }

    /// What it looks at in hand-offs.
    #[must_use]
    pub const fn topic(self) -> Option<Topic> {
        match self {
            Self::Team => Some(Topic::Team),
            Self::Heat => Some(Topic::Heat),
            Self::Response => Some(Topic::Response),
            Self::Ledger => Some(Topic::Ledger),
            Self::Pauses => Some(Topic::Pauses),
            Self::Weeks => Some(Topic::Weeks),
            Self::People | Self::Accounts | Self::Deals => None,
        }
    }

    /// As it is written on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Accounts => "accounts",
            Self::Deals => "deals",
            Self::Team => "team",
            Self::Heat => "heat",
            Self::Response => "response",
            Self::Ledger => "ledger",
            Self::Pauses => "pauses",
            Self::Weeks => "weeks",
        }
    }
}

/// How to look at the funnel.
#[derive(Debug, ClapArgs)]
pub struct FunnelArgs {
    #[arg(long, value_name = "KEY")]
    pub funnel: Option<String>,
    #[arg(long, value_name = "2026|2026-Q4|2026-10|2026-W41|A..B")]
    pub period: Option<String>,
    #[arg(long, value_name = "previous|year", value_parser = compare)]
    pub compare: Option<Compare>,
    #[arg(long, value_name = "cohort|snapshot", value_parser = basis)]
    pub basis: Option<Basis>,
    #[arg(long, value_name = "imputed|strict|any", value_parser = skips)]
    pub skips: Option<Skips>,
    #[arg(long, value_name = "count|amount", value_parser = measure)]
    pub measure: Option<Measure>,
    #[arg(long = "segment", value_name = "KEY=VALUE")]
    pub segments: Vec<String>,
    #[arg(long, value_name = "1-12", value_parser = fiscal_year)]
    pub fiscal_year_starts: Option<FiscalYear>,
}

fn compare(text: &str) -> Result<Compare, String> {
    one_of(text, [Compare::Previous, Compare::YearBefore], Compare::key)
}

fn basis(text: &str) -> Result<Basis, String> {
    one_of(text, [Basis::Cohort, Basis::Snapshot], Basis::key)
}

fn skips(text: &str) -> Result<Skips, String> {
    one_of(text, Skips::ALL, Skips::key)
}

fn measure(text: &str) -> Result<Measure, String> {
    one_of(text, [Measure::Count, Measure::Amount], Measure::key)
}

/// The choice of this name, or the names there are.
fn one_of<T: Copy, const N: usize>(text: &str, all: [T; N], key: fn(T) -> &'static str) -> Result<T, String> {
    all.into_iter().find(|&choice| key(choice) == text).ok_or_else(|| all.map(key).join(", "))
}

fn fiscal_year(text: &str) -> Result<FiscalYear, String> {
    text.parse().ok().and_then(FiscalYear::beginning_in).ok_or_else(|| "1 – 12".to_owned())
}
