//! What was sent for a field, cleaned: read as a value, then judged.

use crate::crypto::Secret;
use crate::forms::field::context::{CleanContext, Errors};
use crate::forms::field::kind::FormFieldKind;
use crate::forms::field::{
    FormField, choice, file, hidden_key, multi_value, number, temporal, text,
};
use crate::forms::form_value::{FormInput, FormValue};
use crate::forms::validator::FormValidator;
use crate::forms::widget::WidgetClass;
use crate::values::FieldValue;

/// What is said of a field that has to be filled in.
pub(in crate::forms) const REQUIRED: &str = "This field is required.";

impl FormField {
    /// What was sent, cleaned, or all that is wrong with it.
    pub(in crate::forms) fn clean(
        &self,
        input: &FormInput<'_>,
        context: CleanContext<'_>,
    ) -> Result<FormValue, Errors> {
        match &self.kind {
            FormFieldKind::File(_) | FormFieldKind::Image(_) => return file::clean(self, input),
            FormFieldKind::Combo(fields) => {
                return multi_value::clean_combo(self, fields, input, context);
            }
            FormFieldKind::MultiValue(parts) | FormFieldKind::SplitDateTime(parts) => {
                return multi_value::clean(self, parts, input, context);
            }
            FormFieldKind::MultipleChoice
            | FormFieldKind::TypedMultipleChoice(_)
            | FormFieldKind::ModelMultipleChoice(_) => {
                return choice::clean_list(self, input, context);
            }
            FormFieldKind::RowKey(kind) => {
                return hidden_key::clean_row_key(self, kind, input, context);
            }
            FormFieldKind::InlineForeignKey => {
                return hidden_key::clean_parent_key(self, input, context);
            }
            _ => {}
        }
        let value = self.to_python(input, context)?;
        self.validate(&value)?;
        self.run_validators(&value)?;
        choice::coerced(self, value).map(|value| self.secret(value))
    }

    /// What was sent as a value.
    pub(super) fn to_python(
        &self,
        input: &FormInput<'_>,
        context: CleanContext<'_>,
    ) -> Result<FieldValue, Errors> {
        match &self.kind {
            FormFieldKind::Boolean => Ok(FieldValue::Boolean(boolean(input))),
            FormFieldKind::NullBoolean => Ok(null_boolean(input)),
            FormFieldKind::Integer | FormFieldKind::Float | FormFieldKind::Decimal => {
                number::to_python(self, input)
            }
            FormFieldKind::Date { .. }
            | FormFieldKind::DateTime { .. }
            | FormFieldKind::Time { .. }
            | FormFieldKind::Duration => temporal::to_python(self, input, context.zone),
            FormFieldKind::Choice
            | FormFieldKind::TypedChoice(_)
            | FormFieldKind::FilePath
            | FormFieldKind::MultipleChoice
            | FormFieldKind::TypedMultipleChoice(_) => {
                let chosen = input.to_text(context.zone).unwrap_or_default();
                Ok(FieldValue::Text(chosen.into_owned()))
            }
            FormFieldKind::ModelChoice(choices) => choice::row(self, choices, input, context),
            _ => text::to_python(self, input, context.zone),
        }
    }

    fn validate(&self, value: &FieldValue) -> Result<(), Errors> {
        match &self.kind {
            FormFieldKind::NullBoolean => Ok(()),
            FormFieldKind::Boolean => self.demand(*value == FieldValue::Boolean(true)),
            FormFieldKind::Choice | FormFieldKind::TypedChoice(_) | FormFieldKind::FilePath => {
                self.demand(!FormValue::Value(value.clone()).is_empty())?;
                choice::check(self, value)
            }
            _ => self.demand(!crate::forms::form_value::is_empty_value(value)),
        }
    }

    /// Refuses a field that has to be filled in unless it is.
    pub(super) fn demand(&self, is_present: bool) -> Result<(), Errors> {
        if is_present || !self.required {
            return Ok(());
        }
        Err(vec![self.error("required", REQUIRED)])
    }

    pub(super) fn run_validators(&self, value: &FieldValue) -> Result<(), Errors> {
        if crate::forms::form_value::is_empty_value(value) {
            return Ok(());
        }
        let mut errors = self.errors_of(&self.validators, value);
        if let FormFieldKind::Regex(pattern) = &self.kind {
            let text = crate::values::to_text(value);
            if !pattern.is_match(&text).unwrap_or(false) {
                let error = self.error("invalid", "Enter a valid value.");
                errors.push(error.with("value", text));
            }
        }
        if errors.is_empty() {
            errors = self.errors_of(&self.model_validators, value);
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    fn errors_of(&self, validators: &[FormValidator], value: &FieldValue) -> Errors {
        let found = validators
            .iter()
            .flat_map(|validator| validator.check(value));
        found.map(|error| self.in_own_words(error)).collect()
    }

    /// A text that was filled in where nobody sees it is kept where nobody sees it.
    fn secret(&self, value: FieldValue) -> FormValue {
        match value {
            FieldValue::Text(text) if self.widget.class == WidgetClass::PasswordInput => {
                FormValue::Secret(Secret::new(text))
            }
            value => FormValue::Value(value),
        }
    }
}

/// `False` and `0` are what hidden fields and buttons send.
fn boolean(input: &FormInput<'_>) -> bool {
    match input {
        FormInput::Text(text) => is_true(text),
        FormInput::Value(value) => match &**value {
            FieldValue::Text(text) => is_true(text),
            _ => input.is_truthy(),
        },
        other => other.is_truthy(),
    }
}

fn is_true(text: &str) -> bool {
    !text.is_empty() && !text.eq_ignore_ascii_case("false") && text != "0"
}

fn null_boolean(input: &FormInput<'_>) -> FieldValue {
    let text = |text: &str| match text {
        "True" | "true" | "1" => FieldValue::Boolean(true),
        "False" | "false" | "0" => FieldValue::Boolean(false),
        _ => FieldValue::Null,
    };
    match input {
        FormInput::Boolean(value) => FieldValue::Boolean(*value),
        FormInput::Text(sent) => text(sent),
        FormInput::Value(value) => match &**value {
            FieldValue::Boolean(value) => FieldValue::Boolean(*value),
            FieldValue::Integer(1) => FieldValue::Boolean(true),
            FieldValue::Integer(0) => FieldValue::Boolean(false),
            FieldValue::Text(sent) => text(sent),
            _ => FieldValue::Null,
        },
        _ => FieldValue::Null,
    }
}
