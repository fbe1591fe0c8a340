//! All forms of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::forms::definition::FormDefinition;
use crate::forms::form_set::FormSetDefinition;

/// The forms and form sets that the apps of a project declare, by their names (`posts.PostForm`).
#[derive(Clone, Debug, Default)]
pub struct Forms {
    by_name: BTreeMap<String, Arc<FormDefinition>>,
    sets: BTreeMap<String, Arc<FormSetDefinition>>,
    /// Tables that could not be read, which was reported.
    unread: BTreeSet<String>,
}

impl Forms {
    /// The form of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<FormDefinition>> {
        self.by_name.get(name)
    }

    /// The form set of this name.
    pub fn get_set(&self, name: &str) -> Option<&Arc<FormSetDefinition>> {
        self.sets.get(name)
    }

    /// The names of all forms.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The names of all form sets.
    pub fn set_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.sets.keys().map(String::as_str)
    }

    /// Whether a form or form set of this name is declared, and could not be read: that was reported.
    pub fn is_unread(&self, name: &str) -> bool {
        self.unread.contains(name)
    }

    /// Notes the name of a table that could not be read.
    pub(super) fn add_unread(&mut self, name: String) {
        self.unread.insert(name);
    }

    /// Adds a form.
    pub(super) fn add(&mut self, definition: Arc<FormDefinition>) {
        self.by_name.insert(definition.name.clone(), definition);
    }

    /// Adds a form set.
    pub(super) fn add_set(&mut self, name: &str, definition: Arc<FormSetDefinition>) {
        self.sets.insert(name.to_owned(), definition);
    }
}
