//! Headers → what the file holds, and what each column means.

use super::error::Error;
use super::kinds::{As, Target};
use super::natural::{Natural, natural};
use super::profile::Profile;
use crate::domain::fold::fold;
use crate::domain::object::{Kind, Object};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// The profiles that are shipped, one per object.
const SHIPPED: [&str; 19] = [
    include_str!("../../assets/profiles/team.toml"),
    include_str!("../../assets/profiles/products.toml"),
    include_str!("../../assets/profiles/accounts.toml"),
    include_str!("../../assets/profiles/leads.toml"),
    include_str!("../../assets/profiles/contacts.toml"),
    include_str!("../../assets/profiles/opportunities.toml"),
    include_str!("../../assets/profiles/stage-history.toml"),
    include_str!("../../assets/profiles/targets.toml"),
    include_str!("../../assets/profiles/touches.toml"),
    include_str!("../../assets/profiles/arr.toml"),
    include_str!("../../assets/profiles/spend.toml"),
    include_str!("../../assets/profiles/costs.toml"),
    include_str!("../../assets/profiles/leave.toml"),
    include_str!("../../assets/profiles/rates.toml"),
    include_str!("../../assets/profiles/surveys.toml"),
    include_str!("../../assets/profiles/health.toml"),
    include_str!("../../assets/profiles/usage.toml"),
    include_str!("../../assets/profiles/tools.toml"),
    include_str!("../../assets/profiles/integrations.toml"),
];

/// Columns that revops adds to a file of rejected rows.
pub(super) const OWN_COLUMNS: [&str; 4] = ["_line", "_column", "_value", "_reason"];

/// Pairs of headers that only one kind of file has.
const TELLING: &[(&[&str], As)] = &[
    (&["id", "opportunityid", "stagename"], As::StageHistory),
    (&["username", "profileid"], As::Team),
    (&["isconverted", "lastname"], As::Leads),
    (&["mailingcountry", "lastname"], As::Contacts),
];

/// What a header may mean in one kind of file.
#[derive(Debug)]
struct Meaning {
    target: Target,
    /// Place among the spellings of its target; the plain header is 0.
    rank: usize,
}

#[derive(Debug)]
struct Known {
    object: As,
    meanings: HashMap<String, Meaning>,
    signs: BTreeSet<String>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let profiles = SHIPPED.iter().filter_map(|text| Profile::parse(text).ok());
    profiles.filter_map(|profile| Some(Known::of(profile.object?, &profile))).collect()
});

impl Known {
    fn of(object: As, profile: &Profile) -> Self {
        let mut meanings = HashMap::new();
        for (key, headers) in &profile.columns {
            let Some(target) = Target::of(object, key) else { continue };
            for (rank, header) in headers.iter().enumerate() {
                meanings.entry(fold(header)).or_insert(Meaning { target, rank });
            }
        }
        Self { object, meanings, signs: profile.signs.iter().map(|sign| fold(sign)).collect() }
    }

    fn shipped(object: As) -> Option<&'static Self> {
        KNOWN.iter().find(|known| known.object == object)
    }
}

/// How a record of the file is told from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyRule {
    /// These columns together.
    Columns(Vec<usize>),
    /// The first of these columns that is not blank.
    FirstOf(Vec<usize>),
    /// The deal, the time and the stage of a move.
    History,
    /// The metric, the period and the owner of a target.
    Target,
    /// Fields that together tell a row of an event, a sum or a measurement.
    Natural(Natural),
}

/// What each column of a file means.
#[derive(Debug, Clone)]
pub(super) struct Mapping {
    /// What the file holds.
    pub object: As,
    /// One per column.
    pub targets: Vec<Target>,
    /// Names of the columns, without blanks or repetitions.
    pub names: Vec<String>,
    /// How records are told apart.
    pub key: KeyRule,
}

