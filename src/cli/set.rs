//! `set`: fields of one record, by hand.

use super::args::{Args, SetArgs};
use super::output::{Failure, failed, print};
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
    let asked = Words { object: request.object, id: request.id.clone(), fields: request.fields.clone() };
    let mut session = Session::open(args.setup()).map_err(failed(locale))?;
    let done = session.set_by_words(&asked, &options);
    let (action, row) = done.map_err(|error| match &error {
        Error::Value { field, value, reason } => {
            let message = Message::new("error-value").with("field", words(field, locale)).with("value", value);
            Failure::Input(locale.tell(&message.with("reason", locale.tell(reason))))
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
