//! What can be done to any table, whatever its lines are: filter, sort, mark, choose columns, copy.

use super::look::Look;
use super::widgets::cursor::Cursor;
use super::widgets::table::{Cell, Column, Shape, Sort};
use crate::domain::message::Message;
use crate::text::Clean;

/// A table that a view or a list shows.
pub trait Sheet {
    /// Its name in the local state, where the choice of columns is remembered.
    fn id(&self) -> &'static str;
    /// Its columns, hidden ones included.
    fn columns(&self, look: &Look<'_>) -> Vec<Column>;
    /// How it is filtered and sorted.
    fn order(&self) -> &Order;
    /// How it is filtered and sorted, to change it.
    fn order_mut(&mut self) -> &mut Order;
    /// What cannot be read of the filter; it is left out.
    fn unread(&self) -> Option<Message> {
        None
    }
    /// How many lines match the filter, and how many there are; `None` before they are known.
    fn found(&self, look: &Look<'_>) -> Option<(usize, usize)>;
    /// How many lines are marked.
    fn marks(&self) -> usize;
    /// Marks the selected line, or takes its mark away.
    fn mark(&mut self);
    /// Takes all marks away.
    fn clear_marks(&mut self);
    /// The cells of the marked lines, or else of the selected one.
    fn copied(&self, look: &Look<'_>) -> Vec<Vec<Clean>>;
}

/// How a table is filtered and sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    /// Only lines that match this; everything when it is empty.
    pub filter: String,
    /// The column it is sorted by; `None` for its own order.
    pub sort: Option<Sort>,
}

impl Order {
    /// Sorts by the next column, and after the last one in the table's own order again. Numbers begin
    /// with the largest, names with the first.
    pub fn sort_by_next(&mut self, columns: &[Column]) {
        let current = self.sort.and_then(|sort| columns.iter().position(|column| column.key == sort.column));
        let next = columns.iter().skip(current.map_or(0, |at| at + 1)).find(|column| column.is_sortable());
        self.sort = next.map(|column| Sort { column: column.key, descending: column.shape == Shape::Number });
    }

    /// Sorts by this column, and the other way round where it does so already.
    pub fn sort_by(&mut self, column: &Column) {
        if self.sort.is_some_and(|sort| sort.column == column.key) {
            return self.reverse();
        }
        self.sort = Some(Sort { column: column.key, descending: column.shape == Shape::Number });
    }

    /// Sorts the other way round.
    pub fn reverse(&mut self) {
        if let Some(sort) = &mut self.sort {
            sort.descending = !sort.descending;
        }
    }
}

/// What a user has done to a table whose lines are told apart by a key.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<K> {
    /// The selected line.
    pub cursor: Cursor<K>,
    /// The marked lines.
    pub marks: Vec<K>,
    /// Filter and sort.
    pub order: Order,
}

impl<K> Default for Held<K> {
    fn default() -> Self {
        Self { cursor: Cursor::default(), marks: Vec::new(), order: Order::default() }
    }
}

impl<K: PartialEq + Clone> Held<K> {
    /// Whether a line is marked.
    #[must_use]
    pub fn marked(&self, key: &K) -> bool {
        self.marks.contains(key)
    }

    /// Marks the selected line, or takes its mark away.
    pub fn mark(&mut self) {
        let Some(key) = self.cursor.key().cloned() else { return };
        match self.marks.iter().position(|marked| *marked == key) {
            Some(at) => drop(self.marks.remove(at)),
            None => self.marks.push(key),
        }
    }
}

/// Whether a column can be copied and is shown: signs that draw something are nothing to paste.
fn is_told(id: &str, column: &Column, look: &Look<'_>) -> bool {
    !matches!(column.shape, Shape::Bar | Shape::Trend) && !look.hidden.has(id, column.key)
}

/// What the cells of a line say, without hidden columns and signs.
#[must_use]
pub fn shown(id: &str, columns: &[Column], cells: &[Cell], look: &Look<'_>) -> Vec<Clean> {
    columns.iter().zip(cells).filter(|(column, _)| is_told(id, column, look)).map(|(_, cell)| cell.copied()).collect()
}

/// The titles above what [`shown`] says.
#[must_use]
pub fn titles(sheet: &dyn Sheet, look: &Look<'_>) -> Vec<Clean> {
    let columns = sheet.columns(look);
    let told = columns.into_iter().filter(|column| is_told(sheet.id(), column, look));
    told.map(|column| match column.title.as_str() {
        // What needs no title beside the others needs one in a spreadsheet.
        "" => look.t(&format!("tui-copied-{}", column.key)),
        _ => column.title,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_walks_through_the_columns_and_back_to_the_own_order() {
        let column = |key: &'static str, title: &str, shape| Column { key, title: title.into(), shape, expendable: 0 };
        let columns =
            [column("name", "name", Shape::Name), column("bar", "", Shape::Bar), column("n", "deals", Shape::Number)];
        let mut order = Order::default();
        order.sort_by_next(&columns);
        assert_eq!(order.sort, Some(Sort { column: "name", descending: false }));
        order.reverse();
        assert_eq!(order.sort, Some(Sort { column: "name", descending: true }));
        order.sort_by_next(&columns);
        assert_eq!(order.sort, Some(Sort { column: "n", descending: true }));
        order.sort_by_next(&columns);
        assert_eq!(order.sort, None);
    }
}
