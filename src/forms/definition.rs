//! What a form is made of, read once and shared by all requests.

use std::sync::Arc;

use crate::clock::Zone;
use crate::forms::code::FormCode;
use crate::forms::field::FormField;
use crate::forms::model_options::ModelFormOptions;
use crate::models::Model;

/// The fields of a form and how it looks; it does not change.
#[derive(Clone, Debug)]
pub struct FormDefinition {
    /// Its name, such as `posts.PostForm`; empty for a form made in Rust.
    pub(super) name: String,
    pub(super) fields: Vec<FormField>,
    pub(super) prefix: String,
    /// What stands behind labels.
    pub(super) label_suffix: String,
    /// The class of what surrounds a field that is wrong.
    pub(super) error_css_class: Option<String>,
    /// The class of what surrounds a field that has to be filled in, and of its label.
    pub(super) required_css_class: Option<String>,
    /// The zone of its days and times.
    pub(super) zone: Zone,
    /// The model whose rows it writes.
    pub(super) model: Option<Arc<ModelFormOptions>>,
    /// What the code of the project says of it.
    pub(super) code: Option<Arc<dyn FormCode>>,
}

impl FormDefinition {
    /// A form of these fields.
    pub fn new(name: &str, fields: Vec<FormField>) -> Self {
        Self {
            name: name.to_owned(),
            fields: fields.into_iter().map(FormField::finished).collect(),
            prefix: String::new(),
            label_suffix: ":".to_owned(),
            error_css_class: None,
            required_css_class: None,
            zone: Zone::utc(),
            model: None,
            code: None,
        }
    }

    /// With days and times of `zone`.
    #[must_use]
    pub fn zone(mut self, zone: &Zone) -> Self {
        self.zone = zone.clone();
        self
    }

    /// The model whose rows it writes, if it is the form of one.
    pub fn model(&self) -> Option<&Arc<Model>> {
        self.model.as_ref().map(|options| &options.model)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands before the names of its fields; empty for nothing.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Its fields, in order.
    pub fn fields(&self) -> &[FormField] {
        &self.fields
    }

    /// The names of its fields, in order.
    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(FormField::name)
    }

    /// The place of the field `name`.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Whether a form of it is sent in several parts.
    pub fn is_multipart(&self) -> bool {
        self.fields
            .iter()
            .any(|field| field.widget.needs_multipart())
    }

    /// Puts the fields that `order` names first, in that order; the others follow.
    pub(super) fn order_fields(&mut self, order: &[String]) {
        let place = |field: &FormField| {
            let place = order.iter().position(|name| *name == field.name);
            place.unwrap_or(order.len())
        };
        self.fields.sort_by_key(place);
    }

    /// The same with `more` at its end.
    #[must_use]
    pub(super) fn with_fields(&self, more: Vec<FormField>) -> Self {
        let mut definition = self.clone();
        for field in more {
            definition.put_field(field);
        }
        definition
    }

    /// Adds a field at the end, or in the place of that of its name.
    pub(super) fn put_field(&mut self, field: FormField) {
        let field = field.finished();
        match self.position(&field.name) {
            Some(place) => self.fields[place] = field,
            None => self.fields.push(field),
        }
    }
}
