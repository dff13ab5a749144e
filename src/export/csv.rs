//! CSV that a spreadsheet opens without running anything.

/// One CSV record with a newline. Cells that a spreadsheet would take for a formula get a leading
/// apostrophe; real numbers do not.
#[must_use]
pub fn record(cells: &[String]) -> String {
    line(&cells.iter().map(|cell| guarded(cell)).collect::<Vec<_>>())
}

/// One CSV record of cells that are guarded already.
#[must_use]
pub fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\n", cells.join(","))
}

/// A cell that begins with `= + - @`, tab or CR and is no number gets a leading apostrophe.
#[must_use]
pub fn guarded(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        let cells = ["=1+1", "-5", "+x", "@a", "a,b", "say \"x\""].map(str::to_owned);
        assert_eq!(record(&cells), "'=1+1,-5,'+x,'@a,\"a,b\",\"say \"\"x\"\"\"\n");
    }
}
