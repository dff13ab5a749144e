//! The texts of a great many records in one piece: a word is looked for in all of them at once.

use super::{BORDER, Query, Seen, Word, fold_into};

/// How many texts are looked through before it is asked whether to go on.
const TOGETHER: usize = 8_192;

/// Places of texts, ascending: those that a query finds with rank 0, and the others.
pub type Places = [Vec<usize>; 2];

/// Folded texts, one behind the other.
#[derive(Debug, Clone, Default)]
pub struct Haystack {
    text: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// The letters in which each can be read aloud.
    aloud: Vec<u32>,
}

impl Haystack {
    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds the text of a record: several fields of which each may be found.
    pub fn push<'t>(&mut self, fields: impl IntoIterator<Item = &'t str>) {
        self.aloud.push(fold_into(&mut self.text, fields));
        self.ends.push(self.text.len());
    }

    /// Adds a text of another haystack as it is.
    pub fn push_from(&mut self, other: &Self, at: usize) {
        let Some(seen) = other.seen(at) else { return };
        self.text.push_str(seen.text);
        self.aloud.push(seen.aloud);
        self.ends.push(self.text.len());
    }

    /// How well a query finds a text, as [`Query::rank`] says; `None` when it does not.
    #[must_use]
    pub fn rank(&self, at: usize, query: &Query) -> Option<u8> {
        let seen = self.seen(at).filter(|seen| query.words.iter().all(|word| word.is_in(*seen)))?;
        Some(u8::from(!query.words.iter().all(|word| word.stands_out(seen))))
    }

    /// The places of the texts that a query finds; all of them when it looks for nothing. `None` when it was told to
    /// stop.
    pub fn find(&self, query: &Query, goes_on: &dyn Fn() -> bool) -> Option<Places> {
        let Some(longest) = query.words.iter().max_by_key(|word| word.letters.len()) else {
            return Some([(0..self.len()).collect(), Vec::new()]);
        };
        let others: Vec<&Word> = query.words.iter().filter(|word| !std::ptr::eq(*word, longest)).collect();
        let (mut best, mut rest) = (Vec::new(), Vec::new());
        for first in (0..self.len()).step_by(TOGETHER) {
            if !goes_on() {
                return None;
            }
            self.each(longest, first..(first + TOGETHER).min(self.len()), &mut |at, stands_out| {
                let Some(seen) = self.seen(at).filter(|seen| others.iter().all(|word| word.is_in(*seen))) else {
                    return;
                };
                let is_best = stands_out && others.iter().all(|word| word.stands_out(seen));
                if is_best { best.push(at) } else { rest.push(at) }
            });
        }
        Some([best, rest])
    }

    /// The same of a query that [narrows](Query::narrows) the one which found these places: only there is looked.
    pub fn find_among(&self, places: &Places, query: &Query, goes_on: &dyn Fn() -> bool) -> Option<Places> {
        let (mut best, mut rest) = (Vec::new(), Vec::new());
        for (nth, at) in ascending(places).enumerate() {
            if nth % TOGETHER == 0 && !goes_on() {
                return None;
            }
            match self.rank(at, query) {
                Some(0) => best.push(at),
                Some(_) => rest.push(at),
                None => {}
            }
        }
        Some([best, rest])
    }

    /// Hands over the places of the texts among these that hold a word, in order, and whether it stands out there.
    fn each(&self, word: &Word, places: std::ops::Range<usize>, found: &mut dyn FnMut(usize, bool)) {
        let start = |at: usize| at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let (from, to) = (start(places.start), start(places.end));
        let text = self.text.as_bytes();
        let mut hits = word.finder.find_iter(text.get(from..to).unwrap_or_default()).map(|hit| from + hit).peekable();
        for at in places {
            let Some(&end) = self.ends.get(at) else { return };
            let (mut is_in, mut begins) = (false, false);
            while let Some(hit) = hits.next_if(|hit| *hit < end) {
                is_in = true;
                begins |= hit.checked_sub(1).and_then(|before| text.get(before)) == Some(&(BORDER as u8));
            }
            let aloud = self.aloud.get(at).copied().unwrap_or(0);
            if aloud == 0 {
                if is_in {
                    found(at, begins || !word.is_latin());
                }
                continue;
            }
            let Some(seen) = self.seen(at) else { continue };
            let is_aloud = word.is_aloud(seen);
            if is_in || is_aloud {
                found(at, begins || !word.is_latin() || is_aloud);
            }
        }
    }

    fn seen(&self, at: usize) -> Option<Seen<'_>> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        Some(Seen { text: self.text.get(start..*self.ends.get(at)?)?, aloud: self.aloud.get(at).copied()? })
    }
}

/// The places of both ranks in one order.
fn ascending([best, rest]: &Places) -> impl Iterator<Item = usize> + '_ {
    let (mut best, mut rest) = (best.iter().copied().peekable(), rest.iter().copied().peekable());
    std::iter::from_fn(move || match (best.peek(), rest.peek()) {
        (Some(a), Some(b)) if b < a => rest.next(),
        (None, _) => rest.next(),
        _ => best.next(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Folded;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_at_once_finds_what_one_by_one_does(
            texts in prop::collection::vec(("[ab云帆重庆 ]{0,6}", "[ab重x]{0,4}"), 0..30),
            query in "[abyfc云 ]{0,5}",
        ) {
            let mut haystack = Haystack::default();
            texts.iter().for_each(|(a, b)| haystack.push([a.as_str(), b.as_str()]));
            let query = Query::new(&query);
            let folded: Vec<Folded> = texts.iter().map(|(a, b)| Folded::of_fields([a.as_str(), b.as_str()])).collect();
            let mut wanted: Vec<usize> = (0..texts.len()).filter(|&at| query.matches(&folded[at])).collect();
            for (at, folded) in folded.iter().enumerate() {
                let rank = query.matches(folded).then(|| query.rank(folded));
                prop_assert_eq!(haystack.rank(at, &query), rank);
            }
            wanted.sort_by_key(|&at| query.rank(&folded[at]));
            prop_assert_eq!(haystack.find(&query, &|| true).map(|found| found.concat()), Some(wanted));
        }
    }

    #[test]
    fn it_stops_when_it_is_told_to() {
        let mut haystack = Haystack::default();
        haystack.push(["a"]);
        assert_eq!(haystack.find(&Query::new("a"), &|| false), None);
        assert_eq!((haystack.find(&Query::new("a"), &|| true), haystack.len()), (Some([vec![0], vec![]]), 1));
    }
}
