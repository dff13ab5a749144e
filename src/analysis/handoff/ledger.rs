//! The two-sided ledger: what marketing owes sales and sales owes marketing, week by week, and who missed first.
//!
//! Marketing owes as many hand-offs as its share of the target takes: target × share ÷ (average deal × rate). Share,
//! average deal and rate are those of the year before the period: deals won from people that were handed over, of all
//! that were won; what such a deal was worth; and how many of them there were for each hand-off. The year tells both
//! numbers of the rate, so that young hand-offs do not count as lost. Sales owes an answer in time.

use super::records::{Handoffs, Which};
use super::summary::{HandoffFigure, Line, line_of};
use super::weeks::days_of;
use super::{Board, Item};
use crate::analysis::pipeline::{Goal, goal};
use crate::domain::facts::{Facts, known};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::handoff::Begins;
use crate::domain::metric::{derive, derive_money};
use crate::domain::money::{Currency, Money};
use crate::domain::object::Object;
use crate::domain::period::{Period, Unit, Window};
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Id;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What sales owes where nobody has set a target: so many of a hundred in time.
const INSIDE: f64 = 0.9;
/// The past that commitments are derived from.
const YEAR_MS: i64 = 365 * DAY_MS;

/// Who owes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Hand-offs, as many as the target takes.
    Marketing,
    /// Answers in time.
    Sales,
}

impl Side {
    /// Its name in message keys and in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Marketing => "marketing",
            Self::Sales => "sales",
        }
    }
}

/// The ledger of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ledger {
    /// What marketing owes, what it is derived from, and what it delivered.
    pub marketing: Marketing,
    /// What sales owes, and what it did.
    pub sales: Sales,
    /// The weeks of the period that have begun, oldest first.
    pub weeks: Vec<LedgerWeek>,
    /// Who missed first, and in which week: one of them, both when it was the same week, nobody.
    pub missed_first: Vec<Missed>,
    /// Why hand-offs of the period were given back, the most frequent first.
    pub returns: Vec<Reason>,
}

/// Marketing's side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Marketing {
    /// What the company is to win in the period.
    pub target: HandoffFigure,
    /// Won from hand-offs ÷ all won, in the year before.
    pub share: HandoffFigure,
    /// What a deal won from a hand-off was worth in the year before, on average.
    pub average_deal: HandoffFigure,
    /// Deals won from hand-offs ÷ hand-offs, in the year before.
    pub rate: HandoffFigure,
    /// Hand-offs that the target takes.
    pub owed: HandoffFigure,
    /// As many of them as days of the period have passed.
    pub owed_so_far: HandoffFigure,
    /// Hand-offs of the period.
    pub delivered: HandoffFigure,
    /// The share of them that sales gave back.
    pub returned: HandoffFigure,
    /// The same share in the year before.
    pub returned_before: HandoffFigure,
}

/// Sales' side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sales {
    /// The share that is to be answered in time.
    pub goal: f64,
    /// How the hand-offs of the period go.
    #[serde(flatten)]
    pub line: Line,
    /// The share that somebody tried to reach.
    pub followed_up: HandoffFigure,
    /// Attempts on each.
    pub attempts: HandoffFigure,
    /// The share that sales took on.
    pub accepted: HandoffFigure,
}

/// A week of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerWeek {
    /// The week.
    pub week: Period,
    /// Whether it is still running.
    pub running: bool,
    /// How many of its days are in the period, where not all are.
    pub days: Option<i64>,
    /// Hand-offs that marketing owes in it, or in what has passed of it.
    pub owed: HandoffFigure,
    /// Hand-offs that it delivered.
    pub delivered: HandoffFigure,
    /// Delivered less owed, since the beginning of the period; below zero is a debt.
    pub balance: Option<i64>,
    /// The share that was given back.
    pub returned: HandoffFigure,
    /// The share that was answered in time.
    pub inside_sla: HandoffFigure,
    /// The share that somebody tried to reach.
    pub followed_up: HandoffFigure,
    /// Who is behind what they owe.
    pub missed: Vec<Side>,
}

