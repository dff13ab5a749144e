use super::*;
use crate::domain::message::Tell;

const DOCUMENT: &str = include_str!("../../../docs/funnels.md");

fn documented() -> &'static str {
    DOCUMENT.split("```toml").nth(1).unwrap().split("```").next().unwrap()
}

#[test]
fn the_example_in_the_documentation_is_understood() {
    let funnels = read(documented(), "funnels.toml").unwrap();
    let [sales] = funnels.as_slice() else { panic!("{funnels:?}") };
    let [opened, demo, proposal, paying] = sales.stage.as_slice() else { panic!("{sales:?}") };
    assert_eq!((sales.key.as_str(), sales.version), ("sales", 1));
    assert_eq!(opened.name, Bilingual { en: "Opened".to_owned(), zh: "Opened".to_owned() });
    assert_eq!((opened.events.as_slice(), opened.expected_days), (&[Event::DealCreated][..], 14));
    assert_eq!(opened.required, ["owner", "email|phone"]);
    assert_eq!(demo.names, ["Demo", "Product demo", "演示"]);
    assert!(proposal.optional && proposal.short.is_some());
    assert_eq!(paying.confirmed_by, Some(Event::FirstPaid));
    for event in Event::ALL {
        assert!(DOCUMENT.contains(&format!("`{}`", event.key())), "{event:?}");
    }
}

#[test]
fn a_shipped_funnel_may_be_copied_and_changed() {
    let shipped = include_str!("../../../assets/catalog/funnels.toml");
    let read = read(shipped, "funnels.toml").unwrap();
    let all = crate::domain::funnel::Funnels::shipped();
    assert!(all.iter().map(|funnel| &**funnel).eq(&read), "both ways of reading say the same");
}

#[test]
fn one_language_will_do_and_nothing_a_terminal_obeys_is_kept() {
    let text = documented().replace("{ en = \"Demo\", zh = \"演示\" }", "{ zh = \"演\\u001b[2J示\" }");
    let text = text.replace("\"Product demo\"", "\"De\\u202emos\"");
    let funnels = read(&text, "f").unwrap();
    let demo = &funnels[0].stage[1];
    assert_eq!(demo.name, Bilingual { en: "演示".to_owned(), zh: "演示".to_owned() });
    assert_eq!(demo.names[1], "Demos");
}

#[test]
fn a_mistake_is_told_by_line() {
    let line_of = |text: &str, word: &str| 1 + text.split(word).next().unwrap().matches('\n').count();
    for (from, to, key, at) in [
        ("[[funnel]]", "[[funel]]\nkey = \"x\"\n[[funnel]]", "error-config-key-meant", "[[funel]]"),
        ("expected_days = 21", "expekted_days = 21", "error-config-key-meant", "expekted_days"),
        ("expected_days = 21", "colour = 21", "error-config-key", "colour"),
        ("expected_days = 21", "expected_days = 0", "error-config-value", "expected_days = 0"),
        ("expected_days = 21", "expected_days = \"long\"", "error-config-value", "expected_days = \"long\""),
        ("name = \"Opened\"", "#", "error-config-missing", "[[funnel.stage]]"),
        ("name = \"Opened\"", "name = \" \"", "error-config-value", "name = \" \""),
        ("name = \"Opened\"", "name = { en = 1 }", "error-config-value", "name = { en = 1 }"),
        ("name = \"Opened\"", "name = { enn = \"Opened\" }", "error-config-key", "name = { enn"),
        ("key = \"demo\"", "key = \"opened\"", "error-funnel-twice", "key = \"opened\"\nname = {"),
        ("key = \"demo\"", "key = \"de mo\"", "error-config-value", "key = \"de mo\""),
        ("[\"Proposal\", \"Negotiation\"]", "[\"demo\"]", "error-funnel-twice", "[\"demo\"]"),
        (
            "[\"opportunity.won\"]",
            "[\"opportunity.created_at\"]#",
            "error-funnel-twice",
            "[\"opportunity.created_at\"]#",
        ),
        ("[\"opportunity.won\"]", "[\"opportunity.lost\"]", "error-config-value-of", "[\"opportunity.lost\"]"),
        ("[\"owner\", \"email|phone\"]", "[\"owner\", \"emial|phone\"]", "error-profile-field-meant", "emial"),
        ("[\"owner\", \"email|phone\"]", "[\"shoe_size\"]", "error-profile-field", "shoe_size"),
        ("events = [\"opportunity.created_at\"]", "#", "error-funnel-unreachable", "[[funnel.stage]]"),
        ("optional = true", "optional = 1", "error-config-value", "optional = 1"),
        ("[[funnel]]", "[[funnel]", "error-config-syntax", "[[funnel]"),
    ] {
        let text = documented().replacen(from, to, 1);
        assert_ne!(text, documented(), "{from}");
        let message = read(&text, "f.toml").unwrap_err().tell();
        assert_eq!(message.key, key, "{to}: {message:?}");
        let line = line_of(&text, at).to_string();
        assert!(message.args.contains(&("line", line)), "{to}: {message:?}");
        assert!(message.args.contains(&("file", "f.toml".to_owned())), "{to}: {message:?}");
    }
}

#[test]
fn a_funnel_has_two_stages_and_a_key_of_its_own() {
    let (head, stages) = documented().split_at(documented().find("[[funnel.stage]]").unwrap());
    let one = stages.split("[[funnel.stage]]").nth(1).unwrap();
    let message = |text: &str| read(text, "f").unwrap_err().tell();
    assert_eq!(message(&format!("{head}[[funnel.stage]]{one}")).key, "error-funnel-stages");
    assert_eq!(message(head).key, "error-config-missing");
    assert_eq!(message(&format!("{0}{0}", documented())).key, "error-funnel-twice");
    assert_eq!(message("funnel = 1").key, "error-config-value");
    assert_eq!(read("", "f"), Ok(Vec::new()));
}
