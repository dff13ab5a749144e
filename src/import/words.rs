//! Values that somebody types, read as the cells of a file are.

use super::known::Known;
use super::{Cell, Error, Options, ProblemKind, Profile, read};
use crate::domain::fold::fold;
use crate::domain::intake::{As, Target};
use crate::domain::message::Message;
use crate::domain::value::Value;

/// What was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// The cell of each field, or why it cannot be read.
    pub cells: Vec<Result<Cell, Message>>,
    /// The currency that stands beside an amount.
    pub currency: Option<Value>,
}

/// The cells of fields and their texts, as a file with these columns would give them, or why one cannot be read. An
/// empty text is no value.
///
/// # Errors
/// When the texts cannot be read at all, for example because of a date that can be read in two ways.
pub fn cells_of(object: As, fields: &[(String, String)], options: &Options) -> Result<Typed, Error> {
    const ID: &str = "id";
    let own = |field: &String| (field.clone(), vec![field.clone()]);
    let id = (ID.to_owned(), vec![ID.to_owned()]);
    let columns = fields.iter().map(|(field, _)| own(field)).chain([id]).collect();
    let profile = Profile { object: Some(object), columns, ..Profile::default() };
    let options = Options { as_object: Some(object), profile: Some(profile), keep_blanks: true, ..options.clone() };
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let header = std::iter::once(ID).chain(fields.iter().map(|(field, _)| field.as_str()));
    let row = std::iter::once("1").chain(fields.iter().map(|(_, text)| text.as_str()));
    let written = writer.write_record(header).and_then(|()| writer.write_record(row)).is_ok();
    let bytes = writer.into_inner().ok().filter(|_| written).ok_or(Error::Empty)?;
    let sheet = read("words.csv", &bytes, &options)?;
    let cell = |(field, _): &(String, String)| {
        let at = Target::of(object, field).and_then(Target::position);
        let key = at.and_then(|at| object.object().fields().get(at)).map_or("", |field| field.key);
        let problem = sheet.problems.iter().find(|problem| problem.kind == ProblemKind::Cell && problem.field == key);
        if let Some(problem) = problem.or_else(|| sheet.problems.iter().find(|p| p.kind == ProblemKind::Row)) {
            return Err(problem.reason.clone());
        }
        let cells = sheet.rows.first().map_or(&[][..], |row| row.cells.as_slice());
        let found = cells.iter().find(|(position, _)| Some(*position) == at);
        Ok(found.map_or(Cell::Value(Value::Null), |(_, cell)| cell.clone()))
    };
    let at = object.object().position("currency").filter(|_| fields.iter().all(|(field, _)| field != "currency"));
    let beside = sheet.rows.first().and_then(|row| row.cells.iter().find(|(position, _)| Some(*position) == at));
    let currency = beside.and_then(|(_, cell)| match cell {
        Cell::Value(value) if !value.is_null() => Some(value.clone()),
        _ => None,
    });
    Ok(Typed { cells: fields.iter().map(cell).collect(), currency })
}

/// The field that a column of this name fills in the exports of any system.
#[must_use]
pub fn field_called(object: As, word: &str) -> Option<String> {
    let folded = fold(word);
    let known = Known::shipped(object).into_iter().chain(Known::of_systems().iter().filter(|of| of.object == object));
    let mut targets = known.filter_map(|known| known.meanings.get(&folded)).map(|meaning| meaning.target);
    let at = targets.find_map(Target::position)?;
    object.object().fields().get(at).map(|field| field.key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::time::Instant;

    #[test]
    fn fields_are_called_as_columns_are() {
        for (word, expected) in [("商机金额", Some("amount")), ("Deal Stage", Some("stage")), ("Colour", None)] {
            assert_eq!(field_called(As::Opportunities, word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn texts_are_read_as_files_are() {
        let options = Options::new(Instant(1_800_000_000_000), Currency::USD);
        let read = |field: &str, text: &str| {
            cells_of(As::Opportunities, &[(field.to_owned(), text.to_owned())], &options).unwrap().cells.remove(0)
        };
        assert_eq!(read("amount", "$1,200.50"), Ok(Cell::Value(Value::Int(120_050))));
        assert_eq!(read("close_date", "2026-05-01"), Ok(Cell::Value("2026-05-01".into())));
        assert_eq!(read("close_date", ""), Ok(Cell::Value(Value::Null)));
        assert_eq!(read("need", "是"), Ok(Cell::Value(Value::Int(1))));
        assert_eq!(read("name", "a, \"b\""), Ok(Cell::Value("a, \"b\"".into())));
        assert_eq!(read("owner", "Ana"), Ok(Cell::Named { id: Some("Ana".into()), name: Some("Ana".into()) }));
        assert_eq!(read("amount", "much").unwrap_err().key, "problem-money");
        let currency = |text: &str| {
            cells_of(As::Opportunities, &[("amount".to_owned(), text.to_owned())], &options).unwrap().currency
        };
        assert_eq!(currency("5000 EUR"), Some("EUR".into()));
        assert_eq!(
            (currency("€700"), currency("3万元"), currency("700")),
            (Some("EUR".into()), Some("CNY".into()), None)
        );
    }
}
