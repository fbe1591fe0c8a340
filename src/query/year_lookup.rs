//! Years as ranges of days, so that an index serves (`YearLookup`).

use crate::clock::{LocalDateTime, Moment, Zone};
use crate::db::sql::{DatePart, SqlExpression, SqlLookup, Temporal};
use crate::models::expression::Lookup;
use crate::query::QueryError;

/// The years that dates can have.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

/// The first and the last of a year, as columns hold them.
struct YearBounds {
    first: String,
    last: String,
}

/// `value` compared with `year`, where it is the year of a day or a moment; none where it is something else.
///
/// The year of a moment begins in `zone`.
pub(super) fn compare(
    lookup: Lookup,
    value: &SqlExpression,
    year: i64,
    zone: &Zone,
) -> Result<Option<SqlExpression>, QueryError> {
    let SqlExpression::Extract(extract) = value else {
        return Ok(None);
    };
    let is_iso = match extract.part {
        DatePart::Year => false,
        DatePart::IsoYear => true,
        _ => return Ok(None),
    };
    let (lookup, is_first) = match lookup {
        Lookup::Exact => (None, true),
        Lookup::Gt => (Some(SqlLookup::Gt), false),
        Lookup::Gte => (Some(SqlLookup::Gte), true),
        Lookup::Lt => (Some(SqlLookup::Lt), true),
        Lookup::Lte => (Some(SqlLookup::Lte), false),
        _ => return Ok(None),
    };
    let wrong = || QueryError::WrongValue {
        path: extract.part.name().to_owned(),
        value: year.to_string(),
        kind: None,
    };
    let days = if is_iso { iso_days(year) } else { days(year) };
    let days = days.ok_or_else(wrong)?;
    let bounds = match extract.temporal {
        Temporal::Moment => moments(&days, zone).ok_or_else(wrong)?,
        _ => days,
    };
    let (first, last) = (bounds.first.as_str(), bounds.last.as_str());
    let of = extract.of.clone();
    Ok(Some(match lookup {
        None => {
            let [first, last] = [first, last].map(SqlExpression::value);
            SqlExpression::Range(Box::new([of, first, last]))
        }
        Some(lookup) if is_first => of.compare(lookup, SqlExpression::value(first)),
        Some(lookup) => of.compare(lookup, SqlExpression::value(last)),
    }))
}

fn days(year: i64) -> Option<YearBounds> {
    YEARS.contains(&year).then(|| YearBounds {
        first: format!("{year:04}-01-01"),
        last: format!("{year:04}-12-31"),
    })
}

/// A year of weeks: it begins on the Monday of the week that has its fourth of January.
fn iso_days(year: i64) -> Option<YearBounds> {
    let monday = |year: i64| {
        let fourth = LocalDateTime::parse(&format!("{year:04}-01-04"))?;
        fourth.monday()
    };
    if !YEARS.contains(&year) || !YEARS.contains(&(year + 1)) {
        return None;
    }
    let first = monday(year)?;
    let last = monday(year + 1)?.minus_microseconds(1)?;
    Some(YearBounds {
        first: first.date_text(),
        last: last.date_text(),
    })
}

/// The first and the last moment of days.
fn moments(days: &YearBounds, zone: &Zone) -> Option<YearBounds> {
    let first = Moment::parse(&format!("{} 00:00:00", days.first), zone)?;
    let last = Moment::parse(&format!("{} 23:59:59.999999", days.last), zone)?;
    Some(YearBounds {
        first: first.to_sql(),
        last: last.to_sql(),
    })
}
