//! Files as a CRM would export them, made up; the same for the same size.

use std::fmt::Write as _;
use std::path::Path;

const STAGES: [&str; 6] = ["Qualification", "Demo", "Proposal", "Negotiation", "Closed Won", "Closed Lost"];
const SOURCES: [&str; 5] = ["Event", "Website", "Referral", "Outbound", "网络研讨会"];
const OWNERS: usize = 60;
/// Deals and leads for each account.
const SHARED: usize = 8;

/// A number below `n` that belongs to `row` and `column`, without a visible order.
fn pick(row: usize, column: usize, n: usize) -> usize {
    let mut mixed =
        (row as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (column as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
    mixed ^= mixed >> 29;
    mixed = mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed ^ (mixed >> 32)) % n as u64) as usize
}

fn word<'w>(row: usize, column: usize, words: &[&'w str]) -> &'w str {
    words.get(pick(row, column, words.len())).copied().unwrap_or_default()
}

fn day(row: usize, column: usize) -> String {
    format!("{}-{:02}-{:02}", 2025 + pick(row, column, 2), 1 + pick(row, column + 1, 12), 1 + pick(row, column + 2, 28))
}

/// Deals, two columns of them unknown; every `changed`th has moved, where that is not 0.
pub fn deals(rows: usize, changed: usize) -> String {
    let mut text =
        "id,name,account,stage,amount,currency,probability,owner,source,created_at,close_date,Next Step,Team\n"
            .to_owned();
    for row in 0..rows {
        let moved = usize::from(changed > 0 && row % changed == 0);
        let stage = (pick(row, 0, 5) + moved) % STAGES.len();
        let (stage, amount) = (STAGES.get(stage).copied().unwrap_or_default(), 100 * (1 + pick(row, 1, 900) + moved));
        let account = pick(row, 2, rows / SHARED + 1);
        writeln!(
            text,
            "D-{row:07},Deal {row},Account {account},{stage},{amount}.50,USD,{}%,Owner {},{},{}T09:30:00Z,{},Call {},Team {}",
            10 * pick(row, 3, 10), pick(row, 4, OWNERS), word(row, 5, &SOURCES), day(row, 6), day(row, 9), pick(row, 12, 50), pick(row, 13, 7)
        )
        .unwrap();
    }
    text
}

/// Leads with the columns of the plain CSV that most exports have.
pub fn leads(rows: usize) -> String {
    let mut text =
        "id,email,phone,first_name,last_name,title,company,domain,employees,region,country,source,score,status,owner,created_at,mql_at\n".to_owned();
    for row in 0..rows {
        let company = pick(row, 0, rows / SHARED + 1);
        writeln!(
            text,
            "L-{row:07},p{row}@c{company}.example,+1 555 {:07},First{},Last{},Head of {},Company {company},c{company}.example,{},EMEA,Germany,{},{},Open,Owner {},{}T08:00:00Z,{}",
            pick(row, 1, 9_999_999), pick(row, 2, 300), pick(row, 3, 5000), pick(row, 4, 20), pick(row, 5, 5000),
            word(row, 6, &SOURCES), pick(row, 7, 100), pick(row, 8, OWNERS), day(row, 9), if pick(row, 12, 3) == 0 { day(row, 13) } else { String::new() }
        )
        .unwrap();
    }
    text
}

/// Moves of these deals from stage to stage.
pub fn moves(rows: usize, deals: usize) -> String {
    let mut text = "object,record_id,from_stage,to_stage,at,actor,amount\n".to_owned();
    for row in 0..rows {
        let at = pick(row, 0, STAGES.len() - 1);
        let (from, to) = (STAGES.get(at).copied().unwrap_or_default(), STAGES.get(at + 1).copied().unwrap_or_default());
        let deal = row % deals.max(1);
        let time = format!("{}T{:02}:{:02}:{:02}Z", day(row, 1), pick(row, 4, 24), pick(row, 5, 60), pick(row, 6, 60));
        writeln!(
            text,
            "opportunity,D-{deal:07},{from},{to},{time},Owner {},{}",
            pick(row, 7, OWNERS),
            100 * pick(row, 8, 900)
        )
        .unwrap();
    }
    text
}

/// The rows of a CSV file without quotes as a workbook.
pub fn workbook(csv: &Path, path: &Path) {
    let text = std::fs::read_to_string(csv).unwrap();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    workbook.save(path).unwrap();
}
