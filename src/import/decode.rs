//! Bytes → text, whatever encoding the file was saved in.

use super::error::Error;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a file is looked at to guess.
const SAMPLE: usize = 1 << 16;

/// A file as text.
pub(super) struct Decoded {
    /// The text, without a byte order mark; lines end with a line feed.
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
    } else {
        refuse_controls(bytes, 3)?;
        let encoding = guess(bytes);
        (encoding, text_in(encoding, bytes))
    };
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let text = if text.contains('\n') || !text.contains('\r') { text } else { text.replace('\r', "\n") };
    Ok(Decoded { text, encoding: encoding.name() })
}

fn text_in(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// What a file really is, by the first bytes that every such file has.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        let contents = b"[Content_Types].xml";
        let sheet = sample(bytes).windows(contents.len()).any(|w| w == contents)
            || sample(bytes).windows(3).any(|w| w == b"xl/");
        Some(if sheet { "xlsx" } else { "zip" })
    } else if starts(b"\xd0\xcf\x11\xe0") {
        Some("xls")
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

fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE).unwrap_or(bytes)
}

/// UTF-16 is recognised by its zero bytes, which stand on one side only.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = sample(bytes);
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if pairs < 2 || bytes.len() % 2 == 1 {
        return None;
    }
    let (many, few) = (pairs * 3 / 10, pairs / 50);
    if odd > many && even <= few {
        Some(UTF_16LE)
    } else if even > many && odd <= few {
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

fn guess(bytes: &[u8]) -> &'static Encoding {
    let from = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let interesting = bytes.get(from.saturating_sub(64)..).unwrap_or(bytes);
    let interesting = interesting.get(..SAMPLE * 4).unwrap_or(interesting);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(interesting, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed == GBK || guessed == BIG5 {
        return guessed;
    }
    let (text, malformed) = GBK.decode_without_bom_handling(bytes.get(..SAMPLE.min(bytes.len())).unwrap_or(bytes));
    let first_line = text.lines().next().unwrap_or_default();
    let chinese = HEADER_WORDS.iter().any(|word| first_line.contains(word));
    if chinese && (!malformed || bytes.len() > SAMPLE) { GBK } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding)
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
        assert_eq!(what(b"PK\x03\x04........[Content_Types].xml"), "xlsx");
        assert_eq!(what(b"PK\x03\x04........readme.txt"), "zip");
        assert_eq!(what(b"\xd0\xcf\x11\xe0\xa1\xb1"), "xls");
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(what(&noise), "binary");
        assert!(matches!(decode(b" \n "), Err(Error::Empty)));
    }
}
