//! What people type to find records: words that stand anywhere in them, and tests of single fields.
//!
//! ```text
//! yunfan stage:Proposal owner:Li amount>50k created>=2026-10 open
//! ```

use super::fold::{fold, narrow};
use super::matching::Query;
use super::message::{Message, Tell};
use super::object::Object;

/// The objects that have a table of all their records, in the order of the screen.
pub const LISTED: [Object; 3] = [Object::Person, Object::Account, Object::Opportunity];

/// What a test is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Name of a deal's stage.
    Stage,
    /// Name of the owner.
    Owner,
    /// Name of the company.
    Company,
    /// Where a person or deal came from.
    Source,
    /// Region of a person or company.
    Region,
    /// Segment of a company.
    Segment,
    /// Industry of a company.
    Industry,
    /// Status of a person.
    Status,
    /// What a deal is worth, in major units of its currency.
    Amount,
    /// Score of a person.
    Score,
    /// The day of creation.
    Created,
    /// The day on which a deal is or was to be closed.
    Close,
    /// The day on which a deal was closed or a person disqualified.
    Closed,
}

/// What each topic is called, in either language.
const TOPICS: [(Topic, &[&str]); 13] = [
    (Topic::Stage, &["stage", "阶段"]),
    (Topic::Owner, &["owner", "负责人"]),
    (Topic::Company, &["company", "account", "公司", "客户"]),
    (Topic::Source, &["source", "来源"]),
    (Topic::Region, &["region", "区域", "地区"]),
    (Topic::Segment, &["segment", "客户分层", "细分"]),
    (Topic::Industry, &["industry", "行业"]),
    (Topic::Status, &["status", "状态"]),
    (Topic::Amount, &["amount", "金额"]),
    (Topic::Score, &["score", "评分", "分数"]),
    (Topic::Created, &["created", "创建", "创建日期"]),
    (Topic::Close, &["close", "成交", "成交日期"]),
    (Topic::Closed, &["closed", "关闭", "关闭日期"]),
];

/// How a deal or person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Neither won nor lost nor disqualified.
    Open,
    /// Won.
    Won,
    /// Lost, or disqualified.
    Lost,
}

const STATES: [(State, &[&str]); 3] =
    [(State::Open, &["open", "进行中"]), (State::Won, &["won", "赢单"]), (State::Lost, &["lost", "输单"])];

/// How a value is compared with what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is it, or says it.
    Is,
    /// It is more or later.
    Above,
    /// It is less or earlier.
    Below,
    /// It is no less.
    AtLeast,
    /// It is no more.
    AtMost,
}

impl How {
    /// Whether a value that compares so is wanted.
    #[must_use]
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Is => order.is_eq(),
            Self::Above => order.is_gt(),
            Self::Below => order.is_lt(),
            Self::AtLeast => order.is_ge(),
            Self::AtMost => order.is_le(),
        }
    }
}

/// One test.
#[derive(Debug, Clone)]
pub enum Test {
    /// The field says these words.
    Says(Topic, Query),
    /// The number compares so.
    Number(Topic, How, f64),
    /// The day compares so with a day, month or year in ISO form.
    Day(Topic, How, String),
    /// It stands so.
    Stands(State),
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words that may stand anywhere.
    pub words: Query,
    /// Tests that must hold.
    pub tests: Vec<Test>,
    /// What names a field and a sign, and cannot be read; it is neither a word nor a test.
    pub unread: Vec<Unread>,
}

/// A test that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// As it was typed.
    pub test: String,
    /// What it lacks.
    lacks: Lack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lack {
    Number,
    Day,
    Sign,
    /// The field is compared by words only.
    Word,
}

impl Tell for Unread {
    fn tell(&self) -> Message {
        let key = match self.lacks {
            Lack::Number => "filter-needs-number",
            Lack::Day => "filter-needs-day",
            Lack::Sign => "filter-needs-sign",
            Lack::Word => "filter-needs-word",
        };
        Message::new(key).with("test", &self.test)
    }
}

impl Filter {
    /// Reads what was typed. What is no test is a word to look for.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (mut words, mut tests, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        for token in tokens(text) {
            match test(&token) {
                Some(Ok(test)) => tests.push(test),
                Some(Err(lacks)) => unread.push(Unread { test: token, lacks }),
                None => words.push(token.replace('"', " ")),
            }
        }
        Self { words: Query::new(&words.join(" ")), tests, unread }
    }

    /// Whether it finds everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.tests.is_empty()
    }
}

