//! The forms of a set and the rows that they are about.

use std::collections::HashMap;
use std::sync::Arc;

use crate::forms::error::ValidationError;
use crate::forms::form_set::{FormPlace, FormSet, FormSetDefinition, FormSetRows, SetForm};
use crate::forms::form_value::FormValue;
use crate::forms::model_form::{FormDatabase, ModelForm, ModelFormError};
use crate::forms::model_form_set::saved_rows::SavedRows;
use crate::forms::page_choices::PageChoices;
use crate::http::FormData;
use crate::models::{Model, ModelSet as _};
use crate::query::{ModelInstance, Query, is_one_of};
use crate::values::{FieldValue, from_text, to_text};

/// Forms of rows of one model.
#[derive(Clone, Debug)]
pub struct ModelFormSet {
    /// The forms, and what is wrong with all of them together.
    pub set: FormSet<ModelForm>,
    pub(super) rows: Arc<FormSetRows>,
    pub(super) database: Arc<FormDatabase>,
    /// What the fields of all forms are chosen from.
    choices: Arc<PageChoices>,
    /// The rows that it is about; none where there cannot be any.
    query: Option<Query>,
    /// What new rows hold, whatever is sent.
    new_row: ModelInstance,
    /// What the rows of an inline set hold of their parent; null where that is not saved yet.
    pub(super) parent: FieldValue,
    /// The forms whose rows get another place.
    pub(super) moved: Vec<usize>,
    /// The form whose row the database refused.
    pub(super) refused: Option<usize>,
    /// What became of the rows when they were written last.
    pub(super) saved: SavedRows,
}

impl SetForm for ModelForm {
    fn form(&self) -> &crate::forms::Form {
        &self.form
    }
}

impl ModelFormSet {
    /// The set of `definition` before it has forms: [`Self::unbound`] or [`Self::bind`] makes them.
    ///
    /// Fails with [`ModelFormError::NoModel`] where it is a set of plain forms.
    pub fn new(
        definition: &Arc<FormSetDefinition>,
        database: &Arc<FormDatabase>,
    ) -> Result<Self, ModelFormError> {
        let rows = definition.rows.clone().ok_or_else(|| {
            let form = definition.form_at(false);
            ModelFormError::NoModel(form.name().to_owned())
        })?;
        Ok(Self {
            set: FormSet::blank(definition),
            query: Some(rows.query.clone()),
            new_row: ModelInstance::empty(Arc::clone(&rows.model)),
            database: Arc::clone(database),
            choices: database.page_choices(),
            parent: FieldValue::Null,
            moved: Vec::new(),
            refused: None,
            saved: SavedRows::default(),
            rows,
        })
    }

    /// The rows that belong to `parent`; one that is not in the database yet has none.
    #[must_use]
    pub fn of_parent(mut self, parent: &ModelInstance) -> Self {
        if !parent.is_adding() {
            self.set_parent(parent);
        }
        self
    }

    /// The same as the form of the parent, whose fields may be chosen from the same rows.
    #[must_use]
    pub fn on_page_of(mut self, form: &ModelForm) -> Self {
        if let Some(choices) = form.form.choices() {
            self.choices = Arc::clone(choices);
        }
        self
    }

    /// Has the rows refer to `parent`, which is in the database.
    pub(super) fn set_parent(&mut self, parent: &ModelInstance) {
        if let Some(inline) = &self.rows.parent {
            let key = parent.get(&inline.to_field).cloned();
            self.parent = key.unwrap_or(FieldValue::Null);
        }
    }

    /// The rows of `query`, in place of those of the definition; none of none.
    #[must_use]
    pub fn rows_of_query(mut self, query: Option<Query>) -> Self {
        self.query = query;
        self
    }

    /// Has new rows hold what `row` holds, whatever is sent.
    #[must_use]
    pub fn new_rows(mut self, row: ModelInstance) -> Self {
        self.new_row = row;
        self
    }

    /// The model of the rows.
    pub fn model(&self) -> &Arc<Model> {
        &self.rows.model
    }

    /// What became of the rows when they were written with the row of their parent.
    pub fn saved_rows(&self) -> &SavedRows {
        &self.saved
    }

