//! Holding records against rules, one after the other.

use super::test::{OUTCOME, is_blank};
use super::{Check, Rule};
use crate::domain::fold::fold;
use crate::domain::object::{Field, Kind, Object};
use crate::domain::spelling::nearest;
use crate::domain::time::Instant;
use crate::domain::value::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many examples are kept of each rule.
const EXAMPLES: usize = 5;
/// A value that stands this many times as often as another one like it is what the other was meant to be.
const FAR_MORE: usize = 20;

/// A field of more values than this is written freely, and not chosen from a list.
const PICKLIST: usize = 2_000;

/// What has to be known beside a record to judge it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ground {
    /// The time it is.
    pub now: Instant,
    /// Codes of the outcomes of stages, by id.
    pub outcomes: BTreeMap<i64, i64>,
    /// Records that another file has named and no file of their own has described.
    pub named_only: BTreeMap<Object, BTreeSet<i64>>,
    /// Objects of which a file has described any record.
    pub described: BTreeSet<Object>,
    /// Records that several systems know, and whether these contradict each other.
    pub shared: BTreeMap<i64, bool>,
    /// Open deals that are older than any that ever closed; `None` where none ever closed.
    pub older_than_closed: Option<BTreeSet<i64>>,
}

/// Records of one object, held against its rules.
pub struct Inspection<'r> {
    object: Object,
    ground: &'r Ground,
    /// Where each field stands among the values that are handed over.
    places: HashMap<&'static str, usize>,
    rules: Vec<Running<'r>>,
    records: u64,
}

/// What a rule has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Key of the rule.
    pub rule: String,
    /// Records it could judge.
    pub checked: u64,
    /// Those that fail, ascending.
    pub failing: Vec<i64>,
    /// Some of them.
    pub examples: Vec<Example>,
    /// Why it could judge none.
    pub unchecked: Option<Unchecked>,
}

/// A record that fails, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its id.
    pub record: i64,
    /// The field.
    pub field: Option<&'static Field>,
    /// What stands there.
    pub value: Value,
    /// What was probably meant.
    pub meant: Option<String>,
}

/// Why a rule could judge nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchecked {
    /// No file ever brought what it reads.
    NoColumn,
    /// No file has described any of the records that it looks for.
    NoneDescribed,
    /// No deal has ever closed.
    NothingClosed,
    /// No two systems know the same record.
    OneSystem,
}

impl Unchecked {
    /// Its name in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoColumn => "no_column",
            Self::NoneDescribed => "none_described",
            Self::NothingClosed => "nothing_closed",
            Self::OneSystem => "one_system",
        }
    }
}

/// A rule and what it has seen so far.
struct Running<'r> {
    rule: &'r Rule,
    checked: u64,
    failing: Vec<i64>,
    examples: Vec<Example>,
    /// Whether what it reads was ever filled, in any record.
    seen: bool,
    /// Of rules that compare records: who has which value.
    values: BTreeMap<String, Vec<i64>>,
    /// The same values as they are written.
    written: BTreeMap<String, Value>,
}

impl<'r> Inspection<'r> {
    /// Of these rules, which are about one object.
    #[must_use]
    pub fn new(object: Object, rules: impl IntoIterator<Item = &'r Rule>, ground: &'r Ground) -> Self {
        let running = |rule| Running {
            rule,
            checked: 0,
            failing: Vec::new(),
            examples: Vec::new(),
            seen: false,
            values: BTreeMap::new(),
            written: BTreeMap::new(),
        };
        let rules: Vec<Running<'r>> = rules.into_iter().filter(|rule| rule.object == object).map(running).collect();
        let mut inspection = Self { object, ground, places: HashMap::new(), rules, records: 0 };
        inspection.places = inspection.fields().into_iter().enumerate().map(|(at, key)| (key, at)).collect();
        inspection
    }

