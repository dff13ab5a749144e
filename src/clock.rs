//! The one clock. Everything else is told what time it is.

use crate::domain::time::Instant;
use std::time::{Duration, Instant as Monotonic, SystemTime};

/// Where the time comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's own time.
    System,
    /// A time that stands still, for figures that can be compared.
    Fixed(Instant),
    /// A time that ticks on from a given instant, as the demo's does.
    RunningFrom {
        /// The instant at the start.
        start: Instant,
        /// When that was.
        since: Monotonic,
    },
}

impl Clock {
    /// A clock that ticks on from `start`.
    #[must_use]
    pub fn running_from(start: Instant) -> Self {
        Self::RunningFrom { start, since: Monotonic::now() }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => Instant(chrono::Utc::now().timestamp_millis()),
            Self::Fixed(instant) => *instant,
            Self::RunningFrom { start, since } => {
                Instant(start.0 + i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX / 2))
            }
        }
    }
}
/// Name of the machine's time zone, such as `Asia/Shanghai`, where it tells.
#[must_use]
pub fn zone() -> Option<String> {
    iana_time_zone::get_timezone().ok()
}

/// How long ago a file was written, by the machine's own clock; nothing for one of the future.
#[must_use]
pub fn age(written: SystemTime) -> Duration {
    SystemTime::now().duration_since(written).unwrap_or_default()
}
