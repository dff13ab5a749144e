//! The funnel's flow as plain text and as CSV, and the one sentence that matters.

use super::figures;
use super::table::{Align, table};
use crate::analysis::funnel::{Ends, Flow, FlowFigure, Goals, StageFlow, Verdict};
use crate::domain::figure::Withheld;
use crate::domain::funnel::segment::{Dimension, Segment};
use crate::domain::funnel::{Funnel, Stage};
use crate::domain::message::Message;
use crate::domain::metric::Dictionary;
use crate::domain::time::Instant;
use crate::i18n::{Amounts, Locale};

/// The whole view, for a terminal, a pipe or a screen reader.
#[must_use]
pub fn text(flow: &Flow, funnel: &Funnel, locale: &Locale) -> String {
    let mut parts = vec![header(flow, funnel, locale)];
    if let Some(sentence) = sentence(flow, funnel, locale) {
        parts.push(format!("{}\n", locale.tell(&sentence)));
    }
    if !flow.stages.is_empty() {
        parts.push(stages(flow, funnel, locale));
        parts.extend(caveat(flow, locale).map(|note| format!("{}\n", locale.tell(&note))));
        parts.extend(targets(flow, funnel, locale));
        parts.push(trends(flow, funnel, locale));
    }
    if !flow.not_recorded.is_empty() {
        parts.push(format!("{}\n", locale.tell(&not_recorded(flow, funnel, locale))));
    }
    let shown = flow.stages.iter().flat_map(StageFlow::figures).map(|figure| figure.metric);
    parts.extend(super::drafts::line(Dictionary::shipped(), shown, locale));
    parts.join("\n")
}

/// What is looked at: funnel, period, comparison, basis, segment.
fn header(flow: &Flow, funnel: &Funnel, locale: &Locale) -> String {
    let mut rows = vec![
        ("funnel", locale.pick(&funnel.name).to_owned()),
        ("period", period(flow, locale)),
        ("compare", compared(flow, locale)),
        ("basis", basis(flow, locale)),
        ("as-of", flow.as_of.to_rfc3339()),
    ];
    if !flow.segment.is_all() {
        rows.insert(4, ("segment", segment(&flow.segment, locale)));
    }
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(key, value)| vec![locale.t(&format!("funnel-{key}")), value]).collect();
    table(&[Align::Left, Align::Left], &rows)
}

/// `2026-Q4, so far`; `2017-Q4 (newest record 2017-12-31)` where nothing is newer.
#[must_use]
pub fn period(flow: &Flow, locale: &Locale) -> String {
    let window = flow.period.window();
    let newest = flow.newest.filter(|newest| !flow.running && window.has(newest.0));
    match (flow.running, newest) {
        (true, _) => match flow.data_until {
            Some(until) => {
                locale.tell(&Message::new("funnel-so-far-until").with("period", flow.period).with("day", until.date()))
            }
            None => locale.tell(&Message::new("funnel-so-far").with("period", flow.period)),
        },
        (false, Some(newest)) => {
            locale.tell(&Message::new("funnel-newest").with("period", flow.period).with("day", newest.date()))
        }
        (false, None) => flow.period.to_string(),
    }
}

/// `2026-Q3, the same days`.
#[must_use]
pub fn compared(flow: &Flow, locale: &Locale) -> String {
    let Some(other) = flow.compare else { return locale.t("funnel-no-comparison") };
    let said = match flow.running {
        true => locale.tell(&Message::new("funnel-same-days").with("period", other)),
        false => other.to_string(),
    };
    let window = other.window();
    // A few days without a record are none without data.
    let late = |oldest: &Instant| (oldest.0 - window.from) * 10 > window.to - window.from;
    match flow.oldest.filter(|oldest| window.has(oldest.0)).filter(late) {
        Some(oldest) => locale.tell(&Message::new("funnel-partly").with("period", said).with("day", oldest.date())),
        None => said,
    }
}

/// `cohort, skipped stages imputed, count`.
#[must_use]
pub fn basis(flow: &Flow, locale: &Locale) -> String {
    let parts = [
        format!("funnel-basis-{}", flow.basis),
        format!("funnel-skips-{}", flow.skips),
        format!("funnel-measure-{}", flow.measure),
    ];
    parts.map(|key| locale.t(&key)).join(" · ")
}

