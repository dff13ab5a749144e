//! What the table of each review has in its columns and lines, for every surface that shows it.

use crate::analysis::handoff::{
    Bucket, Handoffs, Heat, Hour, LedgerWeek, PauseAudit, Receiver, Review, Told, Topic, Week, Which,
};
use crate::analysis::selection::{Selection, widened};
use crate::domain::figure::Figure;
use crate::domain::funnel::Bilingual;
use crate::domain::handoff::Split;
use crate::domain::message::Message;
use crate::domain::period::Period;
use crate::i18n::Locale;
use crate::text;

/// A table.
pub struct Sheet {
    /// Its columns; the first names the line.
    pub columns: &'static [Title],
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// Its key; `review-column-…` is its title.
    pub key: &'static str,
    /// What stands in it.
    pub shape: Shape,
    /// Columns with higher numbers go first when room is short; 0 stays.
    pub expendable: u8,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A name.
    Name,
    /// A number.
    Number,
    /// Words.
    Text,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What tells it from the others, in every language.
    pub key: String,
    /// What stands in its columns.
    pub cells: Vec<Spot>,
    /// The records that it opens.
    pub records: Selection,
}

/// What stands in one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    /// Words.
    Words(String),
    /// Words of something that is not as it should be.
    Warns(String),
    /// Words of little weight.
    Faint(String),
    /// A figure.
    Figure(Figure<Selection>),
    /// A figure that should be none.
    Bad(Figure<Selection>),
    /// A plain number, with its words.
    Number(String, f64),
}

impl Line {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.cells.first() {
            Some(Spot::Words(words)) => words,
            _ => &self.key,
        }
    }
}

impl Spot {
    /// A figure of hand-offs or of others.
    fn of<R: Clone + Into<Selection>>(figure: &Figure<R>) -> Self {
        Self::Figure(widened(figure))
    }

    fn bad<R: Clone + Into<Selection>>(figure: &Figure<R>) -> Self {
        if figure.n > 0 { Self::Bad(widened(figure)) } else { Self::Figure(widened(figure)) }
    }

    /// What it says; `told` tells a figure.
    pub fn words(&self, told: &dyn Fn(&Figure<Selection>) -> String) -> String {
        match self {
            Self::Words(words) | Self::Warns(words) | Self::Faint(words) | Self::Number(words, _) => words.clone(),
            Self::Figure(figure) | Self::Bad(figure) => told(figure),
        }
    }

    /// The figure that stands there.
    #[must_use]
    pub const fn figure(&self) -> Option<&Figure<Selection>> {
        match self {
            Self::Figure(figure) | Self::Bad(figure) => Some(figure),
            _ => None,
        }
    }
}

const fn title(key: &'static str, shape: Shape, expendable: u8) -> Title {
    Title { key, shape, expendable }
}

const fn number(key: &'static str, expendable: u8) -> Title {
    title(key, Shape::Number, expendable)
}

const fn name(key: &'static str) -> Title {
    title(key, Shape::Name, 0)
}

const TEAM: [Title; 12] = [
    name("owner"),
    number("open", 0),
    number("breached", 1),
    number("inside", 0),
    number("median", 1),
    number("p90", 4),
    number("attempts", 2),
    number("converted", 1),
    number("returned", 5),
    number("got", 2),
    number("capacity", 2),
    title("note", Shape::Text, 6),
];
const HEAT: [Title; 11] = [
    name("hour"),
    number("day-1", 0),
    number("day-2", 0),
    number("day-3", 0),
    number("day-4", 0),
    number("day-5", 0),
    number("day-6", 0),
    number("day-7", 0),
    number("all", 1),
    number("missed", 1),
    number("attempts", 1),
];
const RESPONSE: [Title; 5] =
    [name("queue"), number("within", 0), number("answered", 0), number("converted", 0), number("interval", 1)];
const LEDGER: [Title; 8] = [
    name("week"),
    number("owed", 0),
    number("delivered", 0),
    number("balance", 0),
    number("given-back", 2),
    number("inside", 0),
    number("followed-up", 1),
    title("behind", Shape::Text, 0),
];
const PAUSES: [Title; 6] = [
    name("subject"),
    name("owner"),
    title("queue", Shape::Text, 2),
    title("state", Shape::Text, 1),
    number("paused", 0),
    number("over", 0),
];
const WEEKS: [Title; 9] = [
    name("week"),
    number("all", 0),
    number("inside", 0),
    number("median", 0),
    number("p90", 2),
    number("missed", 0),
    number("returned", 3),
    number("late-on-arrival", 4),
    title("ate", Shape::Text, 1),
];

