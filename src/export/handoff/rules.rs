//! Rules in words: policies, and the calendars they go by.

use super::super::table::{Align, table};
use crate::analysis::handoff::{CalendarShown, KindShown, PolicyShown, RulesShown};
use crate::domain::calendar::LeftOut;
use crate::domain::handoff::{Level, written};
use crate::domain::message::Message;
use crate::i18n::Locale;
use std::collections::BTreeMap;

/// The policies of each hand-off, and whose they are.
#[must_use]
pub fn rules(rules: &RulesShown, locale: &Locale) -> String {
    let titles = ["place", "target", "warn", "calendar", "condition", "escalate", "cadence"];
    let mut rows = vec![titles.map(|title| locale.t(&format!("rules-column-{title}"))).to_vec()];
    for kind in &rules.kinds {
        rows.extend(kind.policies.iter().map(|policy| row(kind, policy, locale)));
    }
    let columns = titles.map(|title| if matches!(title, "target" | "warn") { Align::Right } else { Align::Left });
    let whose = locale.t(if rules.own { "rules-own" } else { "rules-shipped" });
    let kinds: String = rules.kinds.iter().map(|kind| format!("{}\n", one(kind, locale))).collect();
    format!("{whose}\n\n{}\n{kinds}", table(&columns, &rows))
}

fn row(kind: &KindShown, policy: &PolicyShown, locale: &Locale) -> Vec<String> {
    let after = |level: Level| policy.escalate_seconds.get(&level).map(|seconds| written(seconds * 1_000));
    let levels = [Level::Owner, Level::Lead, Level::Manager];
    let escalate = levels
        .into_iter()
        .filter_map(|level| Some(format!("{} {}", locale.t(&format!("rules-level-{}", level.key())), after(level)?)));
    let cadence: Vec<String> = policy.cadence.iter().map(ToString::to_string).collect();
    vec![
        format!("{}/{}", kind.code, policy.key),
        written(policy.target_seconds * 1_000),
        locale.percent(policy.warn),
        policy.calendar.clone(),
        condition(policy, locale),
        escalate.collect::<Vec<_>>().join(&locale.t("list-separator")),
        cadence.join(&locale.t("list-separator")),
    ]
}

fn condition(policy: &PolicyShown, locale: &Locale) -> String {
    let score = policy.score.map(|score| locale.tell(&Message::new("rules-score").with("score", score)));
    let intent = policy.high_intent.then(|| locale.t("rules-high-intent"));
    let told: Vec<String> = intent.into_iter().chain(score).collect();
    if told.is_empty() { locale.t("rules-otherwise") } else { told.join(&locale.t("rules-or")) }
}

/// `ms  Marketing → Sales: from score 80 on; pool after 14 days; received by SDR, Sales`.
fn one(kind: &KindShown, locale: &Locale) -> String {
    let number = |key, n: Option<i64>| n.map(|n| locale.tell(&Message::new(key).with("n", n)));
    let teams = kind.teams.join(&locale.t("list-separator"));
    let teams = if teams.is_empty() { locale.t("rules-everyone") } else { teams };
    let told = [number("rules-from-score", kind.score), number("rules-pool", kind.pool_days)];
    let told = told.into_iter().flatten();
    let told: Vec<String> = told.chain([locale.tell(&Message::new("rules-teams").with("teams", teams))]).collect();
    format!("{}  {}{}{}", kind.code, locale.pick(&kind.name), locale.t("colon"), told.join(&locale.t("list-separator")))
}

/// The calendars there are.
#[must_use]
pub fn calendars(calendars: &[CalendarShown], locale: &Locale) -> String {
    let titles = ["calendar", "zone", "hours", "known-until", "whose"];
    let mut rows = vec![titles.map(|title| locale.t(&format!("rules-column-{title}"))).to_vec()];
    rows.extend(calendars.iter().map(|calendar| {
        let whose = locale.t(if calendar.own { "rules-whose-own" } else { "rules-whose-shipped" });
        let known = calendar.known_until.clone().unwrap_or_else(|| "–".to_owned());
        vec![calendar.key.clone(), calendar.zone.to_owned(), hours(&calendar.hours), known, whose]
    }));
    table(&[Align::Left; 5], &rows)
}

/// One calendar: its hours, and every day that is not as its weekday.
#[must_use]
pub fn calendar(calendar: &CalendarShown, locale: &Locale) -> String {
    let days =
        |days: &[String]| if days.is_empty() { "–".to_owned() } else { days.join(&locale.t("list-separator")) };
    let whose = locale.t(if calendar.own { "rules-whose-own" } else { "rules-whose-shipped" });
    let rows = [
        ("calendar", format!("{}{}{}", calendar.key, locale.t("colon"), locale.pick(&calendar.name))),
        ("whose", whose),
        ("zone", calendar.zone.to_owned()),
        ("hours", hours(&calendar.hours)),
        ("holidays", days(&calendar.holidays)),
        ("working", days(&calendar.working)),
        ("known-until", calendar.known_until.clone().unwrap_or_else(|| "–".to_owned())),
    ];
    let rows = rows.map(|(title, said)| vec![locale.t(&format!("rules-column-{title}")), said]);
    table(&[Align::Left, Align::Left], &rows)
}

fn hours(hours: &BTreeMap<String, Vec<String>>) -> String {
    hours.iter().map(|(days, of)| format!("{days} {}", of.join(", "))).collect::<Vec<_>>().join("; ")
}

/// What a file told of a calendar that was not taken, in a sentence; nothing where all was.
#[must_use]
pub fn left_out(left_out: &BTreeMap<LeftOut, usize>, locale: &Locale) -> Option<String> {
    let told = left_out.iter().map(|(reason, n)| {
        locale.tell(
            &Message::new("rules-left-out-one")
                .with("n", n)
                .with("why", locale.t(&format!("rules-left-out-{}", reason.key()))),
        )
    });
    let told: Vec<String> = told.collect();
    let all = told.join(&locale.t("list-separator"));
    (!told.is_empty()).then(|| locale.tell(&Message::new("rules-left-out").with("what", all)))
}
