//! The forms of a set, and what is wrong with all of them together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::forms::definition::FormDefinition;
use crate::forms::error::{ValidationError, plural};
use crate::forms::form::Form;
use crate::forms::form_set::definition::{DELETE, FormSetDefinition, ORDER};
use crate::forms::form_value::FormValue;
use crate::forms::model_choices::ChoiceRows;
use crate::http::FormData;
use crate::values::FieldValue;

/// The values that one form of a set starts with, by the names of its fields.
pub type InitialValues = BTreeMap<String, FormValue>;

/// Several forms of one kind.
#[derive(Clone, Debug)]
pub struct FormSet {
    pub(super) definition: Arc<FormSetDefinition>,
    pub(super) prefix: String,
    pub(super) management: Form,
    /// The forms, in the order of the page.
    pub forms: Vec<Form>,
    initial: Vec<InitialValues>,
    pub(super) non_form_errors: Vec<ValidationError>,
    rows: Option<Arc<dyn ChoiceRows>>,
}

impl FormSet {
    /// A set that nobody has filled in; each of `initial` is a form that is there already.
    pub fn new(definition: &Arc<FormSetDefinition>, initial: Vec<InitialValues>) -> Self {
        let mut set = Self {
            prefix: definition.prefix.clone(),
            management: Form::of(&FormSetDefinition::management_form()),
            forms: Vec::new(),
            initial,
            non_form_errors: Vec::new(),
            rows: None,
            definition: Arc::clone(definition),
        };
        set.make_unbound();
        set
    }

    /// With the rows that fields are chosen from.
    #[must_use]
    pub fn rows(mut self, rows: Arc<dyn ChoiceRows>) -> Self {
        self.rows = Some(rows);
        self.make_unbound();
        self
    }