/// Who was behind in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// Who.
    pub side: Side,
    /// The week.
    pub week: Period,
}

/// Why something was given back, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// In the words of those who gave it back; `null` where they gave none.
    pub reason: Option<String>,
    /// How often.
    pub n: u64,
}

/// The ledger of the hand-offs from marketing to sales in a period; without such a kind there is none.
#[must_use]
pub fn ledger(board: &Board, facts: &Facts, period: &Period) -> Option<Ledger> {
    let kind = marketing_kind(board)?;
    let Window { from, to } = period.window();
    let year = Window { from: from - YEAR_MS, to: from };
    let goal = goal(facts, board.as_of, *period, year);
    let book = Book { board, facts, kind };
    let whole = book.began(from, to);
    let before = book.began(year.from, year.to);
    let items = book.items(&whole);
    let marketing = book.marketing(&goal, period, (&items, &whole), (&book.items(&before), &before));
    let inside = goal.inside_sla.unwrap_or(INSIDE);
    let sales = book.sales(inside, (&items, &whole));
    let owed = match marketing.owed.value {
        Ok(Number::Count(owed)) => Some(owed as f64),
        _ => None,
    };
    let weeks = book.weeks(period, owed, inside);
    let missed_first = missed_first(&weeks);
    Some(Ledger { marketing, sales, weeks, missed_first, returns: Vec::new() })
}

/// Hand-offs, and the selection that has all of them.
type Span<'s> = (&'s [&'s Item], &'s Handoffs);

/// The hand-offs of one kind, and what is known around them.
struct Book<'b> {
    board: &'b Board,
    facts: &'b Facts,
    kind: usize,
}

