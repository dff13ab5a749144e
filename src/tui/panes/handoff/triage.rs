//! One hand-off after the other: what breaches next comes next, and what was gone through does not come again.

use crate::analysis::handoff::Key;

/// How far one has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triage {
    /// What was gone through, the newest last.
    handled: Vec<Key>,
    /// How many there were, and have come since.
    all: usize,
    /// Whether everything was gone through.
    over: bool,
}

impl Triage {
    /// Of so many.
    #[must_use]
    pub fn new(all: usize) -> Self {
        Self { handled: Vec::new(), all, over: false }
    }

    /// Of these, from one of them on: those before it are passed over.
    #[must_use]
    pub fn beginning(keys: &[Key], from: usize) -> Self {
        Self { handled: keys.iter().take(from).copied().collect(), ..Self::new(keys.len()) }
    }

    /// Which one it is, of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let at = self.handled.len() + usize::from(!self.over);
        (at, self.all.max(at))
    }

    /// Whether everything was gone through.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.over
    }

    /// This one was gone through; the next of these.
    pub fn handled(&mut self, key: Key, keys: &[Key]) -> Option<Key> {
        if self.over {
            return None;
        }
        if !self.handled.contains(&key) {
            self.handled.push(key);
        }
        self.next(keys)
    }

    /// Goes back to the one before.
    pub fn back(&mut self) -> Option<Key> {
        let key = self.handled.pop();
        if key.is_some() {
            self.over = false;
        }
        key
    }

    /// The queue is now these: what was selected may have gone, and then the next one is on.
    pub fn settle(&mut self, selected: Option<&Key>, keys: &[Key]) -> Option<Key> {
        let left = keys.iter().filter(|key| !self.handled.contains(key)).count();
        self.all = self.all.max(self.handled.len() + left);
        match selected.filter(|key| keys.contains(key) && !self.handled.contains(key)) {
            Some(_) => {
                self.over = false;
                None
            }
            None => self.next(keys),
        }
    }

    fn next(&mut self, keys: &[Key]) -> Option<Key> {
        let next = keys.iter().find(|key| !self.handled.contains(key)).copied();
        self.over = next.is_none();
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_is_the_first_that_was_not_gone_through() {
        let keys = [(0, 1), (0, 2), (0, 3)];
        let mut triage = Triage::new(3);
        assert_eq!(triage.progress(), (1, 3));
        assert_eq!(triage.handled((0, 1), &keys), Some((0, 2)));
        assert_eq!(triage.progress(), (2, 3));
        assert_eq!(triage.settle(Some(&(0, 2)), &[(0, 2), (0, 3)]), None, "the first has left the queue");
        assert_eq!(triage.settle(Some(&(0, 2)), &[(0, 3)]), Some((0, 3)), "somebody else took the second");
        assert_eq!(triage.handled((0, 3), &[(0, 3)]), None);
        assert!(triage.is_over());
        assert_eq!(triage.progress(), (2, 3));
        assert_eq!(triage.back(), Some((0, 3)));
        assert!(!triage.is_over());
    }

    #[test]
    fn what_comes_meanwhile_is_counted() {
        let mut triage = Triage::new(1);
        triage.settle(Some(&(0, 1)), &[(0, 1), (0, 2), (0, 3)]);
        assert_eq!(triage.progress(), (1, 3));
    }
}
