//! Worksheets as CSV, for the import of the system they are for.

use super::csv::{guarded, line};

/// Header and rows. Chinese headers begin with the mark by which spreadsheets know UTF-8.
#[must_use]
pub fn csv(header: &[String], rows: &[Vec<String>]) -> String {
    let mark = if header.iter().all(|name| name.is_ascii()) { "" } else { "\u{feff}" };
    let rows = rows.iter().map(|row| line(&row.iter().map(|cell| told(cell)).collect::<Vec<_>>()));
    std::iter::once(format!("{mark}{}", line(header))).chain(rows).collect()
}

/// A cell that no spreadsheet runs. A phone number does no harm, and an apostrophe before it would go into the CRM.
fn told(cell: &str) -> String {
    let is_phone = |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '.'));
    if cell.strip_prefix('+').is_some_and(is_phone) { cell.to_owned() } else { guarded(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_phones_stay() {
        let row = ["=1+1", "+1 555-0100", "+A1", "a,b"].map(str::to_owned);
        assert_eq!(csv(&["Id".to_owned()], &[row.to_vec()]), "Id\n'=1+1,+1 555-0100,'+A1,\"a,b\"\n");
        assert_eq!(csv(&["编号".to_owned()], &[]), "\u{feff}编号\n");
    }
}
