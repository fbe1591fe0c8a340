//! The periods of the clock in which files are put aside.
//!
//! They are those of the clock and not counted from the start of a process, so that several processes that write one
//! file agree.

use crate::clock::{Moment, Zone};
use crate::settings::RotationUnit;

const DAY: i64 = 86_400;

/// Days from a Monday to 1970-01-01, which was a Thursday.
const THURSDAY: i64 = 3;

/// Periods of a unit of the clock.
#[derive(Debug)]
pub(super) struct RotationPeriod<'z> {
    pub(super) unit: RotationUnit,
    pub(super) interval: u32,
    pub(super) zone: &'z Zone,
}

impl RotationPeriod<'_> {
    /// The number of the period that `moment` lies in.
    pub(super) fn number(&self, moment: Moment) -> i64 {
        let (length, offset) = self.length();
        (moment.wall_seconds(self.zone) + offset).div_euclid(length)
    }

    /// What the file of the period of `moment` is called behind its name: when that began.
    pub(super) fn suffix(&self, moment: Moment) -> String {
        let (length, offset) = self.length();
        let wall = moment.wall_seconds(self.zone);
        let began = wall - (wall + offset).rem_euclid(length);
        // What the clocks of the zone showed, however they were set meanwhile.
        Moment::from_unix_seconds(began).format(&Zone::utc(), self.pattern())
    }

    fn pattern(&self) -> &'static str {
        match self.unit {
            RotationUnit::Second => "%Y-%m-%d_%H-%M-%S",
            RotationUnit::Minute => "%Y-%m-%d_%H-%M",
            RotationUnit::Hour => "%Y-%m-%d_%H",
            RotationUnit::Day | RotationUnit::Week(_) => "%Y-%m-%d",
        }
    }

    /// Seconds of a period, and seconds that its first one began before 1970.
    fn length(&self) -> (i64, i64) {
        let (unit, offset) = match self.unit {
            RotationUnit::Second => (1, 0),
            RotationUnit::Minute => (60, 0),
            RotationUnit::Hour => (3600, 0),
            RotationUnit::Day => (DAY, 0),
            RotationUnit::Week(day) => (7 * DAY, (THURSDAY - i64::from(day)) * DAY),
        };
        (unit * i64::from(self.interval.max(1)), offset)
    }
}

#[cfg(test)]
mod tests {
    use super::RotationPeriod;
    use crate::clock::{Moment, Zone};
    use crate::settings::RotationUnit;

    fn moment(text: &str) -> Moment {
        Moment::from_sql(text).unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_zone_and_a_week_on_its_day() {
        let zone = Zone::named("Europe/Vienna").unwrap();
        for (unit, interval, before, after, suffix) in [
            (
                RotationUnit::Day,
                1,
                "2026-11-20 22:59:59",
                "2026-11-20 23:00:00",
                "2026-11-20",
            ),
            (
                RotationUnit::Day,
                1,
                "2026-03-29 21:59:59",
                "2026-03-29 22:00:00",
                "2026-03-29",
            ),
            (
                RotationUnit::Day,
                1,
                "2026-10-25 22:59:59",
                "2026-10-25 23:00:00",
                "2026-10-25",
            ),
            (
                RotationUnit::Week(0),
                1,
                "2026-11-22 22:59:59",
                "2026-11-22 23:00:00",
                "2026-11-16",
            ),
            (
                RotationUnit::Week(6),
                1,
                "2026-11-21 22:59:59",
                "2026-11-21 23:00:00",
                "2026-11-15",
            ),
            (
                RotationUnit::Hour,
                1,
                "2026-11-20 16:59:59",
                "2026-11-20 17:00:00",
                "2026-11-20_17",
            ),
            (
                RotationUnit::Minute,
                5,
                "2026-11-20 16:04:59",
                "2026-11-20 16:05:00",
                "2026-11-20_17-00",
            ),
            (
                RotationUnit::Second,
                1,
                "2026-11-20 16:04:59",
                "2026-11-20 16:05:00",
                "2026-11-20_17-04-59",
            ),
        ] {
            let period = RotationPeriod {
                unit,
                interval,
                zone: &zone,
            };
            let (before, after) = (moment(before), moment(after));
            assert_eq!(period.number(before) + 1, period.number(after), "{unit:?}");
            assert_eq!(period.suffix(before), suffix, "{unit:?}");
        }
    }
}
