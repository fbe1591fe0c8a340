//! The models that migrations lead to, replayed from their operations.

use std::collections::BTreeMap;

use crate::migrations::operations::OperationStates;
use crate::migrations::{Migration, MigrationError, MigrationKey, Migrations};
use crate::models::{ProjectState, StateError};

impl Migrations {
    /// The models after the migrations of `keys`, applied in this order.
    pub(super) fn project_state<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k MigrationKey>,
    ) -> Result<ProjectState, MigrationError> {
        let mut state = self.initial_state().map_err(unmigrated_app_error)?;
        for migration in keys.into_iter().filter_map(|key| self.get(key)) {
            state_forwards(migration, &mut state)?;
        }
        Ok(state)
    }

    /// The models before each migration of `keys` that is `wanted`, and those after all of them.
    pub(super) fn project_states<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k MigrationKey>,
        wanted: impl Fn(&MigrationKey) -> bool,
    ) -> Result<ProjectStates, MigrationError> {
        let mut before = BTreeMap::new();
        let mut state = self.initial_state().map_err(unmigrated_app_error)?;
        for migration in keys.into_iter().filter_map(|key| self.get(key)) {
            if wanted(&migration.key) {
                before.insert(migration.key.clone(), state.clone());
            }
            state_forwards(migration, &mut state)?;
        }
        let after = state;
        Ok(ProjectStates { before, after })
    }
}

/// The models around some migrations.
#[derive(Debug)]
pub(super) struct ProjectStates {
    /// The models before each of them.
    pub(super) before: BTreeMap<MigrationKey, ProjectState>,
    /// The models after all of them.
    pub(super) after: ProjectState,
}

/// The models around each operation of `migration`, where `before` are those before it.
pub(super) fn operation_states<'m>(
    migration: &'m Migration,
    before: &ProjectState,
) -> Result<OperationStates<'m>, MigrationError> {
    let app_label = &migration.key.app_label;
    OperationStates::new(app_label, &migration.operations, before)
        .map_err(|source| state_error(&migration.key, source))
}

fn state_forwards(migration: &Migration, state: &mut ProjectState) -> Result<(), MigrationError> {
    let key = &migration.key;
    let mut operations = migration.operations.iter();
    operations
        .try_for_each(|operation| operation.state_forwards(&key.app_label, state))
        .map_err(|source| state_error(key, source))
}

/// The error that the migration `key` does not fit the models before it.
pub(super) fn state_error(key: &MigrationKey, source: StateError) -> MigrationError {
    MigrationError::State {
        key: key.clone(),
        source: Box::new(source),
    }
}

/// The error that models of apps without migrations clash with each other.
fn unmigrated_app_error(source: StateError) -> MigrationError {
    state_error(&MigrationKey::new("models", "toml"), source)
}
