//! Whether what an initial migration makes is there already (`--fake-initial`).

use crate::db::{DatabaseError, SchemaTransaction, introspection};
use crate::migrations::operations::{Operation, OperationStates, OperationTransition};
use crate::migrations::state::state_error;
use crate::migrations::{Migration, MigrationError, MigrationKey};
use crate::models::{Model, ModelKey, ModelSet as _, ProjectState, StateError};
use crate::schema::Direction;

/// Whether `migration` is an initial one and all its tables and columns are there.
///
/// Names are compared without case, as SQLite does. What a `SeparateDatabaseAndState` does to the
/// database counts; what it does to the state alone does not.
pub(super) fn detect_soft_applied(
    migration: &Migration,
    states: &OperationStates<'_>,
    transaction: &SchemaTransaction,
) -> Result<bool, MigrationError> {
    if !migration.is_initial() {
        return Ok(false);
    }
    let mut search = SoftAppliedSearch {
        app_label: &migration.key.app_label,
        transaction,
        tables: lower(introspection::table_names(transaction)?),
        found: false,
    };
    let is_there = search
        .all_are_there(states)
        .map_err(|source| source.of(&migration.key))?;
    Ok(is_there && search.found)
}

/// Looks for the tables and columns that operations make.
struct SoftAppliedSearch<'s> {
    app_label: &'s str,
    transaction: &'s SchemaTransaction,
    /// The tables of the database, in lower case.
    tables: Vec<String>,
    /// Whether any operation makes something.
    found: bool,
}

/// Why it cannot be told.
enum SearchError {
    Database(DatabaseError),
    State(StateError),
}

impl SearchError {
    fn of(self, key: &MigrationKey) -> MigrationError {
        match self {
            Self::Database(error) => error.into(),
            Self::State(error) => state_error(key, error),
        }
    }
}

impl SoftAppliedSearch<'_> {
    fn all_are_there(&mut self, states: &OperationStates<'_>) -> Result<bool, SearchError> {
        let state = states.final_state();
        for transition in states.transitions(Direction::Forwards) {
            if !self.is_there(transition, state)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether what the operation makes is there; `state` holds the models after all of them.
    fn is_there(
        &mut self,
        OperationTransition { operation, states }: OperationTransition<'_>,
        state: &ProjectState,
    ) -> Result<bool, SearchError> {
        let (name, field) = match operation {
            Operation::CreateModel(model) => (&model.name, None),
            Operation::AddField { model, field, .. } => (model, Some(field.name.as_str())),
            Operation::SeparateDatabaseAndState {
                database_operations,
                ..
            } => {
                let nested = states.nested(database_operations, Direction::Forwards);
                return self.all_are_there(&nested.map_err(SearchError::State)?);
            }
            _ => return Ok(true),
        };
        let model = state.find(&ModelKey::new(self.app_label, name));
        let Some(model) = model.filter(|model| state.is_migrated(model)) else {
            return Ok(true);
        };
        self.found = true;
        match field {
            None => Ok(self.tables.contains(&model.db_table().to_lowercase())),
            Some(field) => has_field(self.transaction, state, model, field, &self.tables)
                .map_err(SearchError::Database),
        }
    }
}

fn has_field(
    transaction: &SchemaTransaction,
    state: &ProjectState,
    model: &Model,
    name: &str,
    tables: &[String],
) -> Result<bool, DatabaseError> {
    let Some(field) = model.field(name) else {
        return Ok(false);
    };
    if let Some(relation) = field.many_to_many() {
        let target = state.target(&relation.to);
        let through = target.and_then(|target| model.auto_created_through(field, target));
        return Ok(
            through.is_none_or(|through| tables.contains(&through.db_table().to_lowercase()))
        );
    }
    let columns = lower(introspection::column_names(transaction, &model.db_table())?);
    Ok(columns.contains(&field.column().to_lowercase()))
}

fn lower(names: Vec<String>) -> Vec<String> {
    names.into_iter().map(|name| name.to_lowercase()).collect()
}
