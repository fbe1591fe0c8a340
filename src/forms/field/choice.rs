//! Fields whose values are chosen.

use crate::forms::error::ValidationError;
use crate::forms::field::context::{CleanContext, Errors};
use crate::forms::field::kind::Coercion;
use crate::forms::field::{FormField, FormFieldKind, number};
use crate::forms::form_choices::has_choice;
use crate::forms::form_value::{FormInput, FormValue};
use crate::forms::model_choices::{FoundRow, ModelChoices};
use crate::forms::validator::{FormValidator, ValidatorCheck};
use crate::values::{FieldValue, Uuid, to_text};

const INVALID_CHOICE: &str =
    "Select a valid choice. %(value)s is not one of the available choices.";

/// What is said of a row that is not among those that may be chosen.
pub(super) const INVALID_ROW: &str =
    "Select a valid choice. That choice is not one of the available choices.";

impl FormField {
    fn invalid_choice(&self, value: &str) -> ValidationError {
        let error = self.error("invalid_choice", INVALID_CHOICE);
        error.with("value", value)
    }
}

/// Refuses a value that is not among the choices.
pub(super) fn check(field: &FormField, value: &FieldValue) -> Result<(), Errors> {
    let text = to_text(value);
    if text.is_empty() || has_choice(&field.choices, &text) {
        return Ok(());
    }
    Err(vec![field.invalid_choice(&text)])
}

/// A chosen text as the type that the field says.
pub(super) fn coerced(field: &FormField, value: FieldValue) -> Result<FieldValue, Errors> {
    let FormFieldKind::TypedChoice(coercion) = field.kind else {
        return Ok(value);
    };
    match &value {
        FieldValue::Text(text) if text.is_empty() => Ok(field.empty_choice()),
        FieldValue::Text(text) => {
            coerce(coercion, text).ok_or_else(|| vec![field.invalid_choice(text)])
        }
        _ => Ok(value),
    }
}

impl FormField {
    fn empty_choice(&self) -> FieldValue {
        if self.empty_is_null {
            FieldValue::Null
        } else {
            FieldValue::Text(String::new())
        }
    }
}

fn coerce(coercion: Coercion, text: &str) -> Option<FieldValue> {
    match coercion {
        Coercion::Str => Some(FieldValue::Text(text.to_owned())),
        // `int` of Python takes no fraction, not even one of zeros.
        Coercion::Int if text.contains('.') => None,
        Coercion::Int => number::whole(text),
        Coercion::Float => number::float(text),
        Coercion::Decimal => number::decimal(text),
        // As the `to_python` of a model's boolean field.
        Coercion::Bool => match text {
            "True" | "true" | "t" | "1" => Some(FieldValue::Boolean(true)),
            "False" | "false" | "f" | "0" => Some(FieldValue::Boolean(false)),
            _ => None,
        },
        Coercion::Uuid => Uuid::parse(text).map(FieldValue::Uuid),
    }
}

/// The values of a field of which several are chosen.
pub(super) fn clean_list(
    field: &FormField,
    input: &FormInput<'_>,
    context: CleanContext<'_>,
) -> Result<FormValue, Errors> {
    let chosen: Vec<String> = match input {
        FormInput::List(items) => {
            let items = items.iter();
            let texts = items.map(|item| item.to_text(context.zone).unwrap_or_default());
            texts.map(std::borrow::Cow::into_owned).collect()
        }
        input if input.is_empty() => Vec::new(),
        _ => return Err(vec![field.error("invalid_list", "Enter a list of values.")]),
    };
    field.demand(!chosen.is_empty())?;
    if let FormFieldKind::ModelMultipleChoice(choices) = &field.kind {
        return rows(field, choices, &chosen, context);
    }
    if let Some(wrong) = chosen.iter().find(|text| !has_choice(&field.choices, text)) {
        return Err(vec![field.invalid_choice(wrong)]);
    }
    let texts: Vec<_> = chosen
        .iter()
        .map(|text| FieldValue::Text(text.clone()))
        .collect();
    let FormFieldKind::TypedMultipleChoice(coercion) = field.kind else {
        return Ok(FormValue::List(texts));
    };
    let coerced = chosen
        .iter()
        .map(|text| coerce(coercion, text).ok_or_else(|| vec![field.invalid_choice(text)]));
    coerced.collect::<Result<_, _>>().map(FormValue::List)
}

/// The key of the row that was chosen.
pub(super) fn row(
    field: &FormField,
    choices: &ModelChoices,
    input: &FormInput<'_>,
    context: CleanContext<'_>,
) -> Result<FieldValue, Errors> {
    let sent = input.to_text(context.zone).unwrap_or_default();
    if sent.is_empty() {
        return Ok(FieldValue::Null);
    }
    refuse_null_characters(field, &sent)?;
    let found = context.rows.map(|rows| rows.find(choices, &[&sent]));
    if let Some(FoundRow::Key(key)) = found.and_then(|found| found.into_iter().next()) {
        return Ok(key);
    }
    let error = field.error("invalid_choice", INVALID_ROW);
    Err(vec![error.with("value", sent)])
}

/// Refuses a key with a null character in it, which no database finds.
pub(super) fn refuse_null_characters(field: &FormField, sent: &str) -> Result<(), Errors> {
    if !sent.contains('\0') {
        return Ok(());
    }
    let validator = FormValidator::from(ValidatorCheck::NoNullCharacters);
    let errors = validator.check(&FieldValue::Text(sent.to_owned()));
    let errors = errors.into_iter();
    Err(errors.map(|error| field.in_own_words(error)).collect())
}

/// The keys of the rows that were chosen.
fn rows(
    field: &FormField,
    choices: &ModelChoices,
    sent: &[String],
    context: CleanContext<'_>,
) -> Result<FormValue, Errors> {
    let texts: Vec<_> = sent.iter().map(String::as_str).collect();
    let found = context.rows.map(|rows| rows.find(choices, &texts));
    let found = found.unwrap_or_default();
    let text_of = |wanted: &FoundRow| {
        let mut pairs = found.iter().zip(&texts);
        pairs.find_map(|(found, text)| (found == wanted).then_some(*text))
    };
    if let Some(text) = text_of(&FoundRow::Invalid) {
        let error = field.error("invalid_pk_value", "“%(pk)s” is not a valid value.");
        return Err(vec![error.with("pk", text)]);
    }
    if let Some(text) = text_of(&FoundRow::Missing) {
        return Err(vec![field.invalid_choice(text)]);
    }
    let mut keys = Vec::new();
    for row in found {
        if let FoundRow::Key(key) = row
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    Ok(FormValue::List(keys))
}
