//! Hand-made journeys, with every count made by hand. Day 0 is 2026-01-01, a Thursday; the period is
//! mostly February (days 31 to 58).

mod amounts;
mod explained;

use super::*;
use crate::domain::facts::{
    Accounts, Facts, LifecycleChanges, MemberFact, NONE, Opportunities, People, StageChanges, StageFact, Touched,
};
use crate::domain::figure::Withheld;
use crate::domain::funnel::journey::Skips;
use crate::domain::funnel::segment::{Dimension, NEW, TENURED, values};
use crate::domain::funnel::{Funnel, Funnels};
use crate::domain::object::Object;
use crate::domain::period::FiscalYear;
use crate::domain::stage::Outcome;
use crate::domain::target::{Rag, TargetFact};
use crate::domain::time::DAY_MS;
use crate::domain::value::Id;
use std::collections::BTreeMap;
use std::sync::Arc;

/// 2026-01-01, in days since 1970.
const ZERO: i64 = 20_454;
const OPEN: i64 = 1;
const WON: i64 = 2;
const LOST: i64 = 3;
const VETERAN: i64 = 10;
const NOVICE: i64 = 11;

fn ms(day: f64) -> i64 {
    ((ZERO as f64 + day) * DAY_MS as f64).round() as i64
}

/// Someone: days of creation, MQL, SAL and SQL.
#[derive(Clone, Copy, Default)]
struct Someone {
    created: Option<f64>,
    mql: Option<f64>,
    sal: Option<f64>,
    sql: Option<f64>,
    contact: bool,
    disqualified: Option<f64>,
    owner: Option<i64>,
    source: Option<&'static str>,
}

/// A deal: the person it came from, stage, days of creation and closing, amount in dollars.
#[derive(Clone, Copy)]
struct ADeal(Option<usize>, i64, f64, Option<f64>, i64);

#[derive(Default)]
struct Company {
    people: Vec<Someone>,
    deals: Vec<ADeal>,
    /// Person, stage as its source spells it, day.
    moves: Vec<(usize, &'static str, f64)>,
    /// Deal, stage it left, stage it entered, day.
    deal_moves: Vec<(usize, i64, i64, f64)>,
    /// Day on which the account of each deal paid first.
    paid: Vec<Option<f64>>,
}

impl Company {
    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        let cell = |day: Option<f64>| day.map_or(NONE, ms);
        let words = Arc::make_mut(&mut facts.words);
        let mut people = People::default();
        let rows = self.people.iter().zip(1000..).map(|(someone, id)| {
            let source = someone.source.map_or(NONE, |source| words.number(source));
            let kind = i64::from(someone.contact);
            let (created, mql) = (cell(someone.created), cell(someone.mql));
            let (sal, sql, out) = (cell(someone.sal), cell(someone.sql), cell(someone.disqualified));
            let owner = someone.owner.unwrap_or(NONE);
            vec![id, kind, owner, NONE, NONE, source, NONE, NONE, NONE, created, mql, sal, sql, NONE, out]
        });
        people.apply(&Touched::everything(), rows.collect());
        let mut changes = LifecycleChanges::default();
        let rows = self
            .moves
            .iter()
            .zip(3000..)
            .map(|(&(person, stage, day), id)| vec![id, 1000 + person as i64, words.number(stage), ms(day)]);
        changes.apply(&Touched::everything(), rows.collect());
        let mut deals = Opportunities::default();
        let rows = self.deals.iter().zip(2000..).map(|(&ADeal(person, stage, created, closed, dollars), id)| {
            let lead = person.map_or(NONE, |person| 1000 + person as i64);
            let amount = if dollars > 0 { dollars * 100 } else { NONE };
            let (owner, account) = (VETERAN, id + 2000);
            vec![id, account, lead, stage, amount, NONE, owner, NONE, NONE, ms(created), NONE, cell(closed)]
        });
        deals.apply(&Touched::everything(), rows.collect());
        let mut deal_changes = StageChanges::default();
        let rows = self
            .deal_moves
            .iter()
            .zip(5000..)
            .map(|(&(deal, from, to, day), id)| vec![id, 2000 + deal as i64, from, to, ms(day)]);
        deal_changes.apply(&Touched::everything(), rows.collect());
        let mut accounts = Accounts::default();
        let rows = self.paid.iter().zip(4000..).map(|(&paid, id)| vec![id, NONE, NONE, NONE, cell(paid)]);
        accounts.apply(&Touched::everything(), rows.collect());
        let stage = |name: &str, position, outcome| StageFact { name: name.to_owned(), position, outcome };
        let member = |name: &str, hired: i64| MemberFact {
            name: name.to_owned(),
            region: None,
            team: None,
            role: None,
            hired_at: Some(ZERO + hired),
            named_only: false,
        };
        Facts {
            people: Arc::new(people),
            lifecycle_changes: Arc::new(changes),
            opportunities: Arc::new(deals),
            stage_changes: Arc::new(deal_changes),
            accounts: Arc::new(accounts),
            stages: Arc::new(
                [
                    (OPEN, stage("Demo", 1, Outcome::Open)),
                    (WON, stage("Won", 8, Outcome::Won)),
                    (LOST, stage("Lost", 9, Outcome::Lost)),
                ]
                .into(),
            ),
            // 90 days after day −50 is day 40.
            members: Arc::new([(VETERAN, member("Ana", -900)), (NOVICE, member("Li", -50))].into()),
            ..facts
        }
    }

