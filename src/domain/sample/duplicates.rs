//! Planted duplicates: the same person or company once more, slightly disguised, so that there is
//! something to find whose answer is known.

use super::accounts::Account;
use super::calendar::{self, DAY, MINUTE};
use super::catalogue::Sizes;
use super::companies::{Company, Region};
use super::contacts::Contact;
use super::dice::Dice;
use super::leads::Lead;

/// What kind of record a pair is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Lead,
    Contact,
    Account,
}

/// Two positions among the records of one kind.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) object: Object,
    pub(super) original: usize,
    pub(super) copy: usize,
    pub(super) disguise: &'static str,
}

/// Everything that may get a copy; copies are appended, so that positions stay valid.
pub(super) struct Records<'a> {
    pub(super) leads: &'a mut Vec<Lead>,
    pub(super) contacts: &'a mut Vec<Contact>,
    pub(super) accounts: &'a mut Vec<Account>,
    pub(super) companies: &'a mut Vec<Company>,
}

/// Appends the copies and says where they are. A copied lead never is an MQL: the duplicates must
/// not bend the funnel.
pub(super) fn plant(seed: u64, sizes: &Sizes, records: &mut Records) -> Vec<Pair> {
    let mut dice = Dice::new(seed, "duplicates");
    let mut pairs = leads(&mut dice, records, sizes.twins.0);
    pairs.extend(contacts(&mut dice, records, sizes.twins.1));
    pairs.extend(accounts(&mut dice, records, sizes.twins.2));
    pairs
}

/// `count` different positions; every third one from China where the rest of the list has one.
fn originals(dice: &mut Dice, chinese: &[bool], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..chinese.len()).collect();
    dice.shuffle(&mut order);
    let (han, latin): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|at| chinese.get(*at).copied().unwrap_or(false));
    let (mut han, mut latin) = (han.into_iter(), latin.into_iter());
    (0..count)
        .filter_map(
            |n| if n % 3 == 2 { han.next().or_else(|| latin.next()) } else { latin.next().or_else(|| han.next()) },
        )
        .collect()
}

fn in_china(companies: &[Company], company: usize) -> bool {
    companies.get(company).is_some_and(|c| c.region == Region::China)
}

fn leads(dice: &mut Dice, records: &mut Records, count: usize) -> Vec<Pair> {
    // The newest tenth stays alone: a copy comes days after its original.
    let settled = records.leads.len() * 9 / 10;
    let chinese: Vec<bool> =
        records.leads.iter().take(settled).map(|lead| in_china(records.companies, lead.company)).collect();
    let mut pairs = Vec::new();
    for (n, original) in originals(dice, &chinese, count).into_iter().enumerate() {
        let Some(first) = records.leads.get(original) else { continue };
        let seen = disguised(dice, n, (&first.name, &first.email, &first.phone));
        let copy = Lead {
            name: seen.name,
            email: seen.email,
            phone: seen.phone,
            company: first.company,
            source: [3, 2, 4].get(n % 3).copied().unwrap_or(3),
            score: dice.between(10, 60),
            created: calendar::at_work(dice, first.created + 2 * DAY, 1),
            ..Lead::default()
        };
        pairs.push(Pair { object: Object::Lead, original, copy: records.leads.len(), disguise: seen.how });
        records.leads.push(copy);
    }
    pairs
}

fn contacts(dice: &mut Dice, records: &mut Records, count: usize) -> Vec<Pair> {
    let settled = records.contacts.len() * 9 / 10;
    let company = |contact: &Contact| records.accounts.get(contact.account).map_or(0, |account| account.company);
    let chinese: Vec<bool> =
        records.contacts.iter().take(settled).map(|c| in_china(records.companies, company(c))).collect();
    let mut pairs = Vec::new();
    for (n, original) in originals(dice, &chinese, count).into_iter().enumerate() {
        let Some(first) = records.contacts.get(original) else { continue };
        let seen = disguised(dice, n, (&first.name, &first.email, &first.phone));
        let created = calendar::at_work(dice, first.created + 3 * DAY, 1);
        let copy = Contact { name: seen.name, email: seen.email, phone: seen.phone, created, ..first.clone() };
        pairs.push(Pair { object: Object::Contact, original, copy: records.contacts.len(), disguise: seen.how });
        records.contacts.push(copy);
    }
    pairs
}

