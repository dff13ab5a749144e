//! Figures as CSV: one on each line.

use crate::domain::figure::{Figure, Number, ratio};

/// The lines of such a file: some columns that name a figure, then metric, currency, value, n and why
/// it is withheld.
pub struct Lines(String);

impl Lines {
    /// A file whose figures are named by these columns.
    #[must_use]
    pub fn new(names: &[&str]) -> Self {
        let header = names.iter().copied().chain(["metric", "currency", "value", "n", "withheld"]);
        let header: Vec<String> = header.map(str::to_owned).collect();
        Self(super::csv::record(&header))
    }

    /// Adds a figure; an amount in several currencies takes one line each.
    pub fn add<R>(&mut self, names: &[&str], figure: &Figure<R>) {
        let mut line = |currency: &str, value: String, withheld: &str| {
            let named = names.iter().copied().chain([figure.metric, currency]);
            let cells = named.map(|cell| crate::text::clean(cell).into_owned());
            let cells: Vec<String> = cells.chain([value, figure.n.to_string(), withheld.to_owned()]).collect();
            self.0.push_str(&super::csv::record(&cells));
        };
        match &figure.value {
            Ok(Number::Count(n)) => line("", n.to_string(), ""),
            Ok(Number::Share { part, whole }) => line("", ratio(*part, *whole).to_string(), ""),
            Ok(Number::Days(number) | Number::Ratio(number) | Number::Change(number)) => {
                line("", number.to_string(), "");
            }
            Ok(Number::Money(purse)) => purse.sums().for_each(|money| line(money.currency.code(), money.plain(), "")),
            Err(reason) => line("", String::new(), reason.key()),
        }
    }

    /// The file.
    #[must_use]
    pub fn finish(self) -> String {
        self.0
    }
}