    fn journeys(&self, skips: Skips, now: f64) -> Journeys {
        self.through(Funnels::shipped().first().unwrap(), skips, now)
    }

    fn through(&self, funnel: &Arc<Funnel>, skips: Skips, now: f64) -> Journeys {
        Journeys::read(&self.facts(), funnel, skips, Instant(ms(now)))
    }
}

fn query(period: &str) -> Query {
    Query {
        period: Period::parse(period, FiscalYear::default()).unwrap(),
        compare: Compare::Previous,
        basis: Basis::Cohort,
        measure: Measure::Count,
        segment: Segment::default(),
    }
}

fn snapshot(period: &str) -> Query {
    Query { basis: Basis::Snapshot, ..query(period) }
}

fn lead(created: f64) -> Someone {
    Someone { created: Some(created), ..Someone::default() }
}

fn mql(created: f64, mql: f64) -> Someone {
    Someone { mql: Some(mql), ..lead(created) }
}

fn sql(created: f64, mqled: f64, sql: f64) -> Someone {
    Someone { sql: Some(sql), ..mql(created, mqled) }
}

/// Counts by stage key, as text.
fn counts(flow: &Flow) -> Vec<(&str, String)> {
    flow.stages.iter().map(|stage| (stage.key.as_str(), shown(&stage.count))).collect()
}

fn shown(figure: &FlowFigure) -> String {
    match &figure.value {
        Ok(Number::Share { part, whole }) => format!("{part}/{whole}"),
        Ok(number) => serde_json::to_string(number).unwrap(),
        Err(Withheld::SmallSample { part, whole }) => format!("{part} of {whole}"),
        Err(reason) => reason.key().to_owned(),
    }
}

fn stage<'f>(flow: &'f Flow, key: &str) -> &'f StageFlow {
    flow.stages.iter().find(|stage| stage.key == key).unwrap()
}

/// One who skipped MQL, one whose history begins at SQL, one who goes all the way, one out of order.
fn skippers() -> Company {
    Company {
        people: vec![
            Someone { sql: Some(33.0), ..lead(32.0) },
            Someone { sql: Some(34.0), ..Someone::default() },
            sql(35.0, 36.0, 37.0),
            // An MQL two days after it became an SQL.
            sql(40.0, 43.0, 41.0),
        ],
        ..Company::default()
    }
}

#[test]
fn skipped_stages_by_each_rule() {
    let count = |skips| {
        let flow = flow(&skippers().journeys(skips, 100.0), &query("2026-02"));
        counts(&flow).into_iter().map(|(key, n)| format!("{key} {n}")).collect::<Vec<_>>().join(" ")
    };
    // The second has no lead and no MQL in any reading: its history begins midway.
    assert_eq!(count(Skips::Imputed), "lead 3 mql 3 sql 4");
    // In order, the last one is a lead and an MQL, and became an SQL too early.
    assert_eq!(count(Skips::Strict), "lead 3 mql 2 sql 1");
    assert_eq!(count(Skips::Any), "lead 3 mql 2 sql 4");
}

#[test]
fn what_was_skipped_is_entered_with_the_next_stage() {
    let journeys = skippers().journeys(Skips::Imputed, 100.0);
    let at = |key: &str| journeys.funnel.stage.iter().position(|stage| stage.key == key).unwrap();
    let days: Vec<f64> = journeys.entered(at("mql")).iter().map(|&at| in_day(at)).collect();
    assert_eq!(days, [33.0, f64::NEG_INFINITY, 36.0, 41.0]);
    assert!(journeys.entered(at("sal")).iter().all(|&at| at == NONE), "an optional stage is never made up");
}

fn in_day(at: i64) -> f64 {
    if at == NONE { f64::NEG_INFINITY } else { (at - ms(0.0)) as f64 / DAY_MS as f64 }
}

#[test]
fn a_contact_is_no_lead_until_something_says_so() {
    let contact = Someone { contact: true, ..lead(33.0) };
    let company =
        Company { people: vec![contact, Someone { mql: Some(34.0), ..contact }, lead(35.0)], ..Company::default() };
    let flow = flow(&company.journeys(Skips::Imputed, 100.0), &query("2026-02"));
    assert_eq!(counts(&flow), [("lead", "2".into()), ("mql", "1".into())]);
}

