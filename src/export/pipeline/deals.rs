//! Deals one by one: the stalled and the pushed.

use super::{Show, section_of};
use crate::analysis::pipeline::{DealLine, Pipeline};
use crate::domain::message::Message;
use crate::i18n::Locale;

/// So many deals of each list are printed; JSON and CSV have more.
const PRINTED: usize = 20;

/// So many of the columns are words.
const NAMES: usize = 4;

const STALLED: &[&str] = &["deal", "account", "stage", "owner", "amount", "days-in-stage", "stall-line", "pushes"];
const PUSHED: &[&str] =
    &["deal", "account", "stage", "owner", "amount", "pushes", "days-moved", "first-close-date", "close-date"];

/// Both lists with what they are of; a list without deals says nothing.
pub(super) fn text(view: &Pipeline, locale: &Locale, show: Show) -> Vec<String> {
    let name = |line: &DealLine| {
        let blank = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![line.deal.clone(), blank(&line.account), line.stage.clone(), blank(&line.owner), show(&line.amount)]
    };
    let stalled = |line: &DealLine| {
        let numbers = [&line.days_in_stage, &line.stall_line_days, &line.pushes].map(show);
        name(line).into_iter().chain(numbers).collect()
    };
    let pushed = |line: &DealLine| {
        let flag = if line.is_pushed_often() { "! " } else { "" };
        let day = |day: Option<_>| day.map(|day| ToString::to_string(&day)).unwrap_or_default();
        let pushes = [format!("{flag}{}", show(&line.pushes)), show(&line.days_moved)];
        let days = [day(line.first_close_date), day(line.close_date)];
        name(line).into_iter().chain(pushes).chain(days).collect()
    };
    let section = |key, header, all: u64, rows: Vec<Vec<String>>| {
        let title = Message::new(key).with("n", all).with("shown", rows.len());
        (!rows.is_empty()).then(|| section_of(NAMES, &locale.tell(&title), locale, header, &rows))
    };
    let rows = view.stalled.deals.iter().take(PRINTED).map(stalled).collect();
    let stalled = section("pipeline-stalled", STALLED, view.stalled.count.n, rows);
    let rows = view.pushed.deals.iter().take(PRINTED).map(pushed).collect();
    let pushed = section("pipeline-pushed", PUSHED, view.pushed.count.n, rows);
    stalled.into_iter().chain(pushed).collect()
}
