//! The shape of everything the store keeps: objects, their fields and what a field may hold.
//!
//! Import, reconcile, the store's SQL, undo and the record page all read these tables, so a field is
//! named in one place. Every row also has an `id` and the `rev` (action number) that wrote it last.

mod records;

pub use records::{
    ARR_KINDS, FLOW_DIRECTIONS, FLOW_STATUSES, HANDOFF_EVENTS, SURVEY_KINDS, TOOL_LAYERS, TOUCH_DIRECTIONS, TOUCH_KINDS,
};

use crate::domain::value::{ActionId, Id, Value};

/// A kind of row. The numbers are stored and never change; the order of [`Object::ALL`] is the order
/// in which rows can be inserted without a reference to a row that is not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// A stage of the pipeline, as the company names it.
    Stage = 1,
    /// Someone in the go-to-market team.
    Member = 2,
    /// Something that is sold, with its list price.
    Product = 3,
    /// A company.
    Account = 4,
    /// A lead or contact.
    Person = 5,
    /// A deal.
    Opportunity = 6,
    /// A move of a deal from one stage to another.
    StageChange = 7,
    /// How an outside system calls one of our records.
    Link = 8,
    /// What one system says about a field of a record that several systems know.
    SourceValue = 9,
    /// One file of an import.
    ImportFile = 10,
    /// A row or cell of a file that could not be taken as it was.
    Problem = 11,
    /// A move of a lead or contact from one stage to another.
    LifecycleChange = 12,
    /// What a metric should be in a period.
    Target = 13,
    /// A call, e-mail, meeting or chat with a person or company.
    Touch = 14,
    /// A change of a customer's annual recurring revenue.
    ArrMovement = 15,
    /// What a channel or campaign cost in a period.
    Spend = 16,
    /// What a sales or marketing team cost in a period.
    Cost = 17,
    /// Days on which a member of the team is away.
    Leave = 18,
    /// What a currency was worth from a day on.
    Rate = 19,
    /// An answer to a survey.
    Survey = 20,
    /// How healthy a customer was at a time.
    Health = 21,
    /// How much of the product an account or person used.
    Usage = 22,
    /// A tool of the stack.
    Tool = 23,
    /// What flows from one tool to another.
    Integration = 24,
    /// The master system of an object, or of one field of it.
    Precedence = 25,
    /// What a user decided about a field of a record.
    Decision = 26,
    /// A move from stage to stage of a deal or person that has not come yet.
    WaitingMove = 27,
    /// Something that was done with a hand-off.
    HandoffEvent = 28,
    /// What a company defines for itself: calendars, hand-offs and their policies.
    Definition = 29,
}

/// What a field holds, and so how it is read from a file and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text in one line.
    Text,
    /// A whole number.
    Integer,
    /// Yes or no, stored as 1 and 0.
    Flag,
    /// Milliseconds since 1970 UTC.
    Instant,
    /// A calendar day, stored as ISO text.
    Date,
    /// Minor units of the row's `currency`, or of the store's currency where the row has none.
    Money,
    /// Hundredths of a percent.
    Percent,
    /// Ten-thousandths; of the major unit where it is an amount.
    Decimal,
    /// Billionths: an exchange rate, which may be far below one.
    Rate,
    /// The id of a row of another object.
    Reference(Object),
    /// An index into these words.
    Code(&'static [&'static str]),
    /// JSON, never shown as it is: columns of the source that nobody asked about.
    Json,
}

impl Kind {
    /// Whether its values are text, and not numbers.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Date | Self::Json)
    }

    /// A value of this kind from the text that [`Value::kept`] made of it.
    #[must_use]
    pub fn value_of(self, text: Option<&str>) -> Value {
        match text {
            Some(text) if self.is_text() => text.into(),
            text => text.and_then(|text| text.parse::<i64>().ok()).into(),
        }
    }
}

/// One field of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Column name in the store, in JSON and in the plain CSV.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
}

const fn f(key: &'static str, kind: Kind) -> Field {
    Field { key, kind }
}

use Kind::{Code, Date, Decimal, Flag, Instant, Integer, Json, Money, Percent, Reference, Text};

const STAGE: &[Field] = &[f("name", Text), f("position", Integer), f("outcome", Code(OUTCOMES))];

