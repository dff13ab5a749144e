//! Finding text by what people type for it: accents, case and width do not count, and Chinese is found
//! by itself, by its full pinyin and by its initials (云帆: `yunfan`, `yf`, `yunf`).

mod haystack;

pub use haystack::{Haystack, Places};

use crate::domain::fold::narrow;
use memchr::memmem::Finder;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Between the fields of one text: no query holds it, so nothing is found across fields.
const BORDER: char = '\n';
/// More of a word is not compared: its places must fit into the bits of a number.
const LONGEST: usize = 127;

/// A phone number has at least so many digits.
const PHONE: usize = 7;
/// The longest country code.
const COUNTRY_CODE: usize = 3;

/// Text made ready for [`Query::matches`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: Box<str>,
    /// The letters in which it can be read aloud, as bits from `a`; 0 where pinyin finds nothing.
    aloud: u32,
}

/// Folded text, wherever it is kept.
#[derive(Debug, Clone, Copy)]
struct Seen<'t> {
    text: &'t str,
    aloud: u32,
}

impl Folded {
    fn seen(&self) -> Seen<'_> {
        Seen { text: &self.text, aloud: self.aloud }
    }

    /// One text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::of_fields([text])
    }

    /// Several texts of which each may be found.
    #[must_use]
    pub fn of_fields<'t>(fields: impl IntoIterator<Item = &'t str>) -> Self {
        let mut text = String::new();
        let aloud = fold_into(&mut text, fields);
        Self { text: text.into(), aloud }
    }
}

/// Writes texts of which each may be found behind `text`; returns the letters in which they can be read aloud.
fn fold_into<'t>(text: &mut String, fields: impl IntoIterator<Item = &'t str>) -> u32 {
    let start = text.len();
    for field in fields {
        text.push(BORDER);
        if field.is_ascii() {
            // Most names of a million are, and this is five times as fast.
            text.extend(field.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        } else {
            text.extend(plain(field));
        }
    }
    let written = text.get(start..).unwrap_or_default();
    if written.is_ascii() { 0 } else { letters_aloud(written) }
}

/// The letters of the fields with Chinese characters, and of every reading of these; 0 when there are none.
fn letters_aloud(text: &str) -> u32 {
    spoken_fields(text).fold(0, |set, field| {
        let readings = field.chars().filter_map(|c| c.to_pinyin_multi()).flatten();
        readings.fold(set | bits(field.chars()), |set, reading| set | bits(reading.plain().chars()))
    })
}

/// The fields of a text that have Chinese characters: only they can be read aloud.
fn spoken_fields(text: &str) -> impl Iterator<Item = &str> {
    let has_han = |field: &&str| !field.is_ascii() && field.chars().any(|c| c.to_pinyin().is_some());
    text.split(BORDER).filter(has_han)
}

/// The letters from `a` to `z` among these, as bits; ü is typed as v or u.
fn bits(letters: impl Iterator<Item = char>) -> u32 {
    letters.fold(0, |set, c| match c {
        'a'..='z' => set | 1 << (u32::from(c) - u32::from('a')),
        'ü' => set | bits("uv".chars()),
        _ => set,
    })
}

/// Letters and digits without case, accents and width.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    let letters = text.chars().map(narrow).nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).flat_map(|c| spelled(c).chars().chain((spelled(c).is_empty()).then_some(c)))
}

/// Letters that are typed as others and do not come apart by themselves; empty for all the rest.
const fn spelled(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => "",
    }
}

/// What someone is looking for: every word of it must be found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    words: Vec<Word>,
}

/// One word of it.
#[derive(Debug, Clone)]
struct Word {
    letters: Vec<char>,
    /// Its letters from `a` to `z`; without any, nothing is gained by reading Chinese aloud.
    bits: u32,
    finder: Finder<'static>,
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.letters == other.letters
    }
}

