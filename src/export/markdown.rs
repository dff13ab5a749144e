//! Markdown: headings, paragraphs and tables. Text from data stays text.

use crate::text::{clean, pad_left, pad_right, width};

/// Text as Markdown that means nothing but itself.
#[must_use]
pub fn plain(words: &str) -> String {
    let mut out = String::new();
    for c in clean(words).chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// A table with its first row as the head; columns after the first are numbers where `numbers` says so.
#[must_use]
pub fn table(numbers: &[bool], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let Some(head) = rows.first() else { return String::new() };
    let widths: Vec<usize> = (0..head.len())
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0).max(3))
        .collect();
    let is_number = |at: usize| numbers.get(at).copied().unwrap_or(false);
    let line = |row: &Vec<String>| {
        let pad = |at| if is_number(at) { pad_left } else { pad_right };
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| pad(at)(cell, *width));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.iter().enumerate().map(|(at, width)| {
        let dashes = "-".repeat(width.saturating_sub(1));
        if is_number(at) { format!("{dashes}:") } else { format!("{dashes}-") }
    });
    let rule = format!("| {} |\n", rule.collect::<Vec<_>>().join(" | "));
    let mut lines = rows.iter().map(line);
    lines.next().into_iter().chain([rule]).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_data_says_is_never_markup() {
        assert_eq!(plain("a|b <img> `x`\n# y"), "a\\|b \\<img\\> \\`x\\` \\# y");
        assert!(!plain("\u{1b}[31mred").contains('\u{1b}'));
    }

    #[test]
    fn columns_stand_below_each_other_and_numbers_to_the_right() {
        let rows = [["name", "n"], ["云帆", "12"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&[false, true], &rows), "| name |   n |\n| ---- | --: |\n| 云帆 |  12 |\n");
    }
}
