//! Facts: the columnar picture of the store that analysis runs on.
//!
//! Structs of arrays behind `Arc`, so that a clone is cheap and a long computation can keep the one it
//! began with. Everything is an integer: ids, instants (ms), days, cents; words are interned. It is
//! filled and kept current by one function of the store, `catch_up`.

mod tables;

pub use tables::{
    Accounts, HandoffEvents, LifecycleChanges, Opportunities, People, StageChanges, Surveys, Touched, Touches,
};

use crate::domain::money::{Currency, Money};
use crate::domain::stage::Outcome;
use crate::domain::target::TargetFact;
use crate::domain::time::Instant;
use crate::domain::value::ActionId;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// "Not known" in a column.
pub const NONE: i64 = i64::MIN;

/// The known value of a cell.
#[must_use]
pub fn known(cell: i64) -> Option<i64> {
    (cell != NONE).then_some(cell)
}

/// A run of ids that one import inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Its first id.
    pub first: i64,
    /// Its last id.
    pub last: i64,
    /// When it reached this store.
    pub at: Instant,
}

/// What a company defines for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFact {
    /// What it defines: `calendars`, `handoffs`.
    pub name: String,
    /// TOML.
    pub body: String,
}

/// A stage, as the company names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageFact {
    /// Its name.
    pub name: String,
    /// Its place in the pipeline, ascending.
    pub position: i64,
    /// Open, won or lost.
    pub outcome: Outcome,
}

/// Someone who owns leads and deals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFact {
    /// Their name.
    pub name: String,
    /// The region they sell in.
    pub region: Option<String>,
    /// The team they belong to.
    pub team: Option<String>,
    /// What they do, for example `AE`.
    pub role: Option<String>,
    /// Day of hire, in days since 1970.
    pub hired_at: Option<i64>,
    /// Whether no team file has described them: another row named them.
    pub named_only: bool,
}

/// Something that is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductFact {
    /// Its name.
    pub name: String,
    /// What it costs on the list, where known.
    pub list_price: Option<Money>,
}

/// What one unit of a currency was worth in the store's, from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateFact {
    /// The currency; `None` for a code that is none.
    pub currency: Option<Currency>,
    /// The first day, in days since 1970.
    pub day: Option<i64>,
    /// Billionths of the store's currency.
    pub rate: Option<i64>,
}

/// Words that stand for repeated text; a word's number never changes within one set of facts.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, i64>,
}

impl Words {
    /// The number of a word.
    pub fn number(&mut self, word: &str) -> i64 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let (word, number): (Arc<str>, _) = (word.into(), self.words.len() as i64);
        self.words.push(Arc::clone(&word));
        self.numbers.insert(word, number);
        number
    }

    /// How many words there are; their numbers are those below.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word of a number.
    #[must_use]
    pub fn word(&self, number: i64) -> Option<&str> {
        self.words.get(usize::try_from(number).ok()?).map(AsRef::as_ref)
    }

    /// Every word, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(AsRef::as_ref)
    }
}

/// The picture of the store after the action `seen`.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Identity of the store: one that was restored from a backup is another.
    pub store: String,
    /// The last action that is in the picture.
    pub seen: ActionId,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// When the newest file of people, deals or their moves was exported: up to then the data are complete.
    pub exported_at: Option<Instant>,
    /// Leads and contacts.
    pub people: Arc<People>,
    /// Companies.
    pub accounts: Arc<Accounts>,
    /// Deals.
    pub opportunities: Arc<Opportunities>,
    /// Moves of deals from stage to stage.
    pub stage_changes: Arc<StageChanges>,
    /// Moves of leads and contacts from stage to stage.
    pub lifecycle_changes: Arc<LifecycleChanges>,
    /// Calls, e-mails, meetings and chats.
    pub touches: Arc<Touches>,
    /// What was done with hand-offs.
    pub handoff_events: Arc<HandoffEvents>,
    /// Answers to surveys.
    pub surveys: Arc<Surveys>,
    /// What came with which import, by ids.
    pub arrivals: Arc<Vec<Arrival>>,
    /// What the company defines for itself, by id.
    pub definitions: Arc<BTreeMap<i64, DefinitionFact>>,
    /// Stages by id.
    pub stages: Arc<BTreeMap<i64, StageFact>>,
    /// The team by id.
    pub members: Arc<BTreeMap<i64, MemberFact>>,
    /// Products by id.
    pub products: Arc<BTreeMap<i64, ProductFact>>,
    /// Targets by id.
    pub targets: Arc<BTreeMap<i64, TargetFact>>,
    /// Exchange rates by id.
    pub rates: Arc<BTreeMap<i64, RateFact>>,
    /// Text of interned columns.
    pub words: Arc<Words>,
}

