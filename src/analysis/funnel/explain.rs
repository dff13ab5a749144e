//! What the figures of a stage were made of.

use super::{Flow, FlowFigure, Followed, StageFlow, amount};
use crate::domain::figure::{Number, Withheld};

/// A figure of a stage, and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<'f> {
    /// The figure.
    pub figure: &'f FlowFigure,
    /// The days it is of.
    pub days: String,
    /// The measures of its formula; none where one of them is withheld.
    pub measures: Vec<(&'static str, Number)>,
    /// How the records of a conversion were followed, in the days of each conversion there is in it.
    pub followed: Vec<(String, Followed)>,
}

impl<'f> Told<'f> {
    fn new(figure: &'f FlowFigure, days: &str) -> Self {
        Self { figure, days: days.to_owned(), measures: Vec::new(), followed: Vec::new() }
    }

    fn made_of(self, measures: &[(&'static str, &FlowFigure)]) -> Self {
        let number = |(name, figure): &(&'static str, &FlowFigure)| Some((*name, figure.value.clone().ok()?));
        let measures: Option<Vec<_>> = measures.iter().map(number).collect();
        Self { measures: measures.unwrap_or_default(), ..self }
    }

    fn followed(self, followed: Option<Followed>) -> Self {
        let followed = followed.map(|followed| (self.days.clone(), followed)).into_iter().collect();
        Self { followed, ..self }
    }
}

impl Flow {
    /// Every figure of a stage in the period and in the compared one, in the order in which they are read.
    #[must_use]
    pub fn told<'f>(&'f self, stage: &'f StageFlow) -> Vec<Told<'f>> {
        let now = self.period.to_string();
        let before = self.compare.map_or_else(|| now.clone(), |period| self.days_of(&period));
        let line = |at: Option<usize>| self.stages.iter().find(|line| at == Some(line.at));
        let (previous, first) = (line(stage.from), line(stage.first));
        let of = |figure| Told::new(figure, &now);
        let change = &stage.change;
        let mut change_of_rate = of(&change.from_previous)
            .made_of(&[("now", &stage.from_previous), ("before", &stage.before.from_previous)])
            .followed(stage.followed);
        change_of_rate.followed.extend(stage.before.followed.map(|followed| (before.clone(), followed)));
        let entered = previous.map(|line| ("entered_before", &line.count));
        let entered_then = previous.map(|line| ("entered_before", &line.before.count));
        let entered_first = first.map(|line| ("entered_first", &line.count));
        let mut told = vec![
            of(&stage.count),
            of(&change.count).made_of(&[("now", &stage.count), ("before", &stage.before.count)]),
            self.conversion(of(&stage.from_previous).followed(stage.followed), &stage.count, entered),
            change_of_rate,
            self.conversion(of(&stage.from_first).followed(stage.followed_first), &stage.count, entered_first),
            of(&stage.young),
            of(&stage.median_days),
            of(&stage.p90_days),
        ];
        for goal in stage.target.each() {
            told.push(of(&goal.value));
            told.extend(goal.by_now.as_ref().map(|by_now| {
                let passed = self.period.passed(self.as_of).map(|passed| ("passed", Number::Ratio(passed)));
                let mut told = of(by_now).made_of(&[("target", &goal.value)]);
                told.measures.extend(passed);
                told
            }));
        }
        let rate = Told::new(&stage.before.from_previous, &before).followed(stage.before.followed);
        told.push(Told::new(&stage.before.count, &before));
        told.push(self.conversion(rate, &stage.before.count, entered_then));
        told
    }

    /// A conversion with its parts; `of` is what entered the stage it is a ratio to.
    fn conversion<'f>(&self, told: Told<'f>, count: &FlowFigure, of: Option<(&'static str, &FlowFigure)>) -> Told<'f> {
        let money = |minor: u64| Some(Number::Money(amount(minor, self.currency()?)));
        let by_amount = self.measure == "amount";
        let parts = match told.figure.value {
            Ok(Number::Share { part, whole }) if by_amount => money(part).zip(money(whole)),
            Err(Withheld::SmallSample { .. }) if by_amount => None,
            Ok(Number::Share { part, whole }) | Err(Withheld::SmallSample { part, whole }) => {
                Some((Number::Count(part), Number::Count(whole)))
            }
            Ok(Number::Ratio(_)) => {
                return match of {
                    Some(of) => told.made_of(&[("entered", count), of]),
                    None => told,
                };
            }
            _ => None,
        };
        let names = if by_amount { ["converted_amount", "resolved_amount"] } else { ["converted", "resolved"] };
        let measures = parts.map(|(part, whole)| names.into_iter().zip([part, whole]).collect());
        Told { measures: measures.unwrap_or_default(), ..told }
    }
}
