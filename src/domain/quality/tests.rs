//! Rules, and records that keep to them or do not.

use super::*;
use crate::domain::time::Instant;
use crate::domain::value::Value;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn rule(text: &str) -> Rule {
    let text = format!(
        "[list]\nsectors = [\"Technology\", \"Retail\"]\n[[rule]]\nkey = \"r\"\ndimension = \"accuracy\"\nseverity = \"error\"\n{text}\n\
         name = {{ en = \"n\", zh = \"名\" }}\nhint = {{ en = \"h\", zh = \"改\" }}\nowner = {{ en = \"o\", zh = \"谁\" }}\n"
    );
    Rule::read(&text).unwrap().remove(0)
}

fn now() -> Instant {
    Instant::parse_rfc3339("2026-10-09T12:00:00Z").unwrap()
}

/// What a rule finds in records of these fields, numbered from 1 on.
fn found(rule: &Rule, ground: &Ground, records: &[&[(&str, Value)]]) -> Outcome {
    let ground = Ground { now: now(), ..ground.clone() };
    let mut inspection = Inspection::new(rule.object, [rule], &ground);
    let fields = inspection.fields();
    for (record, id) in records.iter().zip(1..) {
        let value = |key: &&str| record.iter().find(|(of, _)| of == key).map(|(_, value)| value.clone());
        let values: Vec<Value> = fields.iter().map(|key| value(key).unwrap_or_default()).collect();
        inspection.see(id, &values);
    }
    inspection.finish().remove(0)
}

fn told(outcome: &Outcome) -> (u64, &[i64]) {
    (outcome.checked, &outcome.failing)
}

fn ms(text: &str) -> Value {
    Instant::parse_rfc3339(text).unwrap().0.into()
}

#[test]
fn the_shipped_rules_are_whole_and_in_both_languages() {
    let rules = Rule::read(include_str!("../../../assets/catalog/quality.toml")).unwrap();
    assert!(rules.len() >= 40 && Rule::shipped() == rules);
    let dimensions: BTreeSet<Dimension> = rules.iter().map(|rule| rule.dimension).collect();
    assert_eq!(dimensions.len(), Dimension::ALL.len());
    for rule in &rules {
        for text in [&rule.name, &rule.hint, &rule.owner] {
            assert!(
                text.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) || text.zh == "RevOps",
                "{}",
                rule.key
            );
            assert!(!text.en.is_empty(), "{}", rule.key);
        }
    }
}

#[test]
fn one_of_the_fields_is_enough_and_blanks_are_nothing() {
    let rule = rule("object = \"person\"\ncheck = { required = [\"email\", \"phone\"] }");
    let outcome =
        found(&rule, &Ground::default(), &[&[("email", "a@b.example".into())], &[("phone", "  ".into())], &[]]);
    assert_eq!(told(&outcome), (3, &[2, 3][..]));
    let nothing = found(&rule, &Ground::default(), &[&[], &[]]);
    assert_eq!((told(&nothing), nothing.unchecked), ((0, &[][..]), Some(Unchecked::NoColumn)), "no file has either");
}

#[test]
fn what_no_file_brought_is_told_once() {
    let rule = rule(
        "object = \"person\"\nwhen = [\"kind is lead\"]\ncheck = { format = { field = \"email\", form = \"email\" } }",
    );
    let outcome = found(&rule, &Ground::default(), &[&[("kind", 0.into())]]);
    assert_eq!((outcome.checked, outcome.unchecked), (0, Some(Unchecked::NoColumn)));
    let contact = found(&rule, &Ground::default(), &[&[("kind", 1.into()), ("email", "x".into())]]);
    assert_eq!((contact.checked, contact.unchecked), (0, None), "nobody it is about");
}