#[test]
fn a_deal_that_began_before_its_person_has_no_lead() {
    let company = Company {
        people: vec![lead(50.0), sql(32.0, 33.0, 34.0)],
        deals: vec![
            ADeal(Some(0), OPEN, 33.0, None, 0),
            ADeal(Some(1), WON, 35.0, Some(60.0), 0),
            ADeal(None, LOST, 40.0, Some(50.0), 0),
        ],
        ..Company::default()
    };
    let flow = flow(&company.journeys(Skips::Imputed, 100.0), &query("2026-02"));
    let found = counts(&flow);
    assert_eq!(
        found,
        [("lead", "1"), ("mql", "1"), ("sql", "1"), ("opportunity", "3"), ("customer", "0")]
            .map(|(key, n)| (key, n.to_owned()))
    );
    assert_eq!(flow.not_recorded, ["visitor", "sal", "onboarded", "advocate"]);
}

#[test]
fn an_optional_stage_or_one_without_data_stands_between_nobody() {
    let company = Company {
        people: vec![Someone { sal: Some(33.5), ..sql(32.0, 33.0, 34.0) }],
        deals: vec![ADeal(None, WON, 33.0, Some(34.0), 0)],
        ..Company::default()
    };
    let from = |company: &Company, key: &str| {
        let journeys = company.journeys(Skips::Imputed, 100.0);
        let found = flow(&journeys, &query("2026-02"));
        stage(&found, key).from.map(|at| journeys.funnel.stage[at].key.clone())
    };
    assert_eq!(from(&company, "sql").as_deref(), Some("mql"), "SAL may be skipped");
    assert_eq!(from(&company, "sal").as_deref(), Some("mql"));
    let deals = Company { people: Vec::new(), ..company };
    assert_eq!((from(&deals, "opportunity"), from(&deals, "customer").as_deref()), (None, Some("opportunity")));
}

#[test]
fn a_customer_has_signed_and_paid_where_payments_are_known() {
    let company = |paid: &[Option<f64>]| Company {
        deals: vec![ADeal(None, WON, 31.0, Some(40.0), 0), ADeal(None, WON, 31.0, Some(40.0), 0)],
        paid: paid.to_vec(),
        ..Company::default()
    };
    let customers = |paid: &[Option<f64>], period: &str| {
        let flow = flow(&company(paid).journeys(Skips::Imputed, 100.0), &query(period));
        shown(&stage(&flow, "customer").count)
    };
    assert_eq!(customers(&[], "2026-02"), "2", "no payment is known at all: signed is enough");
    assert_eq!(customers(&[Some(62.0), None], "2026-02"), "0");
    assert_eq!(customers(&[Some(62.0), None], "2026-03"), "1", "on the day of the payment");
    assert_eq!(customers(&[Some(5.0), Some(5.0)], "2026-02"), "2", "a customer who buys again");
}

/// Fifty MQLs, one a day from day 1 on; every second becomes an SQL after four days.
fn steady() -> Company {
    let people = (0..50).map(|n| f64::from(n) + 1.0).enumerate();
    let people = people.map(|(n, day)| if n % 2 == 0 { sql(day, day, day + 4.0) } else { mql(day, day) });
    Company { people: people.collect(), ..Company::default() }
}

#[test]
fn a_cohort_counts_only_those_who_had_their_days() {
    // On day 52 the last two are too young: days 49 and 50 (48 is just old enough).
    let journeys = steady().journeys(Skips::Imputed, 52.0);
    let flow = flow(&journeys, &query("2026-Q1"));
    let sqls = stage(&flow, "sql");
    assert_eq!(sqls.within_days, Some(4));
    assert_eq!((shown(&sqls.from_previous), sqls.n, shown(&sqls.young)), ("24/48".into(), 48, "2".into()));
    // The SQL of day 49 comes on day 53: not known yet. The count is of events that happened.
    assert_eq!((shown(&sqls.count), shown(&stage(&flow, "mql").count)), ("24".into(), "50".into()));
    assert_eq!(shown(&sqls.from_first), "24/48");
    let interval = sqls.interval.unwrap();
    assert!((interval.0 - 0.3639).abs() < 0.0001 && (interval.1 - 0.6361).abs() < 0.001, "{interval:?}");
}

#[test]
fn the_days_are_those_of_nine_in_ten_or_else_the_definitions() {
    let few = Company { people: vec![sql(32.0, 33.0, 35.0)], ..Company::default() };
    let journeys = few.journeys(Skips::Imputed, 100.0);
    let at = |key: &str| journeys.funnel.stage.iter().position(|stage| stage.key == key).unwrap();
    let pace = journeys.pace(at("mql"), at("sql"));
    assert_eq!((pace.days, pace.arrivals, pace.is_learned()), (2, 1, false), "the definition of MQL says 2");
    assert_eq!(journeys.pace(at("lead"), at("sql")).days, 16, "14 + 2; SAL may be skipped");
    // 18 take one day, 2 take nine: the ninth decile lies between and is rounded up to whole days.
    let people = (0..20).map(|n| sql(31.0, 31.0, if n < 18 { 32.0 } else { 40.0 })).collect();
    let journeys = Company { people, ..Company::default() }.journeys(Skips::Imputed, 100.0);
    assert_eq!(journeys.pace(at("mql"), at("sql")).days, 2, "1 + 0.1 × 8 = 1.8");
}

