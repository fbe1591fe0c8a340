//! A moment, a day or a time of day, as the clocks of a zone show it.

use std::cmp::Ordering;

use crate::clock::{Date, LocalDateTime, Moment, TimeOfDay, Zone, ZoneOffset};

/// A moment, a day or a time of day, as the clocks of a zone show it.
#[derive(Clone, Debug)]
pub struct ZonedTime {
    /// What the clocks of `zone` show.
    pub(super) local: LocalDateTime,
    /// The moment; a day and a time of day are none.
    pub(super) moment: Option<Moment>,
    pub(super) zone: Zone,
}

impl ZonedTime {
    /// A moment, shown in `zone`.
    pub fn moment(moment: Moment, zone: &Zone) -> Self {
        Self {
            local: LocalDateTime::of_moment(moment, zone),
            moment: Some(moment),
            zone: zone.clone(),
        }
    }

    /// A day.
    pub fn day(day: Date, zone: &Zone) -> Self {
        Self::without_moment(LocalDateTime::of_day(day), zone)
    }

    /// A time of day.
    pub fn time(time: TimeOfDay, zone: &Zone) -> Self {
        Self::without_moment(LocalDateTime::of_time(time), zone)
    }

    /// Whether it is a moment.
    pub fn is_moment(&self) -> bool {
        self.moment.is_some()
    }

    /// Whether it is a moment or a day.
    pub fn has_day(&self) -> bool {
        self.local.has_day()
    }

    fn without_moment(local: LocalDateTime, zone: &Zone) -> Self {
        Self {
            local,
            moment: None,
            zone: zone.clone(),
        }
    }

    /// Reads the ISO form of a moment, a day or a time of day.
    pub(super) fn parse(text: &str, zone: &Zone) -> Option<Self> {
        if let Some(day) = Date::parse(text) {
            return Some(Self::day(day, zone));
        }
        if let Some(time) = TimeOfDay::parse(text) {
            return Some(Self::time(time, zone));
        }
        Moment::parse(text, zone).map(|moment| Self::moment(moment, zone))
    }

    /// The same moment on the clocks of `zone`; a day and a time of day stay as they are.
    pub(super) fn in_zone(&self, zone: &Zone) -> Self {
        self.moment
            .map_or_else(|| self.clone(), |moment| Self::moment(moment, zone))
    }

    /// The moment; of a day, that of its midnight.
    pub(super) fn as_moment(&self) -> Option<Moment> {
        let midnight = || self.local.moment_in(&self.zone);
        self.moment
            .or_else(|| self.local.has_day().then(midnight).flatten())
    }

    /// How its zone differs from UTC; a day and a time of day have no zone.
    pub(super) fn offset(&self) -> Option<ZoneOffset> {
        self.moment.map(|moment| self.zone.offset_at(moment))
    }

    /// The day that clocks show.
    pub(super) fn date(&self) -> Option<Self> {
        let day = Date::parse(&self.local.date_text())?;
        self.local.has_day().then(|| Self::day(day, &self.zone))
    }

    /// The time of day that clocks show.
    pub(super) fn time_of_day(&self) -> Option<Self> {
        let time = TimeOfDay::parse(&self.local.time_text())?;
        self.local.has_time().then(|| Self::time(time, &self.zone))
    }

    /// As Python's `isoformat` writes it.
    pub fn isoformat(&self) -> String {
        let mut text = String::new();
        if self.local.has_day() {
            text.push_str(&self.local.date_text());
        }
        if self.local.has_day() && self.local.has_time() {
            text.push('T');
        }
        if self.local.has_time() {
            text.push_str(&self.local.time_text());
        }
        if let Some(offset) = self.offset() {
            text.push_str(&iso_offset(offset.seconds));
        }
        text
    }

    /// The part that Python calls `name`.
    pub(super) fn part(&self, name: &str) -> Option<i64> {
        let local = self.local;
        let of_day = match name {
            "year" => Some(i64::from(local.year())),
            "month" => Some(i64::from(local.month())),
            "day" => Some(i64::from(local.day())),
            _ => None,
        };
        let of_time = match name {
            "hour" => Some(i64::from(local.hour())),
            "minute" => Some(i64::from(local.minute())),
            "second" => Some(i64::from(local.second())),
            "microsecond" => Some(i64::from(local.microsecond())),
            _ => None,
        };
        let of_day = of_day.filter(|_| local.has_day());
        of_day.or(of_time.filter(|_| local.has_time()))
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self.moment, other.moment) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.local.to_string().cmp(&other.local.to_string()),
        }
    }

    /// As Python writes it in a list; a moment is told in UTC, as rows hold it.
    pub(super) fn python_repr(&self) -> String {
        let utc = self.in_zone(&Zone::utc());
        let parts = ["year", "month", "day", "hour", "minute"];
        let parts = parts.into_iter().filter_map(|name| utc.part(name));
        let small = ["second", "microsecond"];
        let mut small: Vec<_> = small
            .into_iter()
            .filter_map(|name| utc.part(name))
            .collect();
        while small.last() == Some(&0) {
            small.pop();
        }
        let mut parts: Vec<_> = parts
            .chain(small)
            .map(|number| number.to_string())
            .collect();
        if self.moment.is_some() {
            parts.push("tzinfo=datetime.timezone.utc".to_owned());
        }
        let name = match (self.local.has_day(), self.local.has_time()) {
            (true, true) => "datetime",
            (true, false) => "date",
            _ => "time",
        };
        format!("datetime.{name}({})", parts.join(", "))
    }
}

/// `+05:30`, with seconds where there are any.
fn iso_offset(seconds: i32) -> String {
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let offset = format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    match seconds % 60 {
        0 => offset,
        seconds => format!("{offset}:{seconds:02}"),
    }
}
