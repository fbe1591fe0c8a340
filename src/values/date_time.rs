//! Days, times of day and moments, which are kept in UTC.

use crate::clock::{Date, Moment, TimeOfDay, Zone};
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `DateField`.
pub(super) struct DateCodec;

impl Codec for DateCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        value.as_text().and_then(Date::parse).map(FieldValue::Date)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        let found = value.as_str().and_then(Date::parse);
        found
            .map(FieldValue::Date)
            .ok_or("a date such as `2026-11-20`")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        Date::parse(written(literal)?).map(FieldValue::Date)
    }
}

/// `TimeField`.
pub(super) struct TimeCodec;

impl Codec for TimeCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        let found = value.as_text().and_then(TimeOfDay::parse);
        found.map(FieldValue::Time)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        let found = value.as_str().and_then(TimeOfDay::parse);
        found
            .map(FieldValue::Time)
            .ok_or("a time such as `17:22:29`")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        TimeOfDay::parse(written(literal)?).map(FieldValue::Time)
    }
}

/// `DateTimeField`.
pub(super) struct DateTimeCodec;

impl Codec for DateTimeCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        let text = value.as_text()?;
        Moment::parse(text, &Zone::utc()).map(FieldValue::Moment)
    }

    fn read_json(&self, value: &Json, zone: &Zone) -> Result<FieldValue, &'static str> {
        let found = value.as_str().and_then(|text| Moment::parse(text, zone));
        found
            .map(FieldValue::Moment)
            .ok_or("a date and time such as `2026-11-20T17:22:29Z`")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        Moment::parse(written(literal)?, &Zone::utc()).map(FieldValue::Moment)
    }
}

/// A date or time as it stands in a file, between quotes or not.
fn written(literal: &Literal) -> Option<&str> {
    match literal {
        Literal::Datetime(text) | Literal::String(text) => Some(text),
        _ => None,
    }
}