impl Book<'_> {
    fn began(&self, from: i64, to: i64) -> Handoffs {
        let began = Some((Instant(from), Instant(to)));
        Handoffs { kind: Some(self.kind), began, ..Handoffs::default() }
    }

    fn items(&self, of: &Handoffs) -> Vec<&Item> {
        self.board.items.iter().filter(|item| of.has(item)).collect()
    }

    /// So many of these, as a share that the dictionary has the formula of.
    fn share(&self, (metric, measure): (&'static str, &str), (items, of): Span<'_>, part: usize) -> HandoffFigure {
        let measures = [(measure, part as f64), ("handed_over", items.len() as f64)];
        Figure { metric, value: derive(metric, &measures), n: items.len() as u64, records: of.clone() }
    }

    fn given_back(&self, (items, of): Span<'_>) -> HandoffFigure {
        let n = items.iter().filter(|item| item.is_given_back()).count();
        self.share(("handoff_returned_share", "given_back"), (items, of), n)
    }

    fn followed_up(&self, (items, of): Span<'_>) -> HandoffFigure {
        let touched = of.which(Which::Touched);
        let n = items.iter().filter(|item| touched.has(item)).count();
        self.share(("follow_up_rate", "touched"), (items, of), n)
    }

    fn marketing(&self, goal: &Goal, period: &Period, whole: Span<'_>, (handed, before): Span<'_>) -> Marketing {
        let ever = Handoffs { kind: Some(self.kind), ..Handoffs::default() };
        let people: BTreeSet<i64> = self.items(&ever).iter().map(|item| item.raised.record).collect();
        let from_people = deals_of(self.facts, &people);
        let won: Vec<(i64, i64)> = goal.won.iter().filter_map(|&(deal, minor)| Some((deal, minor?))).collect();
        let ours: Vec<(i64, i64)> = won.iter().copied().filter(|(deal, _)| from_people.contains(deal)).collect();
        let sum = |deals: &[(i64, i64)]| deals.iter().map(|(_, minor)| *minor as f64).sum::<f64>();
        let of = |metric, value, n: usize| Figure { metric, value, n: n as u64, records: before.clone() };
        let share = derive("handoff_share", &[("won_from_handoffs", sum(&ours)), ("all_won", sum(&won))]);
        let measures = [("won_from_handoffs", sum(&ours)), ("deals_from_handoffs", ours.len() as f64)];
        let average = derive_money("handoff_average_deal", &measures, goal.currency);
        let measures = [("deals_from_handoffs", ours.len() as f64), ("handed_over", handed.len() as f64)];
        let rate = derive("handoff_won_rate", &measures);
        let owed = goal.target.and_then(|target| {
            let target = target as f64;
            let parts = [target, sum(&ours), sum(&won), ours.len() as f64, handed.len() as f64];
            owed(parts).ok_or(Withheld::FewRecords)
        });
        let passed = period.passed(self.board.as_of).unwrap_or(if period.window().from > self.board.as_of.0 {
            0.0
        } else {
            1.0
        });
        let count = |metric, value: Result<f64, Withheld>| {
            let value = value.map(|owed| Number::Count(owed.round() as u64));
            Figure { metric, value, n: ours.len() as u64, records: before.clone() }
        };
        Marketing {
            target: of("won_amount_target", goal.target.map(|minor| money(minor, goal.currency)), 0),
            share: of("handoff_share", share, won.len()),
            average_deal: of("handoff_average_deal", average, ours.len()),
            rate: of("handoff_won_rate", rate, handed.len()),
            owed: count("handoff_owed", owed),
            owed_so_far: count("handoff_owed_so_far", owed.map(|owed| owed * passed)),
            delivered: line_of(whole.0, whole.1).total,
            returned: self.given_back(whole),
            returned_before: self.given_back((handed, before)),
        }
    }

    fn sales(&self, goal: f64, (items, whole): Span<'_>) -> Sales {
        let attempts: usize = items.iter().map(|item| item.raised.attempts.len()).sum();
        let measures = [("attempts", attempts as f64), ("handed_over", items.len() as f64)];
        let attempts = derive("handoff_attempts_each", &measures);
        let accepted = items.iter().filter(|item| self.is_accepted(item)).count();
        let n = items.len() as u64;
        Sales {
            goal,
            line: line_of(items, whole),
            followed_up: self.followed_up((items, whole)),
            attempts: Figure { metric: "handoff_attempts_each", value: attempts, n, records: whole.clone() },
            accepted: self.share(("handoff_accepted_share", "accepted"), (items, whole), accepted),
        }
    }

    /// Whether sales took a person on after the hand-off began.
    fn is_accepted(&self, item: &Item) -> bool {
        let people = &self.facts.people;
        let began = item.raised.handoff.began_at.0;
        let row = people.find(item.raised.record);
        let later =
            |column: &[i64]| row.and_then(|row| column.get(row).copied()).and_then(known).is_some_and(|at| at >= began);
        later(&people.sal_at) || later(&people.sql_at) || item.raised.done.iter().any(|done| done.word() == "accepted")
    }

    fn weeks(&self, period: &Period, owed: Option<f64>, goal: f64) -> Vec<LedgerWeek> {
        let Window { from, to } = period.window();
        let now = self.board.as_of.0;
        let mut weeks = Vec::new();
        let mut next = Period::holding(Unit::Week, Instant(from).date(), period.fiscal());
        let (mut due_before, mut delivered_so_far) = (0_i64, 0_i64);
        while let Some(week) = next.filter(|week| week.window().from < to.min(now + 1)) {
            let window = week.window();
            let end = window.to.min(to).min(now + 1);
            let of = self.began(window.from.max(from), window.to.min(to));
            let due = owed.map(|owed| (owed * (end - from) as f64 / (to - from) as f64).round() as i64);
            let items = self.items(&of);
            let line = line_of(&items, &of);
            delivered_so_far += i64::try_from(line.total.n).unwrap_or(i64::MAX);
            let balance = due.map(|due| delivered_so_far - due);
            let is_behind = |figure: &HandoffFigure| match figure.value {
                Ok(Number::Share { part, whole }) | Err(Withheld::SmallSample { part, whole }) => {
                    (part as f64) < goal * whole as f64
                }
                _ => false,
            };
            let mut missed = Vec::new();
            missed.extend(balance.filter(|balance| *balance < 0).map(|_| Side::Marketing));
            missed.extend(is_behind(&line.inside_sla).then_some(Side::Sales));
            let owed_now = due.map(|due| (due - due_before).max(0).unsigned_abs()).map(Number::Count);
            due_before = due.unwrap_or_default();
            weeks.push(LedgerWeek {
                week,
                running: week.is_running(self.board.as_of),
                days: days_of(&week, (from, to)),
                owed: Figure {
                    metric: "handoff_owed",
                    value: owed_now.ok_or(Withheld::NoTarget),
                    n: 0,
                    records: of.clone(),
                },
                delivered: line.total,
                balance,
                returned: self.given_back((&items, &of)),
                inside_sla: line.inside_sla,
                followed_up: self.followed_up((&items, &of)),
                missed,
            });
            next = week.next();
        }
        weeks
    }
}

