//! Records that a filter finds, as plain text and as CSV.

use super::csv::record;
use super::table::{Align, table};
use crate::analysis::records::{Found, Line};
use crate::domain::message::Message;
use crate::domain::time::Instant;
use crate::i18n::Locale;

/// The columns of each object, in CSV as in text.
fn columns(object: &str) -> &'static [&'static str] {
    match object {
        "people" => &[
            "id",
            "name",
            "company",
            "status",
            "owner",
            "source",
            "score",
            "email",
            "phone",
            "created_at",
            "disqualified_at",
        ],
        "accounts" => {
            &["id", "name", "domain", "industry", "segment", "region", "owner", "created_at", "first_paid_at"]
        }
        _ => &["id", "name", "account", "stage", "owner", "amount", "currency", "source", "created_at", "closed_at"],
    }
}

/// The cells of a line, in the order of the columns; instants as `at` tells them.
fn cells(line: &Line, at: impl Fn(Instant) -> String) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let when = |instant: &Option<Instant>| instant.map(&at).unwrap_or_default();
    match line {
        Line::Person { id, name, company, status, owner, source, score, email, phone, created_at, disqualified_at } => {
            let score = score.map(|score| score.to_string()).unwrap_or_default();
            let [id, company, owner, source, email, phone] = [id, company, owner, source, email, phone].map(text);
            let [created, closed] = [created_at, disqualified_at].map(when);
            vec![id, name.clone(), company, status.clone(), owner, source, score, email, phone, created, closed]
        }
        Line::Account { id, name, domain, industry, segment, region, owner, created_at, first_paid_at } => {
            let [id, domain, industry, segment, region, owner] =
                [id, domain, industry, segment, region, owner].map(text);
            let [created, paid] = [created_at, first_paid_at].map(when);
            vec![id, name.clone(), domain, industry, segment, region, owner, created, paid]
        }
        Line::Deal { id, name, account, stage, owner, amount, source, created_at, closed_at, .. } => {
            let [id, account, owner, source] = [id, account, owner, source].map(text);
            let [created, closed] = [created_at, closed_at].map(when);
            let (amount, currency) =
                amount.map(|money| (money.plain(), money.currency.to_string())).unwrap_or_default();
            vec![id, name.clone(), account, stage.clone(), owner, amount, currency, source, created, closed]
        }
    }
}

/// A table, and above it how many there are.
#[must_use]
pub fn text(found: &Found, locale: &Locale) -> String {
    let columns = columns(found.object);
    let head = columns.iter().map(|column| locale.t(&format!("field-{column}"))).collect();
    let day = |at: Instant| at.date().to_string();
    let rows: Vec<Vec<String>> =
        std::iter::once(head).chain(found.records.iter().map(|line| cells(line, day))).collect();
    let is_number = |column: &&str| matches!(*column, "score" | "amount");
    let align: Vec<Align> =
        columns.iter().map(|column| if is_number(column) { Align::Right } else { Align::Left }).collect();
    let count = |n: usize| locale.count(n as u64);
    let said = Message::new("tui-found").with("found", count(found.found)).with("all", count(found.total));
    let shown = Message::new("records-shown").with("n", count(found.records.len()));
    let shown = (found.records.len() < found.found).then(|| format!("  {}", locale.tell(&shown)));
    format!("{}{}\n\n{}", locale.tell(&said), shown.unwrap_or_default(), table(&align, &rows))
}

/// A record on each line.
#[must_use]
pub fn csv(found: &Found) -> String {
    let columns: Vec<String> = columns(found.object).iter().map(|&column| column.to_owned()).collect();
    let clean = |cell: String| crate::text::clean(&cell).into_owned();
    let lines = found.records.iter();
    let lines = lines.map(|line| record(&cells(line, |at| at.to_rfc3339()).into_iter().map(clean).collect::<Vec<_>>()));
    std::iter::once(record(&columns)).chain(lines).collect()
}