const MEMBER: &[Field] = &[
    f("name", Text),
    f("email", Text),
    f("role", Text),
    f("team", Text),
    f("region", Text),
    f("manager", Reference(Object::Member)),
    f("hired_at", Date),
    f("left_at", Date),
    f("weekly_capacity", Integer),
    f("time_zone", Text),
    f("named_only", Flag),
    f("attributes", Json),
];

const PRODUCT: &[Field] =
    &[f("name", Text), f("list_price", Money), f("currency", Text), f("named_only", Flag), f("attributes", Json)];

const ACCOUNT: &[Field] = &[
    f("name", Text),
    f("domain", Text),
    f("industry", Text),
    f("segment", Text),
    f("employees", Integer),
    f("annual_revenue", Money),
    f("region", Text),
    f("country", Text),
    f("owner", Reference(Object::Member)),
    f("parent", Reference(Object::Account)),
    f("created_at", Instant),
    f("first_paid_at", Instant),
    f("named_only", Flag),
    f("attributes", Json),
];

const PERSON: &[Field] = &[
    f("kind", Code(PERSON_KINDS)),
    f("email", Text),
    f("phone", Text),
    f("wechat", Text),
    f("first_name", Text),
    f("last_name", Text),
    f("full_name", Text),
    f("title", Text),
    f("company", Text),
    f("domain", Text),
    f("industry", Text),
    f("employees", Integer),
    f("street", Text),
    f("city", Text),
    f("postcode", Text),
    f("region", Text),
    f("country", Text),
    f("source", Text),
    f("campaign", Text),
    f("score", Integer),
    f("high_intent", Flag),
    f("status", Text),
    f("owner", Reference(Object::Member)),
    f("account", Reference(Object::Account)),
    f("opportunity", Reference(Object::Opportunity)),
    f("created_at", Instant),
    f("mql_at", Instant),
    f("sal_at", Instant),
    f("sql_at", Instant),
    f("first_touch_at", Instant),
    f("disqualified_at", Instant),
    f("disqualified_reason", Text),
    f("opt_out", Flag),
    f("attributes", Json),
];

const OPPORTUNITY: &[Field] = &[
    f("name", Text),
    f("account", Reference(Object::Account)),
    f("lead", Reference(Object::Person)),
    f("stage", Reference(Object::Stage)),
    f("amount", Money),
    f("currency", Text),
    f("probability", Percent),
    f("forecast_category", Text),
    f("owner", Reference(Object::Member)),
    f("source", Text),
    f("product", Reference(Object::Product)),
    f("created_at", Instant),
    f("close_date", Date),
    f("closed_at", Instant),
    f("contract_signed_at", Instant),
    f("need", Flag),
    f("budget", Flag),
    f("decision_maker", Flag),
    f("loss_reason", Text),
    f("attributes", Json),
    f("first_value_at", Instant),
];

const STAGE_CHANGE: &[Field] = &[
    f("opportunity", Reference(Object::Opportunity)),
    f("from_stage", Reference(Object::Stage)),
    f("to_stage", Reference(Object::Stage)),
    f("at", Instant),
    f("actor", Text),
    f("amount", Money),
    f("close_date", Date),
    f("from_amount", Money),
    f("from_close_date", Date),
    f("origin", Code(ORIGINS)),
];

/// The stages are words of the source: they belong to no pipeline, and the funnel says which it means.
const LIFECYCLE_CHANGE: &[Field] = &[
    f("person", Reference(Object::Person)),
    f("from_stage", Text),
    f("to_stage", Text),
    f("at", Instant),
    f("actor", Text),
];

/// Metric and period are kept as they are named: what they mean is for `domain::target` to say.
const TARGET: &[Field] =
    &[f("metric", Text), f("period", Text), f("owner", Text), f("value", Decimal), f("currency", Text)];

const LINK: &[Field] = &[
    f("record", Integer),
    f("object", Integer),
    f("system", Text),
    f("external_id", Text),
    f("row_hash", Integer),
    f("exported_at", Instant),
    f("older", Json),
    f("awaits", Json),
];

const SOURCE_VALUE: &[Field] = &[
    f("link", Reference(Object::Link)),
    f("field", Text),
    f("value", Text),
    f("since", Instant),
    f("earlier", Text),
    f("earlier_at", Instant),
    f("varied", Flag),
];

const PRECEDENCE: &[Field] =
    &[f("object", Integer), f("field", Text), f("system", Text), f("reason", Text), f("actor", Text), f("at", Instant)];

const DECISION: &[Field] = &[
    f("record", Integer),
    f("object", Integer),
    f("field", Text),
    f("value", Text),
    f("actor", Text),
    f("at", Instant),
];