impl Word {
    fn new(word: &str) -> Self {
        let finder = Finder::new(word).into_owned();
        Self { letters: word.chars().collect(), bits: bits(word.chars()), finder }
    }

    fn is_in(&self, folded: Seen<'_>) -> bool {
        self.finder.find(folded.text.as_bytes()).is_some() || self.is_aloud(folded)
    }

    /// Whether a field with Chinese characters says it, read aloud at least in part: letters of Latin fields beside
    /// it do not count.
    fn is_aloud(&self, folded: Seen<'_>) -> bool {
        let readable = self.bits != 0 && folded.aloud & self.bits == self.bits;
        readable && spoken_fields(folded.text).any(|field| sounds(field, &self.letters))
    }

    fn is_latin(&self) -> bool {
        self.bits != 0 && self.letters.iter().all(char::is_ascii)
    }

    /// Whether it begins a field or is written or read in Chinese: nobody types initials for letters in the
    /// middle of a Latin word.
    fn stands_out(&self, folded: Seen<'_>) -> bool {
        let text = folded.text.as_bytes();
        let begins = |at: usize| at.checked_sub(1).is_some_and(|before| text.get(before) == Some(&(BORDER as u8)));
        !self.is_latin() || self.finder.find_iter(text).any(begins) || self.is_aloud(folded)
    }
}

impl Query {
    /// What these words look for.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words = typed_words(text).into_iter().map(|word| plain(&word).take(LONGEST).collect::<String>());
        Self { words: words.filter(|word| !word.is_empty()).map(|word| Word::new(&word)).collect() }
    }

    /// Whether it finds everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether everything that it finds is found by `former` too, because each word of that one begins one of its own:
    /// as when somebody types on.
    #[must_use]
    pub fn narrows(&self, former: &Self) -> bool {
        former.words.iter().all(|word| self.words.iter().any(|own| own.letters.starts_with(&word.letters)))
    }

    /// How well a text that matches does so, lower is better: with every word at the beginning of a field or
    /// read aloud from Chinese, or with one of them somewhere inside other letters.
    #[must_use]
    pub fn rank(&self, folded: &Folded) -> u8 {
        u8::from(!self.words.iter().all(|word| word.stands_out(folded.seen())))
    }

    /// Whether every word stands somewhere in the text.
    #[must_use]
    pub fn matches(&self, folded: &Folded) -> bool {
        self.words.iter().all(|word| word.is_in(folded.seen()))
    }
}

/// The words of a text. A phone number with its country code is one, of its last digits: many are kept without the
/// code, or with a zero in its place.
fn typed_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut pieces = text.split_whitespace().peekable();
    while let Some(piece) = pieces.next() {
        let begins = |sign: &str| piece.chars().map(narrow).collect::<String>().starts_with(sign);
        if !(is_dialled(piece) && (begins("+") || begins("00"))) {
            words.push(piece.to_owned());
            continue;
        }
        let mut parts = vec![piece];
        while let Some(part) = pieces.next_if(|part| is_dialled(part)) {
            parts.push(part);
        }
        let digits: Vec<char> = parts.iter().flat_map(|part| plain(part)).collect();
        let start = if begins("00") { 2 } else { 0 };
        let digits = digits.get(start..).unwrap_or_default();
        if digits.len() < PHONE {
            words.extend(parts.into_iter().map(str::to_owned));
        } else {
            let code = (digits.len() - PHONE).min(COUNTRY_CODE);
            words.push(digits.iter().skip(code).collect());
        }
    }
    words
}

/// Whether this may be a part of a phone number.
fn is_dialled(piece: &str) -> bool {
    piece.chars().map(narrow).all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '/' | '(' | ')'))
}

