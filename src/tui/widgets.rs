//! Parts of screens. They take [`Clean`](crate::text::Clean) text only and keep no state but a cursor.

pub mod ask;
pub mod columns;
pub mod cursor;
pub mod field;
pub mod filter;
pub mod filters;
pub mod help;
pub mod hints;
pub mod messages;
pub mod palette;
pub mod period;
pub mod scroll;
pub mod segments;
pub mod table;
pub mod tabs;
pub mod welcome;
pub mod when;
