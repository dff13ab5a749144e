//! Invented companies: the market that Lanternfield sells to.

use super::catalogue::Sizes;
use super::dice::Dice;

const HEAD: [&str; 64] = [
    "Amber", "Birch", "Bright", "Cedar", "Clear", "Copper", "Coral", "Crest", "Dawn", "Delta", "Drift", "East", "Elm",
    "Ember", "Fair", "Falcon", "Fern", "Flint", "Frost", "Glen", "Gold", "Grand", "Gran", "Grey", "Harbor", "Haw",
    "Hazel", "High", "Iron", "Ivory", "Jasper", "Juniper", "Kestrel", "Kings", "Lark", "Laurel", "Linden", "Long",
    "Maple", "Marble", "Meadow", "Mill", "Mist", "Moss", "Never", "Oak", "Olive", "Opal", "Pine", "Quarry", "Raven",
    "Red", "River", "Rowan", "Silver", "Slate", "Stone", "Summer", "Swift", "Thorn", "Umber", "Violet", "West", "Wren",
];
const TAIL: [&str; 64] = [
    "acre", "arch", "bank", "bay", "beck", "bell", "bluff", "bourne", "bridge", "brook", "burg", "by", "cliff",
    "combe", "cote", "cove", "croft", "dale", "den", "edge", "fall", "fell", "field", "ford", "forge", "gate", "grove",
    "ham", "haven", "hill", "hollow", "holm", "hurst", "isle", "keep", "kirk", "land", "leaf", "ley", "march", "mere",
    "mont", "moor", "mouth", "ness", "peak", "point", "pool", "port", "quay", "ridge", "rock", "shaw", "shore", "side",
    "spring", "stead", "thorpe", "tower", "vale", "view", "water", "wick", "wood",
];
const TRADE: [(&str, &str); 12] = [
    ("Software", "Software"),
    ("Logistics", "Logistics"),
    ("Foods", "Consumer"),
    ("Health", "Healthcare"),
    ("Energy", "Energy"),
    ("Media", "Media"),
    ("Robotics", "Manufacturing"),
    ("Finance", "Financial Services"),
    ("Retail", "Consumer"),
    ("Analytics", "Software"),
    ("Systems", "Manufacturing"),
    ("Learning", "Education"),
];
const HAN_HEAD: [(&str, &str); 40] = [
    ("云", "yun"),
    ("海", "hai"),
    ("星", "xing"),
    ("蓝", "lan"),
    ("金", "jin"),
    ("天", "tian"),
    ("华", "hua"),
    ("瑞", "rui"),
    ("恒", "heng"),
    ("启", "qi"),
    ("远", "yuan"),
    ("博", "bo"),
    ("鼎", "ding"),
    ("盛", "sheng"),
    ("腾", "teng"),
    ("景", "jing"),
    ("智", "zhi"),
    ("锐", "ruij"),
    ("青", "qing"),
    ("晨", "chen"),
    ("方", "fang"),
    ("安", "an"),
    ("百", "bai"),
    ("东", "dong"),
    ("凡", "fan"),
    ("光", "guang"),
    ("宏", "hong"),
    ("嘉", "jia"),
    ("凯", "kai"),
    ("朗", "lang"),
    ("明", "ming"),
    ("南", "nan"),
    ("品", "pin"),
    ("荣", "rong"),
    ("山", "shan"),
    ("同", "tong"),
    ("万", "wan"),
    ("新", "xin"),
    ("易", "yi"),
    ("卓", "zhuo"),
];
const HAN_TAIL: [(&str, &str); 40] = [
    ("帆", "fan"),
    ("石", "shi"),
    ("河", "he"),
    ("图", "tu"),
    ("源", "yuan"),
    ("创", "chuang"),
    ("达", "da"),
    ("信", "xin"),
    ("通", "tong"),
    ("联", "lian"),
    ("翔", "xiang"),
    ("峰", "feng"),
    ("泰", "tai"),
    ("维", "wei"),
    ("思", "si"),
    ("诺", "nuo"),
    ("格", "ge"),
    ("顿", "dun"),
    ("飞", "fei"),
    ("程", "cheng"),
    ("拓", "tuo"),
    ("禾", "heh"),
    ("川", "chuan"),
    ("岭", "ling"),
    ("舟", "zhou"),
    ("桥", "qiao"),
    ("林", "lin"),
    ("木", "mu"),
    ("若", "ruo"),
    ("赛", "sai"),
    ("途", "tuu"),
    ("微", "weii"),
    ("云", "yun"),
    ("泽", "ze"),
    ("章", "zhang"),
    ("佰", "bai"),
    ("迪", "di"),
    ("高", "gao"),
    ("捷", "jie"),
    ("康", "kang"),
];
const HAN_TRADE: [(&str, &str, &str); 12] = [
    ("科技", "keji", "Software"),
    ("软件", "ruanjian", "Software"),
    ("智能", "zhineng", "Manufacturing"),
    ("网络", "wangluo", "Media"),
    ("数据", "shuju", "Software"),
    ("物流", "wuliu", "Logistics"),
    ("制造", "zhizao", "Manufacturing"),
    ("医疗", "yiliao", "Healthcare"),
    ("教育", "jiaoyu", "Education"),
    ("能源", "nengyuan", "Energy"),
    ("食品", "shipin", "Consumer"),
    ("电子", "dianzi", "Manufacturing"),
];