#[test]
fn too_late_is_not_converted_and_all_too_young_is_withheld() {
    let mut company = steady();
    company.people.push(sql(5.0, 5.0, 30.0));
    let journeys = company.journeys(Skips::Imputed, 60.0);
    let late = flow(&journeys, &query("2026-01"));
    // 30 of January and the late one; the fifteen of odd days came in time.
    assert_eq!(shown(&stage(&late, "sql").from_previous), "15/31");
    let young = Company { people: vec![mql(41.0, 41.5)], ..Company::default() };
    let young = flow(&young.journeys(Skips::Imputed, 42.0), &query("2026-02"));
    assert_eq!(young.stages.len(), 2, "nobody is an SQL yet");
    assert_eq!(shown(&stage(&young, "mql").from_previous), "too_young");
}

#[test]
fn a_snapshot_counts_events_and_may_be_above_a_hundred_percent() {
    // Three leads of January become MQLs in February, with one lead of February.
    let people = vec![mql(10.0, 33.0), mql(11.0, 34.0), mql(12.0, 35.0), lead(40.0)];
    let journeys = Company { people, ..Company::default() }.journeys(Skips::Imputed, 100.0);
    let flow = flow(&journeys, &snapshot("2026-02"));
    let mqls = stage(&flow, "mql");
    assert_eq!((shown(&mqls.count), shown(&mqls.from_previous)), ("3".into(), "3.0".into()));
    assert_eq!((mqls.from_previous.metric, mqls.interval, mqls.verdict), ("funnel_ratio", None, Verdict::None));
    assert_eq!(shown(&mqls.young), "not_applicable");
}

#[test]
fn who_comes_back_is_an_event_and_no_second_entrant() {
    let company = Company {
        people: vec![mql(5.0, 10.0), mql(6.0, 12.0)],
        // Back to nurture, and an MQL again: twice in February, which is one record.
        moves: vec![(0, "Marketing Qualified Lead", 40.0), (0, "MQL", 45.0), (1, "Recycled", 40.0)],
        ..Company::default()
    };
    let journeys = company.journeys(Skips::Imputed, 100.0);
    let february = flow(&journeys, &snapshot("2026-02"));
    assert_eq!(counts(&february), [("lead", "0".into()), ("mql", "1".into())]);
    assert_eq!(found(&journeys, &stage(&february, "mql").count), [(Object::Person, Id(1000))]);
    let cohort = flow(&journeys, &query("2026-02"));
    assert_eq!(counts(&cohort), [("lead", "0".into()), ("mql", "0".into())], "a cohort is by first entry");
    let january = flow(&journeys, &snapshot("2026-01"));
    assert_eq!(counts(&january), [("lead", "2".into()), ("mql", "2".into())]);
}

#[test]
fn days_in_a_stage_end_with_the_next_with_giving_up_or_now() {
    let company = Company {
        people: vec![sql(31.0, 32.0, 34.0), Someone { disqualified: Some(38.0), ..mql(31.0, 32.0) }, mql(31.0, 32.0)],
        ..Company::default()
    };
    let flow = flow(&company.journeys(Skips::Imputed, 52.0), &query("2026-02"));
    let mqls = stage(&flow, "mql");
    // 2, 6 and 20 days.
    assert_eq!((shown(&mqls.median_days), mqls.median_days.n), ("6.0".into(), 3));
    assert_eq!(shown(&mqls.p90_days), "17.2");
    assert_eq!(shown(&stage(&flow, "sql").median_days), "not_applicable", "nothing comes behind it");
}

/// MQLs of January and February, `n` each; of every `one` in January and `other` in February one
/// becomes an SQL a day later.
fn changed(n: i32, one: i32, other: i32) -> Flow {
    let month = |first: f64, every: i32| {
        (0..n).map(move |at| {
            let day = first + f64::from(at % 25);
            if at % every == 0 { sql(day, day, day + 1.0) } else { mql(day, day) }
        })
    };
    let people = month(0.0, one).chain(month(31.0, other)).collect();
    flow(&Company { people, ..Company::default() }.journeys(Skips::Imputed, 100.0), &query("2026-02"))
}

#[test]
fn a_change_is_a_leak_or_could_be_luck() {
    let large = changed(1_000, 4, 5);
    let sqls = stage(&large, "sql");
    assert_eq!((shown(&sqls.before.from_previous), shown(&sqls.from_previous)), ("250/1000".into(), "200/1000".into()));
    assert_eq!((sqls.verdict, large.leak.as_deref()), (Verdict::Leak, Some("sql")));
    assert_eq!(sqls.change.from_previous.value, Ok(Number::Change(0.2 / 0.25 - 1.0)));
    assert_eq!(stage(&changed(200, 4, 5), "sql").verdict, Verdict::CouldBeLuck);
    assert_eq!(changed(200, 4, 5).leak, None);
    assert_eq!(stage(&changed(1_000, 5, 4), "sql").verdict, Verdict::Better);
    assert_eq!(stage(&changed(1_000, 4, 4), "sql").verdict, Verdict::Steady);
    assert_eq!(stage(&changed(15, 4, 5), "sql").verdict, Verdict::TooFew);
    assert_eq!(shown(&stage(&changed(15, 4, 5), "sql").from_previous), "3 of 15");
}

