//! The forms of a set, and what is wrong with all of them together.

use std::sync::Arc;

use crate::forms::definition::FormDefinition;
use crate::forms::error::{ValidationError, plural};
use crate::forms::form::Form;
use crate::forms::form_set::definition::{DELETE, FormSetDefinition, ORDER};
use crate::forms::form_set::set_form::SetForm;
use crate::forms::form_value::FormValue;
use crate::http::FormData;
use crate::values::FieldValue;

/// What stands for the number of a form in that which a script adds to the page.
const EMPTY_NUMBER: &str = "__prefix__";

/// Several forms of one kind.
#[derive(Clone, Debug)]
pub struct FormSet<F = Form> {
    pub(in crate::forms) definition: Arc<FormSetDefinition>,
    pub(in crate::forms) prefix: String,
    pub(super) management: Form,
    /// The forms, in the order of the page.
    pub forms: Vec<F>,
    /// The form that a script adds to the page, with `__prefix__` in the place of its number.
    pub empty_form: Form,
    pub(super) non_form_errors: Vec<ValidationError>,
}

/// How many forms were sent.
#[derive(Clone, Copy, Debug)]
pub(in crate::forms) struct FormCounts {
    /// As many as were announced.
    pub(in crate::forms) total: usize,
    /// So many of them were there already.
    pub(in crate::forms) initial: usize,
    /// As many as are made of them.
    pub(in crate::forms) made: usize,
}

/// Where a form stands in a set.
#[derive(Clone, Debug)]
pub(in crate::forms) struct FormPlace {
    /// Its definition.
    pub(in crate::forms) definition: Arc<FormDefinition>,
    prefix: String,
    empty_permitted: bool,
    /// Its place among those that are there already, counted from one, if they have an order.
    order: Option<i64>,
}

impl FormPlace {
    /// `form` as it stands in this place.
    pub(in crate::forms) fn prepared(&self, form: Form) -> Form {
        let mut form = form.prefix(&self.prefix).in_set(self.empty_permitted);
        if let Some(order) = self.order {
            form.set_initial(ORDER, FormValue::Value(FieldValue::Integer(order)));
        }
        form
    }
}

impl<F: SetForm> FormSet<F> {
    /// What the names of its fields begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// What it is made of.
    pub fn definition(&self) -> &Arc<FormSetDefinition> {
        &self.definition
    }

    /// A set without forms.
    pub(in crate::forms) fn blank(definition: &Arc<FormSetDefinition>) -> Self {
        Self {
            prefix: definition.options.prefix.clone(),
            management: Form::of(definition.management_form()),
            forms: Vec::new(),
            empty_form: Form::of(definition.form_at(false)),
            non_form_errors: Vec::new(),
            definition: Arc::clone(definition),
        }
    }

    /// Has the management form count forms of which `initial` are there already; returns how many there are to be.
    pub(in crate::forms) fn set_counts(&mut self, initial: usize) -> usize {
        let options = &self.definition.options;
        let total = initial.max(options.min_num).saturating_add(options.extra);
        let total = if initial > options.max_num {
            initial
        } else {
            total.min(options.max_num)
        };
        let counts = [
            ("TOTAL_FORMS", total),
            ("INITIAL_FORMS", initial),
            ("MIN_NUM_FORMS", options.min_num),
            ("MAX_NUM_FORMS", options.max_num),
        ];
        let mut management = Form::of(self.definition.management_form()).prefix(&self.prefix);
        for (name, count) in counts {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            management.set_initial(name, FormValue::Value(FieldValue::Integer(count)));
        }
        self.management = management;
        total
    }

    /// The place at `index`, before which or at which `initial` forms are there already.
    pub(in crate::forms) fn place(&self, index: usize, initial: usize) -> FormPlace {
        let is_initial = index < initial;
        let options = &self.definition.options;
        let order = (options.can_order && is_initial).then(|| i64::try_from(index + 1));
        FormPlace {
            definition: Arc::clone(self.definition.form_at(is_initial)),
            prefix: format!("{}-{index}", self.prefix),
            empty_permitted: !is_initial && index >= options.min_num,
            order: order.and_then(Result::ok),
        }
    }

    /// The place of the form that a script adds.
    pub(in crate::forms) fn empty_place(&self) -> FormPlace {
        FormPlace {
            definition: Arc::clone(self.definition.form_at(false)),
            prefix: format!("{}-{EMPTY_NUMBER}", self.prefix),
            empty_permitted: true,
            order: None,
        }
    }

