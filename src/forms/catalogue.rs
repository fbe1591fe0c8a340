//! All forms of a project.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::forms::definition::FormDefinition;
use crate::forms::form_set::FormSetDefinition;

/// The forms and form sets that the apps of a project declare, by their names (`posts.PostForm`).
#[derive(Clone, Debug, Default)]
pub struct Forms {
    forms: BTreeMap<String, Arc<FormDefinition>>,
    sets: BTreeMap<String, Arc<FormSetDefinition>>,
}

impl Forms {
    /// The form of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<FormDefinition>> {
        self.forms.get(name)
    }

    /// The form set of this name.
    pub fn get_set(&self, name: &str) -> Option<&Arc<FormSetDefinition>> {
        self.sets.get(name)
    }

    /// The names of all forms.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.forms.keys().map(String::as_str)
    }

    /// The names of all form sets.
    pub fn set_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.sets.keys().map(String::as_str)
    }

    /// Adds a form.
    pub(super) fn add(&mut self, definition: Arc<FormDefinition>) {
        self.forms.insert(definition.name.clone(), definition);
    }

    /// Adds a form set.
    pub(super) fn add_set(&mut self, name: &str, definition: Arc<FormSetDefinition>) {
        self.sets.insert(name.to_owned(), definition);
    }
}