/// The words of a text; spaces between quotation marks are part of a word.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        let c = if matches!(c, '“' | '”') { '"' } else { c };
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            tokens.push(String::new());
        } else if let Some(last) = tokens.last_mut() {
            last.push(c);
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// The test that a word is, or why it cannot be read; `None` for a word to look for, such as one whose value is still
/// to be typed.
fn test(token: &str) -> Option<Result<Test, Lack>> {
    let folded = fold(token);
    let state = STATES.iter().find(|(_, names)| names.contains(&token.to_lowercase().as_str()));
    if let Some((state, _)) = state {
        return Some(Ok(Test::Stands(*state)));
    }
    let at = token.find(|c| matches!(narrow(c), ':' | '=' | '<' | '>'))?;
    let (name, rest) = token.split_at_checked(at)?;
    let signs: String = rest.chars().map(narrow).take_while(|c| matches!(c, ':' | '=' | '<' | '>')).collect();
    let value: String = rest.chars().skip(signs.chars().count()).filter(|c| *c != '"').collect();
    let name = fold(name);
    let (topic, _) = TOPICS.iter().find(|(_, names)| names.contains(&name.as_str()) && folded.len() > name.len())?;
    Some(compared(*topic, &signs, &value))
}

fn compared(topic: Topic, signs: &str, value: &str) -> Result<Test, Lack> {
    let how = match signs {
        ":" | "=" => How::Is,
        ">" => How::Above,
        "<" => How::Below,
        ">=" => How::AtLeast,
        "<=" => How::AtMost,
        _ => return Err(Lack::Sign),
    };
    match topic {
        Topic::Amount | Topic::Score => Ok(Test::Number(topic, how, number(value).ok_or(Lack::Number)?)),
        Topic::Created | Topic::Close | Topic::Closed => Ok(Test::Day(topic, how, day(value).ok_or(Lack::Day)?)),
        _ if how == How::Is => Ok(Test::Says(topic, Query::new(value))),
        _ => Err(Lack::Word),
    }
}

/// `50000`, `50,000`, `50k`, `1.2m`, `5万`.
fn number(text: &str) -> Option<f64> {
    let text: String = text.chars().map(narrow).filter(|c| !matches!(c, ',' | '_')).collect();
    let last = text.chars().last()?;
    let times = match last.to_ascii_lowercase() {
        'k' => 1e3,
        'm' => 1e6,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return text.parse().ok().filter(|number: &f64| number.is_finite()),
    };
    let number: f64 = text.strip_suffix(last)?.parse().ok()?;
    Some(number * times).filter(|number| number.is_finite())
}

/// `2026`, `2026-10` or `2026-10-01`.
fn day(text: &str) -> Option<String> {
    let text: String = text.chars().map(narrow).map(|c| if matches!(c, '/' | '.') { '-' } else { c }).collect();
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    // A year or month is one whose first day there is.
    let first = match lengths.as_slice() {
        [4] => format!("{text}-01-01"),
        [4, 2] => format!("{text}-01"),
        [4, 2, 2] => text.clone(),
        _ => return None,
    };
    (digits && first.parse::<chrono::NaiveDate>().is_ok()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        Filter::parse(text)
            .tests
            .iter()
            .map(|test| match test {
                Test::Says(topic, _) => format!("{topic:?}"),
                Test::Number(topic, how, number) => format!("{topic:?} {how:?} {number}"),
                Test::Day(topic, how, day) => format!("{topic:?} {how:?} {day}"),
                Test::Stands(state) => format!("{state:?}"),
            })
            .collect()
    }

    #[test]
    fn tests_are_told_from_words_in_both_languages() {
        for (text, wanted) in [
            ("stage:Proposal owner:Li", vec!["Stage", "Owner"]),
            (
                "amount>50k Amount<=1,200.5 金额＞5万",
                vec!["Amount Above 50000", "Amount AtMost 1200.5", "Amount Above 50000"],
            ),
            (
                "created>=2026-10 close:2026/12/24 创建日期<2026",
                vec!["Created AtLeast 2026-10", "Close Is 2026-12-24", "Created Below 2026"],
            ),
            ("open 赢单 LOST", vec!["Open", "Won", "Lost"]),
            ("stage：\"Closed Won\"", vec!["Stage"]),
        ] {
            assert_eq!(told(text), wanted, "{text}");
            assert!(Filter::parse(text).words.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_test_that_cannot_be_read_is_told() {
        for (text, key) in [
            ("amount>abc", "filter-needs-number"),
            ("金额＞很多", "filter-needs-number"),
            ("score:high", "filter-needs-number"),
            ("created>2026-13-01", "filter-needs-day"),
            ("created>2026-02-30", "filter-needs-day"),
            ("close<2026-1", "filter-needs-day"),
            ("created>soon", "filter-needs-day"),
            ("stage>3", "filter-needs-word"),
            ("amount<>5", "filter-needs-sign"),
        ] {
            let filter = Filter::parse(&format!("acme {text} open"));
            let [unread] = filter.unread.as_slice() else { panic!("{text}: {:?}", filter.unread) };
            assert_eq!((unread.test.as_str(), unread.tell().key), (text, key));
            assert_eq!((filter.tests.len(), filter.words.is_empty()), (1, false), "{text}");
        }
        assert_eq!(told("amount>1e5"), ["Amount Above 100000"]);
    }

    #[test]
    fn what_is_no_test_is_a_word() {
        for text in ["colour:red", "stage:", "amount>", "10:30", "opened", ":", "a=b"] {
            assert!(told(text).is_empty() && Filter::parse(text).unread.is_empty(), "{text}");
        }
        assert!(!Filter::parse("colour:red").is_empty() && Filter::parse("  ").is_empty());
    }
}
