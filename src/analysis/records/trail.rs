//! What a search found while it was typed: more letters find nothing that fewer did not.

use crate::domain::matching::{Haystack, Places, Query};

/// So many results are kept: erasing goes back to them, one by one.
const KEPT: usize = 12;
/// Texts are looked at one by one where they are at most one of so many; else all at once is quicker.
const FEW: usize = 4;

/// The words of a search, each time that they grew, and what they found in the texts of one object. It is worth
/// nothing any more when these change.
#[derive(Debug, Default)]
pub struct Trail(Vec<(Query, Places)>);

impl Trail {
    /// What [`Haystack::find`] says, looked for only among what the words before have found. `None` when it was told
    /// to stop.
    pub(super) fn find(&mut self, haystack: &Haystack, query: &Query, goes_on: &dyn Fn() -> bool) -> Option<&Places> {
        let narrows = |(former, _): &(Query, Places)| query.narrows(former);
        self.0.truncate(self.0.iter().rposition(narrows).map_or(0, |at| at + 1));
        let found = match self.0.last() {
            Some((former, _)) if query == former => None,
            Some((_, among)) if among.iter().map(Vec::len).sum::<usize>() * FEW <= haystack.len() => {
                Some(haystack.find_among(among, query, goes_on)?)
            }
            _ => Some(haystack.find(query, goes_on)?),
        };
        if let Some(found) = found {
            if self.0.len() == KEPT {
                self.0.remove(0);
            }
            self.0.push((query.clone(), found));
        }
        self.0.last().map(|(_, found)| found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn typing_and_erasing_finds_what_a_scan_does(
            texts in prop::collection::vec(("[ab云帆重庆 ]{0,6}", "[ab重x1]{0,4}"), 0..30),
            keys in prop::collection::vec(prop::option::weighted(0.75, "[abyfcx1云 +]"), 0..40),
        ) {
            let mut haystack = Haystack::default();
            texts.iter().for_each(|(a, b)| haystack.push([a.as_str(), b.as_str()]));
            let (mut typed, mut trail) = (String::new(), Trail::default());
            for key in keys {
                match key {
                    Some(key) => typed.push_str(&key),
                    None => drop(typed.pop()),
                }
                let query = Query::new(&typed);
                let wanted = haystack.find(&query, &|| true);
                prop_assert_eq!(trail.find(&haystack, &query, &|| true), wanted.as_ref(), "{}", typed);
            }
        }
    }

    #[test]
    fn a_longer_word_is_looked_for_among_what_its_beginning_found() {
        let mut haystack = Haystack::default();
        ["Ana", "Anton", "Bo", "Cy", "Di", "Ed", "Flo", "Gus"].iter().for_each(|name| haystack.push([*name]));
        let mut trail = Trail::default();
        let mut places = |text: &str| trail.find(&haystack, &Query::new(text), &|| true).cloned().unwrap().concat();
        assert_eq!(
            (places("an"), places("ant"), places("an"), places("b")),
            (vec![0, 1], vec![1], vec![0, 1], vec![2])
        );
        let mut trail = Trail(vec![(Query::new("an"), [vec![0], vec![]])]);
        let found = trail.find(&haystack, &Query::new("ant"), &|| true);
        assert_eq!(found, Some(&[vec![], vec![]]), "the second text is not looked at again");
    }

    #[test]
    fn what_was_given_up_is_looked_for_again() {
        let mut haystack = Haystack::default();
        haystack.push(["Ana"]);
        let mut trail = Trail::default();
        assert_eq!(trail.find(&haystack, &Query::new("a"), &|| false), None);
        assert_eq!(trail.find(&haystack, &Query::new("a"), &|| true), Some(&[vec![0], vec![]]));
        assert_eq!(trail.find(&haystack, &Query::new("an"), &|| false), None);
        assert_eq!(trail.find(&haystack, &Query::new("an"), &|| true), Some(&[vec![0], vec![]]));
    }
}