    /// Reads how many forms were sent.
    pub(in crate::forms) fn bind_management(&mut self, data: &FormData) -> FormCounts {
        let management = Form::of(self.definition.management_form()).prefix(&self.prefix);
        self.management = management.bind(data.clone());
        if !self.management.is_valid() {
            self.non_form_errors.push(self.missing_management_form());
        }
        let total = self.count("TOTAL_FORMS");
        FormCounts {
            total,
            initial: self.count("INITIAL_FORMS"),
            // However many are announced: what is made costs time.
            made: total.min(self.definition.options.absolute_max),
        }
    }

    /// Refuses too many forms, or too few; returns whether it did not.
    pub(in crate::forms) fn check_number(&mut self, counts: FormCounts) -> bool {
        let error = self.wrong_number(counts.total, counts.initial);
        let is_right = error.is_none();
        if let Some(error) = error {
            self.non_form_errors = vec![error];
        }
        is_right
    }

    /// A count of the management form; 0 where it is not there.
    fn count(&self, name: &str) -> usize {
        let value = if self.is_bound() {
            self.management.value(name)
        } else {
            self.management.initial(name)
        };
        match value.and_then(FormValue::as_value) {
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
        let options = &self.definition.options;
        let deleted = (0..self.forms.len()).filter(|index| self.is_deleted_at(*index, initial));
        let left = self.forms.len() - deleted.count();
        let is_empty =
            |index: &usize| *index >= initial && !self.forms[*index].form().has_changed();
        let empty = (0..self.forms.len()).filter(is_empty).count();
        let error = |code, number: usize, one, many| {
            let message = plural(u64::try_from(number).unwrap_or(u64::MAX), one, many);
            Some(ValidationError::new(message, code).with("num", number))
        };
        if (options.validate_max && left > options.max_num) || total > options.absolute_max {
            return error(
                "too_many_forms",
                options.max_num,
                "Please submit at most %(num)d form.",
                "Please submit at most %(num)d forms.",
            );
        }
        if options.validate_min && left.saturating_sub(empty) < options.min_num {
            return error(
                "too_few_forms",
                options.min_num,
                "Please submit at least %(num)d form.",
                "Please submit at least %(num)d forms.",
            );
        }
        None
    }

    /// Whether the box of a form is ticked that deletes it.
    pub fn should_delete(&self, form: &F) -> bool {
        self.definition.options.can_delete && form.form().checked(DELETE)
    }

    /// Whether the form at `index` is to be deleted; one that was left empty is not.
    fn is_deleted_at(&self, index: usize, initial: usize) -> bool {
        let form = &self.forms[index];
        self.should_delete(form) && (index < initial || form.form().has_changed())
    }

    /// Whether it was sent.
    pub fn is_bound(&self) -> bool {
        self.management.is_bound()
    }

    /// Whether it was sent and nothing is wrong with any form that stays.
    pub fn is_valid(&self) -> bool {
        let mut staying = self.forms.iter().filter(|form| !self.should_delete(form));
        self.is_bound()
            && self.non_form_errors.is_empty()
            && staying.all(|form| form.form().is_valid())
    }

    /// How many forms were there already.
    pub fn initial_form_count(&self) -> usize {
        self.count("INITIAL_FORMS")
    }

    /// The forms whose rows are to be deleted.
    pub fn deleted_forms(&self) -> Vec<&F> {
        let initial = self.initial_form_count();
        let deleted = (0..self.forms.len()).filter(|index| self.is_deleted_at(*index, initial));
        deleted.map(|index| &self.forms[index]).collect()
    }

    /// The forms that were filled in and stay, in the order that was sent; those without a place come last.
    pub fn ordered_forms(&self) -> Vec<&F> {
        let indexes = self.ordered_indexes().into_iter();
        indexes.map(|index| &self.forms[index]).collect()
    }

    /// The places of the same among all forms.
    pub(in crate::forms) fn ordered_indexes(&self) -> Vec<usize> {
        let initial = self.initial_form_count();
        let mut staying: Vec<_> = (0..self.forms.len())
            .filter(|index| {
                let form = &self.forms[*index];
                (*index < initial || form.form().has_changed()) && !self.should_delete(form)
            })
            .collect();
        staying.sort_by_key(|index| {
            let order = self.forms[*index].form().value(ORDER);
            match order.and_then(FormValue::as_value) {
                Some(FieldValue::Integer(place)) => (false, *place),
                _ => (true, 0),
            }
        });
        staying
    }

    /// What is wrong with the forms together.
    pub fn non_form_errors(&self) -> &[ValidationError] {
        &self.non_form_errors
    }

    /// Refuses the set for these reasons, in place of others.
    pub(in crate::forms) fn replace_errors(&mut self, errors: Vec<ValidationError>) {
        self.non_form_errors = errors;
    }

    /// Refuses the set.
    pub fn add_error(&mut self, error: ValidationError) {
        self.non_form_errors.push(error);
    }
}