/// `target × won from hand-offs ÷ all won ÷ (average deal × rate)`; `None` where the past tells nothing.
fn owed([target, from_handoffs, won, deals, handed]: [f64; 5]) -> Option<f64> {
    let share = from_handoffs / won;
    let (average, rate) = (from_handoffs / deals, deals / handed);
    let owed = target * share / (average * rate);
    (owed.is_finite() && owed > 0.0).then_some(owed)
}

/// The deals that came from these people.
fn deals_of(facts: &Facts, people: &BTreeSet<i64>) -> BTreeSet<i64> {
    let all = &facts.people;
    let became = all.id.iter().zip(&all.opportunity).filter(|(person, _)| people.contains(person));
    let became = became.filter_map(|(_, deal)| known(*deal));
    let deals = &facts.opportunities;
    let came = deals.id.iter().zip(&deals.lead).filter(|(_, lead)| people.contains(lead)).map(|(deal, _)| *deal);
    became.chain(came).collect()
}

/// The first week in which anyone was behind, and who it was.
fn missed_first(weeks: &[LedgerWeek]) -> Vec<Missed> {
    let first = weeks.iter().find(|week| !week.missed.is_empty());
    first.map(|week| week.missed.iter().map(|&side| Missed { side, week: week.week }).collect()).unwrap_or_default()
}

/// The records of the hand-offs from marketing of a period that were given back.
#[must_use]
pub fn given_back(board: &Board, period: &Period) -> Vec<(Object, Id)> {
    let Window { from, to } = period.window();
    let Some(kind) = marketing_kind(board) else { return Vec::new() };
    let began = Some((Instant(from), Instant(to)));
    super::find(board, &Handoffs { kind: Some(kind), began, which: Which::GivenBack, ..Handoffs::default() })
}

/// The place of the kind that comes from marketing.
fn marketing_kind(board: &Board) -> Option<usize> {
    board.rules.kinds.iter().position(|kind| kind.begins == Begins::Mql)
}

/// How often each reason was given, the most frequent first.
pub(super) fn count_reasons(reasons: impl IntoIterator<Item = Option<String>>) -> Vec<Reason> {
    let mut counted: BTreeMap<Option<String>, u64> = BTreeMap::new();
    for reason in reasons {
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        *counted.entry(reason).or_default() += 1;
    }
    let mut counted: Vec<Reason> = counted.into_iter().map(|(reason, n)| Reason { reason, n }).collect();
    counted.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.reason.is_none().cmp(&b.reason.is_none())));
    counted
}

fn money(minor: i64, currency: Currency) -> Number {
    Number::Money(std::iter::once(Money { minor, currency }).collect())
}

impl Ledger {
    /// Says why hand-offs were given back: one reason for each.
    pub fn say_why(&mut self, reasons: impl IntoIterator<Item = Option<String>>) {
        self.returns = count_reasons(reasons);
    }

    /// Its figures, the most telling first.
    #[must_use]
    pub fn figures(&self) -> Vec<&HandoffFigure> {
        let (marketing, sales) = (&self.marketing, &self.sales);
        vec![
            &marketing.delivered,
            &marketing.owed_so_far,
            &marketing.owed,
            &marketing.target,
            &marketing.share,
            &marketing.average_deal,
            &marketing.rate,
            &marketing.returned,
            &marketing.returned_before,
            &sales.line.inside_sla,
            &sales.line.median_seconds,
            &sales.followed_up,
            &sales.attempts,
            &sales.accepted,
        ]
    }
}
