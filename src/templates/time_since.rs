//! How long ago something was, or how long it will be: `2 weeks, 3 days`.

use crate::clock::{LocalDateTime, Zone};
use crate::templates::zoned_time::ZonedTime;
use crate::text;

/// How many units are told.
const DEPTH: usize = 2;

/// Days of the months, of which the time that is left behind years and months is counted.
const MONTH_DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The time from `earlier` to `later` in its two largest units, which follow each other; `0 minutes` where it is less
/// than a minute, or the other way round.
pub(super) fn since(earlier: &ZonedTime, later: &ZonedTime) -> String {
    // Months are counted in UTC, as rows hold their moments.
    let utc = Zone::utc();
    let (from, to) = (earlier.in_zone(&utc), later.in_zone(&utc));
    let (from, to) = (Wall::of(from.local), Wall::of(to.local));
    if to.seconds() <= from.seconds() {
        return unit(0, "minute");
    }
    let mut months = (to.year - from.year) * 12 + to.month - from.month;
    if (from.day, from.time()) > (to.day, to.time()) {
        months -= 1;
    }
    let mut rest = to.microseconds() - from.moved(months).microseconds();
    let mut counts = vec![("year", months / 12), ("month", months % 12)];
    let units = [
        ("week", 604_800),
        ("day", 86_400),
        ("hour", 3600),
        ("minute", 60),
    ];
    for (name, seconds) in units {
        let size = seconds * 1_000_000;
        counts.push((name, rest / size));
        rest %= size;
    }
    let told = counts.into_iter().skip_while(|(_, count)| *count == 0);
    let told = told.take(DEPTH).take_while(|(_, count)| *count != 0);
    let told: Vec<_> = told.map(|(name, count)| unit(count, name)).collect();
    if told.is_empty() {
        return unit(0, "minute");
    }
    told.join(", ")
}

/// `2\u{a0}weeks`: a line does not end within it.
fn unit(count: i64, name: &str) -> String {
    text::count(usize::try_from(count).unwrap_or_default(), name).replace(' ', "\u{a0}")
}

/// How long ago `time` was, or how long it will be, in words.
pub(super) fn natural(time: &ZonedTime, now: &ZonedTime) -> String {
    let (moment, now_moment) = (time.moment, now.moment);
    let micros = moment.zip(now_moment).map_or(0, |(moment, now)| {
        now.unix_microseconds() - moment.unix_microseconds()
    });
    let is_past = micros > 0;
    let seconds = micros.abs() / 1_000_000;
    let ending = if is_past { "ago" } else { "from now" };
    let days = seconds / 86_400;
    if days > 0 {
        let span = if is_past {
            since(time, now)
        } else {
            since(now, time)
        };
        return format!("{span} {ending}");
    }
    let (count, name, one) = match seconds {
        0 => return "now".to_owned(),
        1..60 => (seconds, "second", "a"),
        60..3600 => (seconds / 60, "minute", "a"),
        _ => (seconds / 3600, "hour", "an"),
    };
    if count == 1 {
        return format!("{one} {name} {ending}");
    }
    format!("{} {ending}", unit(count, name))
}

/// What clocks show, as numbers.
#[derive(Clone, Copy)]
struct Wall {
    year: i64,
    month: i64,
    day: i64,
    /// Microseconds of the day.
    time: i64,
}

impl Wall {
    fn of(local: LocalDateTime) -> Self {
        let seconds = i64::from(local.hour()) * 3600
            + i64::from(local.minute()) * 60
            + i64::from(local.second());
        Self {
            year: i64::from(local.year()),
            month: i64::from(local.month()),
            day: i64::from(local.day()),
            time: seconds * 1_000_000 + i64::from(local.microsecond()),
        }
    }

    fn time(self) -> i64 {
        self.time
    }

    /// Microseconds since some day.
    fn microseconds(self) -> i64 {
        days(self.year, self.month, self.day) * 86_400_000_000 + self.time
    }

    fn seconds(self) -> i64 {
        self.microseconds().div_euclid(1_000_000)
    }

    /// So many months later, without a fraction of a second; on the last day of a month that is shorter.
    fn moved(self, months: i64) -> Self {
        if months == 0 {
            return self;
        }
        let index = self.month - 1 + months;
        let (year, month) = (self.year + index.div_euclid(12), index.rem_euclid(12));
        let length = usize::try_from(month).map_or(28, |month| MONTH_DAYS[month]);
        Self {
            year,
            month: month + 1,
            day: self.day.min(length),
            time: self.time / 1_000_000 * 1_000_000,
        }
    }
}

/// Days since the first of March of the year 0 (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
}
