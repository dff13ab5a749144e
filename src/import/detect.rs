//! Headers → what the file holds, and which system it comes from.

use super::error::Error;
use super::known::{Header, Known};
use super::origin::worksheet;
use super::profile::Profile;
use super::units;
use crate::domain::fold::fold;
use crate::domain::intake::{As, Target};
use crate::domain::object::Object;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of headers that only one kind of file has.
const TELLING: &[(&[&str], As)] = &[
    (&["id", "opportunityid", "stagename"], As::StageHistory),
    (&["username", "profileid"], As::Team),
    (&["isconverted", "lastname"], As::Leads),
    (&["mailingcountry", "lastname"], As::Contacts),
    (&["apiname", "masterlabel", "sortorder"], As::Stages),
    (&["fieldevent", "oldvalue", "newvalue"], As::StageHistory),
    (&["opportunityid", "field", "oldvalue", "newvalue"], As::StageHistory),
];

/// How many signs of a system a header needs, and how many say what the file holds whatever its columns mean.
const SIGNS: usize = 2;
const MANY_SIGNS: usize = 4;

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
        (None, None) => {
            worksheet(header, file).map(|known| known.object).or_else(|| detect(header, file)).ok_or_else(|| {
                Error::UnknownObject {
                    headers: header.iter().take(12).cloned().collect::<Vec<_>>().join(", "),
                    choices: As::choices(),
                }
            })
        }
    }
}

/// The kind of file that explains the headers best, if any can.
pub(super) fn detect(header: &[String], file: &str) -> Option<As> {
    let folded: BTreeSet<String> =
        header.iter().map(|name| units::folded(name)).filter(|name| !name.is_empty()).collect();
    let file = fold(file.rsplit(['/', '\\']).next().unwrap_or(file));
    let is_named = |known: &Known| file.contains(fold(known.object.key()).trim_end_matches('s'));
    // A file that is called what it holds needs no more than an id and a name.
    let has_name =
        |known: &Known| Target::of(known.object, "name").is_some() || known.object.object() == Object::Person;
    let is_plain =
        |known: &Known| is_named(known) && has_name(known) && folded.contains("id") && folded.contains("name");
    let names = Header::of(header);
    let signs = |known: &Known| clearest(&names, known.object).map_or(0, |(signs, _)| signs);
    let has_many = |known: &Known| signs(known) >= MANY_SIGNS;
    let can_be = |known: &&Known| is_possible(known, &folded) || is_plain(known) || has_many(known);
    let scored = Known::plain().iter().filter(can_be).map(|known| {
        let named = is_named(known);
        // A person without any sign of interest is a contact.
        let bias = if known.object == As::Contacts { 0.5 } else { 0.0 };
        let signs = signs(known) as f64 * WEIGHT / 2.0;
        (score(known, header, &folded) + signs + bias + if named { 4.0 } else { 0.0 }, known.object)
    });
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, object)| object)
}

/// What a header weighs that only one kind of file has; signs and file names weigh half of it.
const WEIGHT: f64 = 8.0;

