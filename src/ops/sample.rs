//! The sample company: as files, and in a store.

use super::import::{ImportPolicy, ImportReport};
use super::{Error, Result, Session};
use crate::domain::money::Currency;
use crate::domain::sample::{DEMO_LEADS, DEMO_NOW_MS, DEMO_SEED, SampleFile, SampleSpec, company};
use crate::domain::time::Instant;
use crate::import::{Options, read};
use std::path::Path;

/// Who fills a store with the invented company.
const PROGRAM: &str = "revops";

/// Name of the invented company.
const COMPANY: &str = "Lanternfield";

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
        let now = Instant(DEMO_NOW_MS);
        let spec = SampleSpec { seed: DEMO_SEED, leads: DEMO_LEADS, now_ms: DEMO_NOW_MS };
        let options = Options { exported_at: Some(now), ..Options::new(now, Currency::USD) };
        let sheets = company(&spec)
            .iter()
            .map(|file| {
                let failed = |error| Error::Import { file: file.name.to_owned(), error };
                read(file.name, &csv_bytes(file)?, &options).map_err(failed)
            })
            .collect::<Result<Vec<_>>>()?;
        // Not the user's own doing: their undo must not take the company away.
        let user = std::mem::replace(&mut self.setup.actor, PROGRAM.to_owned());
        let report = self.import(sheets, &ImportPolicy::default(), &|message| message.key.to_owned());
        self.setup.actor = user;
        let report = report?;
        self.set_name(COMPANY)?;
        Ok(report)
    }
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