    /// The fields whose values [`Self::see`] takes, in this order.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static str> {
        let read = self.rules.iter().flat_map(|running| running.rule.fields());
        let keys = read.map(|field| if field.key == OUTCOME.key { "stage" } else { field.key });
        let named = self.object.may_be_named_only().then_some("named_only");
        keys.chain(named).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Judges a record by these values.
    pub fn see(&mut self, id: i64, values: &[Value]) {
        let value = |key: &str| self.places.get(key).and_then(|at| values.get(*at)).cloned().unwrap_or_default();
        // What is known by its name alone has nothing that could be wrong with it: the rule about that says so.
        let is_named_only = value("named_only") == Value::Int(1);
        self.records += 1;
        let outcomes = &self.ground.outcomes;
        let of = |field: &Field| match (field.key, field.kind) {
            ("outcome", Kind::Code(_)) => value("stage").int().and_then(|stage| outcomes.get(&stage).copied()).into(),
            _ => value(field.key),
        };
        for running in &mut self.rules {
            running.see(id, is_named_only, &of, self.ground);
        }
    }

    /// What each rule has found, in the order of the rules.
    #[must_use]
    pub fn finish(self) -> Vec<Outcome> {
        let (ground, is_empty) = (self.ground, self.records == 0);
        // Of records that there are none of, nothing has to be said.
        let quiet = |outcome: Outcome| if is_empty { Outcome { unchecked: None, ..outcome } } else { outcome };
        self.rules.into_iter().map(|running| quiet(running.finish(ground))).collect()
    }
}

