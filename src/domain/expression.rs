//! Formulas of derived metrics: `won / (won + lost)`.
//!
//! The catalogue writes them, this evaluates them, and the explanation of a figure shows them: the
//! formula shown is the formula computed. Measures are names, numbers are decimal, and there are
//! `+ - * /` and parentheses with the usual precedence.

use std::fmt;

/// A formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// A measure, by name.
    Measure(String),
    /// Two formulas joined.
    Binary(Box<Expression>, Operator, Box<Expression>),
}

/// What joins two formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Why a text is no formula: the place (in characters, from 1) and what stands there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {at}: {found}")]
pub struct Error {
    /// The place, from 1.
    pub at: usize,
    /// What stands there; empty at the end of the text.
    pub found: String,
}

impl Expression {
    /// Reads a formula.
    ///
    /// # Errors
    /// [`Error`] with the first place that does not fit.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut parser = Parser { text: text.chars().collect(), at: 0, depth: 0 };
        let parsed = parser.sum()?;
        match parser.peek() {
            None => Ok(parsed),
            Some(_) => Err(parser.error()),
        }
    }

    /// The value, with the measures that `of` knows; `None` where one is not known or a division is by
    /// zero.
    #[must_use]
    pub fn value(&self, of: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Measure(name) => of(name),
            Self::Binary(left, operator, right) => {
                let (left, right) = (left.value(of)?, right.value(of)?);
                match operator {
                    Operator::Add => Some(left + right),
                    Operator::Subtract => Some(left - right),
                    Operator::Multiply => Some(left * right),
                    Operator::Divide => (right != 0.0).then(|| left / right),
                }
            }
        }
    }

    /// Numerator and denominator of a formula that is a division as a whole.
    #[must_use]
    pub fn fraction(&self) -> Option<(&Self, &Self)> {
        match self {
            Self::Binary(left, Operator::Divide, right) => Some((left, right)),
            _ => None,
        }
    }

    /// Names of all measures in it, in the order of the text.
    #[must_use]
    pub fn measures(&self) -> Vec<&str> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Measure(name) => vec![name],
            Self::Binary(left, _, right) => left.measures().into_iter().chain(right.measures()).collect(),
        }
    }
}

impl Operator {
    fn binds(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide => 2,
        }
    }
}

impl fmt::Display for Expression {
    /// The formula with `×` and `÷`, and no parenthesis too many.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(&str::to_owned))
    }
}

impl Expression {
    /// The formula with something else for each measure: its name in a language, or its number.
    #[must_use]
    pub fn written(&self, measure: &dyn Fn(&str) -> String) -> String {
        let inner = |part: &Self, least: u8| match part {
            Self::Binary(_, operator, _) if operator.binds() < least => format!("({})", part.written(measure)),
            _ => part.written(measure),
        };
        match self {
            Self::Number(number) => number.to_string(),
            Self::Measure(name) => measure(name),
            Self::Binary(left, operator, right) => {
                let (sign, more) = match operator {
                    Operator::Add => ('+', 0),
                    Operator::Subtract => ('−', 1),
                    Operator::Multiply => ('×', 0),
                    Operator::Divide => ('÷', 1),
                };
                format!("{} {sign} {}", inner(left, operator.binds()), inner(right, operator.binds() + more))
            }
        }
    }
}

/// Parentheses deeper than this are refused, so that a hostile text cannot overflow the stack.
const DEEPEST: usize = 64;

