//! The facts as bytes: columns of little-endian 64-bit integers, and text with its length before it.
//!
//! Pure: where the bytes are kept and whether they may be believed is the store's business. What they hold
//! of people is what the facts hold: ids, instants, sources, regions and scores, no names or addresses of
//! leads and contacts; but the names of the team, of stages and of products.

use crate::domain::facts::{
    Accounts, Arrival, DefinitionFact, Facts, HandoffEvents, LifecycleChanges, MemberFact, Opportunities, People,
    ProductFact, RateFact, StageChanges, StageFact, Surveys, Touches, Words,
};
use crate::domain::money::{Currency, Money};
use crate::domain::stage::Outcome;
use crate::domain::target::TargetFact;
use crate::domain::time::Instant;
use crate::domain::value::ActionId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// To be raised when the same bytes come to mean something else; a new column changes the layout by itself.
const VERSION: u32 = 4;

/// What the bytes are laid out as. Bytes of another layout must not be decoded.
#[must_use]
pub fn layout() -> String {
    let tables = [
        People::COLUMNS,
        Accounts::COLUMNS,
        Opportunities::COLUMNS,
        StageChanges::COLUMNS,
        LifecycleChanges::COLUMNS,
        Touches::COLUMNS,
        HandoffEvents::COLUMNS,
        Surveys::COLUMNS,
    ];
    let tables = tables.map(|columns| columns.join(" ")).join("; ");
    // Another version of the program may read the same cells from the store in another way.
    format!("{VERSION}, revops {}: {tables}", env!("CARGO_PKG_VERSION"))
}

/// The facts as bytes.
#[must_use]
pub fn encode(facts: &Facts) -> Vec<u8> {
    let Facts {
        // Whose facts they are stands in the head of the file.
        store: _,
        seen,
        currency,
        exported_at,
        people,
        accounts,
        opportunities,
        stage_changes,
        lifecycle_changes,
        touches,
        handoff_events,
        surveys,
        arrivals,
        definitions,
        stages,
        members,
        products,
        targets,
        rates,
        words,
    } = facts;
    let tables = [
        people.columns(),
        accounts.columns(),
        opportunities.columns(),
        stage_changes.columns(),
        lifecycle_changes.columns(),
        touches.columns(),
        handoff_events.columns(),
        surveys.columns(),
    ];
    let cells: usize = tables.iter().flatten().map(|column| column.len() + 1).sum();
    let mut out = Out(Vec::with_capacity(cells * 8 + 4_096));
    out.int(seen.0);
    out.int(currency.pack());
    out.maybe(*exported_at, |out, at| out.int(at.0));
    for column in tables.iter().flatten() {
        out.int(column.len() as i64);
        out.0.extend(column.iter().flat_map(|cell| cell.to_le_bytes()));
    }
    out.int(arrivals.len() as i64);
    for Arrival { first, last, at } in arrivals.iter() {
        [*first, *last, at.0].into_iter().for_each(|int| out.int(int));
    }
    out.entries(definitions, |out, DefinitionFact { name, body }| {
        out.text(name);
        out.text(body);
    });
    out.entries(stages, |out, StageFact { name, position, outcome }| {
        out.text(name);
        out.int(*position);
        out.int(outcome.code());
    });
    out.entries(members, |out, MemberFact { name, region, team, role, hired_at, named_only }| {
        out.text(name);
        [region, team, role].into_iter().for_each(|text| out.maybe(text.as_deref(), Out::text));
        out.maybe(*hired_at, Out::int);
        out.int(i64::from(*named_only));
    });
    out.entries(products, |out, ProductFact { name, list_price }| {
        out.text(name);
        out.maybe(*list_price, |out, price| {
            out.int(price.minor);
            out.int(price.currency.pack());
        });
    });
    out.entries(targets, |out, TargetFact { metric, period, owner, value, currency }| {
        out.text(metric);
        out.text(period);
        out.maybe(owner.as_deref(), Out::text);
        out.int(*value);
        out.maybe(*currency, |out, currency| out.int(currency.pack()));
    });
    out.entries(rates, |out, RateFact { currency, day, rate }| {
        out.maybe(*currency, |out, currency| out.int(currency.pack()));
        [day, rate].into_iter().for_each(|number| out.maybe(*number, Out::int));
    });
    words.iter().for_each(|word| out.text(word));
    out.0
}

