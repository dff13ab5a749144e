//! Fields of what surrounds people, companies and deals: touches, recurring revenue, money spent, answers,
//! product use, the team's leave, exchange rates, and the tools with what flows between them.

use super::Kind::{Code, Date, Decimal, Flag, Instant, Integer, Json, Money, Rate, Reference, Text};
use super::{Field, Object, f};

/// Words of the code `touch.kind`.
pub const TOUCH_KINDS: &[&str] = &["call", "email", "meeting", "wechat"];
/// Words of the code `touch.direction`, from where the company stands.
pub const TOUCH_DIRECTIONS: &[&str] = &["inbound", "outbound"];
/// Words of the code `handoff_event.kind`.
pub const HANDOFF_EVENTS: &[&str] = &[
    "assigned",
    "paused",
    "resumed",
    "returned",
    "accepted",
    "form",
    "form_returned",
    "form_accepted",
    "kickoff",
    "next_touch",
    "meeting_booked",
    "no_show",
];
/// Words of the code `arr_movement.kind`.
pub const ARR_KINDS: &[&str] = &["new", "expansion", "contraction", "churn", "reactivation"];
/// Words of the code `survey.kind`.
pub const SURVEY_KINDS: &[&str] = &["csat", "nps"];
/// Words of the code `tool.layer`.
pub const TOOL_LAYERS: &[&str] = &["data", "application", "efficiency", "integration"];
/// Words of the code `integration.direction`.
pub const FLOW_DIRECTIONS: &[&str] = &["one_way", "two_way"];
/// Words of the code `integration.status`.
pub const FLOW_STATUSES: &[&str] = &["active", "planned", "broken", "off"];

/// A touch is about a person, a deal or an account; what nobody told about `human` stays unknown.
pub(super) const TOUCH: &[Field] = &[
    f("person", Reference(Object::Person)),
    f("opportunity", Reference(Object::Opportunity)),
    f("account", Reference(Object::Account)),
    f("kind", Code(TOUCH_KINDS)),
    f("direction", Code(TOUCH_DIRECTIONS)),
    f("human", Flag),
    f("at", Instant),
    f("member", Reference(Object::Member)),
    f("outcome", Text),
    f("attributes", Json),
];

/// `handoff` is the key of its kind; which hand-off of the record it was is told by the time. `member` is to whom it
/// went, or who did it, and `previous` who had it before it went; `next_at` is when the next step is due; `details` is
/// what a form says, as JSON; `claimed` is 1 where `member` took it for themselves.
pub(super) const HANDOFF_EVENT: &[Field] = &[
    f("handoff", Text),
    f("person", Reference(Object::Person)),
    f("opportunity", Reference(Object::Opportunity)),
    f("kind", Code(HANDOFF_EVENTS)),
    f("at", Instant),
    f("member", Reference(Object::Member)),
    f("previous", Reference(Object::Member)),
    f("actor", Text),
    f("reason", Text),
    f("next_at", Instant),
    f("details", Json),
    f("claimed", Flag),
];

/// `body` is TOML.
pub(super) const DEFINITION: &[Field] = &[f("name", Text), f("body", Text)];

/// Amounts are signed, so that they add up to the ARR: contraction and churn are below zero.
pub(super) const ARR_MOVEMENT: &[Field] = &[
    f("account", Reference(Object::Account)),
    f("kind", Code(ARR_KINDS)),
    f("amount", Money),
    f("currency", Text),
    f("at", Instant),
    f("attributes", Json),
];

pub(super) const SPEND: &[Field] = &[
    f("period", Text),
    f("channel", Text),
    f("campaign", Text),
    f("amount", Money),
    f("currency", Text),
    f("attributes", Json),
];

pub(super) const COST: &[Field] =
    &[f("period", Text), f("team", Text), f("amount", Money), f("currency", Text), f("attributes", Json)];

/// Both days belong to the leave.
pub(super) const LEAVE: &[Field] =
    &[f("member", Reference(Object::Member)), f("first_day", Date), f("last_day", Date), f("attributes", Json)];

/// Units of the store's currency that one unit of `currency` was worth from this day on.
pub(super) const RATE: &[Field] = &[f("currency", Text), f("date", Date), f("rate", Rate), f("attributes", Json)];

/// A score of 1 to 5 for CSAT, of 0 to 10 for NPS; blank for a question that nobody answered.
pub(super) const SURVEY: &[Field] = &[
    f("account", Reference(Object::Account)),
    f("person", Reference(Object::Person)),
    f("kind", Code(SURVEY_KINDS)),
    f("score", Decimal),
    f("at", Instant),
    f("attributes", Json),
];

pub(super) const HEALTH: &[Field] =
    &[f("account", Reference(Object::Account)), f("score", Decimal), f("at", Instant), f("attributes", Json)];

pub(super) const USAGE: &[Field] = &[
    f("account", Reference(Object::Account)),
    f("person", Reference(Object::Person)),
    f("metric", Text),
    f("value", Decimal),
    f("at", Instant),
    f("attributes", Json),
];

/// `capabilities` is a list, with `;` between its entries.
pub(super) const TOOL: &[Field] = &[
    f("name", Text),
    f("layer", Code(TOOL_LAYERS)),
    f("category", Text),
    f("owner", Reference(Object::Member)),
    f("team", Text),
    f("seats", Integer),
    f("seats_used", Integer),
    f("annual_cost", Money),
    f("implementation_cost", Money),
    f("maintenance_cost", Money),
    f("currency", Text),
    f("renewal_date", Date),
    f("capabilities", Text),
    f("named_only", Flag),
    f("attributes", Json),
];

pub(super) const INTEGRATION: &[Field] = &[
    f("from_tool", Reference(Object::Tool)),
    f("to_tool", Reference(Object::Tool)),
    f("direction", Code(FLOW_DIRECTIONS)),
    f("trigger", Text),
    f("fields", Text),
    f("status", Code(FLOW_STATUSES)),
    f("attributes", Json),
];
