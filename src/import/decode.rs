//! Bytes → text, whatever encoding the file was saved in.

use super::error::Error;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem::find;

/// How much of a file is looked at to guess.
const SAMPLE: usize = 1 << 16;

/// A stream of a workbook with a password, in the container's own spelling.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// A file as text.
pub(super) struct Decoded {
    /// The text, without a byte order mark; lines end with a line feed, perhaps behind a carriage return.
    pub text: String,
    /// Name of the encoding it was in.
    pub encoding: &'static str,
}

/// Decodes a file, or says that it is not a text file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if let Some(what) = known_binary(bytes) {
        return Err(Error::NotText { what });
    }
    let (encoding, text) = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        (encoding, text_in(encoding, bytes.get(mark..).unwrap_or_default()))
    } else if let Some(encoding) = utf16_without_mark(bytes) {
        (encoding, text_in(encoding, bytes))
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        refuse_controls(bytes, 30)?;
        (UTF_8, text.to_owned())
    } else if let Some(line) = broken_line(bytes) {
        return Err(Error::BrokenText { line });
    } else {
        refuse_controls(bytes, 3)?;
        let encoding = guess(bytes);
        (encoding, text_in(encoding, bytes))
    };
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(Decoded { text: with_line_feeds(text), encoding: encoding.name() })
}

/// The first line that is not UTF-8 in a file that otherwise is: it was cut off, or put together of two. In any other
/// encoding hardly a character beyond ASCII would look like UTF-8.
fn broken_line(bytes: &[u8]) -> Option<usize> {
    let (mut good, mut bad, mut lines, mut first) = (0, 0, 1, None);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        lines += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            bad += 1;
            first = first.or(Some(lines));
        }
    }
    first.filter(|_| good >= 10 && good >= 20 * bad)
}

/// A file whose lines end with a carriage return alone, as they did on old Macs, gets line feeds; it
/// may have some in quoted cells.
fn with_line_feeds(text: String) -> String {
    let count = |what: &str| text.matches(what).count();
    let alone = if text.contains('\r') { count("\r") - count("\r\n") } else { 0 };
    if alone > count("\n") { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

fn text_in(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// What a file really is, by the first bytes that every such file has.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        let has = |part: &[u8]| find(bytes, part).is_some();
        let is_ods = find(sample(bytes), b"application/vnd.oasis").is_some();
        // The names of the parts stand at the end, too, where nothing hides them.
        Some(if is_ods {
            "ods"
        } else if has(b"xl/") && has(b"[Content_Types].xml") {
            "xlsx"
        } else {
            "zip"
        })
    } else if starts(b"\xd0\xcf\x11\xe0") {
        // With a password, the new kind hides in the container of the old one.
        Some(if find(bytes, ENCRYPTED).is_some() { "protected" } else { "xls" })
    } else if starts(b"%PDF-") {
        Some("pdf")
    } else if starts(b"\x89PNG") {
        Some("png")
    } else if starts(b"\xff\xd8\xff") || starts(b"GIF8") || starts(b"\x1f\x8b") || starts(b"\x7fELF") {
        Some("binary")
    } else {
        None
    }
}

/// Whether a file is a workbook that can be opened.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    known_binary(bytes) == Some("xlsx")
}

fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE).unwrap_or(bytes)
}

/// UTF-16 is recognised by its zero bytes, which stand on one side only. Chinese text has few of
/// them, those of separators and line ends; it is believed when it is nothing else.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = sample(bytes);
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if pairs < 2 || bytes.len() % 2 == 1 {
        return None;
    }
    let foreign = |encoding: &'static Encoding| {
        let part = sample.get(..pairs * 2).unwrap_or(sample);
        let (text, malformed) = encoding.decode_without_bom_handling(part);
        // The sample may end inside a pair of surrogates.
        let is_clean = !malformed || sample.len() < bytes.len();
        is_clean && text.contains(['\n', '\r']) && std::str::from_utf8(bytes).is_err()
    };
    let (many, some, few) = (pairs * 3 / 10, (pairs / 50).max(1), pairs / 50);
    // A few characters have a zero on their other side: 销 is U+9500.
    let is_told = |zeros: usize, others: usize, encoding| {
        zeros > many && others <= few || zeros > some && others * 3 <= zeros && foreign(encoding)
    };
    if is_told(odd, even, UTF_16LE) {
        Some(UTF_16LE)
    } else if is_told(even, odd, UTF_16BE) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn refuse_controls(bytes: &[u8], percent: usize) -> Result<(), Error> {
    let sample = sample(bytes);
    let controls = sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c) || b == 0x7f);
    if controls.count() * 100 > sample.len() * percent { Err(Error::NotText { what: "binary" }) } else { Ok(()) }
}

