//! What a report writes below its rows.

use super::table::is_number;
use crate::domain::money::Currency;
use csv::StringRecord;

/// Lines that only a report writes.
const SURE: &[&str] = &["grand totals (", "confidential information", "copyright ©", "copyright (c)"];
/// Lines that a record may be called too.
const MAYBE: &[&str] = &["total", "totals", "grand total", "grand totals", "subtotal", "总计", "合计", "小计"];
/// What stands before a sum.
const SUMS: &[&str] = &["sum of ", "average of ", "record count", "count"];

/// Whether a record is a row of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Footer {
    /// It is a row.
    No,
    /// It is one, unless a line that only a report writes follows.
    Maybe,
    /// It is none.
    Sure,
}

/// Judges a record by its first cell that is not blank, and by the others, which are sums.
pub(super) fn footer(record: &StringRecord) -> Footer {
    let mut filled = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let first = filled.next().unwrap_or_default().to_lowercase();
    let is_currency = |cell: &str| cell.len() == 3 && Currency::parse(cell).is_some();
    let is_sum = |cell: &str| {
        is_number(cell) || is_currency(cell) || SUMS.iter().any(|sum| cell.to_lowercase().starts_with(sum))
    };
    // The notice has a comma, and not every tool quotes it.
    let is_notice = |cell: &str| cell.to_lowercase().contains("rights reserved");
    let are_sums = filled.clone().all(|cell| is_sum(cell) || is_notice(cell));
    if SURE.iter().any(|line| first.starts_with(line)) && are_sums {
        Footer::Sure
    } else if MAYBE.contains(&first.as_str()) && are_sums && record.iter().any(|cell| cell.trim().is_empty()) {
        Footer::Maybe
    } else {
        Footer::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_notices_are_told_from_rows() {
        for (line, expected) in [
            ("Grand Totals (2 records)||", Footer::Sure),
            ("Grand Totals (2 records)||1,200.00", Footer::Sure),
            ("Confidential Information - Do Not Distribute", Footer::Sure),
            ("Copyright © 2000-2026 salesforce.com, inc. All rights reserved.", Footer::Sure),
            ("Copyright © 2000-2026 salesforce.com| inc. All rights reserved.", Footer::Sure),
            ("Total||1,200.00", Footer::Maybe),
            ("Total||USD|1,200.00", Footer::Maybe),
            ("Total|Sum of Amount|5|", Footer::Maybe),
            ("Total|TotalEnergies|5", Footer::No),
            ("Total|100", Footer::No),
            ("Copyright © Ltd|Demo", Footer::No),
        ] {
            assert_eq!(footer(&line.split('|').collect()), expected, "{line}");
        }
    }
}