/// `source Event · tenure new`; "all" for everything.
#[must_use]
pub fn segment(segment: &Segment, locale: &Locale) -> String {
    if segment.is_all() {
        return locale.t("funnel-segment-all");
    }
    let value = |value: &Option<String>| match value.as_deref() {
        Some(word @ ("new" | "tenured")) => locale.t(&format!("funnel-tenure-{word}")),
        Some(word) => word.to_owned(),
        None => locale.t("funnel-value-unknown"),
    };
    let parts = segment.0.iter().map(|(dimension, values)| {
        let values: Vec<String> = values.iter().map(value).collect();
        let dimension = locale.t(&format!("funnel-dimension-{}", dimension.key()));
        let part = Message::new("funnel-segment-part").with("dimension", dimension);
        locale.tell(&part.with("values", values.join(" / ")))
    });
    parts.collect::<Vec<_>>().join(" · ")
}

/// The name of a stage.
#[must_use]
pub fn name<'t>(stage: &'t Stage, locale: &Locale) -> &'t str {
    locale.pick(stage.short.as_ref().unwrap_or(&stage.name))
}

fn name_of(flow: &StageFlow, funnel: &Funnel, locale: &Locale) -> String {
    funnel.stage.get(flow.at).map(|stage| name(stage, locale).to_owned()).unwrap_or_default()
}

/// The one sentence that matters: the leak, or that there is none, or why nothing can be said.
#[must_use]
pub fn sentence(flow: &Flow, funnel: &Funnel, locale: &Locale) -> Option<Message> {
    if flow.stages.is_empty() {
        return Some(Message::new("funnel-says-nothing-yet"));
    }
    let leak = flow.leak.as_ref().and_then(|key| flow.stages.iter().find(|stage| stage.key == *key));
    if let Some(stage) = leak {
        return Some(fall("funnel-says-leak", stage, funnel, locale));
    }
    let judged = flow.stages.iter().any(|stage| !matches!(stage.verdict, Verdict::None | Verdict::TooFew));
    let nothing = flow.stages.iter().all(|stage| stage.count.n == 0);
    Some(match (nothing, judged) {
        (true, _) => empty(flow, locale),
        (false, true) => match flow.fell() {
            Some(stage) => fall("funnel-says-fell", stage, funnel, locale),
            None => Message::new("funnel-says-no-leak"),
        },
        (false, false) if flow.basis == "snapshot" => Message::new("funnel-says-snapshot"),
        (false, false) if flow.measure == "amount" => Message::new("funnel-says-amounts"),
        (false, false) if flow.stages.iter().all(|stage| stage.before.count.n == 0) => match flow.compare {
            Some(other) => Message::new("funnel-says-nothing-before").with("period", flow.days_of(&other)),
            None => Message::new("funnel-no-comparison"),
        },
        (false, false) => Message::new("funnel-says-too-few"),
    })
}

/// Why there is nothing in the view.
fn empty(flow: &Flow, locale: &Locale) -> Message {
    let said = |key| Message::new(key).with("period", flow.period);
    let leads = |stage: &StageFlow| stage.count.value == Err(Withheld::BeforeDeals);
    let window = flow.period.window();
    match (flow.oldest, flow.newest) {
        _ if flow.stages.iter().all(leads) => said("funnel-says-no-amounts"),
        _ if !flow.segment.is_all() => {
            said("funnel-says-empty-segment").with("segment", segment(&flow.segment, locale))
        }
        (Some(oldest), _) if oldest.0 >= window.to => said("funnel-says-empty-before").with("day", oldest.date()),
        (_, Some(newest)) if newest.0 < window.from => said("funnel-says-empty-since").with("day", newest.date()),
        _ => said("funnel-says-empty"),
    }
}

/// What to keep in mind of a part that records come into late: its early conversions are of those alone that did.
#[must_use]
pub fn caveat(flow: &Flow, locale: &Locale) -> Option<Message> {
    let late = |dimension: &&Dimension| dimension.is_of_owner() || **dimension == Dimension::Product;
    let dimension = flow.segment.0.keys().find(late)?;
    let word = locale.t(&format!("funnel-dimension-{}", dimension.key()));
    Some(Message::new("funnel-note-late").with("dimension", word))
}