#[test]
fn a_running_period_is_compared_with_the_same_days() {
    // One lead a day, at midnight; at midnight of day 41 February has seen eleven of them.
    let company = Company { people: (0..=41).map(|day| lead(f64::from(day))).collect(), ..Company::default() };
    let flow = flow(&company.journeys(Skips::Imputed, 41.0), &query("2026-02"));
    let leads = stage(&flow, "lead");
    assert!(flow.running);
    assert_eq!((shown(&leads.count), shown(&leads.before.count)), ("11".into(), "11".into()));
    let trend: Vec<String> =
        leads.trend.iter().map(|point| format!("{} {}", point.period, shown(&point.count))).collect();
    assert_eq!((trend.len(), trend[11..].to_vec()), (13, vec!["2026-01 11".into(), "2026-02 11".into()]));
}

#[test]
fn thirteen_quarters_of_a_fiscal_year_from_april() {
    let company = Company { people: vec![lead(0.0), lead(89.0), lead(90.0)], ..Company::default() };
    let april = FiscalYear::beginning_in(4).unwrap();
    let query = Query { period: Period::parse("FY2027-Q1", april).unwrap(), ..query("2026-02") };
    let flow = flow(&company.journeys(Skips::Imputed, 400.0), &query);
    let trend = &stage(&flow, "lead").trend;
    let names: Vec<String> = trend.iter().map(|point| point.period.to_string()).collect();
    assert_eq!((names[0].as_str(), names[8].as_str(), names[12].as_str()), ("FY2024-Q1", "FY2026-Q1", "FY2027-Q1"));
    // Day 89 is 31 March, day 90 is 1 April.
    assert_eq!((shown(&trend[11].count), shown(&trend[12].count)), ("2".into(), "1".into()));
}

#[test]
fn a_segment_is_looked_at_where_the_rate_begins() {
    let of = |source, owner, mqled: f64, after: Option<f64>| Someone {
        source,
        owner: Some(owner),
        sql: after.map(|days| mqled + days),
        ..mql(mqled, mqled)
    };
    let company = Company {
        people: vec![
            of(Some("Event"), NOVICE, 35.0, None),
            // Day 39 is the novice's 89th, day 40 the first as a tenured SDR.
            of(Some("Event"), NOVICE, 39.5, Some(1.0)),
            of(Some("Referral"), NOVICE, 40.0, Some(1.0)),
            of(None, VETERAN, 41.0, Some(1.0)),
        ],
        ..Company::default()
    };
    let journeys = company.journeys(Skips::Imputed, 100.0);
    let count = |dimension, value: Option<&str>| {
        let segment = Segment::default()
            .with(dimension, value.map(str::to_owned))
            .spelled(|dimension| values(&journeys, dimension))
            .unwrap();
        let flow = flow(&journeys, &Query { segment, ..query("2026-02") });
        format!("{} {}", shown(&stage(&flow, "mql").count), shown(&stage(&flow, "sql").from_previous))
    };
    assert_eq!(count(Dimension::Source, Some("event")), "2 1 of 2");
    assert_eq!(count(Dimension::Source, None), "1 1 of 1");
    assert_eq!(count(Dimension::Tenure, Some("New")), "2 1 of 2");
    assert_eq!(count(Dimension::Tenure, Some("tenured")), "2 2 of 2");
    assert_eq!(count(Dimension::Owner, Some("Li")), "3 2 of 3");
    let unknown = Segment::default()
        .with(Dimension::Source, Some("Evnt".into()))
        .spelled(|dimension| values(&journeys, dimension))
        .unwrap_err();
    assert_eq!(unknown.known, ["Event", "Referral"]);
    let tenures: Vec<_> = values(&journeys, Dimension::Tenure);
    // The lead of day 39 was a new hire's, and is a tenured SDR's when it is qualified.
    assert_eq!(tenures, [(Some(TENURED.to_owned()), 3), (Some(NEW.to_owned()), 2)]);
}

/// Leads of the novice, of which every other becomes a deal of the veteran, who wins every fourth.
fn handed_over(n: usize) -> Company {
    let people = (0..n).map(|_| Someone { owner: Some(NOVICE), ..sql(32.0, 33.0, 34.0) });
    let deal = |n: usize| ADeal(Some(2 * n), if n.is_multiple_of(4) { WON } else { LOST }, 35.0, Some(40.0), 500);
    Company { people: people.collect(), deals: (0..n / 2).map(deal).collect(), ..Company::default() }
}

