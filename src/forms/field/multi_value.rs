//! Fields made of fields.

use std::borrow::Cow;

use crate::clock::LocalDateTime;
use crate::forms::error::ValidationError;
use crate::forms::field::context::{CleanContext, Errors};
use crate::forms::field::kind::{FormFieldKind, MultiValue};
use crate::forms::field::{FormField, temporal};
use crate::forms::form_value::{FormInput, FormValue};
use crate::values::{FieldValue, to_text};

/// The value as every one of `fields` cleans it, one after the other.
pub(super) fn clean_combo(
    field: &FormField,
    fields: &[FormField],
    input: &FormInput<'_>,
    context: CleanContext<'_>,
) -> Result<FormValue, Errors> {
    field.demand(!input.is_empty())?;
    if let Some(text) = input.to_text(context.zone) {
        field.run_validators(&FieldValue::Text(text.into_owned()))?;
    }
    let text = input.to_text(context.zone).map(Cow::into_owned);
    let mut value = FormValue::Value(text.map_or(FieldValue::Null, FieldValue::Text));
    for inner in fields {
        let cleaned = inner.clean(&value.as_input(), context)?;
        value = cleaned;
    }
    Ok(value)
}

/// The parts, each cleaned by its field, as one value.
pub(super) fn clean(
    field: &FormField,
    parts: &MultiValue,
    input: &FormInput<'_>,
    context: CleanContext<'_>,
) -> Result<FormValue, Errors> {
    let sent = match input {
        FormInput::List(sent) => sent.clone(),
        FormInput::Value(value) if field.disabled => decompressed(value, parts, context),
        input if input.is_empty() => Vec::new(),
        _ => return Err(vec![field.error("invalid", "Enter a list of values.")]),
    };
    if sent.iter().all(FormInput::is_empty) {
        field.demand(false)?;
        return Ok(FormValue::NULL);
    }
    let cleaned = clean_parts(field, parts, &sent, context)?;
    let value = compress(field, parts, &cleaned, context)?;
    field.run_validators(&value)?;
    Ok(FormValue::Value(value))
}

fn clean_parts(
    field: &FormField,
    parts: &MultiValue,
    sent: &[FormInput<'_>],
    context: CleanContext<'_>,
) -> Result<Vec<FieldValue>, Errors> {
    let (mut cleaned, mut errors): (Vec<_>, Vec<ValidationError>) = (Vec::new(), Vec::new());
    for (index, part) in parts.fields.iter().enumerate() {
        let input = sent.get(index).unwrap_or(&FormInput::Missing);
        if input.is_empty() && parts.require_all_fields {
            field.demand(false)?;
        } else if input.is_empty() && part.required {
            let usual = field.error("incomplete", "Enter a complete value.");
            add_new(&mut errors, part.in_own_words(usual));
            continue;
        }
        match part.clean(input, context) {
            Ok(value) => cleaned.push(single(value)),
            Err(found) => found
                .into_iter()
                .for_each(|error| add_new(&mut errors, error)),
        }
    }
    if errors.is_empty() {
        Ok(cleaned)
    } else {
        Err(errors)
    }
}

fn add_new(errors: &mut Vec<ValidationError>, error: ValidationError) {
    if !errors.contains(&error) {
        errors.push(error);
    }
}

fn single(value: FormValue) -> FieldValue {
    match value {
        FormValue::Value(value) => value,
        FormValue::Secret(secret) => FieldValue::Text(secret.expose().to_owned()),
        _ => FieldValue::Null,
    }
}

/// The parts as one value: a moment, or a text.
fn compress(
    field: &FormField,
    parts: &MultiValue,
    values: &[FieldValue],
    context: CleanContext<'_>,
) -> Result<FieldValue, Errors> {
    if !matches!(field.kind, FormFieldKind::SplitDateTime(_)) {
        let texts: Vec<_> = values.iter().map(to_text).collect();
        return Ok(FieldValue::Text(texts.join(&parts.separator)));
    }
    match *values {
        [FieldValue::Date(day), FieldValue::Time(time)] => {
            temporal::in_zone(field, LocalDateTime::new(day, time), context.zone)
        }
        [FieldValue::Null, ..] => Err(vec![field.error("invalid_date", "Enter a valid date.")]),
        _ => Err(vec![field.error("invalid_time", "Enter a valid time.")]),
    }
}

fn decompressed(
    value: &FieldValue,
    parts: &MultiValue,
    context: CleanContext<'_>,
) -> Vec<FormInput<'static>> {
    let owned = |value| FormInput::Value(Cow::Owned(value));
    match value {
        FieldValue::Moment(moment) => {
            let local = LocalDateTime::of_moment(*moment, context.zone);
            vec![
                owned(FieldValue::Date(local.date())),
                owned(FieldValue::Time(local.time())),
            ]
        }
        FieldValue::Text(text) => {
            let texts = text.split(parts.separator.as_str());
            texts
                .map(|text| owned(FieldValue::Text(text.to_owned())))
                .collect()
        }
        _ => Vec::new(),
    }
}