/// The facts that [`encode`] made these bytes from; `None` for any other bytes that show it.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Facts> {
    let mut from = In(bytes);
    let (seen, currency) = (ActionId(from.int()?), Currency::unpack(from.int()?)?);
    let exported_at = from.maybe(In::int)?.map(Instant);
    let people = Arc::new(People::from_columns(|| from.column())?);
    let accounts = Arc::new(Accounts::from_columns(|| from.column())?);
    let opportunities = Arc::new(Opportunities::from_columns(|| from.column())?);
    let stage_changes = Arc::new(StageChanges::from_columns(|| from.column())?);
    let lifecycle_changes = Arc::new(LifecycleChanges::from_columns(|| from.column())?);
    let touches = Arc::new(Touches::from_columns(|| from.column())?);
    let handoff_events = Arc::new(HandoffEvents::from_columns(|| from.column())?);
    let surveys = Arc::new(Surveys::from_columns(|| from.column())?);
    let mut arrivals = Vec::new();
    for _ in 0..from.length()? {
        arrivals.push(Arrival { first: from.int()?, last: from.int()?, at: Instant(from.int()?) });
    }
    let definitions = from.entries(|from| Some(DefinitionFact { name: from.text()?, body: from.text()? }))?;
    let stages = from.entries(|from| {
        Some(StageFact { name: from.text()?, position: from.int()?, outcome: Outcome::from_code(from.int()?) })
    })?;
    let members = from.entries(|from| {
        Some(MemberFact {
            name: from.text()?,
            region: from.maybe(In::text)?,
            team: from.maybe(In::text)?,
            role: from.maybe(In::text)?,
            hired_at: from.maybe(In::int)?,
            named_only: from.int()? != 0,
        })
    })?;
    let products = from.entries(|from| {
        let name = from.text()?;
        let price = |from: &mut In<'_>| Some(Money { minor: from.int()?, currency: Currency::unpack(from.int()?)? });
        Some(ProductFact { name, list_price: from.maybe(price)? })
    })?;
    let targets = from.entries(|from| {
        Some(TargetFact {
            metric: from.text()?,
            period: from.text()?,
            owner: from.maybe(In::text)?,
            value: from.int()?,
            currency: from.maybe(|from| Currency::unpack(from.int()?))?,
        })
    })?;
    let rates = from.entries(|from| {
        let currency = from.maybe(|from| Currency::unpack(from.int()?))?;
        Some(RateFact { currency, day: from.maybe(In::int)?, rate: from.maybe(In::int)? })
    })?;
    let mut words = Words::default();
    while !from.0.is_empty() {
        words.number(&from.text()?);
    }
    Some(Facts {
        store: String::new(),
        seen,
        currency,
        exported_at,
        people,
        accounts,
        opportunities,
        stage_changes,
        lifecycle_changes,
        touches,
        handoff_events,
        surveys,
        arrivals: Arc::new(arrivals),
        definitions: Arc::new(definitions),
        stages: Arc::new(stages),
        members: Arc::new(members),
        products: Arc::new(products),
        targets: Arc::new(targets),
        rates: Arc::new(rates),
        words: Arc::new(words),
    })
}

/// Bytes as they are written.
struct Out(Vec<u8>);