impl Default for Facts {
    /// The picture of an empty store, before its first action.
    fn default() -> Self {
        Self {
            store: String::new(),
            seen: ActionId(0),
            currency: Currency::USD,
            exported_at: None,
            people: Arc::default(),
            accounts: Arc::default(),
            opportunities: Arc::default(),
            stage_changes: Arc::default(),
            lifecycle_changes: Arc::default(),
            touches: Arc::default(),
            handoff_events: Arc::default(),
            surveys: Arc::default(),
            arrivals: Arc::default(),
            definitions: Arc::default(),
            stages: Arc::default(),
            members: Arc::default(),
            products: Arc::default(),
            targets: Arc::default(),
            rates: Arc::default(),
            words: Arc::default(),
        }
    }
}

impl Facts {
    /// When the import that brought a record reached this store; `None` for one that was made here.
    #[must_use]
    pub fn arrived_at(&self, id: i64) -> Option<Instant> {
        let after = self.arrivals.partition_point(|run| run.first <= id);
        self.arrivals.get(after.checked_sub(1)?).filter(|run| id <= run.last).map(|run| run.at)
    }

    /// Whether two pictures show the same store, though they may have numbered their words differently.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        let spelled = |facts: &Self, column: &[i64]| -> Vec<Option<String>> {
            column.iter().map(|&cell| facts.words.word(cell).map(str::to_owned)).collect()
        };
        let blank = |facts: &Self| {
            let mut people = (*facts.people).clone();
            let mut accounts = (*facts.accounts).clone();
            let mut deals = (*facts.opportunities).clone();
            let mut moves = (*facts.lifecycle_changes).clone();
            let mut done = (*facts.handoff_events).clone();
            let interned = [
                &mut people.source,
                &mut people.region,
                &mut accounts.region,
                &mut accounts.segment,
                &mut deals.source,
                &mut moves.to_stage,
                &mut done.handoff,
            ];
            let words = interned.map(|column| spelled(facts, &std::mem::take(column)));
            (people, accounts, deals, moves, done, words)
        };
        self.seen == other.seen
            && self.currency == other.currency
            && self.exported_at == other.exported_at
            && blank(self) == blank(other)
            && self.stage_changes == other.stage_changes
            && self.touches == other.touches
            && self.surveys == other.surveys
            && self.arrivals == other.arrivals
            && self.definitions == other.definitions
            && self.stages == other.stages
            && self.members == other.members
            && self.products == other.products
            && self.targets == other.targets
            && self.rates == other.rates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(ids: &[i64], cell: i64) -> Vec<Vec<i64>> {
        ids.iter().map(|&id| vec![id, cell, 0, 0, 0]).collect()
    }

    #[test]
    fn touched_rows_are_replaced_added_and_removed() {
        let mut table = StageChanges::default();
        table.apply(&Touched::everything(), rows(&[3, 1, 5], 0));
        assert_eq!(table.id, [1, 3, 5]);
        table.apply(&Touched { ranges: vec![(6, 9)], ids: [3, 5].into() }, rows(&[8, 5, 7], 1));
        assert_eq!((table.id.as_slice(), table.opportunity.as_slice()), (&[1, 5, 7, 8][..], &[0, 1, 1, 1][..]));
        assert_eq!(table.find(7), Some(2));
    }

    proptest! {
        #[test]
        fn applying_is_like_writing_into_a_map(
            steps in prop::collection::vec((prop::collection::btree_set(0..30i64, 0..6), 0..30i64, 0..9i64), 0..12)
        ) {
            let mut table = StageChanges::default();
            let mut model: BTreeMap<i64, i64> = BTreeMap::new();
            for (round, (touched, first, length)) in steps.into_iter().enumerate() {
                let touched = Touched { ids: touched, ranges: vec![(first, first + length)] };
                model.retain(|id, _| !touched.has(*id));
                let fresh: Vec<i64> = (0..60).filter(|&id| touched.has(id) && (id + round as i64) % 3 > 0).collect();
                model.extend(fresh.iter().map(|&id| (id, round as i64)));
                table.apply(&touched, rows(&fresh, round as i64));
                let seen: BTreeMap<i64, i64> = table.id.iter().copied().zip(table.opportunity.iter().copied()).collect();
                prop_assert_eq!(&seen, &model);
                prop_assert!(table.id.is_sorted());
            }
        }
    }
}