const WAITING_MOVE: &[Field] = &[f("object", Integer), f("system", Text), f("subject", Text), f("told", Json)];

const IMPORT_FILE: &[Field] = &[
    f("name", Text),
    f("digest", Text),
    f("object", Integer),
    f("profile", Text),
    f("system", Text),
    f("exported_at", Instant),
    f("row_count", Integer),
    f("new_count", Integer),
    f("changed_count", Integer),
    f("unchanged_count", Integer),
    f("rejected_count", Integer),
    f("seen", Json),
    f("match_on", Text),
];

const PROBLEM: &[Field] = &[
    f("import_file", Reference(Object::ImportFile)),
    f("kind", Code(PROBLEM_KINDS)),
    f("line", Integer),
    f("field", Text),
    f("value", Text),
    f("reason", Text),
    f("row_text", Text),
];

/// Words of the code `stage.outcome`.
pub const OUTCOMES: &[&str] = &["open", "won", "lost"];
/// Words of the code `stage_change.origin`: a file told the move, two exports showed it, or they showed what
/// a file tells.
pub const ORIGINS: &[&str] = &["told", "seen", "explained"];
/// The origin of a move that two exports showed.
pub const SEEN: i64 = 1;
/// The origin of a move that two exports showed and a history file tells: it counts no more.
pub const EXPLAINED: i64 = 2;
/// Words of the code `person.kind`.
pub const PERSON_KINDS: &[&str] = &["lead", "contact"];
/// Words of the code `problem.kind`.
pub const PROBLEM_KINDS: &[&str] = &["row", "cell", "note"];

impl Object {
    /// Every object, referenced ones before those that refer to them.
    pub const ALL: [Self; 29] = [
        Self::Stage,
        Self::Member,
        Self::Product,
        Self::Account,
        Self::Person,
        Self::Opportunity,
        Self::StageChange,
        Self::LifecycleChange,
        Self::Target,
        Self::Touch,
        Self::HandoffEvent,
        Self::ArrMovement,
        Self::Spend,
        Self::Cost,
        Self::Leave,
        Self::Rate,
        Self::Survey,
        Self::Health,
        Self::Usage,
        Self::Tool,
        Self::Integration,
        Self::Link,
        Self::SourceValue,
        Self::Decision,
        Self::Precedence,
        Self::Definition,
        Self::WaitingMove,
        Self::ImportFile,
        Self::Problem,
    ];