impl Out {
    fn int(&mut self, n: i64) {
        self.0.extend(n.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.int(text.len() as i64);
        self.0.extend(text.as_bytes());
    }

    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.int(i64::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn entries<T>(&mut self, entries: &BTreeMap<i64, T>, write: impl Fn(&mut Self, &T)) {
        self.int(entries.len() as i64);
        for (id, entry) in entries {
            self.int(*id);
            write(self, entry);
        }
    }
}

/// Bytes that are still to be read. Nothing is believed of a length but that so much is there.
struct In<'b>(&'b [u8]);

impl<'b> In<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn int(&mut self) -> Option<i64> {
        self.take(8)?.try_into().ok().map(i64::from_le_bytes)
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.int()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).ok().map(str::to_owned)
    }

    fn column(&mut self) -> Option<Vec<i64>> {
        let bytes = self.length()?.checked_mul(8)?;
        let (cells, _) = self.take(bytes)?.as_chunks::<8>();
        Some(cells.iter().map(|cell| i64::from_le_bytes(*cell)).collect())
    }

    fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.int()? {
            0 => Some(None),
            _ => read(self).map(Some),
        }
    }

    fn entries<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<BTreeMap<i64, T>> {
        let count = self.length()?;
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            entries.insert(self.int()?, read(self)?);
        }
        Some(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::{NONE, Touched};
    use proptest::prelude::*;

    fn facts() -> Facts {
        let mut facts = Facts { seen: ActionId(7), currency: Currency::USD, ..Facts::default() };
        let words = Arc::make_mut(&mut facts.words);
        let (event, mql) = (words.number("Event"), words.number("市场合格线索"));
        let person = vec![1, 0, 2, NONE, NONE, event, NONE, 80, 1, 5, 6, NONE, NONE, NONE, NONE, NONE];
        Arc::make_mut(&mut facts.people).apply(&Touched::everything(), vec![person]);
        Arc::make_mut(&mut facts.lifecycle_changes)
            .apply(&Touched::everything(), vec![vec![8, 1, mql, 6], vec![9, 1, mql, 7]]);
        Arc::make_mut(&mut facts.touches).apply(&Touched::everything(), vec![vec![10, 1, NONE, 0, 1, 1, 9, 2]]);
        Arc::make_mut(&mut facts.handoff_events)
            .apply(&Touched::everything(), vec![vec![11, event, 1, NONE, 0, 7, 2, NONE, NONE]]);
        Arc::make_mut(&mut facts.arrivals).push(Arrival { first: 1, last: 9, at: Instant(8) });
        let body = DefinitionFact { name: "calendars".into(), body: "# 日历".into() };
        Arc::make_mut(&mut facts.definitions).insert(12, body);
        let stage = StageFact { name: "Demo".into(), position: 3, outcome: Outcome::from_code(0) };
        Arc::make_mut(&mut facts.stages).insert(4, stage);
        let member = MemberFact {
            name: "Ana".into(),
            region: None,
            team: Some("SDR".into()),
            role: None,
            hired_at: Some(-3),
            named_only: true,
        };
        Arc::make_mut(&mut facts.members).insert(2, member);
        let list_price = Some(Money { minor: 500, currency: Currency::USD });
        Arc::make_mut(&mut facts.products).insert(5, ProductFact { name: "Lamp".into(), list_price });
        let rate = RateFact { currency: Currency::parse("EUR"), day: Some(20_000), rate: Some(1_100_000_000) };
        Arc::make_mut(&mut facts.rates).insert(6, rate);
        facts
    }

    #[test]
    fn what_is_decoded_is_what_was_encoded() {
        for facts in [facts(), Facts::default()] {
            let decoded = decode(&encode(&facts)).unwrap();
            assert!(decoded.same_as(&facts), "{decoded:?}\n{facts:?}");
            assert_eq!(encode(&decoded), encode(&facts));
        }
    }

    #[test]
    fn a_part_is_not_taken_for_the_whole() {
        let bytes = encode(&facts());
        // Cut between two words it reads as facts with fewer of them; the store's checksum is for that.
        let tables = bytes.len() - 8 * 2 - "Event市场合格线索".len();
        for length in 0..tables {
            assert!(decode(&bytes[..length]).is_none(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
            let mut bytes = encode(&facts());
            flips.drain(..).for_each(|(at, byte)| *at.get_mut(&mut bytes) = byte);
            let _ = decode(&bytes);
        }
    }
}