#[test]
fn a_line_of_an_owner_tells_of_the_same_records_in_each_column() {
    let journeys = handed_over(80).journeys(Skips::Imputed, 200.0);
    let of = |owner: &str| {
        let segment = Segment::default()
            .with(Dimension::Owner, Some(owner.to_owned()))
            .spelled(|dimension| values(&journeys, dimension))
            .unwrap();
        let view = flow(&journeys, &Query { segment, ..query("2026-02") });
        let line = |stage: &StageFlow| format!("{} {}", shown(&stage.count), shown(&stage.from_previous));
        view.stages.iter().map(line).collect::<Vec<_>>()
    };
    // Whoever brought the leads sees what became of them; whoever took over begins with the deals.
    assert_eq!(of("Li"), ["80 not_applicable", "80 80/80", "80 80/80", "40 40/80", "10 10/40"]);
    assert_eq!(of("Ana"), ["0 not_applicable", "0 no_records", "0 no_records", "40 no_records", "10 10/40"]);
}

/// The records behind a figure.
fn found(journeys: &Journeys, figure: &FlowFigure) -> Vec<(Object, Id)> {
    find(journeys, &figure.records).into_iter().map(|(object, id, _)| (object, id)).collect()
}

#[test]
fn a_record_of_a_conversion_tells_when_it_entered_and_arrived() {
    let mut company = steady();
    company.people.push(sql(5.0, 5.0, 30.0));
    let journeys = company.journeys(Skips::Imputed, 60.0);
    let view = flow(&journeys, &query("2026-01"));
    let sqls = &stage(&view, "sql").from_previous;
    let steps: Vec<Step> = find(&journeys, &sqls.records).into_iter().map(|(.., step)| step).collect();
    assert!(steps.is_sorted_by(|a, b| a.entered >= b.entered));
    assert_eq!(steps.iter().filter(|step| step.in_time).count(), 15, "those that the rate counts");
    let late: Vec<_> = steps.iter().filter(|step| step.reached.is_some() && !step.in_time).collect();
    assert_eq!(late, [&Step { entered: Instant(ms(5.0)), reached: Some(Instant(ms(30.0))), in_time: false }]);
    assert_eq!((late[0].days(), steps.iter().filter(|step| step.days().is_none()).count()), (Some(25), 15));
    let entered = find(&journeys, &stage(&view, "sql").count.records);
    assert!(entered.iter().all(|(.., step)| step.reached.is_none()), "a count follows nobody");
}

/// The records behind every figure number its n.
#[test]
fn every_figure_has_its_records() {
    let mut company = steady();
    company.deals = vec![
        ADeal(Some(0), WON, 20.0, Some(50.0), 500),
        ADeal(None, OPEN, 33.0, None, 900),
        ADeal(Some(2), LOST, 34.0, Some(38.0), 0),
    ];
    company.moves = vec![(1, "MQL", 35.0), (3, "SAL", 36.0)];
    for skips in Skips::ALL {
        let journeys = company.journeys(skips, 42.0);
        for basis in [Basis::Cohort, Basis::Snapshot] {
            for measure in [Measure::Count, Measure::Amount] {
                let flow = flow(&journeys, &Query { basis, measure, ..query("2026-02") });
                for stage in &flow.stages {
                    for figure in stage.figures() {
                        let found = find(&journeys, &figure.records).len() as u64;
                        assert_eq!(found, figure.n, "{} {figure:?}", stage.key);
                    }
                }
            }
        }
    }
}

