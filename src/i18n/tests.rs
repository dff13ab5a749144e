use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Key → variables of each message of a file; panics on a line Fluent cannot read or a key that
/// stands twice.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let resource = match FluentResource::try_new(lang.source().to_owned()) {
        Ok(resource) => resource,
        Err((_, errors)) => panic!("{}: {errors:?}", lang.tag()),
    };
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in resource.source().lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with([' ', '}'])
            && let Some((name, _)) = line.split_once('=')
        {
            key = name.trim().to_owned();
            assert!(found.insert(key.clone(), BTreeSet::new()).is_none(), "{}: {key} stands twice", lang.tag());
        }
        for part in line.split('$').skip(1) {
            let variable: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect();
            found.entry(key.clone()).or_default().insert(variable);
        }
    }
    found
}

#[test]
fn both_languages_say_the_same_things() {
    let (english, chinese) = (messages(Lang::En), messages(Lang::ZhCn));
    for (key, variables) in &english {
        let other = chinese.get(key).unwrap_or_else(|| panic!("zh-CN lacks {key}"));
        assert_eq!(variables, other, "arguments of {key}");
    }
    for key in chinese.keys() {
        assert!(english.contains_key(key), "en lacks {key}");
    }
}

#[test]
fn arguments_are_inserted_bare_and_numbers_grouped_on_request() {
    let locale = Locale::new(Lang::En);
    let message = Message::new("tui-records").with("n", 12_345);
    assert_eq!(locale.tell(&message), "12,345 deals");
    assert_eq!(locale.tell(&Message::new("tui-records").with("n", 1)), "1 deal");
    assert_eq!(locale.t("no-such-key"), "no-such-key");
    assert!(matches!(argument("007"), FluentValue::String(_)));
}

#[test]
fn the_language_is_found_in_the_usual_places() {
    let with = |pairs: &'static [(&'static str, &'static str)]| {
        move |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    assert_eq!(Lang::detect(None, None, with(&[])), Lang::En);
    assert_eq!(Lang::detect(None, None, with(&[("LANG", "zh_CN.UTF-8")])), Lang::ZhCn);
    assert_eq!(Lang::detect(None, None, with(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")])), Lang::En);
    assert_eq!(Lang::detect(None, None, with(&[("LC_ALL", ""), ("LC_MESSAGES", "zh"), ("LANG", "en")])), Lang::ZhCn);
    assert_eq!(Lang::detect(None, None, with(&[("REVOPS_LANG", "en"), ("LANG", "zh")])), Lang::En);
    assert_eq!(Lang::detect(None, Some(Lang::ZhCn), with(&[("LANG", "en")])), Lang::ZhCn);
    assert_eq!(Lang::detect(None, Some(Lang::ZhCn), with(&[("REVOPS_LANG", "en")])), Lang::En);
    assert_eq!(Lang::detect(Some(Lang::ZhCn), None, with(&[("REVOPS_LANG", "en")])), Lang::ZhCn);
}

/// What Chinese readers write in Latin letters too, or what has no letters at all.
const NOT_HAN: [&str; 14] = [
    "number-part-of",
    "tui-hint-language",
    "tui-empty-import",
    "tui-empty-demo",
    "tui-days-band",
    "funnel-empty-import",
    "delimiter-bar",
    "list-separator",
    "colon",
    "sentence-separator",
    "funnel-segment-part",
    "explain-left-out",
    "error-file",
    "pipeline-not-told",
];

#[test]
fn every_chinese_value_is_chinese() {
    let locale = Locale::new(Lang::ZhCn);
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let allowed = |key: &str| NOT_HAN.contains(&key);
    let latin: Vec<String> =
        messages(Lang::ZhCn).into_keys().filter(|key| !allowed(key) && !han(&locale.t(key))).collect();
    assert!(latin.is_empty(), "{latin:?}");
}

/// Keys that stand in the source as they are, in the calls that take one.
#[test]
fn every_key_that_the_source_names_has_words() {
    fn walk(folder: &std::path::Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.to_string_lossy().contains("tests") {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                for call in ["Message::new(\"", ".t(\"", "Name::key(\""] {
                    let named = code.split(call).skip(1).filter_map(|rest| rest.split_once('"'));
                    found.extend(named.map(|(key, _)| key.to_owned()));
                }
            }
        }
    }
    let mut keys = BTreeSet::new();
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    assert!(keys.len() > 150, "{}", keys.len());
    for lang in Lang::ALL {
        let locale = Locale::new(lang);
        let gaps: Vec<&String> = keys.iter().filter(|key| !locale.has(key)).collect();
        assert!(gaps.is_empty(), "{}: {gaps:?}", lang.tag());
    }
}

#[test]
fn every_measure_of_a_formula_has_a_name() {
    let dictionary = crate::domain::metric::Dictionary::shipped();
    let formulas = dictionary.metric.iter().filter_map(|metric| metric.formula.as_ref());
    let keys: BTreeSet<String> = formulas
        .flat_map(|formula| formula.measures())
        .map(|name| format!("measure-{}", name.replace('_', "-")))
        .collect();
    for lang in Lang::ALL {
        let locale = Locale::new(lang);
        let gaps: Vec<&String> = keys.iter().filter(|key| !locale.has(key)).collect();
        assert!(gaps.is_empty(), "{}: {gaps:?}", lang.tag());
    }
}

#[test]
fn numbers_choose_their_case_and_are_grouped_where_asked() {
    let told = |lang, n: i64| Locale::new(lang).tell(&Message::new("explain-n").with("n", n).with("enter", "Enter"));
    assert_eq!(told(Lang::En, 0), "0 records: nothing to list");
    assert_eq!(told(Lang::En, 1), "1 record; Enter lists it");
    assert_eq!(told(Lang::En, 12_345), "12,345 records; Enter lists them");
    assert_eq!(told(Lang::ZhCn, 0), "0 条记录，没有可列的");
}
