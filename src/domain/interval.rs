//! How sure a share is: intervals for one proportion and for the difference of two.

/// The 97.5 % point of the normal distribution: two-sided 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Two ends, the lower one first.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether zero lies inside: then a difference could be luck.
    #[must_use]
    pub fn has_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// The 95 % Wilson score interval of `part` of `whole`, without continuity correction; `None` for an
/// empty whole.
///
/// Wilson (1927); Newcombe (1998), *Two-sided confidence intervals for the single proportion*,
/// Statistics in Medicine 17, 857–872, method 3.
#[must_use]
pub fn wilson(part: u64, whole: u64) -> Option<Interval> {
    if whole == 0 {
        return None;
    }
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let middle = 2.0 * n * p + Z * Z;
    let spread = Z * (Z * Z + 4.0 * n * p * (1.0 - p)).sqrt();
    let scale = 2.0 * (n + Z * Z);
    // Rounding may leave a hair outside of 0…1 at the ends.
    Some(Interval { low: ((middle - spread) / scale).max(0.0), high: ((middle + spread) / scale).min(1.0) })
}

/// The 95 % interval of the difference of two independent shares, `a` minus `b`, each given as part
/// and whole; `None` where one of them is empty.
///
/// Newcombe (1998), *Interval estimation for the difference between independent proportions*,
/// Statistics in Medicine 17, 873–890, method 10: the two Wilson intervals, squared and added.
#[must_use]
pub fn newcombe(a: (u64, u64), b: (u64, u64)) -> Option<Interval> {
    let (one, other) = (wilson(a.0, a.1)?, wilson(b.0, b.1)?);
    let (p, q) = (a.0 as f64 / a.1 as f64, b.0 as f64 / b.1 as f64);
    Some(Interval {
        low: p - q - ((p - one.low).powi(2) + (other.high - q).powi(2)).sqrt(),
        high: p - q + ((one.high - p).powi(2) + (q - other.low).powi(2)).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: Option<Interval>, low: f64, high: f64) {
        let found = found.unwrap();
        assert!((found.low - low).abs() < 5e-7 && (found.high - high).abs() < 5e-7, "{found:?}");
    }

    /// The tables of both papers print four digits; the six here were computed from the printed
    /// formulas with 50 digits (Python's `decimal`), and round to the printed four.
    #[test]
    fn wilson_agrees_with_newcombes_table() {
        near(wilson(81, 263), 0.255_289, 0.366_210); // printed: 0.2553, 0.3662
        near(wilson(15, 148), 0.062_386, 0.160_487); // printed: 0.0624, 0.1605
        near(wilson(0, 20), 0.0, 0.161_125); // printed: 0.0000, 0.1611
        near(wilson(1, 29), 0.006_113, 0.171_755); // printed: 0.0061, 0.1718
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(7, 7).unwrap().high, 1.0);
    }

    #[test]
    fn newcombe_agrees_with_his_table() {
        near(newcombe((56, 70), (48, 80)), 0.052_431, 0.333_873); // printed: 0.0524, 0.3339
        near(newcombe((9, 10), (3, 10)), 0.170_523, 0.809_018); // printed: 0.1705, 0.8090
        near(newcombe((6, 7), (2, 7)), 0.058_228, 0.806_250); // printed: 0.0582, 0.8062
        near(newcombe((5, 56), (0, 29)), -0.038_137, 0.192_560); // printed: −0.0381, 0.1926
        near(newcombe((0, 10), (0, 20)), -0.161_125, 0.277_533); // printed: −0.1611, 0.2775
        near(newcombe((10, 10), (0, 20)), 0.679_086, 1.0); // printed: 0.6791, 1.0000
    }

    #[test]
    fn a_difference_that_could_be_luck_has_zero_inside() {
        assert!(!newcombe((56, 70), (48, 80)).unwrap().has_zero());
        assert!(newcombe((5, 56), (0, 29)).unwrap().has_zero());
    }
}
