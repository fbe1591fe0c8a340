//! A form: its fields, what was sent in them, and what is wrong with that.

use std::sync::Arc;

use crate::clock;
use crate::forms::code::{CleanedForm, FormChanges};
use crate::forms::definition::FormDefinition;
use crate::forms::error::ValidationError;
use crate::forms::field::FormFieldKind;
use crate::forms::field::{CleanContext, FormField};
use crate::forms::form_choices::FormChoice;
use crate::forms::form_value::{FormInput, FormValue};
use crate::forms::page_choices::PageChoices;
use crate::forms::widget::{WidgetClass, null_boolean_choices};
use crate::http::FormData;
use crate::templates::value::Value;
use crate::values::FieldValue;

/// Fields, and, once it is bound, what was sent in them.
#[derive(Clone, Debug)]
pub struct Form {
    pub(super) definition: Arc<FormDefinition>,
    /// What stands before the names of its fields, with a hyphen.
    pub(super) prefix: String,
    pub(super) data: Option<FormData>,
    states: Vec<FieldState>,
    non_field_errors: Vec<ValidationError>,
    focus: Option<String>,
    /// Whether elements have the attribute `required`.
    pub(super) use_required_attribute: bool,
    /// Whether a form in which nothing was changed is valid.
    pub(super) empty_permitted: bool,
    rows: Option<Arc<PageChoices>>,
    /// The row of the form of a model, as templates see it.
    pub(super) instance: Option<Value>,
}

/// What is known of a field.
#[derive(Clone, Debug)]
struct FieldState {
    initial: FormValue,
    cleaned: Option<FormValue>,
    errors: Vec<ValidationError>,
}

impl Form {
    /// A form of these fields that nobody has filled in.
    pub fn new(fields: Vec<FormField>) -> Self {
        Self::of(&Arc::new(FormDefinition::new("", fields)))
    }

    /// A form of this definition that nobody has filled in.
    pub fn of(definition: &Arc<FormDefinition>) -> Self {
        let states = definition.fields.iter().map(|field| FieldState {
            initial: without_hidden_parts(field, field.initial.value()),
            cleaned: None,
            errors: Vec::new(),
        });
        Self {
            prefix: definition.prefix.clone(),
            data: None,
            states: states.collect(),
            non_field_errors: Vec::new(),
            focus: None,
            use_required_attribute: true,
            empty_permitted: false,
            rows: None,
            instance: None,
            definition: Arc::clone(definition),
        }
    }

