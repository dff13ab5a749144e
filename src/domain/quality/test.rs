//! Conditions on the fields of a record, in the words of a rule: `amount > 0`, `closed_at >= created_at`,
//! `outcome is open`, `email blank`, `close_date >= today-30d`.

use crate::domain::object::{Field, Kind, Object};
use crate::domain::time::{DAY_MS, Instant};
use crate::domain::value::Value;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The field that it is about.
    pub field: &'static Field,
    /// How it stands to the other side.
    pub relation: Relation,
    /// The other side.
    pub other: Operand,
}

/// How two sides stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// There is something.
    Filled,
    /// There is nothing.
    Blank,
    /// They are the same.
    Is,
    /// They are not.
    Not,
    /// The first is less.
    Less,
    /// The first is no more.
    NoMore,
    /// The first is more.
    More,
    /// The first is no less.
    NoLess,
}

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// Nothing: the field alone decides.
    Nothing,
    /// Another field of the record.
    Field(&'static Field),
    /// A number; of an amount in major units of a hundred, of a share in percent.
    Number(f64),
    /// A word.
    Word(String),
    /// So many days from today.
    Today(i64),
}

/// The outcome of a deal's stage, which its own fields do not hold.
pub(super) const OUTCOME: Field = Field { key: "outcome", kind: Kind::Code(crate::domain::object::OUTCOMES) };

/// The field of an object by its key; deals have an `outcome` too.
pub(super) fn field(object: Object, key: &str) -> Option<&'static Field> {
    if object == Object::Opportunity && key == OUTCOME.key {
        return Some(&OUTCOME);
    }
    object.fields().iter().find(|field| field.key == key)
}

/// A side as a number that can be compared; days are whole, and make the other side whole too.
#[derive(Clone, Copy)]
enum Number {
    Plain(f64),
    Instant(i64),
    Day(i64),
}

impl Test {
    /// The condition that a text says about an object; the part that cannot be read, otherwise.
    ///
    /// # Errors
    /// What is not known: a field, a relation, or what it is compared with.
    pub fn read(object: Object, text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let key = words.next().unwrap_or_default();
        let field = field(object, key).ok_or_else(|| key.to_owned())?;
        let sign = words.next().unwrap_or_default();
        let relation = match sign {
            "filled" => Relation::Filled,
            "blank" => Relation::Blank,
            "is" | "=" => Relation::Is,
            "not" | "!=" => Relation::Not,
            "<" => Relation::Less,
            "<=" => Relation::NoMore,
            ">" => Relation::More,
            ">=" => Relation::NoLess,
            _ => return Err(sign.to_owned()),
        };
        let rest = words.collect::<Vec<_>>().join(" ");
        let other = match relation {
            Relation::Filled | Relation::Blank if rest.is_empty() => Operand::Nothing,
            Relation::Filled | Relation::Blank => return Err(rest),
            _ => operand(object, field, relation, &rest).ok_or(rest)?,
        };
        Ok(Self { field, relation, other })
    }

