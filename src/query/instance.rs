//! One row of a model, with the values that were loaded.

use std::fmt;
use std::sync::Arc;

use crate::models::{Field, Model};
use crate::values::{FieldValue, to_text};

/// A row of a model: Django's model instance.
#[derive(Clone, PartialEq)]
pub struct ModelInstance {
    model: Arc<Model>,
    /// Whether it is not in the database yet.
    is_adding: bool,
    /// A value for each field of the model; none where it was not loaded, or has no column.
    values: Vec<Option<FieldValue>>,
    /// What was computed along with it, by name.
    annotations: Vec<(Arc<str>, FieldValue)>,
    /// The rows that were read along, by the names its model has for them.
    related: Vec<(Arc<str>, RelatedRows)>,
}

/// Rows that were read along with a row.
#[derive(Clone, Debug, PartialEq)]
pub enum RelatedRows {
    /// The row that it refers to, or that refers to it; none where there is none.
    One(Option<Arc<ModelInstance>>),
    /// All rows that belong to it.
    Many(Arc<[Arc<ModelInstance>]>),
}

impl ModelInstance {
    /// A row of which nothing is known.
    pub fn empty(model: Arc<Model>) -> Self {
        Self {
            values: vec![None; model.fields.len()],
            is_adding: true,
            model,
            annotations: Vec::new(),
            related: Vec::new(),
        }
    }

    /// A row of the database; of each field the value, none where it was not loaded, or has no column.
    pub(super) fn stored(model: Arc<Model>, values: Vec<Option<FieldValue>>) -> Self {
        Self {
            model,
            is_adding: false,
            values,
            annotations: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Its model.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The value of the field `name`: by its own name, its attribute's (`author_id`), or `pk`; or of an annotation.
    ///
    /// None where there is no such field with a column, or it was not loaded.
    pub fn get(&self, name: &str) -> Option<&FieldValue> {
        match self.place(name) {
            Some(place) => self.values[place].as_ref(),
            None => self.annotation(name),
        }
    }

    /// The value of the field at `place` of its model; none where it has no column, or was not loaded.
    pub fn at(&self, place: usize) -> Option<&FieldValue> {
        self.values.get(place)?.as_ref()
    }

    /// What was computed along with it under `name`.
    pub fn annotation(&self, name: &str) -> Option<&FieldValue> {
        let mut annotations = self.annotations.iter();
        let found = annotations.find(|(known, _)| &**known == name);
        found.map(|(_, value)| value)
    }

    /// All that was computed along with it, by name.
    pub fn annotations(&self) -> impl Iterator<Item = (&str, &FieldValue)> {
        let annotations = self.annotations.iter();
        annotations.map(|(name, value)| (&**name, value))
    }

    /// Notes what was computed along with it.
    pub fn annotate(&mut self, name: Arc<str>, value: FieldValue) {
        self.annotations.push((name, value));
    }

    /// The rows that were read along with it under `name`; none where none were.
    pub fn related(&self, name: &str) -> Option<&RelatedRows> {
        let mut related = self.related.iter();
        let found = related.find(|(known, _)| &**known == name);
        found.map(|(_, rows)| rows)
    }

    /// All rows that were read along with it, by the names its model has for them.
    pub fn related_rows(&self) -> impl Iterator<Item = (&str, &RelatedRows)> {
        let related = self.related.iter();
        related.map(|(name, rows)| (&**name, rows))
    }

    /// Keeps rows that belong to it, in place of those known under `name` so far.
    pub fn set_related(&mut self, name: Arc<str>, rows: RelatedRows) {
        self.related.retain(|(known, _)| *known != name);
        self.related.push((name, rows));
    }

    /// Has `row` known under `name`, unless one is already.
    pub(super) fn know(&mut self, name: &Arc<str>, row: &Arc<Self>) {
        if self.related(name).is_none() {
            let known = RelatedRows::One(Some(Arc::clone(row)));
            self.related.push((Arc::clone(name), known));
        }
    }

    /// The rows known under `name`, to be changed; where others know them, too, rows of its own.
    pub(super) fn related_mut(&mut self, name: &str) -> Vec<&mut Self> {
        let mut related = self.related.iter_mut();
        match related.find(|(known, _)| &**known == name) {
            Some((_, RelatedRows::One(Some(row)))) => vec![Arc::make_mut(row)],
            Some((_, RelatedRows::Many(rows))) => {
                let rows = Arc::make_mut(rows).iter_mut();
                rows.map(Arc::make_mut).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The names of the fields that were not loaded, by their attributes: Django's `get_deferred_fields`.
    pub fn deferred_fields(&self) -> Vec<String> {
        let fields = self.model.fields.iter().zip(&self.values);
        let deferred = fields.filter(|(field, value)| field.has_column() && value.is_none());
        deferred.map(|(field, _)| field.attname()).collect()
    }

    /// Gives the field `name` a value; returns whether there is such a field with a column.
    pub fn set(&mut self, name: &str, value: FieldValue) -> bool {
        let place = self.place(name);
        if let Some(place) = place {
            self.load(place, value);
        }
        place.is_some()
    }

    /// The primary key; null where it has none yet, or the key is several fields.
    pub fn key(&self) -> &FieldValue {
        self.get("pk").unwrap_or(&FieldValue::Null)
    }

    /// Whether it is not in the database yet.
    pub fn is_adding(&self) -> bool {
        self.is_adding
    }

    /// The same, of a row that is in the database.
    #[must_use]
    pub fn into_saved(mut self) -> Self {
        self.is_adding = false;
        self
    }

    /// Notes that the row is in the database.
    pub(super) fn set_saved(&mut self) {
        self.is_adding = false;
    }

    /// Gives the field at `place` of the model a value.
    pub(super) fn load(&mut self, place: usize, value: FieldValue) {
        if let Some(slot) = self.values.get_mut(place) {
            *slot = Some(value);
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        let by_attname = |field: &Field| {
            field.relation().is_some() && name.strip_suffix("_id") == Some(field.name.as_str())
        };
        self.model.fields.iter().position(|field| {
            let is_meant = if name == "pk" {
                field.primary_key
            } else {
                field.name == name || by_attname(field)
            };
            is_meant && field.has_column()
        })
    }
}

impl fmt::Debug for ModelInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(&self.model.name);
        for (field, value) in self.model.fields.iter().zip(&self.values) {
            if let Some(value) = value {
                shown.field(&field.name, value);
            }
        }
        shown.field("related", &self.related);
        shown.field("annotations", &self.annotations);
        shown.finish_non_exhaustive()
    }
}

/// What Django writes for a model without a `__str__`: `Post object (3)`.
impl fmt::Display for ModelInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = match self.key() {
            FieldValue::Null => "None".to_owned(),
            key => to_text(key),
        };
        write!(f, "{} object ({key})", self.model.name)
    }
}