impl Mapping {
    /// The text field that the user's profile chose as the key, if it is one and not an id.
    pub(super) fn match_on(&self, profile: Option<&Profile>) -> Option<&'static str> {
        let chosen = profile.is_some_and(|profile| !profile.key.is_empty());
        let KeyRule::Columns(columns) = &self.key else { return None };
        let &[column] = columns.as_slice() else { return None };
        let Target::Field(at) = *self.targets.get(column).filter(|_| chosen)? else { return None };
        let field = self.object.object().fields().get(at)?;
        (field.kind == Kind::Text).then_some(field.key)
    }
}

/// Decides what the file holds: what the user said, or what its headers say.
pub(super) fn object_of(
    header: &[String],
    file: &str,
    asked: Option<As>,
    profile: Option<&Profile>,
) -> Result<As, Error> {
    let of_profile = profile.and_then(|profile| profile.object.map(|object| (object, &profile.name)));
    match (asked, of_profile) {
        (Some(asked), Some((object, name))) if asked != object => {
            Err(Error::ProfileObject { profile: name.clone(), object: object.key(), asked: asked.key() })
        }
        (Some(object), _) | (None, Some((object, _))) => Ok(object),
        (None, None) => detect(header, file).ok_or_else(|| Error::UnknownObject {
            headers: header.iter().take(12).cloned().collect::<Vec<_>>().join(", "),
            choices: As::choices(),
        }),
    }
}

/// The kind of file that explains the headers best, if any can.
fn detect(header: &[String], file: &str) -> Option<As> {
    let folded: BTreeSet<String> = header.iter().map(|name| fold(name)).filter(|name| !name.is_empty()).collect();
    let file = fold(file.rsplit(['/', '\\']).next().unwrap_or(file));
    let is_named = |known: &Known| file.contains(fold(known.object.key()).trim_end_matches('s'));
    // A file that is called what it holds needs no more than an id and a name.
    let has_name =
        |known: &Known| Target::of(known.object, "name").is_some() || known.object.object() == Object::Person;
    let is_plain =
        |known: &Known| is_named(known) && has_name(known) && folded.contains("id") && folded.contains("name");
    let scored = KNOWN.iter().filter(|known| is_possible(known, &folded) || is_plain(known)).map(|known| {
        let named = is_named(known);
        // A person without any sign of interest is a contact.
        let bias = if known.object == As::Contacts { 0.5 } else { 0.0 };
        (score(known, header, &folded) + bias + if named { 4.0 } else { 0.0 }, known.object)
    });
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, object)| object)
}

/// What a header weighs that only one kind of file has; signs and file names weigh half of it.
const WEIGHT: f64 = 8.0;

/// Headers that few kinds of files have weigh more, plain ones a little more again.
fn score(known: &Known, header: &[String], folded: &BTreeSet<String>) -> f64 {
    let mut best: BTreeMap<Target, f64> = BTreeMap::new();
    for name in header {
        let key = fold(name);
        let Some(meaning) = known.meanings.get(&key) else { continue };
        let knowing = KNOWN.iter().filter(|other| other.meanings.contains_key(&key)).count().max(1);
        let plain = if meaning.rank == 0 && *name == name.to_lowercase() { 1.5 } else { 1.0 };
        let weight = WEIGHT / knowing as f64 * plain;
        let slot = best.entry(meaning.target).or_default();
        *slot = slot.max(weight);
    }
    let signs = known.signs.intersection(folded).count() as f64 * 4.0;
    let telling = TELLING
        .iter()
        .filter(|(names, object)| *object == known.object && names.iter().all(|name| folded.contains(*name)));
    best.values().sum::<f64>() + signs + telling.count() as f64 * 30.0
}

