//! Forms that a text may be asked to have.

use crate::domain::fold::narrow;
use regex::Regex;

/// The codes of currencies that are money (ISO 4217, list one; without funds, metals and tests).
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES \
    VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A form.
#[derive(Debug, Clone)]
pub enum Format {
    /// An e-mail address.
    Email,
    /// A telephone number: 7 to 15 digits (ITU-T E.164), with the usual signs between them and an extension behind them.
    Phone,
    /// The domain of a site.
    Domain,
    /// A web address, or a domain.
    Url,
    /// A calendar day, as `2026-10-01`.
    Date,
    /// The code of a currency (ISO 4217).
    Currency,
    /// The whole of it matches this.
    Pattern(Regex),
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Pattern(a), Self::Pattern(b)) => a.as_str() == b.as_str(),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Format {
    /// The form of a name; a pattern has none.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "email" => Self::Email,
            "phone" => Self::Phone,
            "domain" => Self::Domain,
            "url" => Self::Url,
            "date" => Self::Date,
            "currency" => Self::Currency,
            _ => return None,
        })
    }

    /// Whether a text has it.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        match self {
            Self::Email => is_email(text),
            Self::Phone => is_phone(text),
            Self::Domain => is_domain(text),
            Self::Url => is_domain(host(text)),
            Self::Date => text.parse::<chrono::NaiveDate>().is_ok(),
            Self::Currency => CURRENCIES.split_whitespace().any(|code| code.eq_ignore_ascii_case(text)),
            Self::Pattern(pattern) => pattern.is_match(text),
        }
    }
}

/// One `@`, something before it, a domain behind it, no space and no comma (RFC 5321 allows more than mail servers take).
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let fine = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '@' | ',' | ';' | '<' | '>' | '(' | ')');
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    !local.is_empty() && local.len() <= 64 && !dots && local.chars().all(fine) && is_domain(domain)
}

/// Labels of letters, digits and inner hyphens, two at least; the last one is no number (RFC 1035, with IDN letters).
fn is_domain(text: &str) -> bool {
    let labels: Vec<&str> = text.strip_suffix('.').unwrap_or(text).split('.').collect();
    let fine = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last = labels.last().is_some_and(|last| last.chars().count() > 1 && !last.chars().all(|c| c.is_ascii_digit()));
    labels.len() > 1 && last && labels.iter().all(fine)
}

/// What stands between `https://` and the path.
fn host(text: &str) -> &str {
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split(['/', '?', '#']).next().unwrap_or_default();
    text.split(':').next().unwrap_or_default()
}

fn is_phone(text: &str) -> bool {
    let lower: String = text.trim().chars().map(narrow).flat_map(char::to_lowercase).collect();
    let ends = ["ext", "x", "转", "分机", "#"];
    let number = ends.iter().filter_map(|end| lower.find(end)).min().and_then(|at| lower.get(..at)).unwrap_or(&lower);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let fine = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '+' | '\u{a0}' | '–');
    let plus = number.trim_start_matches(['(', ' ']).starts_with('+') || !number.contains('+');
    (7..=15).contains(&digits) && plus && number.chars().all(fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_numbers_and_domains_as_people_write_them() {
        let fits = |key: &str, text: &str| Format::from_key(key).unwrap().fits(text);
        for (key, text) in [
            ("email", "ana.ruiz+crm@helio.example"),
            ("email", "王芳@云帆.中国"),
            ("phone", "+86 138 0013 8000"),
            ("phone", "(020) 555-0123 ext. 42"),
            ("phone", "010-88886666转801"),
            ("phone", "5550123"),
            ("phone", "（010）8888-6666"),
            ("domain", "helio.example"),
            ("url", "https://www.helio.example:8080/a?b"),
            ("url", "helio.example"),
            ("date", "2026-02-28"),
            ("currency", "CNY"),
        ] {
            assert!(fits(key, text), "{key} {text}");
        }
        for (key, text) in [
            ("email", "ana.ruiz"),
            ("email", "ana@ruiz@helio.example"),
            ("email", "ana ruiz@helio.example"),
            ("email", "ana@helio"),
            ("email", "ana@helio..example"),
            ("email", ".ana@helio.example"),
            ("phone", "12345"),
            ("phone", "call me"),
            ("phone", "1234567890123456"),
            ("phone", "12+345678"),
            ("domain", "helio"),
            ("domain", "-helio.example"),
            ("domain", "10.0.0.1"),
            ("url", "see below"),
            ("date", "2026-02-30"),
            ("currency", "RMB"),
        ] {
            assert!(!fits(key, text), "{key} {text}");
        }
        let pattern = |text: &str| Format::Pattern(Regex::new(text).unwrap());
        assert!(pattern("^A-[0-9]+$").fits("A-12") && pattern("a") == pattern("a") && pattern("a") != pattern("b"));
    }
}
