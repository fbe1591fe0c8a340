//! What was sent, and what became of it, as values of templates.

use std::fmt;
use std::sync::Arc;

use crate::clock::Zone;
use crate::forms::bound_field::ErrorListStyle;
use crate::forms::error::ValidationError;
use crate::forms::error_dict::{ErrorDict, FieldErrors};
use crate::forms::error_list::ErrorList;
use crate::forms::form::Form;
use crate::forms::form_value::{FormInput, FormValue};
use crate::forms::widget::WidgetClass;
use crate::http::UploadedFile;
use crate::templates::value::{Object, ObjectRepr, Value, from_field, map};

/// A file that was sent.
#[derive(Debug)]
struct SentFile(Arc<UploadedFile>);

impl Object for SentFile {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "name" => Value::from(self.0.name()),
            "size" => Value::from(self.0.size()),
            "content_type" => Value::from(self.0.content_type()),
            _ => return None,
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

/// `form` as templates see it, where it stands in a set.
pub(in crate::forms) fn bound_form(form: &Form) -> Value {
    Value::from_object(form.clone())
}

/// A cleaned value, or one that a field starts with; a password is not shown.
pub(super) fn value_of(value: &FormValue, zone: &Zone) -> Value {
    match value {
        FormValue::Value(value) => from_field(value, zone),
        FormValue::Secret(_) => Value::from(()),
        FormValue::List(values) => values.iter().map(|value| from_field(value, zone)).collect(),
        FormValue::File(file) => Value::from_object(SentFile(Arc::clone(file))),
        FormValue::Stored(file) => map([("name", &file.name), ("url", &file.url)]),
        FormValue::ClearFile => Value::from(false),
    }
}

/// The cleaned values of a form that was sent, by the names of its fields.
pub(in crate::forms) fn cleaned_values(form: &Form) -> Option<Value> {
    let zone = &form.definition.zone;
    let values = form.cleaned_data();
    let pairs = values.map(|(name, value)| (name, value_of(value, zone)));
    form.is_bound().then(|| Value::from_pairs(pairs))
}

/// What its fields start with, by their names.
pub(super) fn initial_values(form: &Form) -> Value {
    let fields = form.fields().iter().enumerate();
    let pairs = fields.filter_map(|(index, field)| match form.initial_at(index) {
        initial if initial.is_empty() => None,
        initial => Some((field.name(), value_of(initial, &form.definition.zone))),
    });
    Value::from_pairs(pairs)
}

/// What was sent, without passwords, by name.
pub(in crate::forms) fn sent_values(form: &Form) -> Value {
    let secret: Vec<_> = form
        .fields()
        .iter()
        .filter(|field| field.widget.class == WidgetClass::PasswordInput)
        .map(|field| form.html_name(field))
        .collect();
    let data = form.data.iter().flat_map(|data| data.fields.iter());
    let shown = data.filter(|(name, _)| !secret.iter().any(|secret| secret == name));
    Value::from_pairs(shown.map(|(name, value)| (name.to_owned(), Value::from(value))))
}

/// The files that were sent, by name.
pub(in crate::forms) fn sent_files(form: &Form) -> Value {
    let files = form.data.iter().flat_map(|data| data.files.iter());
    Value::from_pairs(files.map(|(name, file)| {
        let file = Value::from_object(SentFile(Arc::clone(file)));
        (name.to_owned(), file)
    }))
}

/// What was sent for a field, or what it starts with, as a widget shows it.
pub(super) fn value_of_input(input: &FormInput<'_>, zone: &Zone) -> Value {
    match input {
        FormInput::Boolean(value) => Value::from(*value),
        FormInput::List(items) => items
            .iter()
            .map(|item| value_of_input(item, zone))
            .collect(),
        FormInput::Stored(file) => map([("name", &file.name), ("url", &file.url)]),
        FormInput::Value(value) => from_field(value, zone),
        input => {
            let text = input.to_text(zone);
            text.map_or_else(|| Value::from(()), |text| Value::from(text.into_owned()))
        }
    }
}

/// All errors of a form, as Django's `ErrorDict`.
pub(in crate::forms) fn error_dict(form: &Form) -> Value {
    let field_errors = |name: &str, errors: &[ValidationError], style| FieldErrors {
        name: name.to_owned(),
        errors: errors.to_vec(),
        list: ErrorList::new(errors.to_vec(), style),
    };
    let of_fields = form.bound_fields().map(|field| {
        let style = ErrorListStyle::of_field(&field.auto_id());
        field_errors(&field.field().name, field.errors(), style)
    });
    let (own, style) = (form.non_field_errors(), ErrorListStyle::of_form());
    let all = of_fields.chain([field_errors("__all__", own, style)]);
    Value::from_object(ErrorDict::new(all))
}
