//! The flow by amount.

use super::*;

fn amounts(period: &str) -> Query {
    Query { measure: Measure::Amount, ..query(period) }
}

#[test]
fn amounts_weigh_deals_and_leads_have_none() {
    let deals = (0..40).map(|n| {
        let won = n % 4 == 0;
        ADeal(None, if won { WON } else { LOST }, 32.0, Some(40.0), if won { 3_000 } else { 1_000 })
    });
    let company = Company { people: vec![lead(33.0)], deals: deals.collect(), ..Company::default() };
    let query = Query { measure: Measure::Amount, ..query("2026-02") };
    let flow = flow(&company.journeys(Skips::Imputed, 200.0), &query);
    assert_eq!(stage(&flow, "lead").count.value, Err(Withheld::BeforeDeals));
    assert_eq!(shown(&stage(&flow, "opportunity").count), r#"{"currency":"USD","amount":"60000.00"}"#);
    // Ten of forty deals, but half of the money.
    assert_eq!(shown(&stage(&flow, "customer").from_previous), "3000000/6000000");
}

/// Forty deals of February that leads became, every fourth won; half of all without a price.
fn half_priced() -> Company {
    let deal = |n: usize| {
        let stage = if n.is_multiple_of(4) { WON } else { LOST };
        ADeal(Some(n), stage, 35.0, Some(40.0), if n.is_multiple_of(2) { 1_000 } else { 0 })
    };
    let people = (0..60).map(|_| sql(32.0, 33.0, 34.0));
    Company { people: people.collect(), deals: (0..40).map(deal).collect(), ..Company::default() }
}

#[test]
fn what_has_no_price_is_in_no_number_of_an_amount() {
    let journeys = half_priced().journeys(Skips::Imputed, 200.0);
    let view = flow(&journeys, &amounts("2026-02"));
    let deals = stage(&view, "opportunity");
    assert_eq!((shown(&deals.count), deals.count.n), (r#"{"currency":"USD","amount":"20000.00"}"#.to_owned(), 20));
    // Ten of the twenty with a price were won; the other twenty were judged too, but weigh nothing.
    let customers = stage(&view, "customer");
    assert_eq!((shown(&customers.from_previous), customers.n), ("1000000/2000000".to_owned(), 20));
    assert_eq!(customers.followed.map(|followed| followed.unpriced), Some(20));
    assert_eq!(find(&journeys, &customers.from_previous.records).len(), 20);
    let counted = flow(&journeys, &query("2026-02"));
    assert_eq!(shown(&stage(&counted, "customer").from_previous), "10/40", "a count needs no price");
}

#[test]
fn only_leads_that_became_deals_have_an_amount_so_theirs_says_nothing() {
    for basis in [Basis::Cohort, Basis::Snapshot] {
        let view = flow(&half_priced().journeys(Skips::Imputed, 200.0), &Query { basis, ..amounts("2026-02") });
        for key in ["mql", "sql"] {
            let line = stage(&view, key);
            assert_eq!((&line.count.value, line.count.n), (&Err(Withheld::BeforeDeals), 0), "{key}");
        }
        for key in ["mql", "sql", "opportunity"] {
            let stage = stage(&view, key);
            let figures = [&stage.from_previous, &stage.from_first, &stage.change.from_previous];
            for figure in figures.into_iter().chain(stage.trend.iter().map(|point| &point.from_previous)) {
                assert_eq!((&figure.value, figure.n), (&Err(Withheld::BeforeDeals), 0), "{key}");
            }
            assert_eq!((stage.n, stage.n_first, stage.within_days, stage.verdict), (0, 0, None, Verdict::None));
        }
        assert!(stage(&view, "customer").from_previous.value.is_ok());
        assert_eq!(stage(&view, "customer").from_first.value, Err(Withheld::BeforeDeals), "leads come first");
    }
}

#[test]
fn each_amount_has_an_entry_of_its_own() {
    let view = flow(&half_priced().journeys(Skips::Imputed, 200.0), &amounts("2026-02"));
    let customers = stage(&view, "customer");
    let metrics = [&customers.count, &customers.from_previous, &customers.from_first, &customers.change.count];
    assert_eq!(
        metrics.map(|figure| figure.metric),
        ["funnel_amount", "funnel_conversion_amount", "funnel_reach_amount", "funnel_amount_change"]
    );
    assert_eq!(customers.change.from_previous.metric, "funnel_conversion_amount_change");
}
