//! Files → the tables in them: one in a text file, one per sheet in a workbook.

use super::dialect::Text;
use super::field_history::{self, Told};
use super::known::Known;
use super::mapping::{KeyRule, Mapping};
use super::origin::{self, Origin};
use super::saved::{self, recognised};
use super::sheet::Rows;
use super::survey::said_order;
use super::table::Table;
use super::units::{folded, unit_of};
use super::workbook::Workbook;
use super::{
    As, Column, Error, Options, Profile, Sheet, SkippedSheet, archive, cells, chain, decode, detect, exported, gather,
    mapping, stage_dates, survey,
};
use crate::domain::money::Currency;
use crate::text::clean;
use std::collections::BTreeSet;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// A file that has been opened.
#[derive(Debug)]
pub struct Opened {
    /// The tables in it that can be imported; at least one.
    pub parts: Vec<Part>,
    /// The sheets that cannot.
    pub skipped: Vec<SkippedSheet>,
}

/// A table of a file, not yet understood.
#[derive(Debug)]
pub struct Part {
    /// Name of the file; of a sheet of a workbook `deals.xlsx[Sheet1]`.
    pub name: String,
    digest: String,
    encoding: &'static str,
    table: Arc<Table>,
    /// The system of the sheets beside it, where these tell one.
    pub(super) beside: Option<&'static str>,
}

/// Whether a file of this size and with these first bytes is a workbook above every limit, so that
/// nobody need read it.
#[must_use]
pub fn is_too_large(size: u64, head: &[u8]) -> bool {
    size > archive::LARGEST && head.starts_with(b"PK")
}

/// Finds the tables of a file.
///
/// # Errors
/// When there is none, or the file cannot be read.
pub fn open(name: &str, bytes: &[u8], options: &Options) -> Result<Opened, Error> {
    if decode::is_workbook(bytes) {
        return Book { name, bytes, options }.open();
    }
    let decoded = decode::decode(bytes)?;
    let table = Arc::new(Table::Text(Text::new(decoded.text)?));
    let digest = format!("{:032x}", xxh3_128(bytes));
    let part = Part { name: name.to_owned(), digest, encoding: decoded.encoding, table, beside: None };
    Ok(Opened { parts: vec![part], skipped: Vec::new() })
}

/// A workbook on its way to tables.
struct Book<'a> {
    name: &'a str,
    bytes: &'a [u8],
    options: &'a Options,
}

