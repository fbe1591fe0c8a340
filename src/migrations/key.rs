//! The key of a migration: its app and its name.

use std::fmt;

/// The name of the first migration of an app, in `dependencies`.
pub(super) const FIRST: &str = "__first__";
/// The name of the last migration of an app, in `dependencies`.
pub(super) const LATEST: &str = "__latest__";

/// A migration's app and name; ordered as Django orders them.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct MigrationKey {
    /// The label of its app.
    pub app_label: String,
    /// Its name: that of its file, without the extension.
    pub name: String,
}

impl MigrationKey {
    /// The key of the migration `name` of an app.
    pub fn new(app_label: &str, name: &str) -> Self {
        Self {
            app_label: app_label.to_owned(),
            name: name.to_owned(),
        }
    }

    /// The key that `text`, such as `posts.0001_initial`, stands for.
    pub fn parse(text: &str) -> Option<Self> {
        let (app_label, name) = text.split_once('.')?;
        let is_valid = !app_label.is_empty() && !name.is_empty();
        is_valid.then(|| Self::new(app_label, name))
    }
}

impl fmt::Display for MigrationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.app_label, self.name)
    }
}