#[test]
fn a_stage_stands_against_its_target() {
    // Of 40 MQLs of February, 30 became SQLs; the leads of the first ten days stand for all.
    let people = (0..40).map(|n| {
        let day = 31.0 + f64::from(n) / 5.0;
        if n < 30 { sql(day, day, day + 1.0) } else { mql(day, day) }
    });
    let mut facts = Company { people: people.collect(), ..Company::default() }.facts();
    let target = |metric: &str, owner: Option<&str>, value: i64| TargetFact {
        metric: metric.to_owned(),
        period: "2026-02".to_owned(),
        owner: owner.map(str::to_owned),
        value: value * 10_000,
        currency: None,
    };
    let told = [
        target("MQL", None, 56),
        target("sql", None, 34),
        target("mql_to_sql", None, 80),
        target("mql_days", None, 1),
        target("mql", Some("Referral"), 5),
    ];
    facts.targets = Arc::new((1..).zip(told).collect());
    let funnel = Funnels::shipped().first().unwrap().clone();
    let at = |now: f64, query: &Query| {
        let view = flow(&Journeys::read(&facts, &funnel, Skips::Imputed, Instant(ms(now))), query);
        view.stages.into_iter().map(|stage| (stage.key.clone(), stage.target)).collect::<BTreeMap<_, _>>()
    };
    let size_of = |goal: &Option<Goal>| goal.as_ref().and_then(|goal| size(&goal.value));
    let rag_of = |goal: &Option<Goal>| goal.as_ref().and_then(|goal| goal.rag);
    // February is over: 40 of 56 are less than nine tenths, 30 of 34 too, 75 % are more than nine tenths of 80 %.
    let over = at(90.0, &query("2026-02"));
    assert_eq!((size_of(&over["mql"].count), rag_of(&over["mql"].count)), (Some(56.0), Some(Rag::Red)));
    assert_eq!(
        (size_of(&over["sql"].from_previous), rag_of(&over["sql"].from_previous)),
        (Some(0.8), Some(Rag::Amber))
    );
    assert_eq!((size_of(&over["mql"].median_days), rag_of(&over["mql"].median_days)), (Some(1.0), Some(Rag::Green)));
    assert!(over["mql"].count.as_ref().unwrap().by_now.is_none() && over["lead"].count.is_none());
    // Three targets of one stage are three metrics.
    let metric_of = |goal: &Option<Goal>| goal.as_ref().map_or("none", |goal| goal.value.metric);
    assert_eq!(
        [&over["mql"].count, &over["sql"].from_previous, &over["mql"].median_days].map(metric_of),
        ["funnel_target_count", "funnel_target_conversion", "funnel_target_days"]
    );
    // Half of it has passed on the 15th: 28 by now, and 40 are there.
    let half = at(45.0, &query("2026-02"))["mql"].count.clone().unwrap();
    assert_eq!((size(&half.by_now.unwrap()), half.rag), (Some(28.0), Some(Rag::Green)));
    // A segment has its own target or none.
    let of = |source: &str| Query {
        segment: Segment::default().with(Dimension::Source, Some(source.to_owned())),
        ..query("2026-02")
    };
    assert_eq!(size_of(&at(90.0, &of("referral"))["mql"].count), Some(5.0));
    assert_eq!(size_of(&at(90.0, &of("Event"))["mql"].count), None);
}

#[test]
fn the_stage_history_of_deals_tells_of_stages_that_the_crm_names() {
    let mut funnel = Funnel::clone(Funnels::shipped().first().unwrap());
    funnel.stage.retain(|stage| ["opportunity", "customer"].contains(&stage.key.as_str()));
    let mut demo = funnel.stage[0].clone();
    (demo.key, demo.events, demo.names) = ("demo".to_owned(), Vec::new(), vec![" demo ".to_owned()]);
    funnel.stage.insert(1, demo);
    let company = Company {
        deals: vec![
            ADeal(None, WON, 1.0, Some(20.0), 5),
            ADeal(None, OPEN, 2.0, None, 5),
            ADeal(None, OPEN, 3.0, None, 5),
        ],
        // A change of amount is a move from a stage to itself; tomorrow has not happened yet.
        deal_moves: vec![(0, LOST, OPEN, 5.0), (0, OPEN, OPEN, 9.0), (0, LOST, OPEN, 12.0), (1, LOST, OPEN, 41.0)],
        ..Company::default()
    };
    let journeys = company.through(&Arc::new(funnel), Skips::Any, 40.0);
    assert_eq!(journeys.entered(1), [ms(5.0), NONE, NONE]);
    assert_eq!(journeys.again(1), [(0, ms(12.0))]);
    assert_eq!(journeys.record(0, 1), Some((Object::Opportunity, Id(2000))));
}

#[test]
fn what_happens_at_this_very_instant_counts_in_every_window() {
    // Dates without a time stand for midnight; it is midnight of day 45, and of day 17 a month ago.
    let company = Company { people: vec![lead(45.0), lead(40.0), lead(14.0), lead(3.0)], ..Company::default() };
    let view = flow(&company.journeys(Skips::Imputed, 45.0), &query("2026-02"));
    let stage = &view.stages[0];
    let last = stage.trend.last().unwrap();
    assert_eq!((size(&stage.count), size(&last.count), size(&stage.before.count)), (Some(2.0), Some(2.0), Some(2.0)));
    let ratio = flow(&company.journeys(Skips::Imputed, 45.0), &snapshot("2026-02"));
    assert_eq!(size(&ratio.stages[0].count), size(&ratio.stages[0].trend.last().unwrap().count));
}

#[test]
fn the_past_of_a_running_period_is_told_by_the_days_that_were_counted() {
    let company = Company { people: (0..=41).map(|day| lead(f64::from(day))).collect(), ..Company::default() };
    let journeys = company.journeys(Skips::Imputed, 41.5);
    let running = flow(&journeys, &query("2026-02"));
    // 31 January is day 30, so day 41 is 11 February.
    assert_eq!(running.trend_days, Some(11));
    let days: Vec<String> = running.stages[0].trend.iter().map(|point| running.days_of(&point.period)).collect();
    assert_eq!(days[10..], ["2025-12-01..2025-12-11T12:00Z", "2026-01-01..2026-01-11T12:00Z", "2026-02"]);
    let over = flow(&journeys, &query("2026-01"));
    assert_eq!((over.trend_days, over.days_of(&over.compare.unwrap())), (None, "2025-12".to_owned()));
}

