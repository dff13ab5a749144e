//! Figures as CSV: one on each line.

use crate::domain::figure::{Figure, Number, ratio};

/// The lines of such a file: some columns that name a figure, then metric, currency, value, n and why
/// it is withheld.
pub struct Lines {
    text: String,
    /// How many columns stand behind the usual ones.
    more: usize,
}

impl Lines {
    /// A file whose figures are named by these columns, with more columns behind the usual ones.
    #[must_use]
    pub fn new(names: &[&str], more: &[&str]) -> Self {
        let header = names.iter().copied().chain(["metric", "currency", "value", "n", "withheld"]);
        let header: Vec<String> = header.chain(more.iter().copied()).map(str::to_owned).collect();
        Self { text: super::csv::record(&header), more: more.len() }
    }

    /// Adds a figure; an amount in several currencies takes one line each.
    pub fn add<R>(&mut self, names: &[&str], figure: &Figure<R>) {
        self.add_with(names, figure, &[]);
    }

    /// Adds a figure, and what stands in the columns behind the usual ones.
    pub fn add_with<R>(&mut self, names: &[&str], figure: &Figure<R>, more: &[String]) {
        let (text, width) = (&mut self.text, self.more);
        let mut line = |currency: &str, value: String, withheld: &str| {
            let named = names.iter().copied().chain([figure.metric, currency]);
            let cells = named.map(|cell| crate::text::clean(cell).into_owned());
            let behind = more.iter().cloned().chain(std::iter::repeat(String::new())).take(width);
            let cells = cells.chain([value, figure.n.to_string(), withheld.to_owned()]).chain(behind);
            text.push_str(&super::csv::record(&cells.collect::<Vec<_>>()));
        };
        match &figure.value {
            Ok(Number::Count(n)) => line("", n.to_string(), ""),
            Ok(Number::Share { part, whole }) => line("", ratio(*part, *whole).to_string(), ""),
            Ok(
                Number::Days(number)
                | Number::Seconds(number)
                | Number::Ratio(number)
                | Number::Times(number)
                | Number::Change(number)
                | Number::Points(number),
            ) => {
                line("", number.to_string(), "");
            }
            Ok(Number::Money(purse)) => purse.sums().for_each(|money| line(money.currency.code(), money.plain(), "")),
            Err(reason) => line("", String::new(), reason.key()),
        }
    }

    /// The file.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}
