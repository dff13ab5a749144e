//! `set`: fields of one record, by hand.

use super::args::{Args, SetArgs};
use super::output::{Failure, failed, print};
use super::said;
use super::show::reader;
use crate::domain::message::Message;
use crate::export::ssot::words;
use crate::i18n::Locale;
use crate::ops::import::Options;
use crate::ops::{Error, Session, Words};

/// Sets the fields, as one action.
pub fn run(args: &Args, request: &SetArgs, locale: &Locale) -> Result<(), Failure> {
    // What is not there has nothing to edit, and is not made for it.
    let info = reader(args, locale)?.info().map_err(failed(locale))?;
    let options = Options { dates: request.dates, ..Options::new(args.clock().now(), info.currency) };
    let keyed = |(field, value): &(String, String)| {
        let key = said::field(request.object, field).unwrap_or(field);
        (key.to_owned(), value.clone())
    };
    let fields = request.fields.iter().map(keyed).collect();
    let asked = Words { object: request.object, id: request.id.clone(), fields };
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let done = session.set_by_words(&asked, &options);
    let (action, row) = done.map_err(|error| match &error {
        Error::Value { field, value, reason } => {
            let message = Message::new("error-value").with("field", words(field, locale)).with("value", value);
            Failure::input(&message.with("reason", locale.tell(reason)), locale)
        }
        // What there is is told in the words that are understood.
        Error::Unknown { what: "field", word, choices, meant: None } => {
            let known: Vec<String> = choices.split(", ").map(|key| words(key, locale)).collect();
            let message = Message::new("error-unknown-field").with("word", word);
            Failure::usage(&message.with("hint", known.join(&locale.t("list-separator"))), locale)
        }
        error => Failure::of(error, locale),
    })?;
    let fields: Vec<String> = asked.fields.iter().map(|(field, _)| words(field, locale)).collect();
    let message = Message::new("set-done")
        .with("name", row.get(row.object.name_field()).text().unwrap_or(&request.id))
        .with("fields", fields.join(&locale.t("list-separator")))
        .with("action", action);
    print(&format!("{}\n", locale.tell(&message)))
}
