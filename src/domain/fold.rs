//! Folding: how two spellings are compared.

/// Letters and digits of `text` in lower case; spaces, punctuation and marks such as `*` or
/// `（必填）` are dropped, full-width letters become narrow ones.
#[must_use]
pub fn fold(text: &str) -> String {
    without_marks(text).chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The narrow form of a full-width ASCII character (U+FF01–U+FF5E).
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Drops what a Chinese import template appends to a header to say that it must be filled in.
fn without_marks(text: &str) -> String {
    ["（必填）", "(必填)", "（选填）", "(选填)"].iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_header_are_one() {
        for header in ["Close Date", "close_date", " CloseDate*", "Ｃｌｏｓｅ　Ｄａｔｅ"] {
            assert_eq!(fold(header), "closedate");
        }
        assert_eq!(fold("客户名称（必填）"), "客户名称");
    }
}