/// Part of the world that Lanternfield sells to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    NorthAmerica,
    Europe,
    China,
}

impl Region {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::NorthAmerica => "Americas",
            Self::Europe => "Europe",
            Self::China => "China",
        }
    }

    /// Hours from UTC of its working day (standard time: the sample has no summer time).
    pub(super) fn offset(self) -> i64 {
        match self {
            Self::NorthAmerica => -5,
            Self::Europe => 1,
            Self::China => 8,
        }
    }
}

/// A company in the market.
#[derive(Debug, Clone)]
pub(super) struct Company {
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) industry: &'static str,
    pub(super) region: Region,
    pub(super) country: &'static str,
    pub(super) employees: i64,
}

/// All companies; the first `old_customers` of them were customers before the history begins.
pub(super) fn invent(seed: u64, sizes: &Sizes) -> Vec<Company> {
    let mut dice = Dice::new(seed, "companies");
    let (mut latin, mut han) = (dice.below(HEAD.len() * TAIL.len()), dice.below(HAN_HEAD.len() * HAN_TAIL.len()));
    (0..sizes.companies)
        .map(|_| {
            let (region, country) = place(&mut dice);
            let serial = if region == Region::China { &mut han } else { &mut latin };
            *serial += 1;
            let (name, domain, industry) = match region {
                Region::China => han_name(&mut dice, *serial),
                _ => latin_name(&mut dice, *serial, country),
            };
            let employees = dice.along(&[12, 30, 60, 110, 180, 320, 600, 1200, 4000]);
            Company { name, domain, industry, region, country, employees }
        })
        .collect()
}

fn place(dice: &mut Dice) -> (Region, &'static str) {
    match dice.weighted(&[36, 9, 11, 10, 7, 5, 2, 20]) {
        0 => (Region::NorthAmerica, "United States"),
        1 => (Region::NorthAmerica, "Canada"),
        2 => (Region::Europe, "Germany"),
        3 => (Region::Europe, "United Kingdom"),
        4 => (Region::Europe, "France"),
        5 => (Region::Europe, "Netherlands"),
        6 => (Region::Europe, "Sweden"),
        _ => (Region::China, "China"),
    }
}

/// Walks through all pairs of two word lists before a pair returns. The stride shares no factor
/// with the number of pairs (4,096 and 1,600), so neighbours look unrelated. Returns the pair
/// and how often it was used before.
fn pair<T: Copy + Default>(heads: &[T], tails: &[T], serial: usize) -> (T, T, usize) {
    let pairs = heads.len() * tails.len();
    let place = serial * 1_237 % pairs;
    let head = heads.get(place / tails.len()).copied().unwrap_or_default();
    let tail = tails.get(place % tails.len()).copied().unwrap_or_default();
    (head, tail, serial / pairs)
}

fn latin_name(dice: &mut Dice, serial: usize, country: &str) -> (String, String, &'static str) {
    let (head, tail, round) = pair(&HEAD, &TAIL, serial);
    // A pair that returns takes another trade, so that the name stays unique.
    let (trade, industry) = TRADE.get((serial * 7 + round) % TRADE.len()).copied().unwrap_or_default();
    let again = if round >= TRADE.len() { format!(" {}", round / TRADE.len() + 1) } else { String::new() };
    let legal = match (dice.chance(350), country) {
        (false, _) => "",
        (_, "Germany") => " GmbH",
        (_, "United Kingdom") => " Ltd",
        (_, "France") => " SAS",
        (_, "Netherlands") => " BV",
        (_, "Sweden") => " AB",
        _ => " Inc",
    };
    let base = format!("{head}{tail}").to_lowercase();
    let domain = match round {
        0 => format!("{base}.example"),
        _ => format!("{base}-{}{}.example", trade.to_lowercase(), again.trim()),
    };
    (format!("{head}{tail} {trade}{again}{legal}"), domain, industry)
}

fn han_name(dice: &mut Dice, serial: usize) -> (String, String, &'static str) {
    let ((head, first), (tail, second), round) = pair(&HAN_HEAD, &HAN_TAIL, serial);
    let (trade, code, industry) = HAN_TRADE.get((serial * 5 + round) % HAN_TRADE.len()).copied().unwrap_or_default();
    let city = CITIES.get(round / HAN_TRADE.len() % CITIES.len()).copied().unwrap_or_default();
    let legal = if dice.chance(300) { "有限公司" } else { "" };
    let domain = match round {
        0 => format!("{first}{second}.example"),
        _ => format!("{first}{second}-{code}{}.example", city.1),
    };
    (format!("{}{head}{tail}{trade}{legal}", city.0), domain, industry)
}

/// A city in front of the name keeps very large samples unique.
const CITIES: [(&str, &str); 8] = [
    ("", ""),
    ("上海", "sh"),
    ("北京", "bj"),
    ("深圳", "sz"),
    ("杭州", "hz"),
    ("成都", "cd"),
    ("苏州", "su"),
    ("武汉", "wh"),
];