struct Parser {
    text: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&mut self) -> Option<char> {
        while self.text.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn error(&mut self) -> Error {
        let found = self.peek().map(String::from).unwrap_or_default();
        Error { at: self.at + 1, found }
    }

    fn sum(&mut self) -> Result<Expression, Error> {
        self.chain(Self::product, |sign| match sign {
            '+' => Some(Operator::Add),
            '-' | '−' => Some(Operator::Subtract),
            _ => None,
        })
    }

    fn product(&mut self) -> Result<Expression, Error> {
        self.chain(Self::part, |sign| match sign {
            '*' | '×' => Some(Operator::Multiply),
            '/' | '÷' => Some(Operator::Divide),
            _ => None,
        })
    }

    /// Parts joined by operators of one rank, from left to right.
    fn chain(
        &mut self,
        part: fn(&mut Self) -> Result<Expression, Error>,
        operator: fn(char) -> Option<Operator>,
    ) -> Result<Expression, Error> {
        let mut left = part(self)?;
        while let Some(operator) = self.peek().and_then(operator) {
            self.at += 1;
            left = Expression::Binary(Box::new(left), operator, Box::new(part(self)?));
        }
        Ok(left)
    }

    fn part(&mut self) -> Result<Expression, Error> {
        match self.peek() {
            Some('(') if self.depth < DEEPEST => {
                self.at += 1;
                self.depth += 1;
                let inner = self.sum()?;
                self.depth -= 1;
                if self.peek() != Some(')') {
                    return Err(self.error());
                }
                self.at += 1;
                Ok(inner)
            }
            Some(c) if c.is_ascii_digit() => self.number(),
            Some(c) if c.is_alphabetic() => Ok(Expression::Measure(self.word(|c| c.is_alphanumeric() || c == '_'))),
            _ => Err(self.error()),
        }
    }

    fn number(&mut self) -> Result<Expression, Error> {
        let start = self.at;
        let word = self.word(|c| c.is_ascii_digit() || c == '.');
        word.parse().map(Expression::Number).map_err(|_| Error { at: start + 1, found: word })
    }

    fn word(&mut self, fits: fn(char) -> bool) -> String {
        let word: String = self.text.iter().skip(self.at).copied().take_while(|&c| fits(c)).collect();
        self.at += word.chars().count();
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<f64> {
        let measures = |name: &str| match name {
            "won" => Some(30.0),
            "lost" => Some(10.0),
            "none" => Some(0.0),
            _ => None,
        };
        Expression::parse(text).unwrap().value(&measures)
    }

    #[test]
    fn formulas_are_computed_with_the_usual_precedence() {
        assert_eq!(value("won / (won + lost)"), Some(0.75));
        assert_eq!(value("1 + 2 * 3 - 4 / 2"), Some(5.0));
        assert_eq!(value("10 - 4 - 3"), Some(3.0));
        assert_eq!(value("won / none"), None);
        assert_eq!(value("unknown + 1"), None);
    }

    #[test]
    fn a_mistake_is_told_by_its_place() {
        let error = |text: &str| Expression::parse(text).unwrap_err();
        assert_eq!(error("won / (won + lost"), Error { at: 18, found: String::new() });
        assert_eq!(error("won $ lost"), Error { at: 5, found: "$".into() });
        assert_eq!(error("1.2.3"), Error { at: 1, found: "1.2.3".into() });
        assert_eq!(error(""), Error { at: 1, found: String::new() });
        assert!(Expression::parse(&"(".repeat(100_000)).is_err());
    }

    #[test]
    fn numerator_denominator_and_measures_are_found() {
        let rate = Expression::parse("won / (won + lost)").unwrap();
        let (part, whole) = rate.fraction().unwrap();
        assert_eq!((part.to_string(), whole.to_string()), ("won".into(), "won + lost".into()));
        assert_eq!(rate.measures(), ["won", "won", "lost"]);
        assert_eq!(rate.to_string(), "won ÷ (won + lost)");
        assert_eq!(rate.written(&|name| if name == "won" { "3" } else { "4" }.to_owned()), "3 ÷ (3 + 4)");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_shown_means_the_same(text in "[a-c0-9+*/() -]{0,24}") {
            if let Ok(parsed) = Expression::parse(&text) {
                let again = Expression::parse(&parsed.to_string()).unwrap();
                let of = |name: &str| name.bytes().next().map(f64::from);
                let (one, other) = (parsed.value(&of), again.value(&of));
                let same = match (one, other) {
                    (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0) || one.is_nan(),
                    (one, other) => one == other,
                };
                prop_assert!(same, "{} against {}", text, parsed);
            }
        }
    }
}
