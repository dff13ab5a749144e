//! The stages as lines of a table, and what is said of one of them.

use crate::analysis::funnel::{FlowFigure, Goal, Goals, StageFlow, Verdict, size};
use crate::analysis::selection::widened;
use crate::domain::figure::{Number, Withheld};
use crate::domain::matching::{Folded, Query};
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money};
use crate::domain::target::Rag;
use crate::export::funnel as words;
use crate::i18n::Amounts;
use crate::tui::analyst::FlowAnswer;
use crate::tui::drill::Explained;
use crate::tui::look::Look;
use crate::tui::name::Name;
use crate::tui::sheet::Order;
use crate::tui::theme::Meaning;
use crate::tui::widgets::table::{Cell, Column, Shape};
use std::cmp::Ordering;

/// A stage and its cells.
pub(super) struct Drawn<'f> {
    pub(super) stage: &'f StageFlow,
    pub(super) cells: Vec<Cell>,
}

/// What a stage is called.
pub(super) fn name(found: &FlowAnswer, stage: &StageFlow) -> Name {
    let defined = found.funnel.stage.get(stage.at);
    let text = defined.map(|stage| stage.short.as_ref().unwrap_or(&stage.name).clone());
    text.map_or_else(|| Name::Data(stage.key.clone()), Name::Catalogue)
}

/// The columns; intervals take the place of the trends.
pub(super) fn columns(found: &FlowAnswer, intervals: bool, look: &Look<'_>) -> Vec<Column> {
    let named = |key: &'static str, shape, expendable| Column::new(key, shape, expendable, look);
    let number = |key, expendable| named(key, Shape::Number, expendable);
    let amounts = found.flow.measure == "amount";
    let count = if amounts { "tui-column-amount" } else { "tui-column-count" };
    let mut columns = vec![
        named("tui-column-stage", Shape::Name, 0),
        Column::untitled("bar", Shape::Bar, 7),
        number(count, 0).of_money(words::home(&found.flow).filter(|_| amounts)),
        number("tui-column-change", 1),
    ];
    let has = |goal: fn(&Goals) -> &Option<Goal>| found.flow.stages.iter().any(|stage| goal(&stage.target).is_some());
    columns.extend(has(|goals| &goals.count).then(|| number("tui-column-target", 2)));
    columns.extend([number("tui-column-of-previous", 0), number("tui-column-n", 4)]);
    columns.extend(has(|goals| &goals.from_previous).then(|| number("tui-column-rate-target", 2)));
    columns.extend(intervals.then(|| number("tui-column-interval", 2)));
    columns.extend([
        number("tui-column-rate-change", 1),
        number("tui-column-of-first", 3),
        number("tui-column-n-first", 8),
        number("tui-column-median-days", 5),
        number("tui-column-p90-days", 10),
    ]);
    if !intervals {
        let trend = |key, expendable, series: Series| {
            let title = Message::new(key).with("n", periods(found, series));
            Column { title: look.locale.tell(&title).into(), ..named(key, Shape::Trend, expendable) }
        };
        columns.push(trend("tui-column-rate-trend", 6, rates));
        columns.push(trend("tui-column-count-trend", 9, counts));
    }
    columns.push(Column::untitled("mark", Shape::Word, 0));
    columns
}

/// The stages that match the filter, in the order that was asked for.
pub(super) fn arranged<'f>(found: &'f FlowAnswer, intervals: bool, look: &Look<'_>, order: &Order) -> Vec<Drawn<'f>> {
    let query = Query::new(&order.filter);
    let longest = found.flow.stages.iter().filter_map(|stage| size(&stage.count)).fold(1.0, f64::max);
    let matching = |stage: &&StageFlow| {
        query.is_empty() || query.matches(&Folded::of_fields([name(found, stage).words(look).as_str()]))
    };
    let draw = |stage| Drawn { stage, cells: cells(found, stage, longest, intervals, look) };
    let mut shown: Vec<Drawn<'f>> = found.flow.stages.iter().filter(matching).map(draw).collect();
    let columns = columns(found, intervals, look);
    let sort = order.sort.and_then(|sort| Some((columns.iter().position(|c| c.key == sort.column)?, sort)));
    if let Some((at, sort)) = sort {
        let compare = |a: &Drawn, b: &Drawn| Some(a.cells.get(at)?.compare(b.cells.get(at)?, sort.descending));
        shown.sort_by(|a, b| compare(a, b).unwrap_or(Ordering::Equal));
    }
    shown
}