/// Whether the headers have what a file of this kind cannot do without.
fn is_possible(known: &Known, folded: &BTreeSet<String>) -> bool {
    let object = known.object.object();
    let found: BTreeSet<&str> = folded
        .iter()
        .filter_map(|name| match known.meanings.get(name)?.target {
            Target::Key => Some("id"),
            target => target.position().and_then(|at| object.fields().get(at)).map(|field| field.key),
        })
        .collect();
    let any = |keys: &[&str]| keys.iter().any(|key| found.contains(key));
    let named = |names: &[&str]| names.iter().any(|name| folded.contains(*name));
    match known.object {
        As::Team => {
            any(&["name", "email"])
                && (any(&["manager", "hired_at", "weekly_capacity"])
                    || named(&["role", "userrole", "regionaloffice", "username", "salesagent", "角色", "入职日期"]))
        }
        As::Products => any(&["name"]) && (any(&["list_price"]) || named(&["productcode", "sku", "产品编号"])),
        As::Accounts => {
            any(&["name", "domain"])
                && (any(&["industry", "segment", "employees", "annual_revenue", "parent", "first_paid_at"])
                    || any(&["name"]) && any(&["domain", "country", "region"])
                    || named(&["客户名称"]))
        }
        As::Leads | As::Contacts => {
            any(&["email", "first_name", "last_name", "wechat"])
                || any(&["full_name"]) && (any(&["title", "company", "account"]) || !named(&["name"]))
                || any(&["phone"]) && any(&["source", "score", "mql_at", "account"]) && !named(&["companyname"])
        }
        As::Opportunities => {
            any(&["id", "name", "account"]) && any(&["stage"]) || any(&["id"]) && any(&["amount", "close_date"])
        }
        As::StageHistory => any(&["opportunity"]) && any(&["to_stage"]) && any(&["at"]),
        As::Targets => any(&["metric"]) && any(&["period"]) && any(&["value"]),
        other => is_possible_record(other, &|key| found.contains(key), &named),
    }
}

/// The same for what surrounds people, companies and deals: `found` tells a field, `named` a header.
/// Many tables have an account, a type, an amount and a date; these have a header of their own besides.
fn is_possible_record(object: As, found: &dyn Fn(&str) -> bool, named: &dyn Fn(&[&str]) -> bool) -> bool {
    let all = |keys: &[&str]| keys.iter().all(|key| found(key));
    let count = |keys: &[&str]| keys.iter().filter(|key| found(key)).count();
    match object {
        As::Touches => {
            all(&["at"])
                && count(&["person", "opportunity", "account"]) > 0
                && (all(&["kind"]) && named(&["kind", "activitytype", "跟进方式", "跟进类型", "活动类型"])
                    || named(&["human", "whoid", "whatid", "calltype", "calloutcome", "activitydate", "tasksubtype"]))
        }
        As::Arr => {
            all(&["account", "kind", "amount", "at"])
                && named(&["kind", "movement", "movementtype", "changetype", "arr", "arrtype", "arrchange", "变动类型"])
        }
        As::Spend => all(&["period", "amount"]) && count(&["channel", "campaign"]) > 0,
        As::Costs => all(&["period", "team", "amount"]),
        As::Leave => {
            all(&["member", "first_day", "last_day"])
                && named(&[
                    "from",
                    "firstday",
                    "leavefrom",
                    "leavestart",
                    "leavetype",
                    "请假人",
                    "请假类型",
                    "开始日期",
                ])
        }
        As::Rates => all(&["currency", "date", "rate"]),
        As::Surveys => {
            all(&["kind", "score", "at"])
                && count(&["account", "person"]) > 0
                && named(&["kind", "survey", "surveytype", "responseid", "问卷类型", "调查类型"])
        }
        As::Health => all(&["account", "score", "at"]),
        As::Usage => all(&["metric", "value", "at"]) && count(&["account", "person"]) > 0,
        As::Tools => {
            let own = ["layer", "capabilities", "seats", "seats_used", "annual_cost", "renewal_date"];
            all(&["name"]) && count(&own) > 1
        }
        As::Integrations => all(&["from_tool", "to_tool"]) && count(&["direction", "trigger", "fields"]) > 0,
        _ => false,
    }
}

