//! The figures above the table: those of the period, and those of all time.

use crate::analysis::funnel::size;
use crate::analysis::pipeline::{DealFigure, Pipeline};
use crate::domain::figure::{Figure, Number, Withheld};
use crate::domain::message::Message;
use crate::domain::metric::{Dictionary, Drafts};
use crate::domain::money::Currency;
use crate::export::pipeline::home;
use crate::i18n::Amounts;
use crate::text::Clean;
use crate::tui::look::Look;
use crate::tui::theme::Meaning;

/// Cells between two facts.
pub(super) const GAP: usize = 3;

/// A figure with its name.
pub(super) struct Fact {
    pub(super) label: Clean,
    pub(super) value: Clean,
    pub(super) meaning: Meaning,
    /// Whether it begins a row.
    begins: bool,
}

impl Fact {
    fn width(&self) -> usize {
        self.label.width() + 1 + self.value.width()
    }
}

/// Facts on as few rows as they need.
pub(super) fn flow(facts: Vec<Fact>, width: usize) -> Vec<Vec<Fact>> {
    let mut rows: Vec<Vec<Fact>> = Vec::new();
    let mut used = 0;
    for fact in facts {
        let needed = fact.width() + GAP;
        if let Some(row) = rows.last_mut().filter(|_| used + needed <= width + GAP && !fact.begins) {
            row.push(fact);
            used += needed;
        } else {
            used = needed;
            rows.push(vec![fact]);
        }
    }
    rows
}

/// Makes facts of figures.
struct Teller<'a> {
    pipeline: &'a Pipeline,
    look: &'a Look<'a>,
    home: Option<Currency>,
    drafts: Drafts<'a>,
}

