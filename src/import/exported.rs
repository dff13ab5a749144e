//! When a file was exported.

use super::Options;
use super::mapping::EXPORTED;
use super::table::Table;
use crate::domain::time::Instant;
use chrono::{NaiveDate, NaiveTime};

/// What the user said, else what a file of rejected rows says of itself, else the date in the file's name, else the
/// file's own date.
///
/// Beside it the time in the name, where that is still to come and nothing better tells.
pub(super) fn exported_at(name: &str, table: &Table, options: &Options) -> (Instant, Option<Instant>) {
    let of_file = options.modified.map_or(options.now, |modified| modified.min(options.now));
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let told = options.exported_at.or_else(|| of_rejects(table));
    // East of Greenwich the day of a name begins earlier.
    let named = in_name(name).map(|at| if at.0 <= options.now.0 + ZONE_MS { at.min(options.now) } else { at });
    let to_come = named.filter(|at| *at > options.now && told.is_none());
    let in_name = named.filter(|at| *at <= options.now);
    // A name that has only the day leaves the hour to the file, when the file is of that day.
    let in_name = in_name.map(|at| if at.date() == of_file.date() { at.max(of_file) } else { at });
    (told.or(in_name).unwrap_or(of_file), to_come)
}

/// How far ahead of UTC a clock can be.
const ZONE_MS: i64 = 14 * 60 * 60 * 1000;

/// What a file of rejected rows says of the export that they are from.
fn of_rejects(table: &Table) -> Option<Instant> {
    let at = table.header().iter().position(|name| name == EXPORTED)?;
    let mut found = None;
    // A table that cannot be walked is told about when it is read.
    let _ = table.walk(|_, record| {
        found = record.get(at).and_then(|text| Instant::parse_rfc3339(text.trim()));
        Ok(false)
    });
    found
}

/// `report-2024-05-31-13-45-00.csv`, `deals_20240531.csv`.
fn in_name(name: &str) -> Option<Instant> {
    let runs: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    (0..runs.len()).find_map(|at| instant(runs.get(at..)?))
}

fn instant(runs: &[&str]) -> Option<Instant> {
    let (date, rest) = match runs {
        [year, month, day, rest @ ..] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            (NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?, rest)
        }
        [day, rest @ ..] if day.len() == 8 => (NaiveDate::parse_from_str(day, "%Y%m%d").ok()?, rest),
        _ => return None,
    };
    let year = chrono::Datelike::year(&date);
    if !(1990..2100).contains(&year) {
        return None;
    }
    let time = match rest {
        [hour, minute, second, ..] if [hour, minute, second].iter().all(|run| run.len() == 2) => {
            NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?)
        }
        [time, ..] if time.len() == 6 => NaiveTime::parse_from_str(time, "%H%M%S").ok(),
        _ => None,
    };
    Some(Instant(date.and_time(time.unwrap_or(NaiveTime::MIN)).and_utc().timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_day_to_come_is_told() {
        let now = Instant::parse_rfc3339("2026-11-20T22:00:00Z").unwrap();
        let options = Options::new(now, crate::domain::money::Currency::USD);
        let table = Table::Rows(super::super::sheet::Rows::made(vec!["id".to_owned()], Vec::new()));
        let told = |name: &str, options: &Options| {
            let (at, to_come) = exported_at(name, &table, options);
            (at == now, to_come.map(Instant::to_rfc3339))
        };
        assert_eq!(told("deals-2027-01-31.csv", &options), (true, Some("2027-01-31T00:00:00Z".to_owned())));
        assert_eq!(told("deals-2026-11-21-06-00-00.csv", &options), (true, None), "it is morning in Shanghai");
        let said = Options { exported_at: Some(now), ..options };
        assert_eq!(told("deals-2027-01-31.csv", &said), (true, None));
    }

    #[test]
    fn file_names_tell_when_they_were_made() {
        for (name, expected) in [
            ("Pipeline-2024-05-31-13-45-09.csv", Some("2024-05-31T13:45:09Z")),
            ("hubspot-crm-exports-all-deals-2024-05-31.csv", Some("2024-05-31T00:00:00Z")),
            ("deals_20240531.csv", Some("2024-05-31T00:00:00Z")),
            ("deals_20240531_134509.csv", Some("2024-05-31T13:45:09Z")),
            ("q3-2024.csv", None),
            ("99999999.csv", None),
        ] {
            assert_eq!(in_name(name).map(Instant::to_rfc3339).as_deref(), expected, "{name}");
        }
    }
}