/// Whether a word stands in a field when each Chinese character may also be read aloud, in full or by
/// its initial. Walks over the field once and keeps the set of places of the word that have been reached.
fn sounds(field: &str, letters: &[char]) -> bool {
    let end: u128 = 1 << letters.len();
    let mut reached: u128 = 0;
    for c in field.chars() {
        let from = reached | 1;
        let places = || letters.iter().enumerate().filter(move |(at, _)| from >> at & 1 == 1);
        reached = places().filter(|(_, typed)| **typed == c).fold(0, |set, (at, _)| set | 1 << (at + 1));
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let rest = |at: usize| letters.get(at..).unwrap_or_default();
            reached |= places().fold(0, |set, (at, _)| set | spoken(reading.plain(), rest(at)) << at);
        }
        if reached & end != 0 {
            return true;
        }
    }
    false
}

/// How many letters of `rest` one reading may stand for, as a set of bits: its initial, all of it, or a
/// part of it when nothing is typed behind.
fn spoken(reading: &str, rest: &[char]) -> u128 {
    // ü is typed as v, or as u where nobody minds.
    let same = |(read, typed): &(char, &char)| read == *typed || (*read == 'ü' && matches!(typed, 'v' | 'u'));
    let common = reading.chars().zip(rest).take_while(same).count();
    if common == 0 {
        return 0;
    }
    let length = reading.chars().count();
    let initial =
        if reading.starts_with("zh") || reading.starts_with("ch") || reading.starts_with("sh") { 2 } else { 1 };
    [1, initial, length, rest.len()]
        .into_iter()
        .filter(|&part| 0 < part && part <= common)
        .fold(0, |set, part| set | 1 << part)
}

