//! Text that is safe to show, and its measure in terminal cells.
//!
//! Everything that a user or a file wrote goes through [`clean`] before it reaches a screen; widgets
//! take only [`Clean`], so nothing else can.

use std::borrow::Cow;
use std::fmt;
use std::iter::Peekable;
use std::str::Chars;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A run of no more wide characters than this is a word.
const WORD: usize = 4;

/// What stands for the part of a text that found no room.
pub const ELLIPSIS: &str = "…";

/// A sign that terminals may draw two cells wide, as one that none does; of one cell each.
#[must_use]
pub fn plain_sign(sign: &str) -> Option<&'static str> {
    match sign {
        "−" | "–" | "—" => Some("-"),
        "·" => Some("|"),
        "≈" | "…" => Some("~"),
        "→" => Some(">"),
        "×" => Some("x"),
        "÷" => Some("/"),
        "“" | "”" => Some("\""),
        _ => None,
    }
}

/// Text with the signs of [`plain_sign`].
#[must_use]
pub fn with_plain_signs(text: &str) -> String {
    text.graphemes(true).map(|sign| plain_sign(sign).unwrap_or(sign)).collect()
}

/// Text without anything that a terminal would obey or that would hide or reorder its neighbours:
/// escape sequences go as a whole, control, bidi and zero-width characters go, a newline or tab
/// becomes one space.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_space(c) || is_unsafe(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_control_sequence(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => skip_string(&mut chars),
            '\r' if chars.peek() == Some(&'\n') => {}
            c if is_space(c) => out.push(' '),
            c if is_unsafe(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_space(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// After ESC: the rest of the sequence it opens.
fn skip_escape(chars: &mut Peekable<Chars<'_>>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_control_sequence(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        // Intermediate bytes and one final byte, for example the character sets `ESC ( 0`.
        Some(_) => {
            while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            chars.next_if(|c| matches!(c, '0'..='~'));
        }
        None => {}
    }
}

/// After CSI: parameters, intermediates and the final byte; it ends early at anything else.
fn skip_control_sequence(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// After OSC, DCS and their kin: everything up to BEL or ST, or to the end of the line.
fn skip_string(chars: &mut Peekable<Chars<'_>>) {
    while let Some(c) = chars.next_if(|c| !matches!(c, '\n' | '\r')) {
        match c {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

/// Text that has been [`clean`]ed: the only text that widgets take.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Clean(String);

impl Clean {
    /// Cleans `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(clean(text).into_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many cells it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        width(&self.0)
    }
}

impl From<&str> for Clean {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Clean {
    fn from(text: String) -> Self {
        match clean(&text) {
            Cow::Borrowed(_) => Self(text),
            Cow::Owned(cleaned) => Self(cleaned),
        }
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many cells a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `cells` cells; what does not fit gives way to `…`, never half a character.
#[must_use]
pub fn truncate(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(width(ELLIPSIS)) else { return Cow::Borrowed("") };
    let mut kept = fitting(text, room).to_owned();
    kept.push_str(ELLIPSIS);
    Cow::Owned(kept)
}

/// The longest beginning of `text` that fits into `cells`.
fn fitting(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > cells {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// `text` with spaces behind it, up to `cells`.
#[must_use]
pub fn pad_right(text: &str, cells: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', cells.saturating_sub(width(text))));
    padded
}

/// `text` with spaces before it, up to `cells`.
#[must_use]
pub fn pad_left(text: &str, cells: usize) -> String {
    let mut padded: String = std::iter::repeat_n(' ', cells.saturating_sub(width(text))).collect();
    padded.push_str(text);
    padded
}

/// `text` in lines of at most `cells` cells, broken between words, and between any two wide
/// characters except before closing punctuation and inside a run of no more than four, which is one word.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let fits = width(&line) + width(piece.trim_end()) <= cells;
        if !fits {
            lines.extend(Some(line.trim_end().to_owned()).filter(|line| !line.is_empty()));
            line.clear();
        }
        let mut rest = piece;
        while width(rest.trim_end()) > cells {
            let head = fitting(rest, cells);
            // A path is broken between its parts.
            let part = head.rfind(['/', '\\']).and_then(|at| head.get(..=at)).filter(|part| part.len() > 1);
            let head = part.unwrap_or(head);
            // Not even one character fits: it stands alone all the same.
            let head = if head.is_empty() { rest.graphemes(true).next().unwrap_or_default() } else { head };
            if head.len() == rest.trim_end().len() {
                break;
            }
            lines.push(head.to_owned());
            rest = rest.get(head.len()..).unwrap_or_default();
        }
        line.push_str(rest);
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The smallest parts of a text that a line may end behind.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut graphemes = text.grapheme_indices(true).peekable();
    let mut run = 0;
    while let Some((at, grapheme)) = graphemes.next() {
        let Some(&(next, following)) = graphemes.peek() else { break };
        let wide = width(grapheme) > 1 || width(following) > 1;
        let in_word = is_letter(grapheme) && is_letter(following);
        if is_letter(grapheme) && run == 0 {
            run =
                text.get(at..).unwrap_or_default().graphemes(true).take_while(|g| is_letter(g)).take(WORD + 1).count();
        }
        let number = grapheme.ends_with(|c: char| c.is_ascii_digit()) && matches!(following, "万" | "亿");
        let short = number || in_word && run <= WORD;
        if !in_word {
            run = 0;
        }
        let breaks =
            (grapheme == " " && following != " ") || (wide && !short && !opens(grapheme) && !closes(following));
        if breaks && at >= start {
            found.push(text.get(start..next).unwrap_or_default());
            start = next;
        }
    }
    found.push(text.get(start..).unwrap_or_default());
    found
}

/// A wide character that is no punctuation.
fn is_letter(grapheme: &str) -> bool {
    width(grapheme) > 1 && grapheme.chars().all(char::is_alphanumeric)
}

fn closes(grapheme: &str) -> bool {
    matches!(
        grapheme,
        "，" | "。" | "、" | "；" | "：" | "？" | "！" | "）" | "」" | "』" | "》" | " " | "," | "." | ")" | "%"
    )
}

fn opens(grapheme: &str) -> bool {
    matches!(grapheme, "（" | "「" | "『" | "《" | "(")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_go_as_a_whole() {
        for (dirty, kept) in [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("a\u{1b}]0;title\u{7}b", "ab"),
            ("a\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\b", "alinkb"),
            ("\u{9b}2Jx", "x"),
            ("\u{1b}(0q\u{1b}c", "q"),
            ("x\u{1b}", "x"),
            ("a\u{1b}P1$r\nnext", "a next"),
            ("tab\tand\r\nline", "tab and line"),
            ("\u{202e}evil\u{2066}\u{200b}\u{feff}", "evil"),
            ("bell\u{7}\u{0}\u{7f}", "bell"),
        ] {
            assert_eq!(clean(dirty), kept, "{dirty:?}");
        }
        assert!(matches!(clean("云帆科技 Ltd."), Cow::Borrowed(_)));
    }

    #[test]
    fn cells_are_counted_and_cut_by_grapheme() {
        assert_eq!(width("云帆"), 4);
        assert_eq!(truncate("云帆科技", 5), "云帆…");
        assert_eq!(truncate("云帆科技", 4), "云…");
        assert_eq!(truncate("ab", 2), "ab");
        assert_eq!(truncate("abc", 0), "");
        assert_eq!(truncate("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(pad_left("云", 4), "  云");
        assert_eq!(pad_right("云", 3), "云 ");
    }

    #[test]
    fn lines_break_between_words_and_wide_characters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("商机超过任何已结商机，共多少", 10), ["商机超过任", "何已结商", "机，共多少"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("in /home/ana/rejected/1-deals.csv", 16), ["in", "/home/ana/", "rejected/", "1-deals.csv"]);
        assert!(wrap("", 4).is_empty());
        assert_eq!(wrap("云帆", 1), ["云", "帆"]);
        assert_eq!(wrap("离开条件：成交。负责方：市场", 10), ["离开条件：", "成交。", "负责方：", "市场"]);
        assert_eq!(wrap(" 云", 2), ["云"]);
    }

    proptest! {
        #[test]
        fn clean_text_holds_nothing_a_terminal_obeys(text in any::<String>()) {
            let cleaned = clean(&text);
            prop_assert!(!cleaned.chars().any(|c| is_unsafe(c) || is_space(c)));
            prop_assert_eq!(clean(&cleaned), cleaned.as_ref());
        }

        #[test]
        fn truncated_text_fits(text in "[a-z云帆\u{301}é ]{0,20}", cells in 0usize..12) {
            prop_assert!(width(&truncate(&text, cells)) <= cells);
            prop_assert!(wrap(&text, cells.max(2)).iter().all(|line| width(line) <= cells.max(2)));
        }
    }
}