/// Says what each column means.
pub(super) fn map(header: &[String], object: As, profile: Option<&Profile>) -> Result<Mapping, Error> {
    let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
    let own = profile.map(|profile| Known::of(object, profile));
    let mut targets = targets(header, &folded, own.as_ref(), Known::shipped(object));
    let is_told = own.as_ref().is_some_and(|known| known.meanings.contains_key("recordid"));
    if object == As::Touches && !is_told && !targets.contains(&Target::Object) {
        ids_of_hubspot(&folded, &mut targets);
    }
    let key = key_rule(&folded, &targets, object, profile)?;
    Ok(Mapping { object, targets, names: names(header), key })
}

/// The best column for each target: the user's own profile before the shipped one, its first
/// spelling before the others, then the first in the file.
fn targets(header: &[String], folded: &[String], own: Option<&Known>, shipped: Option<&Known>) -> Vec<Target> {
    let mut best: BTreeMap<Target, ((usize, usize), usize)> = BTreeMap::new();
    for (at, (name, key)) in header.iter().zip(folded).enumerate() {
        if OWN_COLUMNS.contains(&name.as_str()) {
            continue;
        }
        let of_own = own.and_then(|known| known.meanings.get(key)).map(|meaning| (0, meaning));
        let of_shipped = || shipped.and_then(|known| known.meanings.get(key)).map(|meaning| (1, meaning));
        let Some((whose, meaning)) = of_own.or_else(of_shipped) else { continue };
        let claim = ((whose, meaning.rank), at);
        let holder = best.entry(meaning.target).or_insert(claim);
        *holder = claim.min(*holder);
    }
    let mut targets: Vec<Target> = header
        .iter()
        .map(|name| if OWN_COLUMNS.contains(&name.as_str()) { Target::Ignored } else { Target::Attribute })
        .collect();
    for (target, (_, at)) in best {
        if let Some(slot) = targets.get_mut(at) {
            *slot = target;
        }
    }
    targets
}

/// `record_id` is whom a touch is about, beside a column that says what that is; alone, it is HubSpot's
/// `Record ID`, which is the touch itself.
fn ids_of_hubspot(folded: &[String], targets: &mut [Target]) {
    let has_id = targets.contains(&Target::Key);
    let at = folded.iter().position(|name| name == "recordid").and_then(|at| targets.get_mut(at));
    if let Some(target) = at.filter(|target| !has_id && target.position().is_some()) {
        *target = Target::Key;
    }
}

/// Names for attributes: blank headers get a number, repeated ones a suffix.
fn names(header: &[String]) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut all = Vec::with_capacity(header.len());
    for (at, original) in header.iter().enumerate() {
        let count = seen.entry(original.as_str()).or_default();
        *count += 1;
        all.push(match *count {
            _ if original.is_empty() => format!("column_{}", at + 1),
            1 => original.clone(),
            n => format!("{original}_{n}"),
        });
    }
    all
}