    /// With `prefix` and a hyphen before the names of its fields.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self
    }

    /// With the rows that its fields are chosen from.
    #[must_use]
    pub fn rows(mut self, rows: Arc<PageChoices>) -> Self {
        self.rows = Some(rows);
        self
    }

    /// What its fields are chosen from, if rows are.
    pub(super) fn choices(&self) -> Option<&Arc<PageChoices>> {
        self.rows.as_ref()
    }

    /// Tells templates what `form.instance` is.
    pub fn set_instance(&mut self, row: Value) {
        self.instance = Some(row);
    }

    /// One of several forms: its elements are not `required`, and it may be left as it was if `empty_permitted`.
    #[must_use]
    pub(super) fn in_set(mut self, empty_permitted: bool) -> Self {
        self.use_required_attribute = false;
        self.empty_permitted = empty_permitted;
        self
    }

    /// Has the field `name` start with `value`; a name that is not a field's is passed over.
    pub fn set_initial(&mut self, name: &str, value: impl Into<FormValue>) {
        if let Some(index) = self.definition.position(name) {
            let field = &self.definition.fields[index];
            self.states[index].initial = without_hidden_parts(field, value.into());
        }
    }

    /// The same form with what was sent, cleaned field by field.
    #[must_use]
    pub fn bind(mut self, data: impl Into<FormData>) -> Self {
        let data = data.into();
        self.data = Some(data.clone());
        if self.is_left_empty() {
            return self;
        }
        for index in 0..self.states.len() {
            let field = &self.definition.fields[index];
            let cleaned = field.clean(&self.input_to_clean(index, &data), self.context(index));
            let state = &mut self.states[index];
            match cleaned {
                Ok(value) => state.cleaned = Some(value),
                Err(errors) => state.errors = errors,
            }
        }
        if let Some(code) = self.definition.code.clone() {
            let changes = code.clean(&self.cleaned_form(&data));
            self.change(changes);
        }
        self
    }

    fn cleaned_form<'f>(&'f self, data: &'f FormData) -> CleanedForm<'f> {
        let errors = self.definition.fields.iter().zip(&self.states);
        let errors = errors.flat_map(|(field, state)| {
            let errors = state.errors.iter();
            errors.map(|error| (field.name.as_str(), error))
        });
        CleanedForm {
            names: self.definition.field_names().collect(),
            values: self.cleaned_data().collect(),
            errors: errors.collect(),
            data,
        }
    }

    fn change(&mut self, changes: FormChanges) {
        for (name, value) in changes.values {
            self.set_value(&name, value);
        }
        for name in changes.gone {
            self.forget(&name);
        }
        for (name, error) in changes.errors {
            self.add_error(&name, error);
        }
    }

    /// Whether it may be left as it was, and was: then there is nothing to clean.
    pub(super) fn is_left_empty(&self) -> bool {
        self.empty_permitted && !self.has_changed()
    }

    /// What of `data` a field cleans: of a disabled one what it started with, of a file also the stored one.
    fn input_to_clean<'d>(&'d self, index: usize, data: &'d FormData) -> FormInput<'d> {
        let field = &self.definition.fields[index];
        let initial = self.states[index].initial.as_input();
        if field.disabled {
            return initial;
        }
        let name = self.html_name(field);
        match field.widget.read(data, &name, field.required) {
            FormInput::Missing if matches!(initial, FormInput::Stored(_)) => initial,
            sent => sent,
        }
    }

    fn context(&self, index: usize) -> CleanContext<'_> {
        CleanContext {
            zone: &self.definition.zone,
            rows: self.rows.as_deref().map(PageChoices::rows),
            initial: &self.states[index].initial,
        }
    }

    /// Its definition.
    pub fn definition(&self) -> &Arc<FormDefinition> {
        &self.definition
    }

    /// Its fields.
    pub(super) fn fields(&self) -> &[FormField] {
        &self.definition.fields
    }

    /// Whether it has a field of this name.
    pub fn has_field(&self, name: &str) -> bool {
        self.definition.position(name).is_some()
    }

    /// Whether it was sent.
    pub fn is_bound(&self) -> bool {
        self.data.is_some()
    }

    /// Whether it was sent and nothing is wrong with it.
    pub fn is_valid(&self) -> bool {
        self.is_bound() && !self.has_errors()
    }

    /// Whether something is wrong with it.
    pub fn has_errors(&self) -> bool {
        let of_fields = self.states.iter().any(|state| !state.errors.is_empty());
        of_fields || !self.non_field_errors.is_empty()
    }

    /// How many fields are wrong, those of no field as one more.
    pub(super) fn wrong_fields(&self) -> usize {
        let wrong = self.states.iter().filter(|state| !state.errors.is_empty());
        wrong.count() + usize::from(!self.non_field_errors.is_empty())
    }

    /// Whether something was sent that differs from what the form started with.
    pub fn has_changed(&self) -> bool {
        (0..self.states.len()).any(|index| self.field_has_changed(index))
    }

    /// The names of the fields that were changed.
    pub fn changed_data(&self) -> Vec<&str> {
        let changed = (0..self.states.len()).filter(|index| self.field_has_changed(*index));
        changed
            .map(|index| self.definition.fields[index].name.as_str())
            .collect()
    }

    fn field_has_changed(&self, index: usize) -> bool {
        let Some(data) = &self.data else {
            return false;
        };
        let field = &self.definition.fields[index];
        let name = self.html_name(field);
        let sent = field.widget.read(data, &name, field.required);
        if field.show_hidden_initial {
            let hidden = crate::forms::widget::Widget::new(field.kind.hidden_widget());
            let initial = hidden.read(data, &format!("initial-{name}"), false);
            return field.has_changed(&initial, &sent, self.context(index));
        }
        let initial = self.states[index].initial.as_input();
        field.has_changed(&initial, &sent, self.context(index))
    }

    /// The cleaned value of a field; none where something is wrong with it.
    pub fn value(&self, name: &str) -> Option<&FormValue> {
        let index = self.definition.position(name)?;
        self.states[index].cleaned.as_ref()
    }

    /// Puts another value in the place of a cleaned one.
    pub fn set_value(&mut self, name: &str, value: impl Into<FormValue>) {
        if let Some(index) = self.definition.position(name) {
            self.states[index].cleaned = Some(value.into());
        }
    }

    /// The cleaned text of a field; `None` where something is wrong with it.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_text()
    }

    /// The cleaned text of a field of a valid form.
    pub fn cleaned(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// All cleaned values, by the names of their fields, in order.
    pub fn cleaned_data(&self) -> impl Iterator<Item = (&str, &FormValue)> {
        let states = self.definition.fields.iter().zip(&self.states);
        states.filter_map(|(field, state)| Some((field.name.as_str(), state.cleaned.as_ref()?)))
    }

    /// Whether a box is ticked.
    pub fn checked(&self, name: &str) -> bool {
        self.value(name) == Some(&FormValue::Value(FieldValue::Boolean(true)))
    }

    /// Whether nothing at all was sent for the field `name`.
    pub(super) fn is_omitted(&self, name: &str) -> bool {
        let (Some(index), Some(data)) = (self.definition.position(name), &self.data) else {
            return true;
        };
        let field = &self.definition.fields[index];
        field.widget.is_omitted(data, &self.html_name(field))
    }

    /// Refuses the field `name`; its cleaned value is given up. A name that is not a field's refuses the form.
    pub fn add_error(&mut self, name: &str, error: ValidationError) {
        let Some(index) = self.definition.position(name) else {
            self.non_field_errors.push(error);
            return;
        };
        self.states[index].cleaned = None;
        self.states[index].errors.push(error);
    }

    /// Refuses the form for a reason that is not one field's; `focus` is the field to go on with.
    pub fn add_non_field_error(&mut self, error: ValidationError, focus: &str) {
        self.non_field_errors.push(error);
        self.focus = Some(focus.to_owned());
    }

    /// Refuses the form for this reason, in place of others that are not one field's.
    pub(super) fn replace_non_field_errors(&mut self, error: ValidationError) {
        self.non_field_errors = vec![error];
    }

    /// Gives up the cleaned value of the field `name`.
    pub(super) fn forget(&mut self, name: &str) {
        if let Some(index) = self.definition.position(name) {
            self.states[index].cleaned = None;
        }
    }

    /// The errors of no field.
    pub fn non_field_errors(&self) -> &[ValidationError] {
        &self.non_field_errors
    }

    /// The errors of the field `name`.
    pub fn errors(&self, name: &str) -> &[ValidationError] {
        let index = self.definition.position(name);
        index.map_or(&[], |index| self.errors_at(index))
    }

    pub(super) fn errors_at(&self, index: usize) -> &[ValidationError] {
        &self.states[index].errors
    }

    /// What the field `name` starts with.
    pub(super) fn initial(&self, name: &str) -> Option<&FormValue> {
        let index = self.definition.position(name)?;
        Some(&self.states[index].initial)
    }

    pub(super) fn initial_at(&self, index: usize) -> &FormValue {
        &self.states[index].initial
    }

    /// The name of a field in what is sent.
    pub(super) fn html_name(&self, field: &FormField) -> String {
        if self.prefix.is_empty() {
            return field.name.clone();
        }
        format!("{}-{}", self.prefix, field.name)
    }

    /// What was sent for the field at `index`, or what it starts with.
    pub(super) fn shown_at(&self, index: usize) -> FormInput<'_> {
        let field = &self.definition.fields[index];
        let initial = self.states[index].initial.as_input();
        let is_file = matches!(field.kind, FormFieldKind::File(_) | FormFieldKind::Image(_));
        match &self.data {
            Some(data) if !field.disabled && !is_file => {
                field
                    .widget
                    .read(data, &self.html_name(field), field.required)
            }
            _ => initial,
        }
    }

    /// What the field at `index` offers.
    pub(super) fn choices_at(&self, index: usize) -> Arc<Vec<FormChoice>> {
        let field = &self.definition.fields[index];
        match &field.kind {
            _ if field.widget.class == WidgetClass::NullBooleanSelect => {
                Arc::new(null_boolean_choices())
            }
            // The rows need not be read where their keys are typed.
            FormFieldKind::ModelChoice(_) | FormFieldKind::ModelMultipleChoice(_)
                if !field.widget.class.has_choices() =>
            {
                Arc::default()
            }
            FormFieldKind::ModelChoice(choices) | FormFieldKind::ModelMultipleChoice(choices) => {
                let is_radio = field.widget.class == WidgetClass::RadioSelect;
                let has_empty = choices.blank || !is_radio;
                let rows = self.rows.as_ref();
                rows.map_or_else(Arc::default, |rows| rows.options(choices, has_empty))
            }
            _ => Arc::clone(&field.choices),
        }
    }

    /// Whether the cursor starts in `field`: where the form says so, unless something is wrong with it.
    pub(super) fn has_focus(&self, field: &FormField) -> bool {
        let mut fields = self.definition.fields.iter();
        if !fields.any(|field| field.autofocus) {
            return self.focus.as_deref() == Some(field.name.as_str());
        }
        let mut states = self.definition.fields.iter().zip(&self.states);
        let wrong = states.find(|(_, state)| !state.errors.is_empty());
        match (wrong, &self.focus) {
            (Some((wrong, _)), _) => wrong.name == field.name,
            (None, Some(focus)) => *focus == field.name,
            (None, None) => field.autofocus,
        }
    }
}

impl Form {
    /// Whether `sent` is what the field `name` shows of `held`, but for a fraction of a second that its widget hides.
    pub(super) fn is_shown_as(&self, name: &str, held: &FieldValue, sent: &FormValue) -> bool {
        let field = self.definition.position(name);
        let field = field.map(|index| &self.definition.fields[index]);
        let held = || FormValue::Value(held.clone());
        field.is_some_and(|field| without_hidden_parts(field, held()) == *sent)
    }
}

/// A moment or time without a fraction of a second where the widget does not show it.
fn without_hidden_parts(field: &FormField, value: FormValue) -> FormValue {
    if field.widget.class.supports_microseconds() {
        return value;
    }
    match value {
        FormValue::Value(FieldValue::Moment(moment)) => {
            let whole = clock::Moment::from_unix_seconds(moment.unix_seconds());
            FormValue::Value(FieldValue::Moment(whole))
        }
        FormValue::Value(FieldValue::Time(time)) => {
            FormValue::Value(FieldValue::Time(time.without_microseconds()))
        }
        value => value,
    }
}
