//! A migration, as its file declares it.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{Finding, Findings};
use crate::document::{Document, Item, Origin, Problems, TableReader, Value};
use crate::migrations::MigrationKey;
use crate::migrations::key::FIRST;
use crate::migrations::operations::{self, Operation};
use crate::models::read::ReadContext;
use crate::models::{ModelKey, USER_MODEL};

/// A migration that another one depends on.
#[derive(Clone, Debug)]
pub struct MigrationDependency {
    /// Its key; the name may be `__first__` or `__latest__`.
    pub key: MigrationKey,
    /// Whether it stands for whichever app has the user model, as `auth.user_model`.
    pub is_user_model: bool,
    /// Where the dependency is written.
    pub origin: Origin,
}

impl MigrationDependency {
    /// A dependency on the migration `key` that is not written in a file yet.
    pub(super) fn new(key: MigrationKey) -> Self {
        Self {
            key,
            is_user_model: false,
            origin: Origin::named("<new>"),
        }
    }

    /// A dependency on the app of the user model that is not written in a file yet.
    pub(super) fn on_user_model(user_model: &ModelKey) -> Self {
        Self {
            is_user_model: true,
            ..Self::new(MigrationKey::new(&user_model.app_label, FIRST))
        }
    }
}

impl fmt::Display for MigrationDependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_user_model {
            f.write_str(USER_MODEL)
        } else {
            self.key.fmt(f)
        }
    }
}

/// A migration.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Its key.
    pub key: MigrationKey,
    /// What has to be applied before.
    pub dependencies: Vec<MigrationDependency>,
    /// What has to be applied after.
    pub run_before: Vec<MigrationDependency>,
    /// The migrations it replaces.
    pub replaces: Vec<MigrationKey>,
    /// Whether it is an initial migration of its app, if the file says so.
    pub initial: Option<bool>,
    /// Whether all of it is committed at once; otherwise each of its operations is.
    pub atomic: bool,
    /// Its operations, in order.
    pub operations: Vec<Operation>,
    /// The content of its file; none if it has no file yet, or is built in.
    pub text: Option<Arc<str>>,
}

impl Migration {
    /// A migration that has no file yet.
    pub(super) fn new(key: MigrationKey, operations: Vec<Operation>) -> Self {
        Self {
            key,
            dependencies: Vec::new(),
            run_before: Vec::new(),
            replaces: Vec::new(),
            initial: None,
            atomic: true,
            operations,
            text: None,
        }
    }

    /// Reads the migration `key` from its file; fails with all its mistakes.
    pub fn read(
        key: &MigrationKey,
        document: &Document,
        user_model: &ModelKey,
    ) -> Result<Self, Findings> {
        let problems = Problems::default();
        let fields = document.root().reader(&problems);
        let context = ReadContext::new(&key.app_label, &problems);
        let migration = Self {
            dependencies: read_dependencies(&fields, "dependencies", user_model),
            run_before: read_dependencies(&fields, "run_before", user_model),
            replaces: read_dependencies(&fields, "replaces", user_model)
                .into_iter()
                .map(|dependency| dependency.key)
                .collect(),
            initial: fields.optional("initial"),
            atomic: fields.optional("atomic").unwrap_or(true),
            operations: operations::read_operations(&context, &fields),
            key: key.clone(),
            text: None,
        };
        fields.finish();
        problems.finish(migration)
    }

    /// Whether `--fake-initial` may find it soft-applied.
    pub fn is_initial(&self) -> bool {
        let mut dependencies = self.dependencies.iter();
        let own_app = |found: &MigrationDependency| found.key.app_label == self.key.app_label;
        self.initial.unwrap_or_else(|| !dependencies.any(own_app))
    }
}

fn read_dependencies(
    fields: &TableReader<'_>,
    key: &'static str,
    user_model: &ModelKey,
) -> Vec<MigrationDependency> {
    let Some(item) = fields.item(key) else {
        return Vec::new();
    };
    let Value::Array(items) = &item.value else {
        fields.problems().push(not_a_migration(item));
        return Vec::new();
    };
    let read = |item: &Item| {
        let text = item.as_str();
        let key = match text {
            Some(USER_MODEL) => Some(MigrationKey::new(&user_model.app_label, FIRST)),
            Some(text) => MigrationKey::parse(text),
            None => None,
        };
        if key.is_none() {
            fields.problems().push(not_a_migration(item));
        }
        Some(MigrationDependency {
            key: key?,
            is_user_model: text == Some(USER_MODEL),
            origin: item.origin.clone(),
        })
    };
    items.iter().filter_map(read).collect()
}

fn not_a_migration(item: &Item) -> Finding {
    item.error("wrong-type", "this does not name a migration")
        .hint(r#"write `["app.0001_initial"]`"#)
}