    /// With another prefix.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.set.prefix);
        self
    }

    /// The set that nobody has filled in, with a form for each row.
    pub fn unbound(mut self) -> Result<Self, ModelFormError> {
        let rows = match self.own_rows() {
            Some(query) => self.read(query)?,
            None => Vec::new(),
        };
        let initial = rows.len();
        let total = self.set.set_counts(initial);
        let mut rows = rows.into_iter();
        let forms = (0..total).map(|index| self.form(&self.set.place(index, initial), rows.next()));
        self.set.forms = forms.collect::<Result<_, _>>()?;
        self.finished()
    }

    /// The set with what was sent, each form cleaned and checked against the rows there are.
    pub fn bind(mut self, data: impl Into<FormData>) -> Result<Self, ModelFormError> {
        let data = data.into();
        let counts = self.set.bind_management(&data);
        let keys = 0..counts.made.min(counts.initial);
        let keys: Vec<_> = keys.map(|index| self.sent_key(&data, index)).collect();
        let mut rows = self.rows_of(&keys)?;
        let mut forms = Vec::with_capacity(counts.made);
        for index in 0..counts.made {
            let key = keys.get(index).and_then(Option::as_ref);
            // A row that two forms are about is that of the first.
            let row = key.and_then(|key| rows.remove(&to_text(key)));
            let form = self.form(&self.set.place(index, counts.initial), row)?;
            let mut form = form.bind(data.clone())?;
            let is_known = index >= counts.initial || !form.is_new();
            if !is_known && !self.set.should_delete(&form) {
                refuse_unknown_row(&mut form, &self.rows.key);
            }
            forms.push(form);
        }
        self.set.forms = forms;
        if self.set.check_number(counts) {
            self.check_duplicates();
        }
        self.finished()
    }

    fn finished(mut self) -> Result<Self, ModelFormError> {
        self.set.empty_form = self.form(&self.set.empty_place(), None)?.form;
        Ok(self)
    }

    /// Whether a form of it is sent in several parts.
    pub fn is_multipart(&self) -> bool {
        self.set.definition.is_multipart()
    }

    /// Whether it was sent and nothing is wrong with any form that stays.
    pub fn is_valid(&self) -> bool {
        self.set.is_valid()
    }

    /// The rows that the set is about; none where there cannot be any.
    fn own_rows(&self) -> Option<Query> {
        let query = self.query.clone()?;
        let Some(inline) = &self.rows.parent else {
            return Some(query);
        };
        if self.parent == FieldValue::Null {
            return None;
        }
        let of_parent = is_one_of(&inline.field, std::slice::from_ref(&self.parent));
        Some(query.filter(of_parent))
    }

    fn read(&self, query: Query) -> Result<Vec<ModelInstance>, ModelFormError> {
        let query = query.on(&self.database.registry)?;
        self.database
            .with(|connection| Ok(query.instances(connection)?))
    }

    /// Those of the own rows whose keys were sent, by the texts of their keys.
    fn rows_of(
        &self,
        keys: &[Option<FieldValue>],
    ) -> Result<HashMap<String, ModelInstance>, ModelFormError> {
        let keys: Vec<_> = keys.iter().flatten().cloned().collect();
        let Some(query) = self.own_rows().filter(|_| !keys.is_empty()) else {
            return Ok(HashMap::new());
        };
        let rows = self.read(query.filter(is_one_of("pk", &keys)))?;
        let rows = rows.into_iter().map(|row| (to_text(row.key()), row));
        Ok(rows.collect())
    }

    /// The key that was sent for the form at `index`, unless it cannot be one.
    fn sent_key(&self, data: &FormData, index: usize) -> Option<FieldValue> {
        let name = format!("{}-{index}-{}", self.set.prefix, self.rows.key);
        let text = data.fields.get(&name)?;
        let zone = self.database.registry.time_zone();
        let key = from_text(&self.rows.key_kind, text, zone).ok();
        key.filter(|key| *key != FieldValue::Null && !text.contains('\0'))
    }

    /// The form of a row that is not there yet.
    fn new_form(&self, place: &FormPlace) -> Result<ModelForm, ModelFormError> {
        let mut form = ModelForm::create(&place.definition, &self.database)?;
        for field in &self.rows.model.fields {
            if let Some(value) = self.new_row.get(&field.name) {
                form.instance.set(&field.name, value.clone());
            }
        }
        Ok(form)
    }

    /// The form in a place, of `row` or of a new one.
    fn form(
        &self,
        place: &FormPlace,
        row: Option<ModelInstance>,
    ) -> Result<ModelForm, ModelFormError> {
        let key = row.as_ref().map(|row| row.key().clone());
        let mut form = match row {
            Some(row) => ModelForm::update(&place.definition, &self.database, row)?,
            None => self.new_form(place)?,
        };
        form.form = place.prepared(form.form).rows(Arc::clone(&self.choices));
        if let Some(key) = key {
            form.form.set_initial(&self.rows.key, FormValue::Value(key));
        }
        if let Some(inline) = &self.rows.parent {
            let parent = FormValue::Value(self.parent.clone());
            form.form.set_initial(&inline.field, parent);
            form.instance.set(&inline.field, self.parent.clone());
        }
        Ok(form)
    }
}

/// Refuses a form that is about a row that is not there, or not one of its set; `key` is the name of the primary key.
pub(super) fn refuse_unknown_row(form: &mut ModelForm, key: &str) {
    if form.form.errors(key).is_empty() {
        let message = "Select a valid choice. That choice is not one of the available choices.";
        let error = ValidationError::new(message, "invalid_choice");
        form.form.add_error(key, error);
    }
}
