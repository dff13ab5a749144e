//! The lists from which the user says something of a file.

use super::LookPage;
use crate::domain::intake::{As, Target};
use crate::domain::message::Message;
use crate::export::import::target_words;
use crate::ops::import::{DateOrder, systems};
use crate::text::Clean;
use crate::tui::look::Look;
use crate::tui::wizard::choice::{ChoicePage, Item, Value};

impl LookPage {
    /// What the selected column may become; `None` while nobody knows what the rows are.
    pub fn fields(&self, look: &Look<'_>) -> Option<ChoicePage> {
        let table = self.table().filter(|table| table.is_mapped)?;
        let object = table.object?;
        let column = table.columns.get(self.cursor.at())?;
        let plain = [Target::Attribute, Target::Ignored].into_iter();
        let items = plain.chain(Target::choices(object)).map(|target| Item {
            value: Value::Target(target),
            words: words(object, target, look).into(),
            key: key(object, target),
        });
        let title = Message::new("wizard-becomes").with("column", &column.header);
        let title = look.locale.tell(&title).into();
        let page = ChoicePage::new(title, items.collect(), Some(&Value::Target(column.target)));
        Some(page.of_column(self.cursor.at()))
    }

    /// What the rows may be.
    pub fn objects(&self, look: &Look<'_>) -> Option<ChoicePage> {
        let table = self.table().filter(|table| table.is_mapped)?;
        let item = |object: As| Item {
            value: Value::Object(object),
            words: look.t(&format!("as-{}", object.key())),
            key: object.key().to_owned(),
        };
        let now = table.object.map(Value::Object);
        Some(ChoicePage::new(look.t("wizard-holds"), As::ALL.map(item).to_vec(), now.as_ref()))
    }

    /// The user's own mappings, and the systems.
    pub fn mappings(&self, look: &Look<'_>) -> Option<ChoicePage> {
        let table = self.table().filter(|table| table.is_mapped)?;
        let own = self.profiles.iter().map(|name| Item {
            value: Value::Profile(name.clone()),
            words: look.locale.tell(&Message::new("wizard-own").with("profile", name)).into(),
            key: format!("own {name}"),
        });
        let system = |system: &str| Item {
            value: Value::System(system.to_owned()),
            words: look.locale.tell(&Message::new("system-name").with("system", system)).into(),
            key: system.to_owned(),
        };
        let named = look.locale.tell(&Message::new("wizard-system").with("system", "\u{1}"));
        let (before, behind) = named.split_once('\u{1}').unwrap_or((&named, ""));
        let now = match &table.profile {
            Some(name) => Value::Profile(name.clone()),
            None => Value::System(table.system.clone()),
        };
        let items = own.chain(systems().into_iter().map(system)).collect();
        let page = ChoicePage::new(look.t("wizard-mapping"), items, Some(&now));
        Some(page.with_system([before.to_owned(), behind.to_owned()]))
    }

    /// How dates may be written.
    pub fn dates(&self, look: &Look<'_>) -> Option<ChoicePage> {
        self.table()?;
        let item = |order: DateOrder| Item {
            value: Value::Dates(order),
            words: look.t(&format!("wizard-dates-{}", order.key())),
            key: order.key().to_owned(),
        };
        let now = self.choices.get(self.at).and_then(|choices| choices.dates).map(Value::Dates);
        let title: Clean = look.t("wizard-dates");
        Some(ChoicePage::new(title, DateOrder::ALL.map(item).to_vec(), now.as_ref()))
    }
}

/// What a column becomes, with a word for whether a reference is by id or by name.
fn words(object: As, target: Target, look: &Look<'_>) -> String {
    let words = target_words(object, target, look.locale);
    match target {
        Target::ByName(_) => look.locale.tell(&Message::new("wizard-by-name").with("field", words)),
        _ => words,
    }
}

fn key(object: As, target: Target) -> String {
    let plain = match target {
        Target::Ignored => "ignored",
        _ => "attribute",
    };
    target.key(object).unwrap_or_else(|| plain.to_owned())
}
