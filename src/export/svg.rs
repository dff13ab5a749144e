//! A screen of text as a picture. Every run of text is placed by its column and stretched to its
//! cells, and every wide character is placed alone, so the picture is aligned in any font.

use crate::text;
use std::fmt::Write;

/// A colour as `0xRRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink(pub u32);

impl std::fmt::Display for Ink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

/// One cell of a screen. The cell behind a wide character is empty or a space and is not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The character with its marks.
    pub text: String,
    /// Its colour.
    pub ink: Ink,
    /// The colour behind it, where it is not the page's.
    pub page: Option<Ink>,
    /// Bold.
    pub bold: bool,
    /// Underlined.
    pub underlined: bool,
}

/// A screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Cells in a row.
    pub width: usize,
    /// All cells, row by row.
    pub cells: Vec<Cell>,
    /// The colour of the page.
    pub page: Ink,
}

/// Size of a cell and of the border around the screen, in pixels.
const CELL: (f64, f64) = (8.4, 18.0);
const BORDER: f64 = 12.0;
/// From the top of a cell to the line that letters stand on.
const BASELINE: f64 = 13.5;
/// Characters that are drawn as one shape however long they go on.
const FULL: &str = "█";
const RULE: &str = "─";

/// Draws the screen as an SVG document with `title`.
#[must_use]
pub fn render(grid: &Grid, title: &str) -> String {
    let rows: Vec<&[Cell]> = grid.cells.chunks(grid.width.max(1)).collect();
    let width = grid.width as f64 * CELL.0 + 2.0 * BORDER;
    let height = rows.len() as f64 * CELL.1 + 2.0 * BORDER;
    let mut out = String::new();
    let opened = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.1}\" height=\"{height:.1}\" \
         viewBox=\"0 0 {width:.1} {height:.1}\" font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', \
         'Noto Sans Mono CJK SC', monospace\" font-size=\"14\" xml:space=\"preserve\">\n<title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>",
        escaped(title),
        grid.page
    );
    debug_assert!(opened.is_ok(), "writing to a string cannot fail");
    for (row, cells) in rows.iter().enumerate() {
        draw_row(&mut out, row, cells);
    }
    out.push_str("</svg>\n");
    out
}

/// Cells of one look, side by side.
struct Run<'c> {
    column: usize,
    cells: usize,
    text: String,
    like: &'c Cell,
}

fn draw_row(out: &mut String, row: usize, cells: &[Cell]) {
    let top = BORDER + row as f64 * CELL.1;
    for (column, count, page) in pages(cells) {
        rect(out, (place(column), top), (count as f64 * CELL.0, CELL.1), page);
    }
    for run in runs(cells).iter().filter(|run| !run.text.trim().is_empty()) {
        draw_run(out, top, run);
    }
}

/// Cells side by side with one colour behind them: column, how many, colour.
fn pages(cells: &[Cell]) -> Vec<(usize, usize, Ink)> {
    let mut pages: Vec<(usize, usize, Ink)> = Vec::new();
    for (column, page) in cells.iter().enumerate().filter_map(|(column, cell)| Some((column, cell.page?))) {
        match pages.last_mut() {
            Some((first, count, colour)) if *first + *count == column && *colour == page => *count += 1,
            _ => pages.push((column, 1, page)),
        }
    }
    pages
}

/// Runs of a row: ASCII text, one block or rule drawn on, or a single character beyond ASCII.
fn runs(cells: &[Cell]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut column = 0;
    while let Some(cell) = cells.get(column) {
        let width = text::width(&cell.text).max(1);
        let goes_on = |run: &Run<'_>| cell.text.is_ascii() && run.text.is_ascii();
        let drawn_on = |run: &Run<'_>| matches!(cell.text.as_str(), FULL | RULE) && run.like.text == cell.text;
        match runs.last_mut() {
            Some(run) if (goes_on(run) || drawn_on(run)) && alike(run.like, cell) => {
                run.cells += width;
                run.text.push_str(&cell.text);
            }
            _ => runs.push(Run { column, cells: width, text: cell.text.clone(), like: cell }),
        }
        column += width;
    }
    runs
}

fn alike(a: &Cell, b: &Cell) -> bool {
    (a.ink, a.page, a.bold, a.underlined) == (b.ink, b.page, b.bold, b.underlined)
}

fn draw_run(out: &mut String, top: f64, run: &Run<'_>) {
    let cells = run.cells as f64 * CELL.0;
    if let Some(share) = block(&run.like.text) {
        rect(out, (place(run.column), top + 3.0), (cells * share, CELL.1 - 6.0), run.like.ink);
        return;
    }
    if run.like.text == RULE {
        rect(out, (place(run.column), top + CELL.1 / 2.0), (cells, 1.0), run.like.ink);
        return;
    }
    // Spaces at the ends are not drawn, and would be stretched differently by different programs.
    let text = run.text.trim_end();
    let indent = text.len() - text.trim_start().len();
    let text = text.trim_start();
    let (x, y) = (place(run.column + indent), top + BASELINE);
    let length = text::width(text) as f64 * CELL.0;
    let weight = if run.like.bold { " font-weight=\"bold\"" } else { "" };
    let line = if run.like.underlined { " text-decoration=\"underline\"" } else { "" };
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
         fill=\"{}\"{weight}{line}>{}</text>",
        run.like.ink,
        escaped(text)
    );
}

fn place(column: usize) -> f64 {
    BORDER + column as f64 * CELL.0
}

fn rect(out: &mut String, (x, y): (f64, f64), (width, height): (f64, f64), ink: Ink) {
    let _ = writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
         shape-rendering=\"crispEdges\" fill=\"{ink}\"/>"
    );
}

/// How much of a cell a block character fills.
fn block(text: &str) -> Option<f64> {
    let eighths = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", FULL];
    eighths.iter().position(|&block| block == text).map(|at| (at as f64 + 1.0) / 8.0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &[&str]) -> Grid {
        let cell = |text: &str| Cell {
            text: text.to_owned(),
            ink: Ink(0xff_ff_ff),
            page: None,
            bold: false,
            underlined: false,
        };
        Grid { width: text.len(), cells: text.iter().map(|text| cell(text)).collect(), page: Ink(0) }
    }

    #[test]
    fn wide_characters_stand_in_their_columns() {
        let svg = render(&grid(&["a", "b", "云", " ", "c", "<"]), "t");
        assert!(svg.contains("<text x=\"12.0\" y=\"25.5\" textLength=\"16.8\""), "{svg}");
        assert!(svg.contains("<text x=\"28.8\" y=\"25.5\" textLength=\"16.8\""), "{svg}");
        assert!(svg.contains("<text x=\"45.6\""), "{svg}");
        assert!(svg.contains(">c&lt;</text>"), "{svg}");
        assert!(svg.contains("fill=\"#000000\""), "{svg}");
    }

    #[test]
    fn bars_are_rectangles() {
        let svg = render(&grid(&["█", "█", "▌"]), "t");
        assert!(svg.contains("width=\"16.8\"") && svg.contains("width=\"4.2\""), "{svg}");
        assert!(!svg.contains("<text"), "{svg}");
    }
}