impl Running<'_> {
    fn see(&mut self, id: i64, is_named_only: bool, of: &dyn Fn(&Field) -> Value, ground: &Ground) {
        let fields = self.rule.check.fields();
        self.seen |= fields.is_empty() || fields.iter().any(|field| !is_blank(&of(field)));
        if is_named_only && !self.rule.fields().iter().any(|field| field.key == "named_only") {
            return;
        }
        if self.rule.when.iter().any(|test| test.holds(of, ground.now) != Some(true)) {
            return;
        }
        let Some(verdict) = self.judge(id, of, ground) else { return };
        self.checked += 1;
        if let Some(example) = verdict {
            self.failing.push(id);
            self.show(example);
        }
    }

    /// Nothing where it cannot be judged or is judged at the end; otherwise what is wrong, if anything is.
    fn judge(&mut self, id: i64, of: &dyn Fn(&Field) -> Value, ground: &Ground) -> Option<Option<Example>> {
        let wrong =
            |field: Option<&'static Field>, value: Value| Some(Example { record: id, field, value, meant: None });
        let filled = |field: &'static Field| Some(of(field)).filter(|value| !is_blank(value));
        Some(match &self.rule.check {
            Check::Required(fields) => {
                let blank = fields.iter().all(|field| is_blank(&of(field)));
                if blank { wrong(fields.first().copied(), Value::Null) } else { None }
            }
            Check::Format(field, format) => {
                let value = filled(field)?;
                let fits = value.text().is_none_or(|text| format.fits(text.trim()));
                if fits { None } else { wrong(Some(field), value) }
            }
            Check::Allowed(field, words) => {
                let value = filled(field)?;
                let text = value.text().map(fold).unwrap_or_default();
                let known = words.iter().any(|word| fold(word) == text);
                if known { None } else { wrong(Some(field), value) }
            }
            Check::Holds(test) => {
                let holds = test.holds(of, ground.now)?;
                if holds { None } else { wrong(Some(test.field), of(test.field)) }
            }
            Check::Described(field) => {
                let Kind::Reference(object) = field.kind else { return None };
                let value = filled(field).filter(|_| ground.described.contains(&object))?;
                let named = ground.named_only.get(&object);
                let is_named = value.int().is_some_and(|id| named.is_some_and(|named| named.contains(&id)));
                if is_named { wrong(Some(field), value) } else { None }
            }
            Check::Agreed => {
                if *ground.shared.get(&id)? {
                    wrong(None, Value::Null)
                } else {
                    None
                }
            }
            Check::AgeOfClosed => {
                let older = ground.older_than_closed.as_ref()?;
                if older.contains(&id) { wrong(None, Value::Null) } else { None }
            }
            Check::Spelled(field, _) => {
                let value = filled(field)?;
                let key = value.text()?.trim().to_owned();
                self.keep(key, id, value);
                None
            }
            Check::Unique(fields) => {
                let values: Option<Vec<Value>> = fields.iter().map(|field| filled(field)).collect();
                let values = values?;
                let key: Vec<String> =
                    values.iter().map(|value| value.kept().map(|text| key(&text)).unwrap_or_default()).collect();
                let value = values.into_iter().next().unwrap_or_default();
                self.keep(key.join("\u{1f}"), id, value);
                None
            }
        })
    }

    /// Keeps an example: those of the oldest records, since records come in no order.
    fn show(&mut self, example: Example) {
        let at = self.examples.partition_point(|other| other.record < example.record);
        self.examples.insert(at, example);
        self.examples.truncate(EXAMPLES);
    }

    fn keep(&mut self, key: String, id: i64, value: Value) {
        self.written.entry(key.clone()).or_insert(value);
        self.values.entry(key).or_default().push(id);
    }

    fn finish(mut self, ground: &Ground) -> Outcome {
        match &self.rule.check {
            Check::Spelled(field, words) => self.slips(field, words),
            Check::Unique(fields) => self.repeats(fields.first().copied()),
            _ => {}
        }
        // What no file ever brought is missing everywhere: that is told once, not of every record.
        if !self.seen {
            self.checked = 0;
            self.failing.clear();
            self.examples.clear();
        }
        self.failing.sort_unstable();
        let unchecked = (self.checked == 0).then(|| self.why(ground)).flatten();
        Outcome {
            rule: self.rule.key.clone(),
            checked: self.checked,
            failing: self.failing,
            examples: self.examples,
            unchecked,
        }
    }

    /// The values that are slips of others.
    fn slips(&mut self, field: &'static Field, words: &[String]) {
        let values = std::mem::take(&mut self.values);
        if values.len() > PICKLIST {
            return;
        }
        let folded: BTreeSet<String> = words.iter().map(|word| fold(word)).collect();
        let frequent: Vec<(&String, usize)> =
            values.iter().map(|(value, ids)| (value, ids.len())).filter(|(_, n)| *n >= FAR_MORE).collect();
        for (value, ids) in &values {
            let often = frequent.iter().filter(|(_, n)| *n >= ids.len() * FAR_MORE).map(|(value, _)| *value);
            let known = words.iter().chain(often).map(String::as_str);
            if folded.contains(&fold(value)) {
                continue;
            }
            let Some(meant) = nearest(value, known).filter(|meant| fold(meant) != fold(value)) else { continue };
            let record = ids.iter().copied().min().unwrap_or_default();
            let (value, meant) = (value.as_str().into(), Some(meant.to_owned()));
            self.show(Example { record, field: Some(field), value, meant });
            self.failing.extend(ids);
        }
    }

    /// The records whose value another one has already: all but the oldest of each value.
    fn repeats(&mut self, field: Option<&'static Field>) {
        let values = std::mem::take(&mut self.values);
        for (key, mut ids) in values {
            ids.sort_unstable();
            let value = self.written.remove(&key).unwrap_or_default();
            for (nth, id) in ids.into_iter().skip(1).enumerate() {
                if nth == 0 {
                    self.show(Example { record: id, field, value: value.clone(), meant: None });
                }
                self.failing.push(id);
            }
        }
    }

    fn why(&self, ground: &Ground) -> Option<Unchecked> {
        match &self.rule.check {
            Check::Described(field) => {
                let Kind::Reference(object) = field.kind else { return None };
                (!ground.described.contains(&object)).then_some(Unchecked::NoneDescribed)
            }
            Check::Agreed => Some(Unchecked::OneSystem),
            Check::AgeOfClosed => ground.older_than_closed.is_none().then_some(Unchecked::NothingClosed),
            _ => None,
        }
        .or_else(|| (!self.seen).then_some(Unchecked::NoColumn))
    }
}

/// A value in the spelling by which repeats are found: case and spaces at the ends say nothing.
fn key(text: &str) -> String {
    text.trim().to_lowercase()
}