fn accounts(dice: &mut Dice, records: &mut Records, count: usize) -> Vec<Pair> {
    let settled = records.accounts.len() * 9 / 10;
    let chinese: Vec<bool> =
        records.accounts.iter().take(settled).map(|a| in_china(records.companies, a.company)).collect();
    let mut pairs = Vec::new();
    for (n, original) in originals(dice, &chinese, count).into_iter().enumerate() {
        let Some(first) = records.accounts.get(original).cloned() else { continue };
        let Some(company) = records.companies.get(first.company).cloned() else { continue };
        let (name, disguise) = company_name(n, &company);
        // Every second copy was typed by someone who did not know the web address.
        let domain = if n % 2 == 0 { company.domain.clone() } else { String::new() };
        let created = calendar::at_work(dice, first.created + 4 * DAY + 7 * MINUTE, 1);
        pairs.push(Pair { object: Object::Account, original, copy: records.accounts.len(), disguise });
        let at = records.companies.len();
        records.companies.push(Company { name, domain, ..company });
        records.accounts.push(Account { company: at, created, first_paid: None, ..first });
    }
    pairs
}

/// A person as typed the second time.
struct Seen {
    name: String,
    email: String,
    phone: String,
    how: &'static str,
}

fn disguised(dice: &mut Dice, n: usize, (name, email, phone): (&str, &str, &str)) -> Seen {
    let same = |name: String, email: String, how| Seen { name, email, phone: phone.to_owned(), how };
    match n % 4 {
        0 => same(name.to_owned(), capitals(email), "same email in other case"),
        1 if is_han(name) => {
            same(spaced(name), capitals(email), "full-width space in the name, same email in other case")
        }
        1 => same(typo(dice, name), capitals(email), "typo in the name, same email in other case"),
        2 if is_han(name) => {
            same(format!("{name}（重复）"), email.to_owned(), "remark in full-width brackets, same email")
        }
        2 => same(full_width(name), email.to_owned(), "full-width name, same email"),
        _ => same(name.to_uppercase(), email.replacen('.', "_", 1), "name in capitals, mailbox with _ for ."),
    }
}

/// The mailbox part with capitals: mail servers read both as one.
fn capitals(email: &str) -> String {
    email.split_once('@').map_or_else(|| email.to_uppercase(), |(box_, at)| format!("{}@{at}", title_case(box_)))
}

fn title_case(mailbox: &str) -> String {
    let mut start = true;
    mailbox
        .chars()
        .map(|c| {
            let shown = if start { c.to_ascii_uppercase() } else { c };
            start = c == '.';
            shown
        })
        .collect()
}

fn company_name(n: usize, company: &Company) -> (String, &'static str) {
    let name = company.name.as_str();
    if is_han(name) {
        return match (n / 3 % 3, name.strip_suffix("有限公司")) {
            (1, _) => (format!("{}（中国）有限公司", bare(name)), "full-width brackets and 有限公司"),
            (_, Some(short)) => (short.to_owned(), "without 有限公司"),
            (2, None) => (format!("{name}股份有限公司"), "with 股份有限公司"),
            (_, None) => (format!("{name}有限公司"), "with 有限公司"),
        };
    }
    match n % 4 {
        0 if name == bare(name) => (format!("{name}, Inc."), "with Inc."),
        0 => (bare(name).to_owned(), "without the legal form"),
        1 => (typo(&mut Dice::new(0, name), name), "typo"),
        2 => (full_width(name), "full-width characters"),
        _ => (format!("{} LTD", bare(name).to_uppercase()), "capitals and LTD"),
    }
}

/// The name without its legal form.
fn bare(name: &str) -> &str {
    ["有限公司", " GmbH", " Ltd", " SAS", " BV", " AB", " Inc"]
        .into_iter()
        .find_map(|form| name.strip_suffix(form))
        .unwrap_or(name)
}

fn is_han(name: &str) -> bool {
    name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Two neighbouring letters of the first word swapped; one doubled where they are the same.
fn typo(dice: &mut Dice, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let word = letters.iter().position(|c| *c == ' ').unwrap_or(letters.len());
    let at = 1 + dice.below(word.saturating_sub(2));
    match (letters.get(at), letters.get(at + 1)) {
        (Some(a), Some(b)) if a != b && at + 1 < word => letters.swap(at, at + 1),
        (Some(a), _) => letters.insert(at, *a),
        _ => {}
    }
    letters.into_iter().collect()
}

/// As an input method in full-width mode types it.
fn full_width(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// A full-width space after the family name.
fn spaced(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |family| format!("{family}\u{3000}{}", letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_change_the_text_and_nothing_else() {
        assert_eq!(capitals("ana.ruiz@x.example"), "Ana.Ruiz@x.example");
        assert_eq!(full_width("Ab 1"), "Ａｂ　１");
        assert_eq!(spaced("王芳"), "王　芳");
        assert_ne!(typo(&mut Dice::new(1, "t"), "Anna Berg"), "Anna Berg");
        assert_eq!(bare("云帆科技有限公司"), "云帆科技");
    }
}