impl Teller<'_> {
    fn number(&self, figure: &DealFigure) -> String {
        self.look.locale.figure(figure, self.home, Amounts::Compact)
    }

    /// A value under its name, marked where a figure in it is a draft and others on the screen are none.
    fn fact(&self, label: &str, figures: &[&DealFigure], value: String) -> Fact {
        let is_draft = figures.iter().any(|figure| self.drafts.marks(figure.metric));
        let mark = if is_draft { self.look.glyphs.draft } else { "" };
        let label = format!("{}{mark}", self.look.t(label)).into();
        Fact { label, value: value.into(), meaning: Meaning::Heading, begins: false }
    }

    fn one(&self, label: &str, figure: &DealFigure) -> Fact {
        self.fact(label, &[figure], self.number(figure))
    }

    /// How many deals, and what they are worth.
    fn worth(&self, label: &str, count: &DealFigure, amount: &DealFigure) -> Fact {
        let currency = self.home.map(|currency| format!(" {currency}")).unwrap_or_default();
        let value = format!("{} {} {}{currency}", self.number(count), self.look.glyphs.dot, self.number(amount));
        self.fact(label, &[count, amount], value)
    }

    /// How the period stands: coverage, target, velocity, and what holds it up.
    fn of_period(&self) -> Vec<Fact> {
        let (coverage, told) = (&self.pipeline.coverage, |message: Message| self.look.locale.tell(&message));
        let with = |key, part: &'static str, one: &DealFigure, other: &'static str, two: &DealFigure| {
            told(Message::new(key).with(part, self.reasoned(one)).with(other, self.reasoned(two)))
        };
        let falls_short = size(&coverage.gap).is_some_and(|gap| gap > 0.0);
        let ratio = match coverage.ratio.value {
            Ok(_) => {
                let known = coverage.needed.value.is_ok();
                let key = if known { "tui-fact-of-needed" } else { "tui-fact-needed-not-told" };
                with(key, "coverage", &coverage.ratio, "needed", &coverage.needed)
            }
            Err(_) => self.reasoned(&coverage.ratio),
        };
        let ratio = self.fact("tui-fact-coverage", &[&coverage.ratio, &coverage.needed], ratio);
        let meaning = if falls_short { Meaning::Warn } else { Meaning::Heading };
        let mut facts = vec![Fact { meaning, ..ratio }];
        if coverage.target.value.is_ok() {
            let left = with("tui-fact-left-of", "left", &coverage.left, "target", &coverage.target);
            facts.push(self.fact("tui-fact-left", &[&coverage.left, &coverage.target], left));
        } else {
            facts.push(self.one("tui-fact-won-in-period", &coverage.won));
        }
        if coverage.close_date_unknown.n < self.pipeline.opportunities.open.n {
            let deals = Figure { value: Ok(Number::Count(coverage.open.n)), ..coverage.open.clone() };
            facts.push(self.worth("tui-fact-to-close", &deals, &coverage.open));
        }
        facts.extend([self.velocity(), self.win_rate()]);
        let warns = [
            ("tui-fact-overdue", &coverage.overdue),
            ("tui-fact-undated", &coverage.close_date_unknown),
            ("tui-fact-stalled", &self.pipeline.stalled.count),
            ("tui-fact-pushed", &self.pipeline.pushed.often),
        ];
        facts.extend(
            warns.into_iter().filter(|(_, figure)| figure.n > 0).map(|(label, figure)| self.warning(label, figure)),
        );
        facts
    }

    fn velocity(&self) -> Fact {
        let velocity = &self.pipeline.velocity;
        let (now, change) = (&velocity.now.per_day, &velocity.change);
        let value = match (&now.value, &change.value) {
            (Err(_), _) => self.reasoned(now),
            (Ok(_), change_is) => {
                let change = if change_is.is_ok() { self.number(change) } else { String::new() };
                let message = Message::new("tui-fact-per-day").with("amount", self.number(now)).with("change", change);
                self.look.locale.tell(&message).trim_end().to_owned()
            }
        };
        self.fact("tui-fact-velocity", &[now, change], value)
    }

    /// The win rate of the period, how it has changed, and whether that could be luck.
    fn win_rate(&self) -> Fact {
        let velocity = &self.pipeline.velocity;
        let (now, change) = (&velocity.now.win_rate, &velocity.win_rate_points);
        let changed = match (&change.value, velocity.could_be_luck) {
            (Ok(_), Some(true)) => {
                let luck = Message::new("pipeline-luck").with("change", self.number(change));
                self.look.locale.tell(&luck)
            }
            (Ok(_), _) => self.number(change),
            (Err(_), _) => String::new(),
        };
        let value = format!("{} {changed}", self.number(now));
        self.fact("tui-fact-win-rate-in", &[now, change], value.trim_end().to_owned())
    }

    /// A number, or why there is none.
    fn reasoned(&self, figure: &DealFigure) -> String {
        match &figure.value {
            Ok(_) | Err(Withheld::SmallSample { .. }) => self.number(figure),
            Err(reason) => {
                let why = self.look.locale.t(&format!("withheld-{}", reason.key().replace('_', "-")));
                self.look.locale.tell(&Message::new("pipeline-not-told").with("why", why))
            }
        }
    }

    /// A count that should be none.
    fn warning(&self, label: &str, figure: &DealFigure) -> Fact {
        let fact = self.fact(label, &[figure], format!("! {}", self.number(figure)));
        Fact { meaning: Meaning::Warn, ..fact }
    }

    fn all(&self) -> Vec<Fact> {
        let (pipeline, counts) = (self.pipeline, &self.pipeline.opportunities);
        let basis = &pipeline.open_amount_basis;
        let mut facts = self.of_period();
        let open = self.worth("tui-fact-open", &counts.open, &pipeline.open_amount);
        facts.push(Fact { begins: true, ..open });
        if basis.at_list_price.n > 0 {
            facts.push(self.one("tui-fact-list-price", &basis.at_list_price));
        }
        if basis.unpriced.n > 0 {
            facts.push(self.warning("tui-fact-unpriced", &basis.unpriced));
        }
        facts.push(self.worth("tui-fact-won", &counts.won, &pipeline.won_amount));
        facts.push(self.one("tui-fact-win-rate", &pipeline.win_rate));
        facts.extend(self.days());
        facts
    }

    /// Median, middle half and nine of ten; one dash when nothing has closed.
    fn days(&self) -> Vec<Fact> {
        let days = &self.pipeline.days_to_close.all;
        let mut facts = vec![self.one("tui-fact-days", &days.median)];
        if days.median.value.is_ok() {
            let told = |message: Message| self.look.locale.tell(&message);
            let half = Message::new("tui-fact-range").with("from", self.number(&days.p25));
            let half = told(half.with("to", self.number(&days.p75)));
            facts.push(self.fact("tui-fact-middle-half", &[&days.p25, &days.p75], half));
            let most = told(Message::new("tui-fact-days-at-most").with("days", self.number(&days.p90)));
            facts.push(self.fact("tui-fact-nine-of-ten", &[&days.p90], most));
        }
        facts
    }
}

pub(super) fn facts(pipeline: &Pipeline, look: &Look<'_>) -> Vec<Fact> {
    let drafts = Dictionary::shipped().drafts(pipeline.figures().map(|figure| figure.metric));
    Teller { pipeline, look, home: home(pipeline), drafts }.all()
}
