//! Targets: what a metric should be in a period, for the company or for one owner, and how it stands.
//!
//! A target names its metric as people do: a stage of the funnel stands for how many enter it (`mql`),
//! two stages for the conversion between them (`mql_to_sql`, `MQL → SQL`), `_amount` behind a stage for
//! the money that enters it and `_days` for the median days spent in it; any key or name of the
//! dictionary stands for that metric.

use crate::domain::exchange::Exchange;
use crate::domain::facts::Facts;
use crate::domain::fold::fold;
use crate::domain::funnel::{Funnels, Stage};
use crate::domain::metric::{Dictionary, Metric, Unit};
use crate::domain::money::Currency;
use crate::domain::period::{FiscalYear, Period, Window};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// From this share of a target on, and below the target itself, a figure is near it.
pub const NEAR: f64 = 0.9;

/// A target, as the store holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetFact {
    /// What should reach it.
    pub metric: String,
    /// The name of its period.
    pub period: String,
    /// Whose it is; the company's without one.
    pub owner: Option<String>,
    /// Ten-thousandths; of the major unit for an amount.
    pub value: i64,
    /// The currency of an amount.
    pub currency: Option<Currency>,
}

/// What a target may be for.
#[derive(Debug, Clone, Copy)]
pub enum Aim<'f> {
    /// Records that enter a stage.
    Entered(&'f Stage),
    /// Money that enters a stage.
    Amount(&'f Stage),
    /// Conversion from the first of two stages to the second.
    Conversion(&'f Stage, &'f Stage),
    /// Median days in a stage.
    Days(&'f Stage),
    /// A metric of the dictionary, by its key; it adds up over periods or not.
    Metric {
        /// Its key.
        key: &'static str,
        /// Whether two months make their sum.
        adds_up: bool,
    },
}

impl Aim<'_> {
    /// What people call it, folded.
    fn names(&self) -> Vec<String> {
        let with = |names: Vec<String>, ends: [&str; 2]| -> Vec<String> {
            names.iter().flat_map(|name| ends.map(|end| format!("{name}{end}"))).collect()
        };
        match self {
            Self::Entered(stage) => stage_names(stage),
            Self::Amount(stage) => with(stage_names(stage), ["amount", "金额"]),
            Self::Days(stage) => with(stage_names(stage), ["days", "天数"]),
            Self::Conversion(from, to) => {
                let to = stage_names(to);
                // An arrow leaves nothing when a name is folded.
                let ways = |from: &String| -> Vec<String> {
                    ["", "to", "到"]
                        .iter()
                        .flat_map(|way| to.iter().map(move |to| format!("{from}{way}{to}")))
                        .collect()
                };
                stage_names(from).iter().flat_map(ways).collect()
            }
            Self::Metric { key, .. } => Dictionary::shipped().get(key).map_or_else(Vec::new, entry_names),
        }
    }

    /// Whether the target of a quarter is the sum of those of its months.
    const fn adds_up(&self) -> bool {
        matches!(self, Self::Entered(_) | Self::Amount(_) | Self::Metric { adds_up: true, .. })
    }

    /// Whether less is better.
    #[must_use]
    pub const fn is_a_limit(&self) -> bool {
        matches!(self, Self::Days(_))
    }
}

fn stage_names(stage: &Stage) -> Vec<String> {
    let short = stage.short.iter().flat_map(|name| [&name.en, &name.zh]);
    let names = [&stage.key, &stage.name.en, &stage.name.zh].into_iter().chain(short).chain(&stage.names);
    // A set: one name stands in several places.
    names.map(|name| fold(name)).filter(|name| !name.is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn entry_names(entry: &Metric) -> Vec<String> {
    [&entry.key, &entry.name.en, &entry.name.zh].map(|name| fold(name)).to_vec()
}

/// Every folded name of a metric that a view can show a target of.
#[must_use]
pub fn known_names(funnels: &Funnels) -> BTreeSet<String> {
    let stages = || funnels.iter().flat_map(|funnel| &funnel.stage);
    let alone = stages().flat_map(|stage| [Aim::Entered(stage), Aim::Amount(stage), Aim::Days(stage)]);
    let pairs = funnels.iter().flat_map(|funnel| {
        let of = &funnel.stage;
        of.iter().flat_map(move |from| of.iter().map(move |to| Aim::Conversion(from, to)))
    });
    let entries = Dictionary::shipped().metric.iter().flat_map(entry_names);
    alone.chain(pairs).flat_map(|aim| aim.names()).chain(entries).collect()
}

/// The folded names of metrics that are numbers of something, so that no percentage can be aimed at, each with
/// the name of the conversion that may have been meant instead.
#[must_use]
pub fn counted_names(funnels: &Funnels) -> BTreeMap<String, Option<String>> {
    let mut counted = BTreeMap::new();
    let numbers = [Unit::Records, Unit::Money, Unit::Daily, Unit::Times, Unit::Days];
    let entries = Dictionary::shipped().metric.iter().filter(|entry| numbers.contains(&entry.unit));
    counted.extend(entries.flat_map(entry_names).map(|name| (name, None)));
    for funnel in funnels.iter() {
        let mut before: Option<&Stage> = None;
        for stage in &funnel.stage {
            let meant = before.map(|before| format!("{}_to_{}", before.key, stage.key));
            let entered = Aim::Entered(stage).names().into_iter().map(|name| (name, meant.clone()));
            let others = [Aim::Amount(stage), Aim::Days(stage)].into_iter().flat_map(|aim| aim.names());
            let all: Vec<_> = entered.chain(others.map(|name| (name, None))).collect();
            for (name, meant) in all {
                counted.entry(name).or_insert(meant);
            }
            before = Some(stage).filter(|stage| !stage.optional).or(before);
        }
    }
    counted
}

/// The name of a period as [`Period`] writes it, or `2026` for a year, from the ways people write it:
/// `2026Q4`, `Q4 2026`, `2026年10月`, `2026/10`, `2026-10-01`, `Oct 2026`, `FY2027`.
#[must_use]
pub fn period_name(text: &str) -> Option<String> {
    if let Some((first, last)) = text.split_once("..") {
        return Period::parse(&format!("{first}..{last}"), FiscalYear::default()).map(|period| period.to_string());
    }
    let lower: String = text.to_lowercase().chars().map(crate::domain::fold::narrow).collect();
    let mut numbers = Vec::new();
    let mut words = Vec::new();
    for run in runs(&lower) {
        match run.parse::<u32>() {
            Ok(number) => numbers.push(number),
            Err(_) => words.push(run),
        }
    }
    let fiscal = if words.contains(&"fy") || words.contains(&"财年") { "FY" } else { "" };
    let is = |word: &str| words.contains(&word);
    let month = words.iter().find_map(|word| month(word));
    numbers.sort_by_key(|number| *number < 1_000);
    let name = match (numbers.as_slice(), month) {
        ([year], Some(month)) => format!("{year}-{month:02}"),
        ([year, part], None) if is("q") || is("季度") || is("季") => format!("{fiscal}{year}-Q{part}"),
        ([year, part], None) if is("w") || is("week") || is("周") => format!("{year}-W{part:02}"),
        ([year, month] | [year, month, 1], None) => format!("{year}-{month:02}"),
        ([year], None) => return (1_900..2_200).contains(year).then(|| format!("{fiscal}{year}")),
        _ => return None,
    };
    // Any fiscal year will do to see whether it is a period at all.
    Period::parse(&name, FiscalYear::default()).map(|_| name)
}

/// Runs of digits and runs of letters.
fn runs(text: &str) -> Vec<&str> {
    let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if kind(first) != (false, false) {
            runs.push(run);
        }
        rest = behind;
    }
    runs
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let short: String = word.chars().take(3).collect();
    MONTHS.iter().zip(1..).find(|(name, _)| **name == short && word.is_ascii()).map(|(_, month)| month)
}

/// The stretch of time that the name of a period means.
fn window(name: &str, fiscal: FiscalYear) -> Option<Window> {
    Period::parse(name, fiscal).map(|period| period.window())
}

/// All targets, by what they are for and whose they are.
#[derive(Debug, Clone)]
pub struct Targets {
    /// (folded metric, folded owner) → what is aimed at, as it was told.
    known: HashMap<(String, Option<String>), Vec<Known>>,
    /// Rates, and the day whose they are, for amounts in another currency; nothing leaves those out.
    rates: Option<(Exchange, i64)>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    id: i64,
    value: f64,
    window: Window,
    currency: Currency,
}

impl Targets {
    /// The targets of a store, in a company with this fiscal year.
    #[must_use]
    pub fn read(facts: &Facts, fiscal: FiscalYear) -> Self {
        let mut known: HashMap<_, Vec<Known>> = HashMap::new();
        for (&id, target) in facts.targets.iter() {
            let Some(window) = window(&target.period, fiscal) else { continue };
            let (value, currency) = (target.value as f64 / 10_000.0, target.currency.unwrap_or(facts.currency));
            let key = (fold(&target.metric), target.owner.as_deref().map(fold));
            known.entry(key).or_default().push(Known { id, value, window, currency });
        }
        Self { known, rates: None }
    }

    /// The same, with amounts in other currencies converted at the rates of a day.
    #[must_use]
    pub fn at_rates(self, exchange: Exchange, day: i64) -> Self {
        Self { rates: Some((exchange, day)), ..self }
    }

    /// An amount in the currency `of`; `None` where there is no rate.
    fn converted(&self, known: Known, of: Currency) -> Option<Known> {
        let (exchange, day) = self.rates.as_ref().filter(|(exchange, _)| exchange.home == of)?;
        let rate = exchange.rate(known.currency, *day)?;
        Some(Known { value: known.value * rate.billionths as f64 / 1e9, ..known })
    }

    /// The target of `aim` in `period` for an owner, or for the company; of amounts, those in the
    /// currency `of` before those that are converted to it. The period's own target counts first. Where there is none, a target that adds up
    /// is the sum of shorter ones that make up the period, or else the period's days' worth of a longer
    /// one; any other holds for every shorter period inside its own.
    #[must_use]
    pub fn of(&self, aim: &Aim<'_>, period: &Period, owner: Option<&str>, of: Option<Currency>) -> Option<f64> {
        if self.known.is_empty() {
            return None;
        }
        let owner = owner.map(fold);
        let named = aim.names().into_iter().filter_map(|name| self.known.get(&(name, owner.clone())));
        let is_foreign = |known: &Known| of.is_some_and(|of| of != known.currency);
        let amount = |known: &Known| match of {
            Some(of) if is_foreign(known) => self.converted(*known, of),
            _ => Some(*known),
        };
        let mut known: Vec<Known> = named.flatten().filter_map(amount).collect();
        // What was told last stands first.
        known.sort_by_key(|known| (is_foreign(known), std::cmp::Reverse(known.id)));
        if let Aim::Conversion(..) = aim {
            // A conversion is a share, and nobody aims at more than twice all: 22 is 22 %.
            known.iter_mut().filter(|known| known.value > 2.0).for_each(|known| known.value /= 100.0);
        }
        let wanted = period.window();
        let own = known.iter().find(|known| known.window == wanted).map(|known| known.value);
        own.or_else(|| aim.adds_up().then(|| sum(&known, wanted)).flatten()).or_else(|| {
            let length = |window: Window| window.to - window.from;
            let around = known.iter().filter(|k| k.window.from <= wanted.from && wanted.to <= k.window.to);
            let known = around.min_by_key(|known| length(known.window))?;
            let part = length(wanted) as f64 / length(known.window) as f64;
            Some(if aim.adds_up() { known.value * part } else { known.value })
        })
    }
}

/// The sum of targets that follow each other from the first instant of `wanted` to the last, the
/// longest first.
fn sum(known: &[Known], wanted: Window) -> Option<f64> {
    let (mut at, mut total) = (wanted.from, 0.0);
    while at < wanted.to {
        let next = known.iter().rev().filter(|k| k.window.from == at && k.window.to <= wanted.to);
        let next = next.max_by_key(|known| known.window.to)?;
        (at, total) = (next.window.to, total + next.value);
    }
    Some(total)
}

/// How a figure stands against its target: the red/amber/green of a dashboard, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rag {
    /// The target is reached.
    Green,
    /// At least [`NEAR`] of it.
    Amber,
    /// Less.
    Red,
}

impl Rag {
    /// How `actual` stands against `target`; of a limit, less is better.
    #[must_use]
    pub fn of(actual: f64, target: f64, is_a_limit: bool) -> Self {
        let (reached, of) = if is_a_limit { (target, actual) } else { (actual, target) };
        match () {
            () if reached >= of => Self::Green,
            () if reached >= of * NEAR => Self::Amber,
            () => Self::Red,
        }
    }

    /// Its name in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn facts(targets: &[(&str, &str, Option<&str>, i64)]) -> Facts {
        let fact = |(id, (metric, period, owner, value)): (i64, &(&str, &str, Option<&str>, i64))| {
            let (metric, period) = ((*metric).to_owned(), (*period).to_owned());
            (id, TargetFact { metric, period, owner: owner.map(str::to_owned), value: *value, currency: None })
        };
        Facts { targets: Arc::new((1..).zip(targets).map(fact).collect()), ..Facts::default() }
    }

    fn of(facts: &Facts, metric: &str, period: &str, owner: Option<&str>) -> Option<f64> {
        let funnels = Funnels::shipped();
        let stage = |key: &str| funnels.first().unwrap().stage.iter().find(|stage| stage.key == key).unwrap();
        let aim = match metric.split_once('>') {
            Some((from, to)) => Aim::Conversion(stage(from), stage(to)),
            None => {
                metric.strip_suffix("_days").map_or_else(|| Aim::Entered(stage(metric)), |key| Aim::Days(stage(key)))
            }
        };
        let fiscal = FiscalYear::default();
        Targets::read(facts, fiscal).of(&aim, &Period::parse(period, fiscal).unwrap(), owner, None)
    }

    #[test]
    fn people_write_metrics_in_many_ways() {
        for metric in ["mql", "MQL", "Marketing Qualified Lead", "市场合格线索"] {
            assert_eq!(of(&facts(&[(metric, "2026-Q4", None, 5_000_000)]), "mql", "2026-Q4", None), Some(500.0));
        }
        for metric in ["mql_to_sql", "MQL → SQL", "MQL->SQL", "MQL to SQL", "市场合格线索到销售合格线索"]
        {
            assert_eq!(of(&facts(&[(metric, "2026-Q4", None, 2_200)]), "mql>sql", "2026-Q4", None), Some(0.22));
        }
        // 22 and 22 % are the same conversion.
        assert_eq!(of(&facts(&[("mql_to_sql", "2026-Q4", None, 220_000)]), "mql>sql", "2026-Q4", None), Some(0.22));
        let known = known_names(&Funnels::shipped());
        for metric in ["opportunity_amount", "商机金额", "lead_to_mql", "mql_days", "win_rate", "赢单率", "signup"]
        {
            assert!(known.contains(&fold(metric)), "{metric}");
        }
        for metric in ["mqls", "mql_to_moon", "amount", ""] {
            assert!(!known.contains(&fold(metric)), "{metric}");
        }
    }

    #[test]
    fn people_write_periods_in_many_ways() {
        for text in ["2026-Q4", "2026Q4", "Q4 2026", "q4/2026", "2026年第4季度", "2026 年 4 季度"] {
            assert_eq!(period_name(text).as_deref(), Some("2026-Q4"), "{text}");
        }
        for text in ["2026-10", "2026/10", "2026年10月", "Oct 2026", "October 2026", "2026-10-01", "10/2026"] {
            assert_eq!(period_name(text).as_deref(), Some("2026-10"), "{text}");
        }
        for (text, name) in
            [("2026", "2026"), ("FY2027", "FY2027"), ("FY2027-Q1", "FY2027-Q1"), ("2026-w5", "2026-W05")]
        {
            assert_eq!(period_name(text).as_deref(), Some(name), "{text}");
        }
        for text in ["", "soon", "2026-13", "2026-Q5", "2026-10-17", "26", "Q4"] {
            assert_eq!(period_name(text), None, "{text}");
        }
    }

    #[test]
    fn a_count_adds_up_over_months_and_is_shared_out_by_days() {
        let months = facts(&[
            ("mql", "2026-10", None, 1_000_000),
            ("mql", "2026-11", None, 2_000_000),
            ("mql", "2026-12", None, 3_000_000),
        ]);
        assert_eq!(of(&months, "mql", "2026-Q4", None), Some(600.0));
        assert_eq!(of(&months, "mql", "2026-Q3", None), None);
        let year = facts(&[("mql", "2026", None, 36_500_000), ("mql", "2026-Q1", None, 1_000)]);
        assert_eq!(of(&year, "mql", "2026-10", None), Some(310.0));
        // Its own target, not the year's days.
        assert_eq!(of(&year, "mql", "2026-Q1", None), Some(0.1));
    }

    #[test]
    fn a_rate_holds_for_every_period_inside() {
        let quarter = facts(&[("mql_to_sql", "2026-Q4", None, 2_200), ("mql_days", "2026", None, 50_000)]);
        assert_eq!(of(&quarter, "mql>sql", "2026-11", None), Some(0.22));
        assert_eq!(of(&quarter, "mql>sql", "2027-01", None), None);
        assert_eq!(of(&quarter, "mql_days", "2026-W41", None), Some(5.0));
    }

    #[test]
    fn each_owner_has_targets_of_their_own() {
        let team = facts(&[("mql", "2026-Q4", None, 50_000), ("mql", "2026-Q4", Some("EMEA"), 20_000)]);
        assert_eq!(of(&team, "mql", "2026-Q4", None), Some(5.0));
        assert_eq!(of(&team, "mql", "2026-Q4", Some("emea")), Some(2.0));
        assert_eq!(of(&team, "mql", "2026-Q4", Some("APAC")), None);
    }

    #[test]
    fn colours_begin_at_the_target_and_at_nine_tenths_of_it() {
        let of = |actual| Rag::of(actual, 100.0, false);
        assert_eq!([100.0, 99.9, 90.0, 89.9].map(of), [Rag::Green, Rag::Amber, Rag::Amber, Rag::Red]);
        let days = |actual| Rag::of(actual, 9.0, true);
        assert_eq!([9.0, 10.0, 10.1].map(days), [Rag::Green, Rag::Amber, Rag::Red]);
    }
}