impl Book<'_> {
    /// The sheet that the user named, or the only one with anything in it, or every one whose columns
    /// are known.
    fn open(&self) -> Result<Opened, Error> {
        let mut workbook = Workbook::open(self.bytes)?;
        let sheets = self.wanted(&workbook)?;
        let mut found: Vec<(&str, Rows)> = Vec::new();
        let mut skipped = Vec::new();
        let mut refused = None;
        for sheet in &sheets {
            match Rows::new(workbook.rows(sheet)?, |header| self.knows(header, sheet)) {
                Ok(rows) => found.push((sheet, rows)),
                Err(Error::Empty) => skipped.push(self.skip(sheet, "empty")),
                Err(error) => {
                    skipped.push(self.skip(sheet, "unknown"));
                    refused = Some(error);
                }
            }
        }
        if found.len() + usize::from(refused.is_some()) > 1 {
            let (known, unknown) = found.into_iter().partition(|(sheet, rows)| self.knows(rows.header(), sheet));
            found = known;
            skipped.extend(unknown.iter().map(|(sheet, _): &(&str, Rows)| self.skip(sheet, "unknown")));
            if found.is_empty() {
                return Err(Error::UnknownSheets { sheets: sheets.join(", ") });
            }
        }
        if found.is_empty() {
            return Err(refused.unwrap_or(Error::Empty));
        }
        let mut parts: Vec<Part> = found.into_iter().map(|(sheet, rows)| self.part(sheet, rows)).collect();
        origin::agree(&mut parts);
        Ok(Opened { parts, skipped })
    }

    fn wanted(&self, workbook: &Workbook<'_>) -> Result<Vec<String>, Error> {
        let sheets = workbook.sheets();
        let visible = || sheets.iter().filter(|(_, visible)| *visible).map(|(name, _)| name.clone());
        let Some(wanted) = &self.options.sheet else { return Ok(visible().collect()) };
        let found = sheets.iter().find(|(name, _)| name.trim().to_lowercase() == wanted.trim().to_lowercase());
        let (name, _) = found.ok_or_else(|| Error::NoSheet {
            sheet: wanted.clone(),
            sheets: visible().collect::<Vec<_>>().join(", "),
        })?;
        Ok(vec![name.clone()])
    }

    /// Whether a header is that of a file that is known, and of the kind that the user said.
    fn knows(&self, header: &[String], sheet: &str) -> bool {
        let of_profile = self.options.profile.as_ref();
        let asked = self.options.as_object.or_else(|| of_profile.and_then(|profile| profile.object));
        let detected = detect::object_of(header, &self.path(sheet), None, None);
        let own = || of_profile.is_some_and(|profile| profile.object.is_some() && fits(profile, header));
        let saved = || of_profile.is_none() && recognised(header, asked, &self.options.saved).is_some();
        detected.is_ok_and(|object: As| asked.is_none_or(|asked| asked == object)) || own() || saved()
    }

    /// A path has no folders behind the file's own.
    fn path(&self, sheet: &str) -> String {
        format!("{}[{}]", self.name, clean(sheet).replace(['/', '\\'], "_"))
    }

    fn skip(&self, sheet: &str, reason: &'static str) -> SkippedSheet {
        SkippedSheet { path: self.path(sheet), reason }
    }

    fn part(&self, sheet: &str, rows: Rows) -> Part {
        let digest = format!("{:032x}", xxh3_128(self.bytes) ^ xxh3_128(sheet.as_bytes()));
        Part { name: self.path(sheet), digest, encoding: "XLSX", table: Arc::new(Table::Rows(rows)), beside: None }
    }
}

/// The currency that a system's amounts are in where nothing says so: neither a column, nor its header, nor the user.
fn assumed(mapping: &Mapping, known: Option<&Known>, options: &Options) -> Option<Currency> {
    let is_told = mapping.has("currency")
        || options.amounts.is_some()
        || options.profile.as_ref().is_some_and(|profile| profile.defaults.contains_key("currency"))
        || mapping.names.iter().any(|name| unit_of(name).is_some_and(|unit| unit.currency(options.currency).is_some()));
    let of_system = Currency::parse(known?.profile.defaults.get("currency")?)?;
    Some(of_system).filter(|currency| !is_told && mapping.has("amount") && *currency != options.currency)
}

/// Whether a header has at least half of what the user's own mapping names.
fn fits(profile: &Profile, header: &[String]) -> bool {
    let names: BTreeSet<String> = header.iter().map(|name| folded(name)).collect();
    let there = profile.columns.values().filter(|headers| headers.iter().any(|header| names.contains(&folded(header))));
    let there = there.count();
    there > 0 && there * 2 >= profile.columns.len()
}

impl Part {
    /// The options for this table: with the saved mapping of such a file, where the user gave none.
    #[must_use]
    pub fn recognised(&self, options: Options) -> Options {
        let found = recognised(self.table.header(), options.as_object, &options.saved);
        let profile = options.profile.clone().or_else(|| found.cloned());
        Options { profile, ..options }
    }

    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    pub(super) fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Understands the table and reads its rows.
    ///
    /// # Errors
    /// When the table as a whole cannot be used; a bad row or cell is a problem of the sheet instead.
    pub fn read(&self, options: &Options) -> Result<Sheet, Error> {
        let profile = options.profile.as_ref();
        let header = self.table.header();
        let object = detect::object_of(header, &self.name, options.as_object, profile)?;
        let origin = self.origin(object, options);
        let fields = if object == As::StageHistory { field_history::told(&self.table)? } else { None };
        let Some(Told { table, others }) = fields else { return self.understand(&self.table, object, origin, options) };
        let mut sheet = self.understand(&Arc::new(table), object, origin, options)?;
        sheet.row_count += others;
        sheet.repeated += others;
        Ok(sheet)
    }