#[test]
fn conditions_compare_days_amounts_words_and_today() {
    let deal = |check: &str| rule(&format!("object = \"opportunity\"\ncheck = {{ holds = \"{check}\" }}"));
    let closed = [("closed_at", ms("2026-03-01T08:00:00Z")), ("created_at", ms("2026-03-01T20:00:00Z"))];
    assert_eq!(told(&found(&deal("closed_at >= created_at"), &Ground::default(), &[&closed])), (1, &[1][..]));
    let day = [("close_date", "2026-03-01".into()), ("created_at", ms("2026-03-01T20:00:00Z"))];
    assert_eq!(told(&found(&deal("close_date >= created_at"), &Ground::default(), &[&day])), (1, &[][..]), "one day");
    let half: [&[(&str, Value)]; 3] = [&[("probability", 100_000.into())], &[("probability", 10_000.into())], &[]];
    assert_eq!(told(&found(&deal("probability <= 100"), &Ground::default(), &half)), (2, &[1][..]), "1000 % and 100 %");
    let date = |text: &str| vec![("close_date", Value::from(text))];
    let days = [date("2026-10-08"), date("2026-10-09")];
    let days: Vec<&[(&str, Value)]> = days.iter().map(Vec::as_slice).collect();
    assert_eq!(told(&found(&deal("close_date >= today"), &Ground::default(), &days)), (2, &[1][..]));
    assert_eq!(told(&found(&deal("close_date >= today-1d"), &Ground::default(), &days)), (2, &[][..]));
}

#[test]
fn the_outcome_of_a_deal_is_that_of_its_stage() {
    let rule = rule("object = \"opportunity\"\nwhen = [\"outcome is won\"]\ncheck = { holds = \"amount > 0\" }");
    let ground = Ground { outcomes: [(7, 1), (8, 2)].into(), ..Ground::default() };
    let deal = |stage: i64, amount: i64| vec![("stage", stage.into()), ("amount", Value::from(amount))];
    let deals = [deal(7, 0), deal(8, 0), deal(7, 5)];
    let deals: Vec<&[(&str, Value)]> = deals.iter().map(Vec::as_slice).collect();
    assert_eq!(told(&found(&rule, &ground, &deals)), (2, &[1][..]));
}

#[test]
fn slips_of_a_list_and_of_frequent_values_are_found() {
    let rule = rule("object = \"account\"\ncheck = { spelled = { field = \"industry\", list = \"sectors\" } }");
    let mut values = vec!["technolgy", "RETAIL", "Mining", "Softwear"];
    values.extend(["Software"; 20]);
    let records: Vec<Vec<(&str, Value)>> = values.into_iter().map(|value| vec![("industry", value.into())]).collect();
    let records: Vec<&[(&str, Value)]> = records.iter().map(Vec::as_slice).collect();
    let outcome = found(&rule, &Ground::default(), &records);
    assert_eq!(told(&outcome), (24, &[1, 4][..]));
    let meant: BTreeSet<&str> = outcome.examples.iter().filter_map(|one| one.meant.as_deref()).collect();
    assert_eq!(meant, BTreeSet::from(["Software", "Technology"]));
}

#[test]
fn a_name_that_no_file_describes_fails_only_where_one_describes_others() {
    let rule = rule("object = \"opportunity\"\ncheck = { described = \"product\" }");
    let deals: [&[(&str, Value)]; 3] = [&[("product", 5.into())], &[("product", 6.into())], &[]];
    let named = Ground { named_only: [(Object::Product, [5].into())].into(), ..Ground::default() };
    assert_eq!(found(&rule, &named, &deals).unchecked, Some(Unchecked::NoneDescribed));
    let described = Ground { described: [Object::Product].into(), ..named };
    assert_eq!(told(&found(&rule, &described, &deals)), (2, &[1][..]));
}

