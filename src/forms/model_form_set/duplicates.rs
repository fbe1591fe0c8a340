//! Values that two forms of a set have, and one row may: Django's `BaseModelFormSet.validate_unique`.

use std::collections::HashSet;

use crate::clock::LocalDateTime;
use crate::forms::error::ValidationError;
use crate::forms::form::Form;
use crate::forms::form_value::FormValue;
use crate::forms::model_form::ModelForm;
use crate::forms::model_form_set::set::ModelFormSet;
use crate::models::{ModelSet as _, UniqueForDate};
use crate::text::joined_with_and;
use crate::values::{FieldValue, to_text};

/// What rows must not have in common.
#[derive(Clone, Debug, PartialEq)]
enum SetCheck {
    /// The values of these fields, taken together.
    Fields(Vec<String>),
    /// The value of a field, within a part of a day.
    Date(UniqueForDate),
}

impl ModelFormSet {
    /// Refuses forms that say of two rows what may be said of one.
    pub(super) fn check_duplicates(&mut self) {
        let staying = |form: &ModelForm| form.is_valid() && !self.set.should_delete(form);
        let forms = self.set.forms.iter().enumerate();
        let places: Vec<_> = forms
            .filter(|(_, form)| staying(form))
            .map(|(place, _)| place)
            .collect();
        let mut errors = Vec::new();
        for check in self.set_checks(&places) {
            let mut seen = HashSet::new();
            for place in &places {
                let form = &self.set.forms[*place].form;
                let Some(values) = self.values(form, &check) else {
                    continue;
                };
                if seen.insert(values) {
                    continue;
                }
                errors.push(self.message(&check));
                refuse(&mut self.set.forms[*place].form, &check);
            }
        }
        if !errors.is_empty() {
            self.set.replace_errors(errors);
        }
    }

    /// What the rows of the forms at `places` must not have in common, each once.
    fn set_checks(&self, places: &[usize]) -> Vec<SetCheck> {
        let mut checks: Vec<SetCheck> = Vec::new();
        for place in places {
            let form = &self.set.forms[*place];
            let fields = form.unique_fields().into_iter().map(SetCheck::Fields);
            let dates = form.dates_to_check().into_iter().map(SetCheck::Date);
            for check in fields.chain(dates) {
                if !checks.contains(&check) {
                    checks.push(check);
                }
            }
        }
        checks
    }

    /// What `form` says of a check, to be compared; none where it says nothing.
    fn values(&self, form: &Form, check: &SetCheck) -> Option<Vec<String>> {
        let texts = match check {
            SetCheck::Fields(names) => {
                let filled = names.iter();
                let filled = filled.filter_map(|name| Some((name, form.value(name)?)));
                let texts = filled.map(|(name, value)| {
                    // Of one parent all are.
                    if self.is_parent_field(name) {
                        Some(String::new())
                    } else {
                        comparable(value)
                    }
                });
                texts.collect::<Option<Vec<_>>>()?
            }
            SetCheck::Date(check) => {
                let day = self.day(form.value(&check.unique_for)?)?;
                let part = check.period.part_of(&day)?.to_owned();
                vec![comparable(form.value(&check.field)?)?, part]
            }
        };
        (!texts.is_empty()).then_some(texts)
    }

    /// A day or moment as `2026-11-30`, on the clocks of the site.
    fn day(&self, value: &FormValue) -> Option<String> {
        match value.as_value()? {
            FieldValue::Date(day) => Some(day.to_string()),
            FieldValue::Moment(moment) => {
                let zone = self.database.registry.time_zone();
                Some(LocalDateTime::of_moment(*moment, zone).date_text())
            }
            _ => None,
        }
    }

    fn is_parent_field(&self, name: &str) -> bool {
        let parent = self.rows.parent.as_ref();
        parent.is_some_and(|parent| parent.field == name)
    }

    fn message(&self, check: &SetCheck) -> ValidationError {
        let error = |message: &str| ValidationError::new(message, "invalid");
        match check {
            SetCheck::Fields(names) => {
                let names = names.iter().filter(|name| !self.is_parent_field(name));
                let names: Vec<_> = names.map(String::as_str).collect();
                if let [only] = names[..] {
                    let message = "Please correct the duplicate data for %(field)s.";
                    return error(message).with("field", only);
                }
                let message =
                    "Please correct the duplicate data for %(field)s, which must be unique.";
                error(message).with("field", joined_with_and(&names))
            }
            SetCheck::Date(check) => {
                let message = "Please correct the duplicate data for %(field_name)s which must be \
                               unique for the %(lookup)s in %(date_field)s.";
                error(message)
                    .with("field_name", &check.field)
                    .with("lookup", check.period.lookup_type())
                    .with("date_field", &check.unique_for)
            }
        }
    }
}

fn refuse(form: &mut Form, check: &SetCheck) {
    let message = "Please correct the duplicate values below.";
    form.replace_non_field_errors(ValidationError::new(message, "invalid"));
    match check {
        SetCheck::Fields(names) => names.iter().for_each(|name| form.forget(name)),
        SetCheck::Date(check) => form.forget(&check.field),
    }
}

/// A value as it is compared; none for nothing, and for a file, which is like no other.
fn comparable(value: &FormValue) -> Option<String> {
    match value {
        FormValue::Value(FieldValue::Null) | FormValue::File(_) => None,
        FormValue::Value(FieldValue::Decimal(number)) => Some(number.shortest()),
        FormValue::Value(value) => Some(to_text(value)),
        FormValue::Secret(secret) => Some(secret.expose().to_owned()),
        FormValue::List(values) => {
            let texts: Vec<_> = values.iter().map(to_text).collect();
            Some(texts.join("\0"))
        }
        FormValue::Stored(file) => Some(file.name.clone()),
        FormValue::ClearFile => Some(String::new()),
    }
}
