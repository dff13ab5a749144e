//! Quantiles of a sample.

/// The `share` quantile of sorted values, with linear interpolation between neighbours
/// (Hyndman and Fan 1996, type 7: what spreadsheets call `PERCENTILE.INC`). `None` without values.
#[must_use]
pub fn quantile(sorted: &[i64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * share.clamp(0.0, 1.0);
    let below = place.floor();
    let low = *sorted.get(below as usize)? as f64;
    let high = *sorted.get(place.ceil() as usize)? as f64;
    Some(low + (high - low) * (place - below))
}

/// The arithmetic mean; `None` without values.
#[must_use]
pub fn mean(values: &[i64]) -> Option<f64> {
    let sum: i128 = values.iter().map(|&v| i128::from(v)).sum();
    (!values.is_empty()).then(|| sum as f64 / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_spreadsheet() {
        let sample = [1, 2, 3, 4];
        assert_eq!(quantile(&sample, 0.5), Some(2.5));
        assert_eq!(quantile(&sample, 0.25), Some(1.75));
        assert_eq!(quantile(&sample, 0.0), Some(1.0));
        assert_eq!(quantile(&sample, 1.0), Some(4.0));
        assert_eq!(quantile(&[7], 0.9), Some(7.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(mean(&sample), Some(2.5));
        assert_eq!(mean(&[]), None);
    }
}
