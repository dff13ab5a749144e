//! The sample company: as files, and in a store.

use super::import::{ImportPolicy, ImportReport};
use super::{Error, Result, Session};
use crate::clock::Clock;
use crate::domain::handoff::{Bodies, Own};
use crate::domain::money::Currency;
use crate::domain::sample::{DEMO_LEADS, DEMO_NOW_MS, DEMO_SEED, SampleFile, SampleSpec, company};
use crate::domain::time::{DAY_MS, Instant};
use crate::import::{Options, read};
use std::collections::BTreeMap;
use std::path::Path;

/// Who fills a store with the invented company.
const PROGRAM: &str = "revops";

/// Name of the invented company.
const COMPANY: &str = "Lanternfield";

/// Where the invented company works.
const OFFICE: &str = r#"[[calendar]]
key = "office"
name = { en = "Mon–Fri 9–18 Berlin", zh = "柏林，周一至周五 9–18 点" }
zone = "Europe/Berlin"
hours = { mon-fri = ["9:00-18:00"] }
"#;

/// How far back exports came every few minutes, so that what waits was known in time.
const LIVE_MS: i64 = 2 * DAY_MS;
/// How often.
const EVERY_MS: i64 = 2 * 60_000;

/// Writes a generated company as plain CSV files into `folder`, and returns how many.
///
/// # Errors
/// [`Error::File`] when the folder cannot be written.
pub fn write_sample(spec: &SampleSpec, folder: &Path) -> Result<usize> {
    let failed = |path: &Path, cause: String| Error::File { path: path.display().to_string(), cause };
    std::fs::create_dir_all(folder).map_err(|e| failed(folder, e.to_string()))?;
    let files = company(spec);
    for file in &files {
        let path = folder.join(file.name);
        std::fs::write(&path, csv_bytes(file)?).map_err(|e| failed(&path, e.to_string()))?;
    }
    Ok(files.len())
}

impl Session {
    /// Imports the sample company, through the same door as any other file.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be written.
    pub fn import_sample(&mut self) -> Result<ImportReport> {
        let spec = SampleSpec { seed: DEMO_SEED, leads: DEMO_LEADS, now_ms: DEMO_NOW_MS };
        let files = company(&spec);
        // Not the user's own doing: their undo must not take the company away.
        let user = (std::mem::replace(&mut self.setup.actor, PROGRAM.to_owned()), self.setup.clock);
        let report = self.deliver(&files, Instant(DEMO_NOW_MS));
        (self.setup.actor, self.setup.clock) = user;
        let report = report?;
        self.set_name(COMPANY)?;
        Ok(report)
    }

    /// Imports the files as a company gets them: what waits for someone came in small exports, all else in one.
    fn deliver(&mut self, files: &[SampleFile], now: Instant) -> Result<ImportReport> {
        self.setup.clock = Clock::Fixed(Instant(now.0 - LIVE_MS));
        let bodies = Bodies { calendars: OFFICE.to_owned(), ..Bodies::default() };
        let own = Own::read(&bodies).map_err(|mistake| Error::Shipped(mistake.to_string()))?;
        self.define(&own, &Bodies::default())?;
        for (at, file) in live(files, now) {
            self.take(std::slice::from_ref(&file), at)?;
        }
        self.take(files, now)
    }

    fn take(&mut self, files: &[SampleFile], at: Instant) -> Result<ImportReport> {
        self.setup.clock = Clock::Fixed(at);
        let options = Options { exported_at: Some(at), ..Options::new(at, Currency::USD) };
        let sheets = files.iter().map(|file| {
            let failed = |error| Error::Import { file: file.name.to_owned(), error };
            read(file.name, &csv_bytes(file)?, &options).map_err(failed)
        });
        let sheets = sheets.collect::<Result<Vec<_>>>()?;
        self.import(sheets, &ImportPolicy::default(), &|message| message.key.to_owned())
    }
}

/// The exports of the last days, oldest first: the team, leads that nobody has called yet, and deals that were signed.
fn live(files: &[SampleFile], now: Instant) -> Vec<(Instant, SampleFile)> {
    let mut exports: BTreeMap<(i64, &'static str), SampleFile> = BTreeMap::new();
    for file in files {
        let cell = |row: &[String], name: &str| -> Option<Instant> {
            let at = file.header.iter().position(|title| *title == name)?;
            row.get(at).and_then(|text| Instant::parse_rfc3339(text))
        };
        for row in &file.rows {
            let began = match file.name {
                "team.csv" => Some(Instant(now.0 - LIVE_MS + 1)),
                "leads.csv" if cell(row, "first_touch_at").or(cell(row, "disqualified_at")).is_none() => {
                    cell(row, "mql_at")
                }
                "opportunities.csv" => cell(row, "contract_signed_at").and_then(|_| cell(row, "closed_at")),
                _ => None,
            };
            let Some(began) = began.filter(|began| now.0 - LIVE_MS < began.0) else { continue };
            let at = (began.0 / EVERY_MS + 1) * EVERY_MS;
            if at < now.0 {
                let export = || SampleFile { name: file.name, header: file.header, rows: Vec::new() };
                exports.entry((at, file.name)).or_insert_with(export).rows.push(row.clone());
            }
        }
    }
    exports.into_iter().map(|((at, _), file)| (Instant(at), file)).collect()
}

fn csv_bytes(file: &SampleFile) -> Result<Vec<u8>> {
    let failed = |cause: String| Error::File { path: file.name.to_owned(), cause };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(file.header).map_err(|e| failed(e.to_string()))?;
    for row in &file.rows {
        writer.write_record(row).map_err(|e| failed(e.to_string()))?;
    }
    writer.into_inner().map_err(|e| failed(e.to_string()))
}
