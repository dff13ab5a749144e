//! Signs that are not letters, for terminals that draw them and for those that do not.

/// The signs a screen is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Before the selected line.
    pub marker: &'static str,
    /// One cell of a vertical rule.
    pub wall: &'static str,
    /// One cell of a horizontal rule.
    pub rule: &'static str,
    /// Between a stage and the next.
    pub arrow: &'static str,
    /// Before an amount that is a list price.
    pub about: &'static str,
    /// Between two facts on one line.
    pub dot: &'static str,
    /// A bar's cell in eighths, from one eighth to full.
    pub eighths: [&'static str; 8],
    /// A bar of a trend, from the lowest to the highest.
    pub trend: [&'static str; 8],
    /// Names of the keys: Enter, up, down, left, right.
    pub keys: [&'static str; 5],
    /// Behind the title of the column that a table is sorted by: upwards, downwards.
    pub sorted: [&'static str; 2],
    /// Behind the title of a figure whose definition is not approved; one cell wide everywhere.
    pub draft: &'static str,
    /// Before a marked line.
    pub mark: &'static str,
    /// Before a column that is shown, and before one that is not.
    pub boxes: [&'static str; 2],
    /// Glyph of a failure.
    pub failed: &'static str,
    /// Glyph of a success.
    pub done: &'static str,
    /// Behind a target: reached, nearly, missed.
    pub rag: [&'static str; 3],
}

/// Box and block characters, each one cell wide in every common font.
pub const BLOCKS: Glyphs = Glyphs {
    marker: "▸",
    wall: "│",
    rule: "─",
    arrow: "→",
    about: "≈",
    dot: "·",
    eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    trend: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    keys: ["⏎", "↑", "↓", "←", "→"],
    sorted: ["▴", "▾"],
    draft: "◦",
    mark: "*",
    boxes: ["[✓]", "[ ]"],
    failed: "✗",
    done: "✓",
    rag: ["✓", "~", "✗"],
};

/// For terminals that draw those double-width or not at all.
pub const ASCII: Glyphs = Glyphs {
    marker: ">",
    wall: "|",
    rule: "-",
    arrow: "->",
    about: "~",
    dot: "|",
    eighths: ["", "", "", "", "#", "#", "#", "#"],
    trend: ["_", ".", ":", "-", "=", "+", "*", "#"],
    keys: ["Enter", "Up", "Down", "Left", "Right"],
    sorted: ["^", "v"],
    draft: "*",
    mark: "*",
    boxes: ["[x]", "[ ]"],
    failed: "x",
    done: "*",
    rag: ["v", "~", "x"],
};

impl Glyphs {
    /// A bar of `share` (0 to 1) of `cells` cells; something is always to be seen of a share above 0.
    #[must_use]
    pub fn bar(&self, share: f64, cells: usize) -> String {
        let eighths = (share.clamp(0.0, 1.0) * cells as f64 * 8.0).round() as usize;
        let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
        let [_, .., full] = self.eighths;
        let rest = (eighths % 8).checked_sub(1).and_then(|last| self.eighths.get(last)).copied().unwrap_or_default();
        format!("{}{rest}", full.repeat(eighths / 8))
    }

    /// A trend: one bar per value between `low` and `high`, a space where nothing is known.
    #[must_use]
    pub fn trend(&self, values: &[Option<f64>], low: f64, high: f64) -> String {
        let bar = |value: &Option<f64>| {
            let place = value.map(|value| ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0));
            place.and_then(|place| self.trend.get((place * 7.0).round() as usize)).copied().unwrap_or(" ")
        };
        values.iter().map(bar).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share() {
        assert_eq!(BLOCKS.bar(1.0, 4), "████");
        assert_eq!(BLOCKS.bar(0.5, 3), "█▌");
        assert_eq!(BLOCKS.bar(0.001, 4), "▏");
        assert_eq!(BLOCKS.bar(0.0, 4), "");
        assert_eq!(ASCII.bar(0.5, 4), "##");
    }

    #[test]
    fn trends_leave_out_what_is_not_known() {
        assert_eq!(BLOCKS.trend(&[None, Some(0.0), Some(5.0), Some(10.0)], 0.0, 10.0), " ▁▅█");
        assert_eq!(BLOCKS.trend(&[Some(3.0)], 3.0, 3.0), "▁");
    }
}