/// Words of Chinese headers: short files are guessed badly by letter statistics alone.
const HEADER_WORDS: &[&str] =
    &["客户", "名称", "姓名", "电话", "手机", "阶段", "金额", "日期", "公司", "线索", "产品", "行业", "创建"];

const TRADITIONAL_WORDS: &[&str] = &["客戶", "名稱", "電話", "階段", "金額", "線索", "產品", "創建", "姓名", "日期"];
const JAPANESE_WORDS: &[&str] = &["会社", "氏名", "電話", "担当", "商談", "金額", "メール", "取引先", "名前", "日付"];

fn guess(bytes: &[u8]) -> &'static Encoding {
    let from = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let interesting = bytes.get(from.saturating_sub(64)..).unwrap_or(bytes);
    let interesting = interesting.get(..SAMPLE * 4).unwrap_or(interesting);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(interesting, true);
    let by_words = [(GBK, HEADER_WORDS), (BIG5, TRADITIONAL_WORDS), (SHIFT_JIS, JAPANESE_WORDS)];
    let told = by_words.into_iter().find(|(encoding, words)| {
        let (text, malformed) = encoding.decode_without_bom_handling(sample(bytes));
        let first_line = text.lines().next().unwrap_or_default();
        words.iter().any(|word| first_line.contains(word)) && (!malformed || bytes.len() > SAMPLE)
    });
    told.map_or_else(|| detector.guess(None, Utf8Detection::Deny), |(encoding, _)| encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn a_file_that_is_utf8_but_for_a_byte_is_not_taken_for_another() {
        let rows: String = (0..30).map(|n| format!("{n},项目甲,方案报价\n")).collect();
        let mut bytes = format!("id,name,stage\n{rows}").into_bytes();
        bytes.extend(b"31,\xff\xe9,Demo\n");
        assert!(matches!(decode(&bytes), Err(Error::BrokenText { line: 32 })));
        // Cut off in the middle of a character.
        let whole = format!("id,name,stage\n{rows}").into_bytes();
        assert!(matches!(decode(&whole[..whole.len() - 2]), Err(Error::BrokenText { line: 31 })));
        assert_eq!(decode(b"id,name\n1,caf\xe9 cr\xe8me \xe0 la fran\xe7aise\n").unwrap().encoding, "windows-1252");
    }

    #[test]
    fn reads_what_spreadsheets_save() {
        assert_eq!(read("\u{feff}a,é".as_bytes()), ("a,é".into(), "UTF-8"));
        for little in [true, false] {
            let bytes = |c: u16| if little { c.to_le_bytes() } else { c.to_be_bytes() };
            let plain: Vec<u8> = "name,city\nAnna,Köln".encode_utf16().flat_map(bytes).collect();
            let marked = [&bytes(0xfeff)[..], &plain].concat();
            let name = if little { "UTF-16LE" } else { "UTF-16BE" };
            assert_eq!(read(&plain), ("name,city\nAnna,Köln".into(), name));
            assert_eq!(read(&marked), ("name,city\nAnna,Köln".into(), name));
        }
        let (gbk, _, _) = GBK.encode("客户名称,行业\n上海云图,软件");
        assert_eq!(read(&gbk), ("客户名称,行业\n上海云图,软件".into(), "GBK"));
        assert_eq!(read(b"a,b\rc,d\r").0, "a,b\nc,d\n");
    }

    #[test]
    fn refuses_what_is_not_text() {
        let what = |bytes: &[u8]| match decode(bytes) {
            Err(Error::NotText { what }) => what,
            _ => "text",
        };
        assert_eq!(what(b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "ods");
        assert_eq!(what(b"PK\x03\x04........readme.txt"), "zip");
        assert_eq!(what(b"\xd0\xcf\x11\xe0\xa1\xb1"), "xls");
        assert!(is_workbook(b"PK\x03\x04........[Content_Types].xml...xl/workbook.xml"));
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(what(&noise), "binary");
        assert!(matches!(decode(b" \n "), Err(Error::Empty)));
    }
}