/// The columns of a topic.
#[must_use]
pub const fn columns(topic: Topic) -> &'static [Title] {
    match topic {
        Topic::Team => &TEAM,
        Topic::Heat => &HEAT,
        Topic::Response => &RESPONSE,
        Topic::Ledger => &LEDGER,
        Topic::Pauses => &PAUSES,
        Topic::Weeks => &WEEKS,
    }
}

/// The table of a review.
#[must_use]
pub fn sheet(review: &Review, locale: &Locale) -> Sheet {
    let lines = match &review.told {
        Told::Team(team) => receivers(team, locale),
        Told::Heat(heat) => hours(heat, locale),
        Told::Response(buckets) => buckets.iter().filter_map(|one| bucket(one, locale)).collect(),
        Told::Ledger(ledger) => {
            let weeks = ledger.iter().flat_map(|ledger| &ledger.weeks);
            weeks.map(|one| ledger_week(one, locale)).collect()
        }
        Told::Pauses(audit) => saved(audit, locale),
        Told::Weeks(weeks) => weeks.iter().map(|one| week(one, locale)).collect(),
    };
    Sheet { columns: columns(review.told.topic()), lines }
}

/// The lines of receivers.
pub(super) fn receivers(team: &[Receiver], locale: &Locale) -> Vec<Line> {
    team.iter().map(|one| receiver(one, locale)).collect()
}

fn receiver(one: &Receiver, locale: &Locale) -> Line {
    let owner = one.owner.clone().unwrap_or_else(|| locale.t("review-nobody"));
    let capacity = one.weekly_capacity.map_or((String::new(), f64::NAN), |n| (n.to_string(), n as f64));
    let note = if one.away { locale.t("review-away") } else { String::new() };
    let figures = &one.line;
    Line {
        key: one.owner.clone().unwrap_or_default(),
        cells: vec![
            Spot::Words(owner),
            Spot::of(&figures.open),
            Spot::bad(&figures.breached),
            Spot::of(&figures.inside_sla),
            Spot::of(&figures.median_seconds),
            Spot::of(&figures.p90_seconds),
            Spot::of(&one.attempts),
            Spot::of(&one.converted),
            Spot::of(&figures.returned),
            Spot::of(&one.got),
            Spot::Number(capacity.0, capacity.1),
            Spot::Faint(note),
        ],
        records: figures.total.records.clone().into(),
    }
}

/// The hours in which anything happened or the calendar is open, from the first of these on: the night comes last.
fn hours(heat: &Heat, locale: &Locale) -> Vec<Line> {
    let most = heat.hours.iter().flat_map(|hour| &hour.days).map(|cell| cell.arrived).max().unwrap_or(0);
    let is_open = |hour: &Hour| hour.days.iter().any(|cell| cell.open);
    // Around the clock, being open says nothing.
    let never_closes = heat.hours.iter().all(is_open);
    let is_told = |hour: &&Hour| hour.arrived.n > 0 || hour.attempts.n > 0 || (is_open(hour) && !never_closes);
    let line = |hour: &Hour| {
        let days = hour.days.iter().map(|cell| {
            let count = locale.count(cell.arrived);
            match (cell.arrived, cell.open) {
                (0, true) => Spot::Faint("·".to_owned()),
                (0, false) => Spot::Words(String::new()),
                (_, false) => Spot::Faint(format!("({count})")),
                // A third of the busiest hour and more is what staffing has to look at.
                (n, true) if n * 3 >= most * 2 => Spot::Warns(format!("{count} █")),
                (n, true) if n * 3 >= most => Spot::Words(format!("{count} ▄")),
                (_, true) => Spot::Words(format!("{count}  ")),
            }
        });
        let from = format!("{:02}:00", hour.hour);
        let ends = [Spot::of(&hour.arrived), Spot::of(&hour.missed), Spot::of(&hour.attempts)];
        Line {
            key: from.clone(),
            cells: std::iter::once(Spot::Words(from)).chain(days).chain(ends).collect(),
            records: hour.arrived.records.clone(),
        }
    };
    let first = heat.hours.iter().position(is_open).unwrap_or(0);
    let day = heat.hours.iter().cycle().skip(first).take(heat.hours.len());
    day.filter(is_told).map(line).collect()
}