/// How the conversion to a stage fell.
fn fall(key: &'static str, stage: &StageFlow, funnel: &Funnel, locale: &Locale) -> Message {
    let from = stage.from.and_then(|at| funnel.stage.get(at));
    let figure = |figure: &FlowFigure| locale.figure(figure, None, Amounts::Compact);
    Message::new(key)
        .with("from", from.map(|stage| name(stage, locale).to_owned()).unwrap_or_default())
        .with("to", name_of(stage, funnel, locale))
        .with("before", figure(&stage.before.from_previous))
        .with("now", figure(&stage.from_previous))
        .with("change", figure(&stage.change.from_previous))
}

/// Stages that nothing in the store tells of.
#[must_use]
pub fn not_recorded(flow: &Flow, funnel: &Funnel, locale: &Locale) -> Message {
    let named = funnel.stage.iter().filter(|stage| flow.not_recorded.contains(&stage.key));
    let names: Vec<&str> = named.map(|stage| name(stage, locale)).collect();
    Message::new("funnel-not-recorded").with("names", names.join(&locale.t("list-separator")))
}

const STAGE_HEADER: [&str; 12] =
    ["stage", "count", "change", "previous", "n", "interval", "rate-change", "first", "n", "young", "median", "p90"];

/// The title of a column; of events, conversions are ratios and are called so.
fn column(flow: &Flow, key: &str, locale: &Locale) -> String {
    let ratio = format!("funnel-ratio-{key}");
    let is_ratio = flow.basis == "snapshot" && locale.has(&ratio);
    locale.t(&if is_ratio { ratio } else { format!("funnel-col-{key}") })
}

fn stages(flow: &Flow, funnel: &Funnel, locale: &Locale) -> String {
    let home = flow.currency();
    let show = |figure: &FlowFigure| locale.figure(figure, home, Amounts::Whole);
    let title = |key: &&str| match (*key, home) {
        ("count", _) if flow.measure != "amount" => locale.t("funnel-col-count"),
        ("count", Some(home)) => format!("{} {home}", locale.t("funnel-col-amount")),
        ("count", None) => locale.t("funnel-col-amount"),
        (key, _) => column(flow, key, locale),
    };
    let mut rows: Vec<Vec<String>> = vec![STAGE_HEADER.iter().map(title).chain([String::new()]).collect()];
    for stage in &flow.stages {
        let indent = if stage.optional { "  " } else { "" };
        let interval = stage
            .interval
            .map(|ends| format!("{}–{}", locale.percent(ends.0), locale.percent(ends.1)))
            .unwrap_or_default();
        rows.push(vec![
            format!("{indent}{}", name_of(stage, funnel, locale)),
            show(&stage.count),
            show(&stage.change.count),
            show(&stage.from_previous),
            sample(stage.n, &stage.from_previous, locale),
            interval,
            show(&stage.change.from_previous),
            show(&stage.from_first),
            sample(stage.n_first, &stage.from_first, locale),
            show(&stage.young),
            show(&stage.median_days),
            show(&stage.p90_days),
            mark(stage, locale),
        ]);
    }
    let words = |at: usize| at == 0 || at == STAGE_HEADER.len();
    let align: Vec<Align> =
        (0..=STAGE_HEADER.len()).map(|at| if words(at) { Align::Left } else { Align::Right }).collect();
    table(&align, &rows)
}

/// The targets, stage by stage; nothing where nobody has set one.
fn targets(flow: &Flow, funnel: &Funnel, locale: &Locale) -> Option<String> {
    let rows: Vec<Vec<String>> = flow
        .stages
        .iter()
        .flat_map(|stage| goals(flow, stage, locale).into_iter().map(move |said| (stage, said)))
        .map(|(stage, said)| vec![name_of(stage, funnel, locale), locale.tell(&said)])
        .collect();
    (!rows.is_empty()).then(|| format!("{}\n{}", locale.t("funnel-targets"), table(&[Align::Left, Align::Left], &rows)))
}

/// The number of records behind a conversion; none where it has no meaning.
#[must_use]
pub fn sample(n: u64, conversion: &FlowFigure, locale: &Locale) -> String {
    if is_senseless(conversion) { String::new() } else { locale.count(n) }
}

/// Whether a conversion has no meaning in this line, rather than no number.
fn is_senseless(conversion: &FlowFigure) -> bool {
    matches!(conversion.value, Err(Withheld::NotApplicable | Withheld::BeforeDeals))
}

