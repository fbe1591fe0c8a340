//! Models whose tables become those of others without a statement: their content types follow.
//!
//! `SeparateDatabaseAndState` moves a model to another app, or renames it, in two steps of which
//! neither says where it went. What it went by is its table.

use std::collections::BTreeMap;

use crate::migrations::operations::{Operation, OperationTransition, StateTransition};
use crate::models::{Model, ModelKey, ModelSet as _, ProjectState, StateError};
use crate::schema::Direction;

/// A table that goes from one model to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct TableHandover {
    pub(super) from: ModelKey,
    pub(super) to: ModelKey,
}

/// The models that tables without a model had, as far as the operations of a run were looked at.
#[derive(Debug, Default)]
pub(super) struct TableOwners {
    /// By the names of the tables, in lower case.
    former: BTreeMap<String, ModelKey>,
}

/// The models that the tables of a database belong to around an operation.
#[derive(Clone, Copy)]
struct Tables<'s> {
    before: &'s ProjectState,
    after: &'s ProjectState,
}

impl Tables<'_> {
    /// The table that `model` had before, as it is called after; none if it is dropped.
    fn of_gone(&self, model: &Model) -> Option<String> {
        match (
            self.before.find(&model.key()),
            self.after.find(&model.key()),
        ) {
            (_, Some(after)) => Some(after.db_table()),
            (Some(_), None) => None,
            (None, None) => Some(model.db_table()),
        }
    }

    /// Whether the table of `model` is made.
    fn makes(&self, model: &Model) -> bool {
        let key = model.key();
        self.before.find(&key).is_none() && self.after.find(&key).is_some()
    }
}

impl TableOwners {
    /// The tables that go from one model to another in `transition`.
    pub(super) fn handovers(
        &mut self,
        transition: OperationTransition<'_>,
        direction: Direction,
    ) -> Result<Vec<TableHandover>, StateError> {
        let OperationTransition { operation, states } = transition;
        let Operation::SeparateDatabaseAndState {
            database_operations,
            ..
        } = operation
        else {
            return Ok(Vec::new());
        };
        let nested = states.nested(database_operations, direction)?;
        let tables = match direction {
            Direction::Forwards => Tables {
                before: states.from_state,
                after: nested.final_state(),
            },
            Direction::Backwards => Tables {
                before: nested.final_state(),
                after: states.to_state,
            },
        };
        Ok(self.follow(states, tables))
    }

    fn follow(&mut self, states: StateTransition<'_>, tables: Tables<'_>) -> Vec<TableHandover> {
        let mut handovers = Vec::new();
        for model in missing_from(states.from_state, states.to_state) {
            let Some(table) = tables.of_gone(model) else {
                continue;
            };
            if let Some(owner) = owner(states.to_state, &table) {
                handovers.push(TableHandover {
                    from: model.key(),
                    to: owner,
                });
            } else {
                self.former.insert(table.to_lowercase(), model.key());
            }
        }
        for model in missing_from(states.to_state, states.from_state) {
            if tables.makes(model) {
                continue;
            }
            let table = model.db_table();
            let former = self.former.remove(&table.to_lowercase());
            if let Some(from) = former.or_else(|| owner(states.from_state, &table)) {
                let to = model.key();
                handovers.push(TableHandover { from, to });
            }
        }
        handovers
    }
}

/// The models with tables that `others` lacks.
fn missing_from<'s>(
    state: &'s ProjectState,
    others: &'s ProjectState,
) -> impl Iterator<Item = &'s Model> {
    let models = state.models().filter(|model| state.is_migrated(model));
    models.filter(|model| others.find(&model.key()).is_none())
}

/// The model whose table this is.
fn owner(state: &ProjectState, table: &str) -> Option<ModelKey> {
    let mut models = state.models().filter(|model| state.is_migrated(model));
    let found = models.find(|model| model.has_db_table(table));
    found.map(Model::key)
}
