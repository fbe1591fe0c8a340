//! Any text as a day, a time, a moment and a duration: what is read is written and read the same.

use djr::clock::{Date, Moment, TimeOfDay, WrittenMoment, Zone};
use djr::values::parse_duration;

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let day = Date::parse(text);
    assert_eq!(day.and_then(|day| Date::parse(&day.to_string())), day);
    let time = TimeOfDay::parse(text);
    assert_eq!(time.and_then(|time| TimeOfDay::parse(&time.to_string())), time);
    let moment = Moment::parse(text, &Zone::utc());
    assert_eq!(moment.and_then(|moment| Moment::from_sql(&moment.to_sql())), moment);
    assert!(moment.is_none() || WrittenMoment::parse(text).is_some());
    parse_duration(text);
}