/// Headers that few kinds of files have weigh more, plain ones a little more again.
fn score(known: &Known, header: &[String], folded: &BTreeSet<String>) -> f64 {
    let mut best: BTreeMap<Target, f64> = BTreeMap::new();
    for name in header {
        let key = units::folded(name);
        let Some(meaning) = known.meanings.get(&key) else { continue };
        let knowing = Known::plain().iter().filter(|other| other.meanings.contains_key(&key)).count().max(1);
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
        As::Stages => any(&["name"]) && any(&["position"]) && (any(&["outcome"]) || named(&["isclosed", "iswon"])),
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
        As::Handoffs => all(&["kind", "at"]) && count(&["person", "opportunity"]) > 0,
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

/// The profile of the system that the user named, or else of the one whose signs stand in the header.
pub(super) fn system_of(header: &[String], object: As, named: Option<&str>) -> Option<&'static Known> {
    let is_named = |known: &&Known| named.is_some_and(|named| known.profile.name.eq_ignore_ascii_case(named));
    let of_name = Known::of_systems().iter().filter(|known| known.object == object).find(is_named);
    of_name.or_else(|| clearest(&Header::of(header), object).map(|(_, known)| known))
}

/// The system with the most signs and how many: at least two, and twice as many as any other has.
fn clearest(header: &Header, object: As) -> Option<(usize, &'static Known)> {
    let profiles = Known::of_systems().iter().filter(|known| known.object == object);
    let mut scored: Vec<(usize, &Known)> = profiles.map(|known| (known.signs_in(header), known)).collect();
    scored.sort_by_key(|(signs, _)| std::cmp::Reverse(*signs));
    let &(signs, best) = scored.first()?;
    let next = scored.get(1).map_or(0, |(signs, _)| *signs);
    (signs >= SIGNS && signs >= 2 * next).then_some((signs, best))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(|name| name.trim().to_owned()).collect()
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
            ("handoff,opportunity_id,event,at,member,next_at", As::Handoffs),
            ("线索编号,交接事件,发生时间,成员,原因", As::Handoffs),
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
    fn knows_systems_by_their_signs() {
        for (line, object, system) in [
            (
                "Lead Owner,First Name,Last Name,Title,Company / Account,Lead Source,Rating,Street,Email",
                As::Leads,
                Some("salesforce"),
            ),
            (
                "Salutation,First Name,Last Name,Title,Mailing Street,Mailing City,Phone,Email,Account Owner,Account Name",
                As::Contacts,
                Some("salesforce"),
            ),
            (
                "Account Owner,Account Name,Billing State/Province,Type,Rating,Account ID,Industry,Employees,Website",
                As::Accounts,
                Some("salesforce"),
            ),
            (
                "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Probability (%),Close Date",
                As::Opportunities,
                Some("salesforce"),
            ),
            (
                "Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,CloseDate",
                As::StageHistory,
                Some("salesforce"),
            ),
            (
                "Opportunity ID,Stage,Amount,Field / Event,Old Value,New Value,Edit Date",
                As::StageHistory,
                Some("salesforce"),
            ),
            ("ApiName,MasterLabel,SortOrder,IsClosed,IsWon", As::Stages, Some("salesforce")),
            ("id,username,profile_id,name,time_zone_sid_key", As::Team, Some("salesforce")),
            ("Id,WhoId,WhatId,Subject,ActivityDate,Status", As::Touches, Some("salesforce")),
            (
                "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Close Date,Create Date,Deal owner",
                As::Opportunities,
                Some("hubspot"),
            ),
            ("hs_object_id,dealname,dealstage,amount,closedate,hubspot_owner_id", As::Opportunities, Some("hubspot")),
            (
                "Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Lead Status",
                As::Contacts,
                Some("hubspot"),
            ),
            ("Record ID,Company name,Company Domain Name,Company owner,Industry", As::Accounts, Some("hubspot")),
            ("Record ID,Call title,Call outcome,Activity date,Associated Deal IDs", As::Touches, Some("hubspot")),
            ("姓名,公司,手机,邮件,线索池,线索阶段,转MQL时间,负责人", As::Leads, Some("fxiaoke")),
            (
                "_id,name,company,mobile,leads_pool_id,leads_status,assigned_time,owner,create_time",
                As::Leads,
                Some("fxiaoke"),
            ),
            ("*客户名称,行业,客户级别,成交状态,负责人,归属部门", As::Accounts, Some("fxiaoke")),
            ("姓名,职务,手机,邮件,主联系人,客户名称", As::Contacts, Some("fxiaoke")),
            ("_id,name,account_id,amount,sales_stage,sales_status,close_date,owner", As::Opportunities, None),
            (
                "_id,name,account_id,amount,sales_stage,sales_status,sales_process_id,close_date,owner",
                As::Opportunities,
                Some("fxiaoke"),
            ),
            ("姓名,公司名称,线索来源,手机,线索得分,创建日期", As::Leads, Some("neocrm")),
            ("客户名称（必填）,行业,总人数,上级客户,客户所有人", As::Accounts, Some("neocrm")),
            ("姓名,职务,手机,电子邮件,联系人角色,免打扰,客户名称", As::Contacts, Some("neocrm")),
            ("机会名称,客户名称,销售金额,销售阶段,结单日期,机会编号", As::Opportunities, Some("neocrm")),
            ("id,opportunityName,money,saleStageId,closeDate,winRate,dimDepart", As::Opportunities, Some("neocrm")),
            ("id,email,full_name,company,source,score,mql_at,owner,account_id,opportunity_id", As::Leads, None),
            (
                "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
                As::Opportunities,
                None,
            ),
            ("deal_id,deal_name,deal_stage,close_date,amount", As::Opportunities, None),
            ("id,name,domain,industry,owner_id,created_at,updated_at", As::Accounts, None),
            ("客户名称,行业,负责人", As::Accounts, None),
        ] {
            let header = header(line);
            assert_eq!(detect(&header, "export.csv"), Some(object), "{line}");
            let found = system_of(&header, object, None).map(|known| known.profile.name.as_str());
            assert_eq!(found, system, "{line}");
        }
        let header = header("Opportunity ID,Stage,Amount");
        let named = system_of(&header, As::Opportunities, Some("Salesforce"));
        assert_eq!(named.map(|known| known.profile.name.as_str()), Some("salesforce"));
        assert!(system_of(&header, As::Opportunities, Some("our CRM")).is_none());
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
}
