//! All forms of a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::forms::definition::FormDefinition;

/// The forms that the apps of a project declare, by their names (`posts.PostForm`).
#[derive(Clone, Debug, Default)]
pub struct Forms(BTreeMap<String, Arc<FormDefinition>>);

impl Forms {
    /// The form of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<FormDefinition>> {
        self.0.get(name)
    }

    /// The names of all forms.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Adds a form.
    pub(super) fn add(&mut self, definition: Arc<FormDefinition>) {
        self.0.insert(definition.name.clone(), definition);
    }
}
