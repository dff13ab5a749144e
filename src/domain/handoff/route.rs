//! Who gets the next hand-off: a round robin weighted by free capacity, among those who are at work.

use crate::domain::time::Instant;

/// A receiver, as routing sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Id of the member.
    pub member: i64,
    /// Hand-offs they can take in a week; 0 takes none.
    pub capacity: i64,
    /// Hand-offs they have got in the last seven days.
    pub load: i64,
    /// Whether they are on leave, or have left.
    pub away: bool,
    /// When they got one last.
    pub last: Option<Instant>,
}

impl Seat {
    /// Whether they can take another.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        !self.away && self.load < self.capacity
    }
}

/// Who gets the next one: of those with room, the least loaded for their capacity; of several, who has waited longest.
/// `None` when nobody has room, so that a lead is left in the pool and not piled on someone.
#[must_use]
pub fn suggest(seats: &[Seat]) -> Option<i64> {
    let least = |a: &&Seat, b: &&Seat| {
        // load / capacity, without fractions.
        let (left, right) = (a.load * b.capacity, b.load * a.capacity);
        left.cmp(&right).then(a.last.cmp(&b.last)).then(a.member.cmp(&b.member))
    };
    seats.iter().filter(|seat| seat.is_free()).min_by(least).map(|seat| seat.member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seat(member: i64, capacity: i64, load: i64) -> Seat {
        Seat { member, capacity, load, away: false, last: None }
    }

    #[test]
    fn the_least_loaded_for_their_capacity_comes_first() {
        assert_eq!(suggest(&[seat(1, 40, 20), seat(2, 10, 4)]), Some(2));
        assert_eq!(suggest(&[seat(1, 40, 10), seat(2, 10, 4)]), Some(1));
        assert_eq!(suggest(&[seat(1, 4, 4), seat(2, 0, 0)]), None, "nobody has room");
        assert_eq!(suggest(&[Seat { away: true, ..seat(1, 9, 0) }, seat(2, 9, 8)]), Some(2));
        let waited = Seat { last: Some(Instant(1)), ..seat(1, 9, 1) };
        assert_eq!(suggest(&[waited, seat(2, 9, 1)]), Some(2), "who never had one has waited longest");
    }

    proptest! {
        /// Handed out one by one, the shares follow the capacities, to one hand-off.
        #[test]
        fn shares_follow_capacity(capacities in prop::collection::vec(0i64..30, 1..8), share in 0i64..100) {
            let mut seats: Vec<Seat> = capacities.iter().zip(1..).map(|(&capacity, id)| seat(id, capacity, 0)).collect();
            let total: i64 = capacities.iter().sum();
            let handed = total * share / 100;
            for n in 0..handed {
                let next = suggest(&seats).unwrap();
                let seat = seats.iter_mut().find(|seat| seat.member == next).unwrap();
                (seat.load, seat.last) = (seat.load + 1, Some(Instant(n)));
            }
            for seat in seats {
                let fair = handed as f64 * seat.capacity as f64 / total.max(1) as f64;
                prop_assert!((seat.load as f64 - fair).abs() <= capacities.len() as f64, "{seat:?}: {fair}");
                prop_assert!(seat.load <= seat.capacity);
            }
        }
    }
}