/// One lead a day, exported on day 41; it is day 55.
#[test]
fn what_happened_after_the_export_is_not_known_and_no_fall() {
    let company = Company { people: (0..=41).map(|day| lead(f64::from(day))).collect(), ..Company::default() };
    let view = |exported: Option<f64>| {
        let facts = Facts { exported_at: exported.map(|day| Instant(ms(day))), ..company.facts() };
        let funnel = Funnels::shipped().first().cloned().unwrap();
        let flow = flow(&Journeys::read(&facts, &funnel, Skips::Imputed, Instant(ms(55.0))), &query("2026-02"));
        (size(&flow.stages[0].count), size(&flow.stages[0].before.count), flow.data_until)
    };
    // 11 days of February against 11 days of January, not against 25.
    assert_eq!(view(Some(41.0)), (Some(11.0), Some(11.0), Some(Instant(ms(41.0)))));
    // A file that bears only a day holds records of that day too: the newest tells.
    assert_eq!(view(Some(40.0)), (Some(11.0), Some(11.0), Some(Instant(ms(41.0)))));
    assert_eq!(view(None), (Some(11.0), Some(25.0), None));
    // The clock of another machine: nothing is known of tomorrow.
    assert_eq!(view(Some(60.0)), (Some(11.0), Some(25.0), None));
}

#[test]
fn a_stage_that_may_be_skipped_is_named_when_it_fell() {
    let sal = |day: f64| Someone { sal: Some(day + 1.0), sql: Some(day + 2.0), ..mql(day, day) };
    let month = |first: f64, every: i32| {
        (0..1_000).map(move |at| {
            let day = first + f64::from(at % 25);
            if at % every == 0 { sal(day) } else { Someone { sql: Some(day + 2.0), ..mql(day, day) } }
        })
    };
    let company = Company { people: month(0.0, 4).chain(month(31.0, 5)).collect(), ..Company::default() };
    let view = flow(&company.journeys(Skips::Imputed, 100.0), &query("2026-02"));
    assert_eq!((&view.leak, view.fell().map(|stage| stage.key.as_str())), (&None, Some("sal")));
}

proptest::proptest! {
    /// In every segment, those who had their days and those who have not are the ones of the line above.
    #[test]
    fn a_conversion_is_of_those_that_the_line_above_counts(
        told in proptest::collection::vec((0.0..40.0_f64, 0..4_usize, proptest::bool::ANY), 0..30),
        now in 40.0..60.0_f64,
    ) {
        let owner = |novice: bool| Some(if novice { NOVICE } else { VETERAN });
        let people = told.iter().map(|&(day, far, novice)| {
            let reached = |stage: usize, days: f64| (far >= stage).then_some(day + days);
            let source = Some(if far.is_multiple_of(2) { "Event" } else { "Referral" });
            Someone { mql: reached(1, 1.0), sql: reached(2, 3.0), owner: owner(novice), source, ..lead(day) }
        });
        let deals = told.iter().enumerate().filter(|(_, (_, far, _))| *far == 3);
        let deals = deals.map(|(at, (day, ..))| ADeal(Some(at), WON, day + 5.0, Some(day + 9.0), 10));
        let company = Company { people: people.collect(), deals: deals.collect(), ..Company::default() };
        let journeys = company.journeys(Skips::Imputed, now);
        for dimension in [Dimension::Owner, Dimension::Tenure, Dimension::Source] {
            for (value, _) in values(&journeys, dimension) {
                let segment = Segment::default().with(dimension, value);
                let view = flow(&journeys, &Query { segment, ..query("2026-01") });
                for stage in view.stages.iter().filter(|stage| stage.from.is_some()) {
                    let above = view.stages.iter().find(|above| Some(above.at) == stage.from).unwrap();
                    proptest::prop_assert_eq!(stage.n + stage.young.n, above.count.n);
                }
            }
        }
    }

    /// Whatever is looked at, the last point of a trend is the count itself.
    #[test]
    fn the_last_point_of_a_trend_is_the_figure_itself(
        days in proptest::collection::vec(0.0..60.0_f64, 0..40),
        whole in proptest::bool::ANY,
        now in 31.0..62.0_f64,
        snapshots in proptest::bool::ANY,
    ) {
        let told = |day: f64| if whole { day.floor() } else { day };
        let people = days.iter().map(|&day| mql(told(day), told(day) + 1.0)).collect();
        let journeys = Company { people, ..Company::default() }.journeys(Skips::Imputed, told(now));
        for period in ["2026-02", "2026-W06", "2026-Q1", "2026-02-02..2026-02-20"] {
            let query = if snapshots { snapshot(period) } else { query(period) };
            for stage in flow(&journeys, &query).stages {
                let last = stage.trend.last().unwrap();
                proptest::prop_assert_eq!(&last.count.value, &stage.count.value);
                proptest::prop_assert_eq!(&last.from_previous.value, &stage.from_previous.value);
            }
        }
    }
}
