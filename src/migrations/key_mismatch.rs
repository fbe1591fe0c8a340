//! A migration that changes a key which other tables refer to.

use std::error::Error;
use std::fmt;

use crate::migrations::{MigrationKey, Migrations, PlanStep};
use crate::models::{Model, ModelKey, ProjectState};

/// A migration that takes away what a table refers to, so that its rows cannot be checked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeyMismatch {
    /// The migration.
    pub migration: MigrationKey,
    /// The table that refers.
    pub table: String,
    /// The table referred to.
    pub referenced: String,
}

impl KeyMismatch {
    /// The mismatch that SQLite tells of in `reason`, after `steps` that led to `state`.
    pub(super) fn of(
        reason: &str,
        steps: &[PlanStep],
        migrations: &Migrations,
        state: &ProjectState,
    ) -> Option<Self> {
        let names = reason.split_once("foreign key mismatch - ")?.1;
        let (table, referenced) = names.split_once(" referencing ")?;
        let [table, referenced] = [table, referenced].map(|name| name.trim_matches('"').to_owned());
        let mut models = state.models();
        let target = models.find(|model| model.has_db_table(&referenced));
        let target = target.map(Model::key);
        let touches = |step: &&PlanStep| {
            let target = target.as_ref();
            target.is_some_and(|target| touches(&step.key, target, migrations))
        };
        let step = steps.iter().rev().find(touches).or(steps.last())?;
        Some(Self {
            migration: step.key.clone(),
            table,
            referenced,
        })
    }

    /// What to do about it.
    pub fn hints(&self) -> Vec<String> {
        let Self {
            table, referenced, ..
        } = self;
        vec![format!(
            "remove the references of `{table}` in an operation before it and add them again after it, or keep the \
             column of `{referenced}` unique that they refer to"
        )]
    }
}

impl fmt::Display for KeyMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            migration,
            table,
            referenced,
        } = self;
        write!(
            f,
            "after `{migration}`, what `{table}` refers to is not a unique column of `{referenced}` any more; it is not \
             applied"
        )
    }
}

impl Error for KeyMismatch {}

/// Whether an operation of the migration `key` is about the model `target`.
fn touches(key: &MigrationKey, target: &ModelKey, migrations: &Migrations) -> bool {
    let migration = migrations.get(key);
    let mut operations = migration.into_iter().flat_map(|found| &found.operations);
    key.app_label == target.app_label
        && operations.any(|operation| {
            let name = operation.model_name();
            name.is_some_and(|name| ModelKey::new(&key.app_label, name) == *target)
        })
}