    /// The fields that it reads.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static Field> {
        let other = match self.other {
            Operand::Field(field) => Some(field),
            _ => None,
        };
        std::iter::once(self.field).chain(other).collect()
    }

    /// Whether it holds; `None` where a side is not known.
    #[must_use]
    pub fn holds(&self, of: &dyn Fn(&Field) -> Value, now: Instant) -> Option<bool> {
        let value = of(self.field);
        match self.relation {
            Relation::Filled => return Some(!is_blank(&value)),
            Relation::Blank => return Some(is_blank(&value)),
            _ if is_blank(&value) => return None,
            _ => {}
        }
        if let Operand::Word(word) = &self.other {
            let same = self.is_word(&value, word);
            return Some(same == (self.relation == Relation::Is));
        }
        let left = number(self.field, &value)?;
        let right = match &self.other {
            Operand::Number(number) => Number::Plain(*number),
            Operand::Today(days) => Number::Instant(now.0 + days * DAY_MS),
            Operand::Field(field) => number(field, &of(field))?,
            Operand::Nothing | Operand::Word(_) => return None,
        };
        let days_and_times =
            matches!((left, right), (Number::Day(_), Number::Instant(_)) | (Number::Instant(_), Number::Day(_)));
        let (left, right) = ends(left, right);
        // A day without a time may be another day where the time was written.
        let apart = matches!(self.other, Operand::Field(_)) && days_and_times;
        let near = if apart { 1.0 } else { 0.0 };
        Some(match self.relation {
            Relation::Is => left == right,
            Relation::Not => left != right,
            Relation::Less => left < right,
            Relation::NoMore => left <= right + near,
            Relation::More => left > right,
            Relation::NoLess => left + near >= right,
            Relation::Filled | Relation::Blank => return None,
        })
    }

    fn is_word(&self, value: &Value, word: &str) -> bool {
        let code = |words: &[&str]| words.iter().position(|known| *known == word).and_then(|at| i64::try_from(at).ok());
        match (self.field.kind, value) {
            (Kind::Code(words), Value::Int(n)) => code(words) == Some(*n),
            (Kind::Flag, Value::Int(n)) => (word == "yes") == (*n == 1),
            (_, Value::Text(text)) => text.trim().eq_ignore_ascii_case(word),
            _ => false,
        }
    }
}

fn operand(object: Object, of: &Field, relation: Relation, text: &str) -> Option<Operand> {
    let ordered = !matches!(relation, Relation::Is | Relation::Not);
    if let Some(days) = text.strip_prefix("today") {
        let days = days.replace(' ', "");
        let days = if days.is_empty() { 0 } else { days.strip_suffix('d')?.parse().ok()? };
        return matches!(of.kind, Kind::Date | Kind::Instant).then_some(Operand::Today(days));
    }
    if let Ok(number) = text.parse::<f64>() {
        let counts = matches!(of.kind, Kind::Integer | Kind::Money | Kind::Percent | Kind::Decimal | Kind::Rate);
        return (counts && number.is_finite()).then_some(Operand::Number(number));
    }
    if let Some(other) = field(object, text).filter(|other| compares(of, other)) {
        return Some(Operand::Field(other));
    }
    let known = match of.kind {
        Kind::Code(words) => words.contains(&text),
        Kind::Flag => matches!(text, "yes" | "no"),
        Kind::Text => !text.is_empty(),
        _ => false,
    };
    (known && !ordered).then(|| Operand::Word(text.to_owned()))
}

/// Whether two fields can be compared.
fn compares(a: &Field, b: &Field) -> bool {
    let class = |kind: Kind| match kind {
        Kind::Date | Kind::Instant => 1,
        Kind::Integer | Kind::Percent | Kind::Decimal => 2,
        Kind::Money => 3,
        _ => 0,
    };
    class(a.kind) != 0 && class(a.kind) == class(b.kind)
}

/// Whether a cell says nothing; what export and import write for nothing never comes here.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Int(_) => false,
        Value::Text(text) => text.trim().is_empty(),
    }
}

fn number(field: &Field, value: &Value) -> Option<Number> {
    Some(match field.kind {
        Kind::Date => Number::Day(Instant::at_midnight(value.text()?.parse().ok()?).0.div_euclid(DAY_MS)),
        Kind::Instant => Number::Instant(value.int()?),
        Kind::Money | Kind::Percent => Number::Plain(value.int()? as f64 / 100.0),
        Kind::Decimal => Number::Plain(value.int()? as f64 / 10_000.0),
        Kind::Rate => Number::Plain(value.int()? as f64 / 1e9),
        Kind::Integer => Number::Plain(value.int()? as f64),
        _ => return None,
    })
}

/// Both sides in one unit.
fn ends(a: Number, b: Number) -> (f64, f64) {
    let days = |number: Number| match number {
        Number::Plain(number) => number,
        Number::Instant(ms) => ms.div_euclid(DAY_MS) as f64,
        Number::Day(day) => day as f64,
    };
    match (a, b) {
        // Midnight stands for a day without a time.
        (Number::Instant(a), Number::Instant(b)) if a % DAY_MS != 0 && b % DAY_MS != 0 => (a as f64, b as f64),
        (a, b) => (days(a), days(b)),
    }
}