    /// The stored number.
    #[must_use]
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The object of a stored number.
    #[must_use]
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|object| object.code() == code)
    }

    /// Name of the table, and of the object in JSON and in message keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Member => "member",
            Self::Product => "product",
            Self::Account => "account",
            Self::Person => "person",
            Self::Opportunity => "opportunity",
            Self::StageChange => "stage_change",
            Self::Link => "link",
            Self::SourceValue => "source_value",
            Self::ImportFile => "import_file",
            Self::Problem => "problem",
            Self::LifecycleChange => "lifecycle_change",
            Self::Target => "target",
            Self::Touch => "touch",
            Self::ArrMovement => "arr_movement",
            Self::Spend => "spend",
            Self::Cost => "cost",
            Self::Leave => "leave",
            Self::Rate => "exchange_rate",
            Self::Survey => "survey",
            Self::Health => "health",
            Self::Usage => "usage",
            Self::Tool => "tool",
            Self::Integration => "integration",
            Self::Precedence => "precedence",
            Self::Decision => "decision",
            Self::HandoffEvent => "handoff_event",
            Self::Definition => "definition",
            Self::WaitingMove => "waiting_move",
        }
    }

    /// The fields in the order of a row's values.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Stage => STAGE,
            Self::Member => MEMBER,
            Self::Product => PRODUCT,
            Self::Account => ACCOUNT,
            Self::Person => PERSON,
            Self::Opportunity => OPPORTUNITY,
            Self::StageChange => STAGE_CHANGE,
            Self::Link => LINK,
            Self::SourceValue => SOURCE_VALUE,
            Self::ImportFile => IMPORT_FILE,
            Self::Problem => PROBLEM,
            Self::LifecycleChange => LIFECYCLE_CHANGE,
            Self::Target => TARGET,
            Self::Touch => records::TOUCH,
            Self::ArrMovement => records::ARR_MOVEMENT,
            Self::Spend => records::SPEND,
            Self::Cost => records::COST,
            Self::Leave => records::LEAVE,
            Self::Rate => records::RATE,
            Self::Survey => records::SURVEY,
            Self::Health => records::HEALTH,
            Self::Usage => records::USAGE,
            Self::Tool => records::TOOL,
            Self::Integration => records::INTEGRATION,
            Self::Precedence => PRECEDENCE,
            Self::Decision => DECISION,
            Self::HandoffEvent => records::HANDOFF_EVENT,
            Self::Definition => records::DEFINITION,
            Self::WaitingMove => WAITING_MOVE,
        }
    }

    /// Position of the field with this key.
    #[must_use]
    pub fn position(self, key: &str) -> Option<usize> {
        self.fields().iter().position(|field| field.key == key)
    }

    /// Whether a row of another file may name a record of this object that no file has described yet;
    /// such a record is made by its name alone and filled in when its own file comes.
    #[must_use]
    pub fn may_be_named_only(self) -> bool {
        self.position("named_only").is_some()
    }

    /// Whether every row must have a value in this field, so that nothing may clear it.
    #[must_use]
    pub fn requires(self, key: &str) -> bool {
        match self {
            Self::Stage | Self::Member | Self::Product | Self::Account | Self::Tool => {
                matches!(key, "name" | "named_only")
            }
            Self::Person => key == "kind",
            Self::Opportunity => key == "stage",
            Self::Target => matches!(key, "metric" | "period" | "value"),
            Self::ArrMovement => matches!(key, "account" | "kind" | "at"),
            Self::Spend | Self::Cost => key == "period",
            Self::Leave => matches!(key, "member" | "first_day"),
            Self::Rate => matches!(key, "currency" | "date"),
            Self::Survey => matches!(key, "kind" | "at"),
            Self::Health => matches!(key, "account" | "at"),
            Self::Usage => matches!(key, "metric" | "at"),
            Self::Integration => matches!(key, "from_tool" | "to_tool"),
            Self::HandoffEvent => matches!(key, "handoff" | "kind" | "at"),
            Self::Definition => matches!(key, "name" | "body"),
            _ => false,
        }
    }

    /// Whether systems can contradict each other about a field: not about their own bookkeeping.
    #[must_use]
    pub fn is_contested(self, field: &Field) -> bool {
        let own = matches!(field.key, "named_only" | "created_at") || self == Self::Person && field.key == "kind";
        field.kind != Kind::Json && !own
    }

    /// The fields of which one must lead to a record: a row that is about nobody says nothing.
    #[must_use]
    pub const fn about(self) -> &'static [&'static str] {
        match self {
            Self::Touch => &["person", "opportunity", "account"],
            Self::HandoffEvent => &["person", "opportunity"],
            Self::Survey | Self::Usage => &["account", "person"],
            _ => &[],
        }
    }

    /// The field by which people call a record of this object.
    #[must_use]
    pub const fn name_field(self) -> &'static str {
        match self {
            Self::Person => "full_name",
            Self::Target => "metric",
            _ => "name",
        }
    }
}

/// A row of any object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is a row of.
    pub object: Object,
    /// Its id.
    pub id: Id,
    /// The action that wrote it last.
    pub rev: ActionId,
    /// One value per field of the object.
    pub values: Vec<Value>,
}

impl Row {
    /// The value of a field; nothing for a field the object does not have.
    #[must_use]
    pub fn get(&self, key: &str) -> &Value {
        static NOTHING: Value = Value::Null;
        self.object.position(key).and_then(|at| self.values.get(at)).unwrap_or(&NOTHING)
    }

    /// The records that it refers to.
    pub fn references(&self) -> impl Iterator<Item = (Object, Id)> + '_ {
        self.object.fields().iter().zip(&self.values).filter_map(|(field, value)| match (field.kind, value) {
            (Kind::Reference(object), Value::Int(id)) => Some((object, Id(*id))),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_keys_are_unique_and_found_again() {
        let keys: BTreeSet<_> = Object::ALL.iter().map(|object| object.key()).collect();
        assert_eq!(keys.len(), Object::ALL.len());
        for object in Object::ALL {
            assert_eq!(Object::from_code(object.code()), Some(object));
            let fields: BTreeSet<_> = object.fields().iter().map(|field| field.key).collect();
            assert_eq!(fields.len(), object.fields().len(), "{} names a field twice", object.key());
            assert!(object.about().iter().all(|key| fields.contains(key)), "{}", object.key());
        }
    }
}