fn cells(found: &FlowAnswer, stage: &StageFlow, longest: f64, intervals: bool, look: &Look<'_>) -> Vec<Cell> {
    let home = words::home(&found.flow);
    let figure = |figure: &FlowFigure| Cell::figure(figure, home, look);
    let n = |n: u64| match stage.from_previous.value {
        Err(Withheld::NotApplicable) => Cell::plain(""),
        _ => Cell::Number(look.locale.count(n).into(), Meaning::Muted, n as f64),
    };
    let indent = if stage.optional { "  " } else { "" };
    let mut cells = vec![
        Cell::plain(format!("{indent}{}", name(found, stage).words(look))),
        Cell::Bar(size(&stage.count).unwrap_or(0.0) / longest),
        figure(&stage.count),
        figure(&stage.change.count),
    ];
    let columns = columns(found, intervals, look);
    let has = |key: &str| columns.iter().any(|column| column.key == key);
    cells.extend(has("target").then(|| goal(stage.target.count.as_ref(), home, look)));
    cells.extend([figure(&stage.from_previous), n(stage.n)]);
    cells.extend(has("rate-target").then(|| goal(stage.target.from_previous.as_ref(), home, look)));
    cells.extend(intervals.then(|| {
        let ends =
            stage.interval.map(|ends| format!("{}–{}", look.locale.percent(ends.0), look.locale.percent(ends.1)));
        Cell::plain(ends.unwrap_or_default())
    }));
    cells.extend([
        rate_change(stage, look),
        figure(&stage.from_first),
        n(stage.n_first),
        figure(&stage.median_days),
        figure(&stage.p90_days),
    ]);
    if !intervals {
        cells.push(trend(found, stage, rates, false, look));
        cells.push(trend(found, stage, counts, true, look));
    }
    cells.push(mark(stage, look));
    cells
}

/// A target, with the sign of how the figure beside it stands.
fn goal(goal: Option<&Goal>, home: Option<Currency>, look: &Look<'_>) -> Cell {
    let Some(goal) = goal else { return Cell::plain("") };
    let (sign, meaning) = match goal.rag {
        Some(Rag::Green) => (look.glyphs.rag[0], Meaning::Ok),
        Some(Rag::Amber) => (look.glyphs.rag[1], Meaning::Warn),
        Some(Rag::Red) => (look.glyphs.rag[2], Meaning::Breach),
        None => (" ", Meaning::Muted),
    };
    match Cell::figure(&goal.value, home, look) {
        Cell::Figure(text, _, value, metric) => Cell::Figure(format!("{text} {sign}").into(), meaning, value, metric),
        other => other,
    }
}

fn rate_change(stage: &StageFlow, look: &Look<'_>) -> Cell {
    let cell = Cell::figure(&stage.change.from_previous, None, look);
    if stage.verdict == Verdict::Leak { cell.meaning(Meaning::Breach) } else { cell }
}

/// What a verdict means.
pub(super) fn meaning(verdict: Verdict) -> Meaning {
    match verdict {
        Verdict::Leak => Meaning::Breach,
        Verdict::Better => Meaning::Ok,
        _ => Meaning::Muted,
    }
}

/// What a trend of a stage shows, oldest first.
type Series = fn(&StageFlow) -> Vec<Option<f64>>;

/// Counts; before the first record there is nothing to draw.
fn counts(stage: &StageFlow) -> Vec<Option<f64>> {
    let mut values: Vec<Option<f64>> = stage.trend.iter().map(|point| size(&point.count)).collect();
    let begun = values.iter().position(|value| value.is_some_and(|value| value > 0.0)).unwrap_or(values.len());
    values.iter_mut().take(begun).for_each(|value| *value = None);
    values
}

/// Conversions.
fn rates(stage: &StageFlow) -> Vec<Option<f64>> {
    stage.trend.iter().map(|point| size(&point.from_previous)).collect()
}

/// How many periods the longest trend of all stages has: none is drawn longer.
fn periods(found: &FlowAnswer, series: Series) -> usize {
    let known = |stage: &StageFlow| {
        let values = series(stage);
        values.len() - values.iter().position(Option::is_some).unwrap_or(values.len())
    };
    found.flow.stages.iter().map(known).max().unwrap_or(0)
}

/// A trend of counts begins at zero; one of conversions at the lowest, but a spread below a quarter is not
/// blown up.
fn trend(found: &FlowAnswer, stage: &StageFlow, series: Series, from_zero: bool, look: &Look<'_>) -> Cell {
    let values = series(stage);
    let values = values.get(values.len().saturating_sub(periods(found, series))..).unwrap_or_default();
    let high = values.iter().flatten().copied().fold(0.0, f64::max);
    let lowest = values.iter().flatten().copied().fold(f64::INFINITY, f64::min).min(high * 0.75);
    Cell::plain(look.glyphs.trend(values, if from_zero { 0.0 } else { lowest }, high))
}