/// What to make of the change: a sign and a word.
#[must_use]
pub fn mark(stage: &StageFlow, locale: &Locale) -> String {
    match stage.verdict {
        Verdict::None | Verdict::Steady => String::new(),
        Verdict::Leak => format!("! {}", locale.t("funnel-verdict-leak")),
        other => locale.t(&format!("funnel-verdict-{}", other.key())),
    }
}

/// What is to be said of the targets of a stage, and how it stands against them.
#[must_use]
pub fn goals(flow: &Flow, stage: &StageFlow, locale: &Locale) -> Vec<Message> {
    let home = flow.currency();
    let show = |figure: &FlowFigure| locale.figure(figure, home, Amounts::Whole);
    let Goals { count, from_previous, median_days } = &stage.target;
    let of = [
        ("funnel-note-target", count),
        ("funnel-note-rate-target", from_previous),
        ("funnel-note-days-target", median_days),
    ];
    let said = of.into_iter().filter_map(|(key, goal)| Some((key, goal.as_ref()?))).map(|(key, goal)| {
        let key = if goal.by_now.is_some() { "funnel-note-target-by-now" } else { key };
        let limit = if key == "funnel-note-days-target" { "-limit" } else { "" };
        let stands = goal.rag.map_or("rag-none".to_owned(), |rag| format!("rag{limit}-{}", rag.key()));
        let said = Message::new(key).with("target", show(&goal.value)).with("stands", locale.t(&stands));
        said.with("now", goal.by_now.as_ref().map(show).unwrap_or_default())
    });
    said.collect()
}

fn trends(flow: &Flow, funnel: &Funnel, locale: &Locale) -> String {
    let home = flow.currency();
    let show = |figure: &FlowFigure| locale.figure(figure, home, Amounts::Compact);
    let Some(periods) = flow.stages.first().map(|stage| &stage.trend) else { return String::new() };
    let names = flow.stages.iter().flat_map(|stage| {
        let name = name_of(stage, funnel, locale);
        let rate = !is_senseless(&stage.from_previous);
        [Some(name), rate.then(|| column(flow, "previous", locale))].into_iter().flatten()
    });
    let mut rows = vec![std::iter::once(locale.t("funnel-period")).chain(names).collect::<Vec<_>>()];
    for (at, point) in periods.iter().enumerate() {
        let cells =
            flow.stages.iter().filter_map(|stage| Some((stage, stage.trend.get(at)?))).flat_map(|(stage, point)| {
                let rate = !is_senseless(&stage.from_previous);
                [Some(show(&point.count)), rate.then(|| show(&point.from_previous))].into_iter().flatten()
            });
        rows.push(std::iter::once(point.period.to_string()).chain(cells).collect());
    }
    let align: Vec<Align> =
        (0..rows.first().map_or(0, Vec::len)).map(|at| if at == 0 { Align::Left } else { Align::Right }).collect();
    let title = match flow.trend_days {
        Some(days) => locale.tell(&Message::new("funnel-trend-days").with("days", days)),
        None => locale.t("funnel-trend"),
    };
    format!("{title}\n{}", table(&align, &rows))
}

/// Every figure on a line of its own; a period that is cut to the days of a running one bears the name of
/// these days. Stage, period, metric, currency, value, n, why it is withheld; then the ends of the 95 %
/// interval (of a change: of the difference of the shares) and, of a target, how the figure stands.
#[must_use]
pub fn csv(flow: &Flow) -> String {
    let mut lines = figures::Lines::new(&["stage", "period"], &["low", "high", "light"]);
    for stage in &flow.stages {
        csv_of_period(flow, stage, &mut lines);
        let before = flow.compare.map(|period| flow.days_of(&period)).unwrap_or_default();
        let compared = [&stage.before.count, &stage.before.from_previous];
        compared.into_iter().for_each(|figure| lines.add(&[&stage.key, &before], figure));
        let past = stage.trend.len().saturating_sub(1);
        for point in stage.trend.iter().take(past).filter(|point| Some(point.period) != flow.compare) {
            let period = flow.days_of(&point.period);
            let figures = [&point.count, &point.from_previous];
            figures.into_iter().for_each(|figure| lines.add(&[&stage.key, &period], figure));
        }
    }
    lines.finish()
}

