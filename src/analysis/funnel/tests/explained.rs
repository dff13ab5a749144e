//! What is told of a figure is what it was computed from.

use super::*;
use crate::domain::metric::Dictionary;

fn number(number: &Number) -> f64 {
    size(&Figure { metric: "", value: Ok(number.clone()), n: 0, records: () }).unwrap()
}

#[test]
fn the_numbers_told_of_a_formula_give_the_figure() {
    let people = (0..80).map(|n| {
        let day = 10.0 + f64::from(n) / 2.0;
        if n % 3 == 0 { mql(day, day) } else { sql(day, day, day + 1.0) }
    });
    let deal = |n: usize| {
        let created = 12.0 + n as f64 / 2.0;
        ADeal(Some(n), if n.is_multiple_of(5) { WON } else { LOST }, created, Some(created + 1.0), 100 + 7 * n as i64)
    };
    let deals = (0..80).filter(|n| n % 3 != 0).map(deal).collect();
    let mut facts = Company { people: people.collect(), deals, ..Company::default() }.facts();
    let target = |metric: &str, value| TargetFact {
        metric: metric.to_owned(),
        period: "2026-02".to_owned(),
        owner: None,
        value,
        currency: None,
    };
    facts.targets = Arc::new((1..).zip([target("mql", 560_000), target("opportunity_amount", 90_000_000)]).collect());
    let journeys = Journeys::read(&facts, Funnels::shipped().first().unwrap(), Skips::Imputed, Instant(ms(50.0)));
    let mut seen = BTreeMap::new();
    for basis in [Basis::Cohort, Basis::Snapshot] {
        for measure in [Measure::Count, Measure::Amount] {
            let view = flow(&journeys, &Query { basis, measure, ..query("2026-02") });
            for told in view.stages.iter().flat_map(|stage| view.told(stage)) {
                let formula = Dictionary::shipped().get(told.figure.metric).unwrap().formula.as_ref();
                let (Some(formula), Some(value)) = (formula, size(told.figure)) else { continue };
                let of = |name: &str| told.measures.iter().find(|(known, _)| *known == name).map(|(_, n)| number(n));
                let computed = formula.value(&of).unwrap_or_else(|| panic!("{told:?}"));
                // A target is told in whole records or cents.
                let least = if told.figure.metric == "funnel_target_by_now" { 1.0 } else { 1e-9 };
                assert!((computed - value).abs() <= least, "{computed} {told:?}");
                *seen.entry(told.figure.metric).or_insert(0) += 1;
            }
        }
    }
    assert!(seen.len() >= 9, "{seen:?}");
}

#[test]
fn a_change_tells_of_both_periods_who_is_too_young() {
    let company = steady();
    let view = flow(&company.journeys(Skips::Imputed, 52.0), &query("2026-02"));
    let told = view.told(stage(&view, "sql"));
    let change = told.iter().find(|told| told.figure.metric == "funnel_conversion_change").unwrap();
    let young: Vec<(String, u64)> =
        change.followed.iter().map(|(days, followed)| (days.to_string(), followed.young)).collect();
    assert_eq!(young, [("2026-02".to_owned(), 2), ("2026-01-01..2026-01-22T00:00Z".to_owned(), 0)]);
}
