//! What is said of figures that go by a definition nobody has approved.

use crate::domain::message::Message;
use crate::domain::metric::{Dictionary, Drafts};
use crate::i18n::Locale;

/// The line below figures of these metrics; nothing when all are approved.
#[must_use]
pub fn line<'m>(dictionary: &Dictionary, shown: impl IntoIterator<Item = &'m str>, locale: &Locale) -> Option<String> {
    let said = match dictionary.drafts(shown) {
        Drafts::None => return None,
        Drafts::All => locale.t("drafts-all"),
        Drafts::Some(drafts) => {
            let name = |key| dictionary.get(key).map_or(key, |metric| locale.pick(&metric.name));
            let names: Vec<&str> = drafts.into_iter().map(name).collect();
            locale.tell(&Message::new("drafts-some").with("names", names.join(&locale.t("list-separator"))))
        }
    };
    Some(format!("{said}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::metric::Status;
    use crate::i18n::Lang;

    #[test]
    fn drafts_are_named_beside_approved_figures_and_told_of_at_once_without_them() {
        let mut dictionary = Dictionary::shipped().clone();
        let said = |dictionary: &Dictionary, lang| line(dictionary, ["win_rate", "won_amount"], &Locale::new(lang));
        assert!(said(&dictionary, Lang::En).unwrap().starts_with("Draft figures:"));
        dictionary.metric.iter_mut().filter(|m| m.key == "win_rate").for_each(|m| m.status = Status::Approved);
        assert_eq!(said(&dictionary, Lang::En).unwrap(), "Draft, not yet approved by RevOps: Won amount\n");
        assert!(said(&dictionary, Lang::ZhCn).unwrap().starts_with("草案口径，尚未经收入运营批准："));
        dictionary.metric.iter_mut().for_each(|metric| metric.status = Status::Approved);
        assert_eq!(said(&dictionary, Lang::En), None);
    }
}
