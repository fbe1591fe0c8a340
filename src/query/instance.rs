//! One row of a model, with the values that were loaded.

use std::fmt;
use std::sync::Arc;

use crate::models::{Field, Model};
use crate::values::{FieldValue, to_text};

/// A row of a model: Django's model instance.
#[derive(Clone, PartialEq)]
pub struct ModelInstance {
    model: Arc<Model>,
    /// A value for each field of the model; none where it was not loaded, or has no column.
    values: Vec<Option<FieldValue>>,
}

impl ModelInstance {
    /// A row of which nothing is known.
    pub fn empty(model: Arc<Model>) -> Self {
        let values = vec![None; model.fields.len()];
        Self { model, values }
    }

    /// Its model.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The value of the field `name`: by its own name, its attribute's (`author_id`), or `pk`.
    ///
    /// None where there is no such field with a column, or it was not loaded.
    pub fn get(&self, name: &str) -> Option<&FieldValue> {
        self.values[self.place(name)?].as_ref()
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

    /// Gives the field at `place` of the model a value.
    pub(super) fn load(&mut self, place: usize, value: FieldValue) {
        if let Some(slot) = self.values.get_mut(place) {
            *slot = Some(value);
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        let mut fields = self.model.fields.iter();
        let by_attname = |field: &Field| {
            field.relation().is_some() && name.strip_suffix("_id") == Some(field.name.as_str())
        };
        fields.position(|field| {
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
        shown.finish()
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
