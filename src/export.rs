//! Things out: text, JSON, CSV and pictures of what `analysis` and the journal say.

pub mod csv;
pub mod doctor;
pub mod drafts;
pub mod figures;
pub mod funnel;
pub mod handoff;
pub mod import;
pub mod json;
pub mod log;
pub mod markdown;
pub mod pipeline;
pub mod plain;
pub mod quality;
pub mod records;
pub mod ssot;
pub mod stages;
pub mod store;
pub mod svg;
pub mod table;
pub mod worksheet;
