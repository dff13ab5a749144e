//! The selected place in a list, kept by what stands there and not by its number.

use crate::tui::action::Step;

/// A selection that survives refresh, sort and filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor<K> {
    key: Option<K>,
    at: usize,
    top: usize,
}

impl<K> Default for Cursor<K> {
    fn default() -> Self {
        Self { key: None, at: 0, top: 0 }
    }
}

impl<K: PartialEq + Clone> Cursor<K> {
    /// The selected place.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// What stands there.
    #[must_use]
    pub fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }

    /// The first visible place.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// Selects this one; the next [`Cursor::settle`] finds its place.
    pub fn select(&mut self, key: K) {
        self.key = Some(key);
    }

    /// The list is now `keys`, of which `rows` are visible: finds the selected one again, or stays at
    /// its place when it is gone.
    pub fn settle(&mut self, keys: &[K], rows: usize) {
        if self.key.is_none() || keys.get(self.at) != self.key.as_ref() {
            let moved = self.key.as_ref().and_then(|key| keys.iter().position(|other| other == key));
            self.at = moved.unwrap_or(self.at);
        }
        self.go(self.at, keys, rows);
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, keys: &[K], rows: usize) {
        let page = rows.saturating_sub(1).max(1);
        let to = match step {
            Step::Up => self.at.saturating_sub(1),
            Step::Down => self.at.saturating_add(1),
            Step::PageUp => self.at.saturating_sub(page),
            Step::PageDown => self.at.saturating_add(page),
            Step::First => 0,
            Step::Last => usize::MAX,
        };
        self.go(to, keys, rows);
    }

    /// Selects what stands in a visible row; `None` when nothing stands there, else whether it was
    /// selected already.
    pub fn click(&mut self, row: usize, keys: &[K], rows: usize) -> Option<bool> {
        let to = self.top + row;
        if row >= rows || to >= keys.len() {
            return None;
        }
        let again = to == self.at;
        self.go(to, keys, rows);
        Some(again)
    }

    fn go(&mut self, to: usize, keys: &[K], rows: usize) {
        let rows = rows.max(1);
        self.at = to.min(keys.len().saturating_sub(1));
        self.key = keys.get(self.at).cloned();
        let lowest = keys.len().saturating_sub(rows);
        self.top = self.top.clamp((self.at + 1).saturating_sub(rows), self.at).min(lowest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_key_is_found_again() {
        let mut cursor = Cursor::default();
        cursor.settle(&[10, 20, 30, 40], 2);
        cursor.step(Step::Down, &[10, 20, 30, 40], 2);
        cursor.step(Step::Down, &[10, 20, 30, 40], 2);
        assert_eq!((cursor.at(), cursor.top()), (2, 1));
        cursor.settle(&[30, 10, 20], 2);
        assert_eq!((cursor.at(), cursor.top()), (0, 0));
        cursor.settle(&[10, 20], 2);
        assert_eq!(cursor.at(), 0);
        cursor.settle(&[], 2);
        assert_eq!((cursor.at(), cursor.top()), (0, 0));
    }

    #[test]
    fn moves_stop_at_the_ends() {
        let keys: Vec<u32> = (0..100).collect();
        let mut cursor = Cursor::default();
        cursor.settle(&keys, 10);
        cursor.step(Step::Up, &keys, 10);
        assert_eq!(cursor.at(), 0);
        cursor.step(Step::PageDown, &keys, 10);
        assert_eq!((cursor.at(), cursor.top()), (9, 0));
        cursor.step(Step::Last, &keys, 10);
        assert_eq!((cursor.at(), cursor.top()), (99, 90));
        cursor.step(Step::PageUp, &keys, 10);
        assert_eq!((cursor.at(), cursor.top()), (90, 90));
        cursor.settle(&keys, 200);
        assert_eq!(cursor.top(), 0);
    }
}