/// What to make of a change, in a word or two; the notes of the line say it in full.
fn mark(stage: &StageFlow, look: &Look<'_>) -> Cell {
    let words = match stage.verdict {
        Verdict::CouldBeLuck => look.locale.t("tui-verdict-luck"),
        _ => words::mark(stage, look.locale),
    };
    Cell::Text(words.into(), meaning(stage.verdict))
}

/// What is to be said of a stage: what its conversion is of, how sure it is, and its definition.
pub(super) fn notes(found: &FlowAnswer, stage: &StageFlow, look: &Look<'_>) -> Vec<Message> {
    let mut notes: Vec<Message> = conversion(found, stage, look).into_iter().chain(difference(stage, look)).collect();
    notes.extend(words::goals(&found.flow, stage, look.locale));
    if let Some(defined) = found.funnel.stage.get(stage.at) {
        let pick = |text| look.locale.pick(text);
        let definition = Message::new("funnel-note-definition").with("name", pick(&defined.name));
        let definition = definition.with("entry", pick(&defined.entry)).with("exit", pick(&defined.exit));
        notes.push(definition.with("owner", pick(&defined.owner)));
    }
    notes
}

/// "313 of 1,719 within 8 days; 308 are younger".
fn conversion(found: &FlowAnswer, stage: &StageFlow, look: &Look<'_>) -> Option<Message> {
    let days = stage.within_days?;
    let (part, whole) = match stage.from_previous.value {
        Ok(Number::Share { part, whole }) | Err(Withheld::SmallSample { part, whole }) => (part, whole),
        Err(Withheld::TooYoung) => (0, 0),
        _ => return None,
    };
    let key = if whole == 0 { "funnel-note-all-young" } else { "funnel-note-conversion" };
    let note = Message::new(key).with("days", days).with("young", look.locale.count(stage.young.n));
    if whole == 0 {
        return Some(note);
    }
    if found.flow.measure != "amount" {
        return Some(note.with("part", look.locale.count(part)).with("whole", look.locale.count(whole)));
    }
    // By amount, the parts are minor units of the one currency there is.
    let currency = words::home(&found.flow)?;
    let told = |minor: u64| {
        let money = Money { minor: i64::try_from(minor).unwrap_or(i64::MAX), currency };
        look.locale.purse(&std::iter::once(money).collect(), None, Amounts::Compact)
    };
    let note = Message { key: "funnel-note-conversion-amount", ..note };
    Some(note.with("part", told(part)).with("whole", told(whole)))
}

/// "95 %: 16.4 % to 20.0 %; the change is between −6.0 and −0.8 points".
fn difference(stage: &StageFlow, look: &Look<'_>) -> Option<Message> {
    let interval = stage.interval?;
    let percent = |share: f64| look.locale.percent(share);
    let (key, difference) = match (stage.change.interval, stage.change.could_be_luck) {
        (Some(difference), Some(true)) => ("funnel-note-luck", difference),
        (Some(difference), Some(false)) => ("funnel-note-sure", difference),
        _ => {
            let note = Message::new("funnel-note-interval");
            return Some(note.with("low", percent(interval.0)).with("high", percent(interval.1)));
        }
    };
    let note = Message::new(key).with("low", percent(interval.0)).with("high", percent(interval.1));
    Some(note.with("from", look.locale.points(difference.0)).with("to", look.locale.points(difference.1)))
}

/// Every figure of the line, to be explained.
pub(super) fn explained(found: &FlowAnswer, stage: &StageFlow) -> Vec<Explained> {
    let now = found.flow.period.to_string();
    let before = found.flow.compare.map(|period| period.to_string()).unwrap_or_default();
    let of = |period: &str, figure: &FlowFigure| Explained { of: period.to_owned(), figure: widened(figure) };
    let own = [
        &stage.count,
        &stage.change.count,
        &stage.from_previous,
        &stage.change.from_previous,
        &stage.from_first,
        &stage.young,
        &stage.median_days,
        &stage.p90_days,
    ];
    let past = [&stage.before.count, &stage.before.from_previous];
    let goals = stage.target.each().flat_map(|goal| std::iter::once(&goal.value).chain(&goal.by_now));
    own.into_iter()
        .chain(goals)
        .map(|figure| of(&now, figure))
        .chain(past.into_iter().map(|figure| of(&before, figure)))
        .filter(|explained| explained.figure.value != Err(Withheld::NotApplicable))
        .collect()
}
