//! Fields whose values are days, times and durations.

use crate::clock::{LocalDateTime, WrittenMoment, Zone};
use crate::forms::field::context::Errors;
use crate::forms::field::text::stripped;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::form_value::FormInput;
use crate::values::{FieldValue, parse_duration};

/// How days are read where a field says nothing else.
const DATE_FORMATS: [&str; 11] = [
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%b %d %Y",
    "%b %d, %Y",
    "%d %b %Y",
    "%d %b, %Y",
    "%B %d %Y",
    "%B %d, %Y",
    "%d %B %Y",
    "%d %B, %Y",
];

const TIME_FORMATS: [&str; 3] = ["%H:%M:%S", "%H:%M:%S.%f", "%H:%M"];

const DATE_TIME_FORMATS: [&str; 9] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S.%f",
    "%m/%d/%Y %H:%M",
    "%m/%d/%y %H:%M:%S",
    "%m/%d/%y %H:%M:%S.%f",
    "%m/%d/%y %H:%M",
];

/// The day, time or duration that was sent.
pub(super) fn to_python(
    field: &FormField,
    input: &FormInput<'_>,
    zone: &Zone,
) -> Result<FieldValue, Errors> {
    if input.is_empty() {
        return Ok(FieldValue::Null);
    }
    if let FormInput::Value(value) = input
        && !matches!(**value, FieldValue::Text(_))
    {
        return Ok(value.clone().into_owned());
    }
    let sent = input.to_text(zone).unwrap_or_default();
    match &field.kind {
        FormFieldKind::Date { input_formats } => {
            let found = by_formats(&sent, input_formats, &DATE_FORMATS);
            let found = found.map(|found| FieldValue::Date(found.date()));
            found.ok_or_else(|| vec![field.error("invalid", "Enter a valid date.")])
        }
        FormFieldKind::Time { input_formats } => {
            let found = by_formats(&sent, input_formats, &TIME_FORMATS);
            let found = found.map(|found| FieldValue::Time(found.time()));
            found.ok_or_else(|| vec![field.error("invalid", "Enter a valid time.")])
        }
        FormFieldKind::Duration => match parse_duration(&sent) {
            Some(micros) => Ok(FieldValue::Duration(micros)),
            None => Err(vec![field.error("invalid", "Enter a valid duration.")]),
        },
        FormFieldKind::DateTime { input_formats } => moment(field, &sent, input_formats, zone),
        _ => Ok(FieldValue::Text(sent.into_owned())),
    }
}

/// What the first format that fits makes of `text`.
fn by_formats(text: &str, own: &[String], usual: &[&str]) -> Option<LocalDateTime> {
    let text = stripped(text);
    if own.is_empty() {
        return usual
            .iter()
            .find_map(|format| LocalDateTime::strptime(text, format));
    }
    own.iter()
        .find_map(|format| LocalDateTime::strptime(text, format))
}

fn moment(
    field: &FormField,
    sent: &str,
    own: &[String],
    zone: &Zone,
) -> Result<FieldValue, Errors> {
    let by_formats = || {
        let days: Vec<_> = DATE_TIME_FORMATS
            .iter()
            .chain(&DATE_FORMATS)
            .copied()
            .collect();
        by_formats(sent, own, &days)
    };
    let local = match WrittenMoment::parse(stripped(sent)) {
        Some(WrittenMoment::Fixed(moment)) => return Ok(FieldValue::Moment(moment)),
        Some(WrittenMoment::Local(local)) => Some(local),
        None => by_formats(),
    };
    let Some(local) = local else {
        return Err(vec![field.error("invalid", "Enter a valid date/time.")]);
    };
    in_zone(field, local, zone)
}

/// The moment at which the clocks of `zone` show `local`; an error where they never do, or do so twice.
pub(super) fn in_zone(
    field: &FormField,
    local: LocalDateTime,
    zone: &Zone,
) -> Result<FieldValue, Errors> {
    if let Some(moment) = local.only_moment_in(zone) {
        return Ok(FieldValue::Moment(moment));
    }
    let message = "%(datetime)s couldn’t be interpreted in time zone %(current_timezone)s; it may be \
                   ambiguous or it may not exist.";
    let error = field.error("ambiguous_timezone", message);
    let error = error
        .with("datetime", local)
        .with("current_timezone", zone.name());
    Err(vec![error])
}
