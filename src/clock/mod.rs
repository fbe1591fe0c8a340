//! What time it is, and how a moment is written.

mod civil;
mod date_parse;
mod days;
mod digit_scanner;
mod iso_format;
mod local_date_time;
mod names;

mod time_format;
mod written_moment;
mod zone_files;

pub use civil::{Date, TimeOfDay};
pub use local_date_time::LocalDateTime;
pub use names::{MONTHS, WEEKDAYS};
pub use written_moment::WrittenMoment;
pub use zone_files::{zone_file, zone_names};

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil as calendar};

/// The environment variable that stops the clock at an RFC 3339 moment, for tests.
const FIXED: &str = "DJR_TEST_NOW";

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// Midnight of 1970, from which moments count.
const EPOCH: calendar::DateTime = calendar::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// A moment, in microseconds, from the year 1 to the year 9999 of UTC: all that Python and Django know.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Moment(i64);

/// The current moment, to the microsecond.
pub fn now() -> Moment {
    static FIXED_AT: OnceLock<Option<Moment>> = OnceLock::new();
    let fixed = FIXED_AT.get_or_init(|| {
        let text = std::env::var(FIXED).ok()?;
        Moment::parse(&text, &Zone::utc())
    });
    fixed.unwrap_or_else(|| Moment::from(SystemTime::now()))
}

/// Whether `pattern` is one of `strftime`, which [`Moment::format`] takes.
pub fn is_pattern(pattern: &str) -> bool {
    let zoned = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
    BrokenDownTime::from(&zoned).to_string(pattern).is_ok()
}

impl Moment {
    /// The first moment of the year 1.
    pub const MIN: Self = Self(-62_135_596_800 * SECOND);
    /// The last moment of the year 9999.
    pub const MAX: Self = Self(253_402_300_800 * SECOND - 1);

    /// The moment this many seconds after 1970 (UTC); the limits of the calendar are kept.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self::clamped(seconds.saturating_mul(SECOND))
    }

    /// Whole seconds since 1970 (UTC), rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// Microseconds since 1970 (UTC).
    pub fn unix_microseconds(self) -> i64 {
        self.0
    }

    /// The moment this many microseconds after 1970 (UTC); the limits of the calendar are kept.
    pub fn from_unix_microseconds(microseconds: i64) -> Self {
        Self::clamped(microseconds)
    }

    /// The moment `duration` later.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Self::clamped(self.0.saturating_add(micros))
    }

    /// The moment `duration` earlier.
    #[must_use]
    pub fn before(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Self::clamped(self.0.saturating_sub(micros))
    }

    /// Seconds from 1970 to the moment as clocks in `zone` show it.
    pub fn wall_seconds(self, zone: &Zone) -> i64 {
        let offset = zone.0.to_offset(self.timestamp());
        self.unix_seconds() + i64::from(offset.seconds())
    }

    /// As Django writes it into SQLite: UTC, `YYYY-MM-DD HH:MM:SS[.ffffff]`, no fraction when zero.
    pub fn to_sql(self) -> String {
        self.to_string()
    }

    /// Reads what [`Moment::to_sql`] writes, and what else Django reads as a moment of UTC.
    pub fn from_sql(text: &str) -> Option<Self> {
        Self::parse(text, &Zone::utc())
    }

    /// As Python's `isoformat` writes it, in UTC: `2026-11-20T17:22:29+00:00`.
    pub fn to_isoformat(self) -> String {
        format!("{}+00:00", self.to_sql().replace(' ', "T"))
    }

    /// Reads what Python's `isoformat` writes, in any offset; without one it is UTC.
    pub fn from_isoformat(text: &str) -> Option<Self> {
        Self::parse(text, &Zone::utc())
    }

    /// The moment as RFC 3339, in UTC: `2026-11-20T17:22:29Z`.
    pub fn to_rfc3339(self) -> String {
        format!("{}Z", self.civil())
    }

    /// The moment in `zone`, written by a `strftime` pattern.
    pub fn format(self, zone: &Zone, pattern: &str) -> String {
        let zoned = self.timestamp().to_zoned(zone.0.clone());
        if self == Self::from_timestamp(zoned.timestamp()) {
            return zoned.strftime(pattern).to_string();
        }
        // The last day of all: `jiff` leaves it out, so that any zone may still show it.
        let offset = SignedDuration::from_secs(zoned.offset().seconds().into());
        let mut broken = BrokenDownTime::from(self.civil().saturating_add(offset));
        broken.set_offset(Some(zoned.offset()));
        let written = broken.to_string(pattern);
        written.unwrap_or_else(|_| zoned.strftime(pattern).to_string())
    }

    /// The moment that clocks so many microseconds ahead of UTC show as `civil`; none beyond the calendar.
    fn from_civil(civil: calendar::DateTime, offset: i64) -> Option<Self> {
        let micros = i64::try_from(civil.duration_since(EPOCH).as_micros()).ok()?;
        let moment = Self(micros.checked_sub(offset)?);
        (Self::MIN..=Self::MAX).contains(&moment).then_some(moment)
    }

    /// What clocks of UTC show.
    fn civil(self) -> calendar::DateTime {
        EPOCH.saturating_add(SignedDuration::from_micros(self.0))
    }

    /// The moment for a zone; the nearest one on the last day of the calendar.
    fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::MAX)
    }

    fn from_timestamp(timestamp: Timestamp) -> Self {
        Self::clamped(timestamp.as_microsecond())
    }

    fn clamped(micros: i64) -> Self {
        Self(micros).clamp(Self::MIN, Self::MAX)
    }
}

impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(later) => Self(0).after(later),
            Err(earlier) => Self(0).before(earlier.duration()),
        }
    }
}

impl From<Moment> for SystemTime {
    fn from(moment: Moment) -> Self {
        let distance = Duration::from_micros(moment.0.unsigned_abs());
        if moment.0 < 0 {
            Self::UNIX_EPOCH - distance
        } else {
            Self::UNIX_EPOCH + distance
        }
    }
}

/// How the clocks of a zone differ from those of UTC at some moment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ZoneOffset {
    /// How many seconds they are ahead.
    pub seconds: i32,
    /// What the zone calls it, such as `CEST`.
    pub abbreviation: String,
    /// Whether it is daylight saving time.
    pub is_daylight: bool,
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

    /// Its name in the IANA database.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// How its clocks differ from UTC at `moment`.
    pub fn offset_at(&self, moment: Moment) -> ZoneOffset {
        let found = self.0.to_offset_info(moment.timestamp());
        ZoneOffset {
            seconds: found.offset().seconds(),
            abbreviation: found.abbreviation().to_owned(),
            is_daylight: found.dst().is_dst(),
        }
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
    fn all_moments_of_the_calendar_are_written_and_read() {
        let tokyo = Zone::named("Asia/Tokyo").unwrap();
        for (moment, sql, rfc3339, wall) in [
            (
                Moment::MIN,
                "0001-01-01 00:00:00",
                "0001-01-01T00:00:00Z",
                "0001-01-01 09:18",
            ),
            (
                Moment::MAX,
                "9999-12-31 23:59:59.999999",
                "9999-12-31T23:59:59.999999Z",
                "9999-12-31 23:59",
            ),
        ] {
            assert_eq!(moment.to_sql(), sql);
            assert_eq!(moment.to_rfc3339(), rfc3339);
            assert_eq!(Moment::from_sql(sql), Some(moment));
            assert_eq!(Moment::from_isoformat(&moment.to_isoformat()), Some(moment));
            assert_eq!(moment.format(&tokyo, "%Y-%m-%d %H:%M"), wall);
            let time: std::time::SystemTime = moment.into();
            assert_eq!(Moment::from(time), moment);
        }
        assert_eq!(Moment::from_unix_seconds(i64::MAX), Moment::MAX);
        assert_eq!(Moment::from_unix_seconds(i64::MIN), Moment::MIN);
        assert_eq!(Moment::MAX.after(Duration::MAX), Moment::MAX);
        assert_eq!(Moment::MIN.before(Duration::MAX), Moment::MIN);
    }

    #[test]
    fn writes_local_time() {
        let vienna = Zone::named("Europe/Vienna").unwrap();
        let moment = Moment::from_unix_seconds(1_700_000_000);
        assert_eq!(moment.format(&vienna, "%H:%M"), "23:13");
        assert!(Zone::named("Europe/Atlantis").is_none());
    }
}