/// Scores texts against a few typed letters that need not stand together: for the palette.
pub struct Fuzzy {
    pattern: Pattern,
    query: Query,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Fuzzy {
    /// What these letters look for.
    #[must_use]
    pub fn new(text: &str) -> Self {
        // Accents and case are gone from both sides before they are compared.
        let letters: Vec<String> = text.split_whitespace().map(|word| plain(word).collect()).collect();
        let pattern = Pattern::new(&letters.join(" "), CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy);
        Self { pattern, query: Query::new(text), matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }

    /// How well they are found in a text, higher is better; `None` when they are not.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        let words: Vec<String> = text.split_whitespace().map(|word| plain(word).collect()).collect();
        let plain = words.join(" ");
        let found = self.pattern.score(Utf32Str::new(&plain, &mut self.buffer), &mut self.matcher);
        // As good as the same letters in a row, when they are read aloud.
        let aloud = || {
            let spelled = &self.query.words;
            let letters = spelled.iter().map(|word| word.letters.len()).sum::<usize>();
            (!self.query.is_empty() && self.query.matches(&Folded::new(text))).then_some(letters as u32 * 16)
        };
        found.or_else(aloud)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(query: &str, text: &str) -> bool {
        Query::new(query).matches(&Folded::new(text))
    }

    #[test]
    fn a_phone_is_found_with_or_without_its_country_code() {
        let phone = Folded::of_fields(["Li Hua", "13900001111"]);
        for typed in [
            "+86 139 0000 1111",
            "+8613900001111",
            "0086-139-0000-1111",
            "＋86 13900001111 li",
            "139 0000 1111",
            "00001111",
        ] {
            assert!(Query::new(typed).matches(&phone), "{typed}");
        }
        for typed in ["+86 139 0000 2222", "+86 13900001112", "+1 86", "139 00001112"] {
            assert!(!Query::new(typed).matches(&phone), "{typed}");
        }
        assert!(Query::new("+86 139 0000 1111").matches(&Folded::new("+86 (0)139-0000-1111")));
        assert!(Query::new("007").matches(&Folded::new("agent 007")));
    }

    #[test]
    fn latin_is_found_without_case_accents_and_punctuation() {
        for (query, text) in [
            ("brucke", "Théodore Brücke"),
            ("THEO", "Théodore Brücke"),
            ("malmoe", "Ingrid Malmœ"),
            ("malmo", "Ingrid Malmøe"),
            ("strasse", "Hauptstraße 4"),
            ("d000417", "D-000417"),
            ("ana@x.com", "ana@x.com"),
            ("ｎｏｒｔｈ", "Northwind"),
            ("wind cloud", "Northwind Cloud"),
            ("cloud north", "Northwind Cloud"),
            ("", "anything"),
            ("!", "anything"),
        ] {
            assert!(finds(query, text), "{query} in {text}");
        }
        assert!(!finds("northwest", "Northwind Cloud"));
        assert!(!finds("north sea", "Northwind Cloud"));
    }

    #[test]
    fn chinese_is_found_by_itself_by_pinyin_and_by_initials() {
        for query in
            ["云", "云帆", "yunfan", "yun fan", "YunFan", "yf", "yunf", "yfan", "fan", "f", "yfkj", "yunfankej"]
        {
            assert!(finds(query, "云帆科技（上海）有限公司"), "{query}");
        }
        for query in ["yunfang", "unfan", "yff", "kjyf", "帆云"] {
            assert!(!finds(query, "云帆科技（上海）有限公司"), "{query}");
        }
        assert!(finds("shanghai", "云帆科技（上海）") && finds("sh", "上海") && finds("shh", "上海"));
    }

    #[test]
    fn any_reading_of_a_character_counts() {
        for query in ["chongqing", "zhongqing", "cq", "zq"] {
            assert!(finds(query, "重庆"), "{query}");
        }
        assert!(finds("yinhang", "银行") && finds("yinxing", "银行"));
        for query in ["lvse", "luse", "ls"] {
            assert!(finds(query, "绿色"), "{query}");
        }
    }

    #[test]
    fn initials_of_chinese_come_before_letters_inside_a_word() {
        let rank = |query: &str, text: &[&str]| Query::new(query).rank(&Folded::of_fields(text.iter().copied()));
        assert_eq!(rank("yf", &["张婷", "云帆能源"]), 0);
        assert_eq!(rank("yf", &["Yfke"]), 0);
        assert_eq!(rank("yf", &["Ana", "Quarryfall Media"]), 1);
        assert_eq!(rank("yf", &["王 丽", "Quarryfall Media"]), 1, "a Chinese name beside it does not say it");
        assert_eq!(rank("quarry", &["Ana", "Quarryfall Media"]), 0);
        assert_eq!(rank("", &["Ana"]), 0);
    }

    #[test]
    fn mixed_text_and_fields() {
        assert!(finds("a云", "A云 Ltd") && finds("ayunltd", "A云 Ltd"));
        let fields = Folded::of_fields(["王 芳", "云帆科技", "fang@yunfan.cn"]);
        assert!(Query::new("wangfang").matches(&fields) && Query::new("wf yfkj").matches(&fields));
        assert!(!Query::new("fangyunfankeji").matches(&fields), "nothing is found across fields");
    }

    #[test]
    fn fuzzy_prefers_letters_that_stand_together() {
        let score = |query: &str, text: &str| Fuzzy::new(query).score(text);
        assert!(score("nxv", "next view").is_some());
        assert!(score("next", "next view") > score("next", "now extend it"));
        assert!(score("qhyy", "切换语言").is_some() && score("yuyan", "切换语言").is_some());
        assert!(score("语言", "切换语言").is_some() && score("lng", "language").is_some());
        assert_eq!(score("zzz", "language"), None);
        assert!(score("", "language").is_some());
    }

    proptest! {
        #[test]
        fn every_part_of_a_text_finds_it(text in "[a-zA-Zéß云帆重庆 0-9.]{1,20}", from in 0usize..20, length in 1usize..20) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(finds(&part, &text), "{part} in {text}");
        }

        #[test]
        fn no_query_and_no_text_is_too_much(query in any::<String>(), text in any::<String>()) {
            let _ = finds(&query, &text);
            let _ = Fuzzy::new(&query).score(&text);
        }
    }
}
