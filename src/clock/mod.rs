//! What time it is, and how a moment is written.

mod civil;

pub use civil::{Date, TimeOfDay};

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The environment variable that stops the clock at an RFC 3339 moment, for tests.
const FIXED: &str = "DJR_TEST_NOW";

/// A moment, in microseconds, as Django stores it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Moment(Timestamp);

/// The current moment, to the microsecond.
pub fn now() -> Moment {
    static FIXED_AT: OnceLock<Option<Moment>> = OnceLock::new();
    let fixed = FIXED_AT.get_or_init(|| {
        let text = std::env::var(FIXED).ok()?;
        text.parse().ok().map(Moment)
    });
    fixed.unwrap_or_else(|| Moment::from(SystemTime::now()))
}

impl Moment {
    /// The moment this many seconds after 1970 (UTC); the limits of the calendar are kept.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        let limit = if seconds < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Self(Timestamp::from_second(seconds).unwrap_or(limit))
    }

    /// Whole seconds since 1970 (UTC), rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.0.as_microsecond().div_euclid(1_000_000)
    }

    /// Microseconds since 1970 (UTC).
    pub fn unix_microseconds(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The moment `duration` later.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        Self(self.0.checked_add(duration).unwrap_or(Timestamp::MAX))
    }

    /// The moment `duration` earlier.
    #[must_use]
    pub fn before(self, duration: Duration) -> Self {
        Self(self.0.checked_sub(duration).unwrap_or(Timestamp::MIN))
    }

    /// Seconds from 1970 to the moment as clocks in `zone` show it.
    pub fn wall_seconds(self, zone: &Zone) -> i64 {
        let offset = zone.0.to_offset(self.0);
        self.unix_seconds() + i64::from(offset.seconds())
    }

    /// As Django writes it into SQLite: UTC, `YYYY-MM-DD HH:MM:SS[.ffffff]`, no fraction when zero.
    pub fn to_sql(self) -> String {
        self.to_string()
    }

    /// Reads what [`Moment::to_sql`] writes; `None` for anything else.
    pub fn from_sql(text: &str) -> Option<Self> {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        Some(Self(civil.to_zoned(TimeZone::UTC).ok()?.timestamp()))
    }

    /// As Python's `isoformat` writes it, in UTC: `2026-11-20T17:22:29+00:00`.
    pub fn to_isoformat(self) -> String {
        format!("{}+00:00", self.to_sql().replace(' ', "T"))
    }

    /// Reads what Python's `isoformat` writes, in any offset; without one it is UTC.
    pub fn from_isoformat(text: &str) -> Option<Self> {
        let with_offset = text.parse().ok().map(Self);
        with_offset.or_else(|| Self::from_sql(text))
    }

    /// The moment as RFC 3339, in UTC: `2026-11-20T17:22:29Z`.
    pub fn to_rfc3339(self) -> String {
        self.0.to_string()
    }

    /// The moment in `zone`, written by a `strftime` pattern.
    pub fn format(self, zone: &Zone, pattern: &str) -> String {
        self.0
            .to_zoned(zone.0.clone())
            .strftime(pattern)
            .to_string()
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let precise = Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH);
        Self(Timestamp::from_microsecond(precise.as_microsecond()).unwrap_or(precise))
    }
}

impl From<Moment> for SystemTime {
    fn from(moment: Moment) -> Self {
        moment.0.into()
    }
}

/// A time zone of the bundled IANA database.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The zone of this name, such as `Europe/Vienna`; `None` where there is none.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Moment, Zone};

    #[test]
    fn writes_a_fraction_only_where_there_is_one() {
        let moment = Moment::from_unix_seconds(1_700_000_000);
        assert_eq!(moment.to_sql(), "2023-11-14 22:13:20");
        let later = moment.after(Duration::from_micros(1_500));
        assert_eq!(later.to_sql(), "2023-11-14 22:13:20.001500");
        assert_eq!(Moment::from_sql(&later.to_sql()), Some(later));
        assert_eq!(Moment::from_sql("yesterday"), None);
    }

    #[test]
    fn reads_and_writes_as_isoformat() {
        let moment = Moment::from_unix_seconds(1_700_000_000).after(Duration::from_micros(5));
        assert_eq!(moment.to_isoformat(), "2023-11-14T22:13:20.000005+00:00");
        for text in [
            "2023-11-14T22:13:20.000005+00:00",
            "2023-11-15T03:43:20.000005+05:30",
            "2023-11-14T22:13:20.000005",
        ] {
            assert_eq!(Moment::from_isoformat(text), Some(moment), "{text}");
        }
        assert_eq!(Moment::from_isoformat("soon"), None);
    }

    #[test]
    fn a_wall_clock_shows_more_in_the_east() {
        let moment = Moment::from_unix_seconds(1_700_000_000);
        for (zone, seconds) in [
            ("UTC", 1_700_000_000),
            ("Europe/Vienna", 1_700_003_600),
            ("America/New_York", 1_699_982_000),
        ] {
            let zone = Zone::named(zone).unwrap();
            assert_eq!(moment.wall_seconds(&zone), seconds);
        }
    }

    #[test]
    fn writes_local_time() {
        let vienna = Zone::named("Europe/Vienna").unwrap();
        let moment = Moment::from_unix_seconds(1_700_000_000);
        assert_eq!(moment.format(&vienna, "%H:%M"), "23:13");
        assert!(Zone::named("Europe/Atlantis").is_none());
    }
}
