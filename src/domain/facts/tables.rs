//! The tables of integer columns, and how rows that have changed replace the ones that were there.

use super::NONE;
use std::collections::BTreeSet;

/// Which rows have to be read again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Runs of ids, both ends included.
    pub ranges: Vec<(i64, i64)>,
    /// Single ids.
    pub ids: BTreeSet<i64>,
}

impl Touched {
    /// Every row there is.
    #[must_use]
    pub fn everything() -> Self {
        Self { ranges: vec![(i64::MIN, i64::MAX)], ids: BTreeSet::new() }
    }

    /// Whether the row with this id is among them.
    #[must_use]
    pub fn has(&self, id: i64) -> bool {
        self.ids.contains(&id) || self.ranges.iter().any(|&(first, last)| first <= id && id <= last)
    }

    /// Whether nothing was touched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty() && self.ids.is_empty()
    }
}

/// Declares a table of integer columns, sorted by id.
macro_rules! table {
    ($(#[$doc:meta])* $table:ident { $($(#[$column_doc:meta])* $column:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $table {
            /// Ids of the rows, ascending; every other column has the same length.
            pub id: Vec<i64>,
            $($(#[$column_doc])* pub $column: Vec<i64>,)+
        }

        impl $table {
            /// The columns of the store that fill this table, after `id`.
            pub const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];

            /// Number of rows.
            #[must_use]
            pub fn len(&self) -> usize {
                self.id.len()
            }

            /// Whether there is no row.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.id.is_empty()
            }

            /// Every column, ids first.
            #[must_use]
            pub fn columns(&self) -> Vec<&[i64]> {
                vec![&self.id, $(&self.$column),+]
            }

            /// The table of as many columns as it has, ids first; `None` when one is missing or of another length.
            pub fn from_columns(mut next: impl FnMut() -> Option<Vec<i64>>) -> Option<Self> {
                let table = Self { id: next()?, $($column: next()?),+ };
                table.columns().iter().all(|column| column.len() == table.len()).then_some(table)
            }

            /// Where the row with this id stands.
            #[must_use]
            pub fn find(&self, id: i64) -> Option<usize> {
                self.id.binary_search(&id).ok()
            }

            /// Replaces the touched rows by `fresh` (id, then one cell per column; any order).
            pub fn apply(&mut self, touched: &Touched, mut fresh: Vec<Vec<i64>>) {
                fresh.sort_unstable_by_key(|row| row.first().copied());
                let appends = |row: &Vec<i64>| row.first() > self.id.last();
                let untouched = !self.id.last().is_some_and(|&last| touched_up_to(touched, last));
                if untouched && fresh.iter().all(appends) {
                    fresh.iter().for_each(|row| self.push(row));
                    return;
                }
                let mut merged = Self::default();
                let mut fresh = fresh.into_iter().peekable();
                for at in 0..self.len() {
                    let Some(&id) = self.id.get(at) else { break };
                    while let Some(row) = fresh.next_if(|row| row.first().is_some_and(|&new| new < id)) {
                        merged.push(&row);
                    }
                    if let Some(row) = fresh.next_if(|row| row.first() == Some(&id)) {
                        merged.push(&row);
                    } else if !touched.has(id) {
                        merged.copy_from(self, at);
                    }
                }
                fresh.for_each(|row| merged.push(&row));
                *self = merged;
            }

            fn push(&mut self, row: &[i64]) {
                let mut cells = row.iter().copied();
                self.id.push(cells.next().unwrap_or(NONE));
                $(self.$column.push(cells.next().unwrap_or(NONE));)+
            }

            fn copy_from(&mut self, other: &Self, at: usize) {
                self.id.extend(other.id.get(at));
                $(self.$column.extend(other.$column.get(at));)+
            }
        }
    };
}

fn touched_up_to(touched: &Touched, last: i64) -> bool {
    touched.ids.first().is_some_and(|&id| id <= last) || touched.ranges.iter().any(|&(first, _)| first <= last)
}

table! {
    /// Leads and contacts.
    People {
        /// Code of `person.kind`.
        kind,
        /// Id of the owner.
        owner,
        /// Id of the account.
        account,
        /// Id of the opportunity it became.
        opportunity,
        /// Interned source.
        source,
        /// Interned region.
        region,
        /// Marketing score.
        score,
        /// 1 after a high-intent action.
        high_intent,
        /// Instant of creation.
        created_at,
        /// Instant of becoming an MQL.
        mql_at,
        /// Instant of acceptance by an SDR.
        sal_at,
        /// Instant of qualification by sales.
        sql_at,
        /// Instant of the first human touch.
        first_touch_at,
        /// Instant of disqualification.
        disqualified_at,
        /// 1 for one who does not want to be contacted.
        opt_out,
    }
}

table! {
    /// Companies.
    Accounts {
        /// Id of the owner.
        owner,
        /// Interned region.
        region,
        /// Interned segment.
        segment,
        /// Instant of the first payment.
        first_paid_at,
    }
}

table! {
    /// Deals.
    Opportunities {
        /// Id of the account.
        account,
        /// Id of the lead it came from.
        lead,
        /// Id of the stage.
        stage,
        /// Minor units of `currency`.
        amount,
        /// Packed currency code.
        currency,
        /// Id of the owner.
        owner,
        /// Interned source.
        source,
        /// Id of the product.
        product,
        /// Instant of creation.
        created_at,
        /// Expected or real day of closing, in days since 1970.
        close_date,
        /// Instant of closing.
        closed_at,
        /// Instant of signing the contract.
        contract_signed_at,
        /// Instant of the first value that was agreed on.
        first_value_at,
    }
}

table! {
    /// Moves of deals from stage to stage.
    StageChanges {
        /// Id of the opportunity.
        opportunity,
        /// Id of the stage it left.
        from_stage,
        /// Id of the stage it entered.
        to_stage,
        /// Instant of the move.
        at,
        /// Expected day of closing from then on.
        close_date,
        /// Expected day of closing until then.
        from_close_date,
        /// Code of `stage_change.origin`; what is explained is no second move.
        origin,
    }
}

table! {
    /// Moves of leads and contacts from stage to stage.
    LifecycleChanges {
        /// Id of the lead or contact.
        person,
        /// Interned stage it entered, as the source spells it.
        to_stage,
        /// Instant of the move.
        at,
    }
}

table! {
    /// Calls, e-mails, meetings and chats.
    Touches {
        /// Id of the lead or contact.
        person,
        /// Id of the opportunity.
        opportunity,
        /// Code of `touch.kind`.
        kind,
        /// Code of `touch.direction`.
        direction,
        /// 1 when a human did it, 0 when a machine did.
        human,
        /// When it was.
        at,
        /// Id of who did it.
        member,
    }
}

table! {
    /// Answers to surveys.
    Surveys {
        /// Id of the account.
        account,
        /// Id of the lead or contact.
        person,
        /// Code of `survey.kind`.
        kind,
        /// Ten-thousandths of a point.
        score,
        /// When it was given.
        at,
    }
}

table! {
    /// What was done with hand-offs.
    HandoffEvents {
        /// Interned key of the kind of hand-off.
        handoff,
        /// Id of the lead or contact.
        person,
        /// Id of the opportunity.
        opportunity,
        /// Code of `handoff_event.kind`.
        kind,
        /// When it was done.
        at,
        /// Id of to whom it went, or who did it.
        member,
        /// Id of who had it before it went to someone else.
        previous,
        /// When the next step is due.
        next_at,
    }
}