fn key_rule(folded: &[String], targets: &[Target], object: As, profile: Option<&Profile>) -> Result<KeyRule, Error> {
    match object {
        As::StageHistory => return Ok(KeyRule::History),
        As::Targets => return Ok(KeyRule::Target),
        _ => {}
    }
    let column = |target: Target| targets.iter().position(|t| *t == target);
    let field = |key: &str| object.object().position(key).and_then(|at| column(Target::Field(at)));
    let wanted = |headers: String| Error::NoKey { object: object.key(), wanted: headers };
    if let Some(keys) = profile.map(|profile| &profile.key).filter(|keys| !keys.is_empty()) {
        let by_header = |key: &String| folded.iter().position(|name| *name == fold(key));
        let by_target = |key: &String| Target::of(object, key).and_then(column);
        let columns: Option<Vec<usize>> = keys.iter().map(|key| by_header(key).or_else(|| by_target(key))).collect();
        return columns.map(KeyRule::Columns).ok_or_else(|| wanted(keys.join(", ")));
    }
    if let Some(id) = column(Target::Key) {
        return Ok(KeyRule::Columns(vec![id]));
    }
    if let Some(natural) = natural(object) {
        let given = |key: &str| profile.is_some_and(|profile| profile.defaults.contains_key(key));
        let mapped = |at| targets.iter().any(|target| target.position() == Some(at));
        let is_there = |key: &&str| given(key) || object.object().position(key).is_some_and(mapped);
        let whole = natural.needed.iter().all(is_there);
        return if whole { Ok(KeyRule::Natural(natural)) } else { Err(wanted(natural.needed.join(", "))) };
    }
    let names: &[&str] = match object.object() {
        Object::Member => &["email", "name"],
        Object::Person => &["email", "phone", "wechat"],
        Object::Account | Object::Product | Object::Tool => &["name"],
        _ => &[],
    };
    let columns: Vec<usize> = names.iter().filter_map(|key| field(key)).collect();
    if columns.is_empty() {
        return Err(wanted(["id"].iter().chain(names).copied().collect::<Vec<_>>().join(", ")));
    }
    Ok(KeyRule::FirstOf(columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(|name| name.trim().to_owned()).collect()
    }

    #[test]
    fn every_shipped_profile_is_in_order() {
        assert_eq!(KNOWN.iter().map(|known| known.object).collect::<Vec<_>>(), As::ALL);
        for text in SHIPPED {
            let profile = Profile::parse(text).unwrap();
            let mut seen = BTreeMap::new();
            for (field, headers) in &profile.columns {
                for spelling in headers.iter().map(|header| fold(header)).collect::<BTreeSet<_>>() {
                    let other = seen.insert(spelling.clone(), field);
                    assert_eq!(other, None, "{}: {spelling} stands for {field} too", profile.name);
                }
            }
        }
    }

    #[test]
    fn knows_files_by_their_headers() {
        for (line, object) in [
            ("account,sector,year_established,revenue,employees,office_location,subsidiary_of", As::Accounts),
            ("product,series,sales_price", As::Products),
            ("sales_agent,manager,regional_office", As::Team),
            (
                "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
                As::Opportunities,
            ),
            ("Lead Owner,First Name,Last Name,Title,Company / Account,Lead Source,Rating,Street,Email", As::Leads),
            (
                "Salutation,First Name,Last Name,Title,Mailing Street,Mailing City,Phone,Email,Account Owner,Account Name",
                As::Contacts,
            ),
            (
                "Account Owner,Account Name,Billing State/Province,Type,Rating,Account ID,Industry,Employees,Website",
                As::Accounts,
            ),
            (
                "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Probability (%),Close Date",
                As::Opportunities,
            ),
            (
                "Opportunity ID,Opportunity Name,From Stage,To Stage,Stage Duration,Last Modified,Amount,Close Date,Stage",
                As::StageHistory,
            ),
            ("Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,CloseDate,Probability", As::StageHistory),
            ("Record ID,Deal Name,Pipeline,Deal Stage,Amount,Close Date,Create Date,Deal owner", As::Opportunities),
            (
                "Record ID,Company name,Company Domain Name,Phone Number,Industry,City,Lead Status,Number of Employees",
                As::Accounts,
            ),
            ("姓名,公司名称,线索来源,手机,线索得分,创建日期", As::Leads),
            ("客户名称（必填）,行业,总人数,负责人", As::Accounts),
            ("机会名称,客户名称,销售金额,销售阶段,结单日期,机会编号", As::Opportunities),
            ("id,email,full_name,company,source,score,mql_at,owner,account_id,opportunity_id", As::Leads),
            ("id,account_id,email,first_name,last_name,title,street,city,postcode,owner", As::Contacts),
            ("id,name,domain,industry,segment,employees,region,country,owner,parent_id,created_at", As::Accounts),
            ("object,record_id,from_stage,to_stage,at,actor,amount,close_date", As::StageHistory),
            ("id,name,email,role,team,manager,hired_at,left_at,weekly_capacity,time_zone", As::Team),
            ("id,name,list_price,currency", As::Products),
            ("metric,period,owner,value", As::Targets),
            ("指标,期间,负责人,目标值", As::Targets),
            ("id,object,record_id,kind,direction,human,at,by,outcome", As::Touches),
            ("who_id,owner_id,subject,id,status,account_id,created_date", As::Touches),
            (
                "Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority,OwnerId,AccountId,TaskSubtype,CallType",
                As::Touches,
            ),
            ("Record ID,Call title,Call outcome,Activity date,Activity assigned to,Associated Deal IDs", As::Touches),
            ("线索编号,跟进方式,跟进时间,跟进人,跟进结果", As::Touches),
            ("account_id,kind,amount,currency,at", As::Arr),
            ("客户名称,变动类型,变动金额,币种,生效日期", As::Arr),
            ("period,channel,campaign,amount,currency", As::Spend),
            ("月份,渠道,市场活动,投放金额", As::Spend),
            ("period,team,amount,currency", As::Costs),
            ("月份,部门,成本", As::Costs),
            ("person,from,to", As::Leave),
            ("姓名,请假类型,开始日期,结束日期", As::Leave),
            ("currency,date,rate", As::Rates),
            ("币种,生效日期,汇率", As::Rates),
            ("account_id,kind,score,at", As::Surveys),
            ("客户名称,调查类型,评分,提交时间", As::Surveys),
            ("account_id,score,at", As::Health),
            ("客户名称,健康分,日期", As::Health),
            ("account_id,person_id,metric,value,at", As::Usage),
            ("name,layer,category,owner,team,seats,annual_cost,renewal_date,capabilities", As::Tools),
            ("工具名称,所属层,类别,负责人,年费,续约日期", As::Tools),
            ("from,to,direction,trigger,fields,status", As::Integrations),
            ("源系统,目标系统,方向,触发条件,关键字段,状态", As::Integrations),
            ("rec_id,given_name,surname,street_number,address_1,suburb,postcode,date_of_birth", As::Contacts),
        ] {
            assert_eq!(detect(&header(line), "export.csv"), Some(object), "{line}");
        }
    }

    #[test]
    fn the_name_of_a_file_settles_a_plain_header() {
        assert_eq!(detect(&header("id,name,owner"), "data/accounts.csv"), Some(As::Accounts));
        assert_eq!(detect(&header("id,name,owner"), "accounts/team-2026.csv"), Some(As::Team));
        assert_eq!(detect(&header("id,name,owner"), "export.csv"), None);
        assert_eq!(detect(&header("id,name,owner"), "corporate.csv"), None);
        assert_eq!(detect(&header("id,name,owner"), "tools.csv"), Some(As::Tools));
    }

    #[test]
    fn does_not_take_other_files_for_its_own() {
        for line in [
            "id,name,addr,city,phone,type",
            "Case Number,Subject,Account Name,Type,Status,Created Date",
            "customer,type,amount,date",
            "account,rating,comment",
            "name,vendor,renewal_date",
            "from,to,amount",
            "a,b,c",
        ] {
            assert_eq!(detect(&header(line), "x.csv"), None, "{line}");
        }
    }

    #[test]
    fn columns_are_mapped_once_and_by_rank() {
        let header = header("Mobile,Phone,Email,Email,,_reason,Lead Status");
        let mapping = map(&header, As::Leads, None).unwrap();
        let at = |key| Object::Person.position(key).unwrap();
        assert_eq!(mapping.targets[0..3], [Target::Attribute, Target::Field(at("phone")), Target::Field(at("email"))]);
        assert_eq!(mapping.targets[3..6], [Target::Attribute, Target::Attribute, Target::Ignored]);
        assert_eq!(mapping.names[3..5], ["Email_2", "column_5"]);
        assert_eq!(mapping.key, KeyRule::FirstOf(vec![2, 1]));
        let profile = Profile::parse("key = [\"Lead Status\"]\n[columns]\nphone = \"Mobile\"").unwrap();
        let mapping = map(&header, As::Leads, Some(&profile)).unwrap();
        assert_eq!(mapping.targets[0..2], [Target::Field(at("phone")), Target::Attribute]);
        assert_eq!(mapping.key, KeyRule::Columns(vec![6]));
        assert!(matches!(map(&["Stage".to_owned()], As::Opportunities, None), Err(Error::NoKey { .. })));
    }
}
