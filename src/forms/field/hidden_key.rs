//! Keys that a form of a set carries along, hidden: they say which row it is about, and of which parent.
//!
//! A client may send any key. Only the one that the form started with counts, which was found among the rows that the set
//! is about.

use crate::forms::field::FormField;
use crate::forms::field::choice::{INVALID_ROW, refuse_null_characters};
use crate::forms::field::context::{CleanContext, Errors};
use crate::forms::form_value::{FormInput, FormValue};
use crate::models::FieldKind;
use crate::values::{FieldValue, from_text, to_text};

/// The key of the row, of `kind`; any other than the one that the form is about is refused.
pub(super) fn clean_row_key(
    field: &FormField,
    kind: &FieldKind,
    input: &FormInput<'_>,
    context: CleanContext<'_>,
) -> Result<FormValue, Errors> {
    let sent = input.to_text(context.zone).unwrap_or_default();
    if sent.is_empty() {
        field.demand(false)?;
        return Ok(FormValue::NULL);
    }
    refuse_null_characters(field, &sent)?;
    let read = from_text(kind, &sent, context.zone).ok();
    if read.is_none() && matches!(kind, FieldKind::Uuid) {
        let error = field.error("invalid", "“%(value)s” is not a valid UUID.");
        return Err(vec![error.with("value", sent)]);
    }
    match (read, context.initial) {
        (Some(read), FormValue::Value(own)) if read == *own => Ok(context.initial.clone()),
        _ => Err(vec![
            field
                .error("invalid_choice", INVALID_ROW)
                .with("value", sent),
        ]),
    }
}

/// The key of the parent, which nothing that is sent changes.
pub(super) fn clean_parent_key(
    field: &FormField,
    input: &FormInput<'_>,
    context: CleanContext<'_>,
) -> Result<FormValue, Errors> {
    let sent = input.to_text(context.zone).unwrap_or_default();
    let own = match context.initial {
        FormValue::Value(own) if *own != FieldValue::Null => to_text(own),
        _ => String::new(),
    };
    if sent.is_empty() || sent == own {
        return Ok(context.initial.clone());
    }
    let message = "The inline value did not match the parent instance.";
    Err(vec![field.error("invalid_choice", message)])
}