    /// The stage history that stands in columns of a sheet of this table, one column for each stage.
    ///
    /// # Errors
    /// When its dates can be read in several ways.
    pub fn stage_dates(&self, sheet: &Sheet, options: &Options) -> Result<Option<Sheet>, Error> {
        let known = self.origin(sheet.as_object, options).known;
        let Some(table) = stage_dates::told(sheet, known, options)? else { return Ok(None) };
        let digest = u128::from_str_radix(&self.digest, 16).unwrap_or_default() ^ xxh3_128(b"stage dates");
        let part = Self {
            name: format!("{} (stage dates)", self.name),
            digest: format!("{digest:032x}"),
            encoding: self.encoding,
            table: Arc::new(table),
            beside: None,
        };
        let dates = options.profile.as_ref().map(|profile| profile.dates.clone()).unwrap_or_default();
        let told = Options {
            as_object: Some(As::StageHistory),
            system: Some(sheet.system.clone()),
            exported_at: Some(sheet.exported_at),
            dates: said_order(options),
            profile: Some(Profile { dates, ..Profile::default() }),
            ..options.clone()
        };
        Ok(Some(Sheet {
            profile: sheet.profile.clone(),
            is_guessed: sheet.is_guessed,
            own: None,
            is_made: true,
            ..part.read(&told)?
        }))
    }

    fn understand(
        &self,
        table: &Arc<Table>,
        object: As,
        Origin { known, system }: Origin,
        options: &Options,
    ) -> Result<Sheet, Error> {
        let profile = options.profile.as_ref();
        let mapping = mapping::map(table.header(), object, profile, known);
        let mut mapping = mapping.map_err(|error| saved::lost_key(error, profile, table.header(), object))?;
        stage_dates::mark(&mut mapping, table.header());
        let is_of_fields = !Arc::ptr_eq(table, &self.table);
        if is_of_fields {
            mapping.key = KeyRule::Edits;
        }
        let assumed = assumed(&mapping, known, options);
        let options = &Options { amounts: options.amounts.or(assumed), ..options.clone() };
        let cells = cells::Cells::new(&mapping, known, options);
        let survey = survey::survey(table, &mapping, &cells, options)?;
        let mut read = gather::read(table, &mapping, &cells, &survey, options)?;
        if is_of_fields {
            read.repeated += chain::join(&mut read.rows);
        } else if object == As::StageHistory && !mapping.has("from_stage") {
            chain::follow(&mut read.rows);
        }
        let drift = profile.filter(|_| !is_of_fields);
        let drift = drift.and_then(|profile| saved::drift(profile, table.header(), object, &mapping.targets));
        let columns = mapping.names.iter().zip(&mapping.targets).zip(survey.samples);
        let columns =
            columns.map(|((header, target), samples)| Column { header: header.clone(), target: *target, samples });
        let (exported_at, to_come) = exported::exported_at(&self.name, &self.table, options);
        let named = profile.map(|profile| profile.name.clone()).filter(|name| !name.is_empty());
        let of_system = known.map(|known| known.profile.name.clone());
        Ok(Sheet {
            name: self.name.clone(),
            digest: self.digest.clone(),
            as_object: object,
            profile: named.or(of_system).unwrap_or_else(|| object.key().to_owned()),
            system,
            is_guessed: origin::is_guessed(options),
            own: profile.cloned(),
            drift,
            dates: said_order(options),
            is_made: is_of_fields,
            exported_at,
            assumed,
            to_come,
            encoding: self.encoding,
            delimiter: self.table.delimiter(),
            header: table.header().to_vec(),
            columns: columns.collect(),
            rows: read.rows,
            problems: read.problems,
            suspects: read.suspects,
            match_on: mapping.match_on(profile),
            lacks_ids: (mapping.key == KeyRule::Name).then(|| mapping::id_label(object, known)),
            row_count: read.row_count,
            repeated: read.repeated,
            deleted: read.deleted,
            stage_outcomes: read.stage_outcomes,
            table: Arc::clone(table),
        })
    }
}