/// The lines of a stage in the period that is looked at.
fn csv_of_period(flow: &Flow, stage: &StageFlow, lines: &mut figures::Lines) {
    let names = [stage.key.as_str(), &flow.period.to_string()];
    let ends = |ends: Option<Ends>| ends.map(|Ends(low, high)| vec![low.to_string(), high.to_string()]);
    let own = [
        (&stage.count, None),
        (&stage.from_previous, ends(stage.interval)),
        (&stage.from_first, None),
        (&stage.young, None),
        (&stage.median_days, None),
        (&stage.p90_days, None),
        (&stage.change.count, None),
        (&stage.change.from_previous, ends(stage.change.interval)),
    ];
    own.into_iter().for_each(|(figure, ends)| lines.add_with(&names, figure, &ends.unwrap_or_default()));
    for goal in stage.target.each() {
        let light = goal.rag.map(|rag| rag.key().to_owned()).unwrap_or_default();
        lines.add_with(&names, &goal.value, &[String::new(), String::new(), light]);
        goal.by_now.iter().for_each(|by_now| lines.add(&names, by_now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::funnel::{Basis, Compare, Measure, Query, flow};
    use crate::domain::facts::{Facts, NONE, People, Touched};
    use crate::domain::funnel::Funnels;
    use crate::domain::funnel::journey::{Journeys, Skips};
    use crate::domain::period::{FiscalYear, Period};
    use std::sync::Arc;

    /// 40 leads of April 2026, none of which went on.
    fn facts() -> Facts {
        let mut people = People::default();
        let at = |key| 1 + People::COLUMNS.iter().position(|name| *name == key).unwrap();
        let april = Instant::parse_rfc3339("2026-04-10T00:00:00Z").unwrap().0;
        let row = |id: i64| {
            let mut row = vec![NONE; People::COLUMNS.len() + 1];
            (row[0], row[at("kind")], row[at("created_at")]) = (id, 0, april);
            row
        };
        people.apply(&Touched::everything(), (1..=40).map(row).collect());
        Facts { people: Arc::new(people), ..Facts::default() }
    }

    fn said(funnel: &str, change: impl Fn(Query) -> Query) -> &'static str {
        let funnel = Funnels::shipped().get(funnel).cloned().unwrap();
        let now = Instant::parse_rfc3339("2026-05-20T00:00:00Z").unwrap();
        let journeys = Journeys::read(&facts(), &funnel, Skips::default(), now);
        let query = Query {
            period: Period::parse("2026-04", FiscalYear::default()).unwrap(),
            compare: Compare::Previous,
            basis: Basis::Cohort,
            measure: Measure::Count,
            segment: Segment::default(),
        };
        sentence(&flow(&journeys, &change(query)), &funnel, &Locale::new(crate::i18n::Lang::En)).unwrap().key
    }

    #[test]
    fn a_part_that_records_come_into_late_is_told() {
        let of = |dimension| {
            let funnel = Funnels::shipped().first().cloned().unwrap();
            let journeys = Journeys::read(
                &facts(),
                &funnel,
                Skips::default(),
                Instant::parse_rfc3339("2026-05-20T00:00:00Z").unwrap(),
            );
            let query = Query {
                period: Period::parse("2026-04", FiscalYear::default()).unwrap(),
                compare: Compare::Previous,
                basis: Basis::Cohort,
                measure: Measure::Count,
                segment: Segment::default().with(dimension, Some("x".to_owned())),
            };
            caveat(&flow(&journeys, &query), &Locale::new(crate::i18n::Lang::En)).is_some()
        };
        assert_eq!([Dimension::Owner, Dimension::Product, Dimension::Source].map(of), [true, true, false]);
    }

    #[test]
    fn an_empty_view_says_why() {
        let period = |text: &str| Period::parse(text, FiscalYear::default()).unwrap();
        let of = |text: &'static str| move |query| Query { period: period(text), ..query };
        assert_eq!(said("lead-to-cash", |query| query), "funnel-says-nothing-before");
        assert_eq!(said("lead-to-cash", of("2026-03")), "funnel-says-empty-before");
        assert_eq!(said("lead-to-cash", of("2026-05")), "funnel-says-empty-since");
        let amounts = |query| Query { measure: Measure::Amount, ..query };
        assert_eq!(said("lead-to-cash", amounts), "funnel-says-no-amounts");
        let segment = Segment::default().with(Dimension::Source, Some("Event".to_owned()));
        let only = |query| Query { segment: segment.clone(), ..query };
        assert_eq!(said("lead-to-cash", only), "funnel-says-empty-segment");
        assert_eq!(said("product-led", |query| query), "funnel-says-nothing-yet");
    }
}