/// A bucket into which anything fell.
fn bucket(one: &Bucket, locale: &Locale) -> Option<Line> {
    let n = one.converted.n;
    let seconds = |seconds: i64| locale.duration(seconds * 1_000);
    let within = match one.to_seconds {
        Some(to) => {
            locale.tell(&Message::new("review-within").with("from", seconds(one.from_seconds)).with("to", seconds(to)))
        }
        None => locale.tell(&Message::new("review-after").with("from", seconds(one.from_seconds))),
    };
    let interval =
        one.interval.map(|interval| format!("{} – {}", locale.percent(interval.low), locale.percent(interval.high)));
    let answered = Figure {
        metric: "handoff_answered",
        value: Ok(crate::domain::figure::Number::Count(n)),
        n,
        records: one.converted.records.clone(),
    };
    (n > 0).then(|| Line {
        key: format!("{}/{} {}", one.kind, one.policy, one.from_seconds),
        cells: vec![
            Spot::Words(queue(&one.names, locale)),
            Spot::Number(within, one.from_seconds as f64),
            Spot::of(&answered),
            Spot::of(&one.converted),
            Spot::Faint(interval.unwrap_or_default()),
        ],
        records: one.converted.records.clone().into(),
    })
}

/// `M→S hot`.
fn queue((kind, policy): &(Bilingual, Bilingual), locale: &Locale) -> String {
    format!("{} {}", locale.pick(kind), locale.pick(policy))
}

fn ledger_week(one: &LedgerWeek, locale: &Locale) -> Line {
    let balance = one.balance.map(|balance| (signed(balance), balance as f64));
    let balance = match balance {
        Some((words, number)) if number < 0.0 => Spot::Number(format!("! {words}"), number),
        Some((words, number)) => Spot::Number(words, number),
        None => Spot::Number(String::new(), f64::NAN),
    };
    let behind: Vec<String> = one.missed.iter().map(|side| locale.t(&format!("review-side-{}", side.key()))).collect();
    let behind = behind.join(&locale.t("list-separator"));
    Line {
        key: one.week.to_string(),
        cells: vec![
            Spot::Words(week_name(&one.week, (one.running, one.days), locale)),
            Spot::of(&one.owed),
            Spot::of(&one.delivered),
            balance,
            Spot::of(&one.returned),
            Spot::of(&one.inside_sla),
            Spot::of(&one.followed_up),
            if behind.is_empty() { Spot::Words(behind) } else { Spot::Warns(behind) },
        ],
        records: one.delivered.records.clone().into(),
    }
}

/// With a sign, and a real minus.
fn signed(number: i64) -> String {
    if number < 0 { format!("−{}", number.unsigned_abs()) } else { format!("+{number}") }
}

/// `2026-W46 so far`, `2026-W40 (4 days)`.
fn week_name(week: &Period, (running, days): (bool, Option<i64>), locale: &Locale) -> String {
    match (running, days) {
        (true, _) => locale.tell(&Message::new("funnel-so-far").with("period", week)),
        (false, Some(days)) => locale.tell(&Message::new("review-week-cut").with("week", week).with("days", days)),
        (false, None) => week.to_string(),
    }
}

fn saved(audit: &PauseAudit, locale: &Locale) -> Vec<Line> {
    let line = |one: &crate::analysis::handoff::Saved| {
        let time = |seconds: i64| Spot::Number(locale.duration(seconds * 1_000), seconds as f64);
        Line {
            key: one.id.clone(),
            cells: vec![
                Spot::Words(text::clean(&one.subject).into_owned()),
                Spot::Words(one.owner.clone().unwrap_or_else(|| locale.t("review-nobody"))),
                Spot::Words(queue(&one.names, locale)),
                Spot::Words(locale.t(&format!("handoff-state-{}", one.state.key().replace('_', "-")))),
                time(one.paused_seconds),
                time(one.over_seconds),
            ],
            records: Selection::These(one.place, vec![crate::domain::value::Id(one.key.1)]),
        }
    };
    audit.items.iter().map(line).collect()
}

/// What ate the time there was to answer in, each with its share: `assigned, not touched 82.1 %`.
pub(super) fn eaters(split: &Split, locale: &Locale) -> Vec<String> {
    let budget = split.of_the_budget();
    let whole = budget.total().max(1) as f64;
    let told = |(part, ms): (&str, i64)| {
        let message = Message::new("review-ate").with("part", locale.t(&format!("handoff-split-{part}")));
        locale.tell(&message.with("share", locale.percent(ms as f64 / whole)))
    };
    budget.parts().into_iter().map(told).collect()
}

fn week(one: &Week, locale: &Locale) -> Line {
    let line = &one.line;
    let ate = eaters(&one.missed_split, locale).into_iter().next();
    let of: Handoffs = one.missed.records.which(Which::All);
    Line {
        key: one.week.to_string(),
        cells: vec![
            Spot::Words(week_name(&one.week, (one.running, one.days), locale)),
            Spot::of(&line.total),
            Spot::of(&line.inside_sla),
            Spot::of(&line.median_seconds),
            Spot::of(&line.p90_seconds),
            Spot::of(&one.missed),
            Spot::of(&line.returned),
            Spot::of(&line.late_on_arrival),
            Spot::Faint(ate.unwrap_or_default()),
        ],
        records: of.into(),
    }
}