    /// With another prefix.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self.make_unbound();
        self
    }

    fn make_unbound(&mut self) {
        let definition = Arc::clone(&self.definition);
        let initial = self.initial.len();
        let total = initial.max(definition.min_num) + definition.extra;
        let total = if initial > definition.max_num {
            initial
        } else {
            total.min(definition.max_num)
        };
        self.management = Form::of(&FormSetDefinition::management_form()).prefix(&self.prefix);
        let counts = [
            ("TOTAL_FORMS", total),
            ("INITIAL_FORMS", initial),
            ("MIN_NUM_FORMS", definition.min_num),
            ("MAX_NUM_FORMS", definition.max_num),
        ];
        for (name, count) in counts {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let count = FormValue::Value(FieldValue::Integer(count));
            self.management.set_initial(name, count);
        }
        self.forms = (0..total).map(|index| self.form(index, initial)).collect();
    }

    /// The form at `index`, of which `initial` are there already.
    fn form(&self, index: usize, initial: usize) -> Form {
        let is_initial = index < initial;
        let definition = self.definition.form_at(is_initial);
        let empty_permitted = !is_initial && index >= self.definition.min_num;
        let mut form = self.one(&definition, &index.to_string(), empty_permitted);
        for (name, value) in self.initial.get(index).into_iter().flatten() {
            form.set_initial(name, value.clone());
        }
        if self.definition.can_order && is_initial {
            let place = i64::try_from(index + 1).unwrap_or(i64::MAX);
            form.set_initial(ORDER, FormValue::Value(FieldValue::Integer(place)));
        }
        form
    }

    fn one(&self, definition: &Arc<FormDefinition>, number: &str, empty_permitted: bool) -> Form {
        let form = Form::of(definition).prefix(&format!("{}-{number}", self.prefix));
        let form = form.in_set(empty_permitted);
        match &self.rows {
            Some(rows) => form.rows(Arc::clone(rows)),
            None => form,
        }
    }

    /// The form that a script adds to the page, with `__prefix__` in the place of its number.
    pub fn empty_form(&self) -> Form {
        self.one(&self.definition.form_at(false), "__prefix__", true)
    }

    /// The same set with what was sent, each form cleaned.
    #[must_use]
    pub fn bind(mut self, data: impl Into<FormData>) -> Self {
        let data = data.into();
        self.management = self.management.bind(data.clone());
        let (total, initial) = (self.count("TOTAL_FORMS"), self.count("INITIAL_FORMS"));
        if !self.management.is_valid() {
            self.non_form_errors.push(self.missing_management_form());
        }
        // However many are announced: what is made costs time.
        let made = total.min(self.definition.absolute_max);
        self.forms = (0..made)
            .map(|index| self.form(index, initial).bind(data.clone()))
            .collect();
        if let Some(error) = self.wrong_number(total, initial) {
            self.non_form_errors = vec![error];
        }
        self
    }

    /// A count of the management form; 0 where it is not there.
    fn count(&self, name: &str) -> usize {
        let value = self.management.value(name).and_then(FormValue::as_value);
        match value {
            Some(FieldValue::Integer(number)) => usize::try_from(*number).unwrap_or(0),
            _ => 0,
        }
    }

    fn missing_management_form(&self) -> ValidationError {
        let message = "ManagementForm data is missing or has been tampered with. Missing fields: \
                       %(field_names)s. You may need to file a bug report if the issue persists.";
        let fields = self.management.fields().iter();
        let missing = fields.filter(|field| !self.management.errors(field.name()).is_empty());
        let missing: Vec<_> = missing
            .map(|field| self.management.html_name(field))
            .collect();
        ValidationError::new(message, "missing_management_form")
            .with("field_names", missing.join(", "))
    }

    /// What is wrong with the number of forms.
    fn wrong_number(&self, total: usize, initial: usize) -> Option<ValidationError> {
        let definition = &self.definition;
        let deleted = (0..self.forms.len()).filter(|index| self.is_deleted_at(*index, initial));
        let left = self.forms.len() - deleted.count();
        let is_empty = |index: &usize| *index >= initial && !self.forms[*index].has_changed();
        let empty = (0..self.forms.len()).filter(is_empty).count();
        let error = |code, number: usize, one, many| {
            let message = plural(u64::try_from(number).unwrap_or(u64::MAX), one, many);
            Some(ValidationError::new(message, code).with("num", number))
        };
        if (definition.validate_max && left > definition.max_num) || total > definition.absolute_max
        {
            return error(
                "too_many_forms",
                definition.max_num,
                "Please submit at most %(num)d form.",
                "Please submit at most %(num)d forms.",
            );
        }
        if definition.validate_min && left.saturating_sub(empty) < definition.min_num {
            return error(
                "too_few_forms",
                definition.min_num,
                "Please submit at least %(num)d form.",
                "Please submit at least %(num)d forms.",
            );
        }
        None
    }

    /// Whether the box of a form is ticked that deletes it.
    pub fn should_delete(&self, form: &Form) -> bool {
        self.definition.can_delete && form.checked(DELETE)
    }

    /// Whether the form at `index` is to be deleted; one that was left empty is not.
    fn is_deleted_at(&self, index: usize, initial: usize) -> bool {
        let form = &self.forms[index];
        self.should_delete(form) && (index < initial || form.has_changed())
    }

    /// Whether it was sent.
    pub fn is_bound(&self) -> bool {
        self.management.is_bound()
    }

    /// Whether it was sent and nothing is wrong with any form that stays.
    pub fn is_valid(&self) -> bool {
        let mut staying = self.forms.iter().filter(|form| !self.should_delete(form));
        self.is_bound() && self.non_form_errors.is_empty() && staying.all(Form::is_valid)
    }

    /// How many forms were there already.
    pub fn initial_form_count(&self) -> usize {
        if self.is_bound() {
            self.count("INITIAL_FORMS")
        } else {
            self.initial.len()
        }
    }

    /// The forms whose rows are to be deleted.
    pub fn deleted_forms(&self) -> Vec<&Form> {
        let initial = self.initial_form_count();
        let deleted = (0..self.forms.len()).filter(|index| self.is_deleted_at(*index, initial));
        deleted.map(|index| &self.forms[index]).collect()
    }

    /// The forms that were filled in and stay, in the order that was sent; those without a place come last.
    pub fn ordered_forms(&self) -> Vec<&Form> {
        let initial = self.initial_form_count();
        let forms = self.forms.iter().enumerate();
        let staying = forms.filter(|(index, form)| {
            (*index < initial || form.has_changed()) && !self.should_delete(form)
        });
        let mut staying: Vec<_> = staying.map(|(_, form)| form).collect();
        staying.sort_by_key(
            |form| match form.value(ORDER).and_then(FormValue::as_value) {
                Some(FieldValue::Integer(place)) => (false, *place),
                _ => (true, 0),
            },
        );
        staying
    }

    /// What is wrong with the forms together.
    pub fn non_form_errors(&self) -> &[ValidationError] {
        &self.non_form_errors
    }

    /// Refuses the set.
    pub fn add_error(&mut self, error: ValidationError) {
        self.non_form_errors.push(error);
    }
}