#[test]
fn the_first_of_a_value_is_no_repeat_and_a_blank_never_is() {
    let rule = rule("object = \"person\"\ncheck = { unique = \"email\" }");
    let mail = |text: &str| vec![("email", Value::from(text))];
    let people = [mail("A@x.example"), mail("b@x.example"), mail(" a@x.example"), mail("a@X.example"), mail("")];
    let people: Vec<&[(&str, Value)]> = people.iter().map(Vec::as_slice).collect();
    assert_eq!(told(&found(&rule, &Ground::default(), &people)), (4, &[3, 4][..]));
}

#[test]
fn what_is_known_by_its_name_alone_is_not_held_against_other_rules() {
    let rule = rule("object = \"account\"\ncheck = { required = \"industry\" }");
    let accounts: [&[(&str, Value)]; 2] = [&[("named_only", 1.into())], &[("industry", "Retail".into())]];
    assert_eq!(told(&found(&rule, &Ground::default(), &accounts)), (1, &[][..]));
}

#[test]
fn a_mistake_is_named_with_its_rule_and_place() {
    let read = |text: &str| {
        let text = format!(
            "[[rule]]\nkey = \"r\"\ndimension = \"accuracy\"\nseverity = \"warn\"\n{text}\nname = {{ en = \"n\", zh = \"名\" }}\n\
             hint = {{ en = \"h\", zh = \"改\" }}\nowner = {{ en = \"o\", zh = \"谁\" }}\n"
        );
        Rule::read(&text).unwrap_err()
    };
    let of = |rule: &str| rule.to_owned();
    assert_eq!(
        read("object = \"deal\"\ncheck = { agreed = true }"),
        Mistake::Object { rule: of("r"), word: of("deal") }
    );
    assert_eq!(
        read("object = \"person\"\ncheck = { required = \"e_mail\" }"),
        Mistake::Field { rule: of("r"), word: of("e_mail") }
    );
    assert_eq!(
        read("object = \"person\"\ncheck = { format = { field = \"email\", pattern = \"[\" } }"),
        Mistake::Format { rule: of("r"), word: of("[") }
    );
    for (test, word) in
        [("score >> 3", ">>"), ("score > lots", "lots"), ("kind is robot", "robot"), ("email blank x", "x")]
    {
        let mistake = read(&format!("object = \"person\"\ncheck = {{ holds = \"{test}\" }}"));
        assert_eq!(mistake, Mistake::Test { rule: of("r"), test: of(test), word: of(word) });
    }
    assert_eq!(read("object = \"person\"\ncheck = { agreed = true, unique = \"email\" }"), Mistake::Check(of("r")));
    assert_eq!(
        read("object = \"person\"\ncheck = { spelled = { field = \"country\", list = \"moons\" } }"),
        Mistake::List { rule: of("r"), word: of("moons") }
    );
    assert!(matches!(read("object = \"person\"\ncheck = { agrees = true }"), Mistake::Syntax(_)));
}

proptest! {
    /// Twice the records are twice the checks and twice the failures, for every rule but those of uniqueness.
    #[test]
    fn a_score_does_not_depend_on_how_many_records_there_are(
        mails in prop::collection::vec("[a-c]{0,2}(@x[.]example)?", 1..30),
    ) {
        let rules = [
            rule("object = \"person\"\ncheck = { required = \"email\" }"),
            rule("object = \"person\"\ncheck = { format = { field = \"email\", form = \"email\" } }"),
            rule("object = \"person\"\ncheck = { spelled = { field = \"email\" } }"),
        ];
        let records: Vec<Vec<(&str, Value)>> = mails.iter().map(|mail| vec![("email", mail.as_str().into())]).collect();
        let once: Vec<&[(&str, Value)]> = records.iter().map(Vec::as_slice).collect();
        let twice: Vec<&[(&str, Value)]> = once.iter().chain(&once).copied().collect();
        for rule in &rules {
            let (one, two) = (found(rule, &Ground::default(), &once), found(rule, &Ground::default(), &twice));
            prop_assert_eq!((2 * one.checked, 2 * one.failing.len()), (two.checked, two.failing.len()));
        }
    }
}
