//! Tables that a plan drops although a model of another app has them, or gets them.
//!
//! A model that moved by deleting it here and creating it there looks like this: its rows would go,
//! and the new table would be empty. That both were meant is not said anywhere.

use std::collections::BTreeMap;

use crate::db::Connection;
use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::migrations::operations::{Operation, StateTransition};
use crate::migrations::plan_transitions::{PlannedOperation, for_each_operation};
use crate::migrations::reused_table::ReusedTable;
use crate::migrations::{History, MigrationError, MigrationPlan};
use crate::models::{Model, ProjectState, StateError};
use crate::schema::Direction;

/// Fails where `plan` drops a table with rows that a model of another app has, or gets.
pub(in crate::migrations) fn check_reused_tables(
    history: &History<'_>,
    plan: &MigrationPlan,
    connection: &Connection,
) -> Result<(), MigrationError> {
    if !may_drop_tables(history, plan) {
        return Ok(());
    }
    let mut search = ReusedTableSearch::default();
    for_each_operation(history, plan, &mut |planned| search.visit(planned))?;
    for found in search.found {
        // The plan may make the table itself, so that it is not there yet.
        if connection.has_table(&found.table)? {
            let row = SelectStatement::from(&found.table).select(SqlExpression::Integer(1));
            if row.limit(1).first_row(connection)?.is_some() {
                return Err(MigrationError::ReusedTable(Box::new(found)));
            }
        }
    }
    Ok(())
}

/// Whether a migration of `plan` has an operation that may drop a table.
fn may_drop_tables(history: &History<'_>, plan: &MigrationPlan) -> bool {
    fn may_drop(operation: &Operation, direction: Direction) -> bool {
        match operation {
            Operation::DeleteModel { .. } => direction == Direction::Forwards,
            Operation::CreateModel(_) => direction == Direction::Backwards,
            Operation::SeparateDatabaseAndState {
                database_operations,
                ..
            } => {
                let mut operations = database_operations.iter();
                operations.any(|operation| may_drop(operation, direction))
            }
            _ => false,
        }
    }
    plan.steps.iter().any(|step| {
        let migration = history.migrations.get(&step.key);
        let mut operations = migration.into_iter().flat_map(|found| &found.operations);
        operations.any(|operation| may_drop(operation, step.direction))
    })
}

/// Goes through the operations of a plan.
#[derive(Debug, Default)]
struct ReusedTableSearch {
    /// The tables that were dropped so far, by their names in lower case.
    dropped: BTreeMap<String, ReusedTable>,
    found: Vec<ReusedTable>,
}

impl ReusedTableSearch {
    fn visit(&mut self, planned: PlannedOperation<'_>) -> Result<(), StateError> {
        let states = planned.transition.states;
        let (deleted, created) = match (planned.transition.operation, planned.direction) {
            (Operation::DeleteModel { name }, Direction::Forwards) => (Some(name), None),
            (Operation::DeleteModel { name }, Direction::Backwards) => (None, Some(name)),
            (Operation::CreateModel(model), Direction::Forwards) => (None, Some(&model.name)),
            (Operation::CreateModel(model), Direction::Backwards) => (Some(&model.name), None),
            _ => (None, None),
        };
        if let Some(name) = deleted {
            let model = states.old_model(name)?;
            if states.from_state.is_migrated(model) {
                self.drop_table(planned, states, model);
            }
        }
        if let Some(name) = created {
            let model = states.new_model(name)?;
            if states.to_state.is_migrated(model) {
                self.make_table(model);
            }
        }
        Ok(())
    }

    fn drop_table(
        &mut self,
        planned: PlannedOperation<'_>,
        states: StateTransition<'_>,
        model: &Model,
    ) {
        let table = model.db_table();
        let mut dropped = ReusedTable {
            migration: planned.migration.clone(),
            direction: planned.direction,
            former: model.key(),
            owner: model.key(),
            is_shared: false,
            table,
        };
        if let Some(other) = other_owner(states.to_state, &dropped) {
            dropped.owner = other.key();
            dropped.is_shared = true;
            self.found.push(dropped);
        } else {
            self.dropped.insert(dropped.table.to_lowercase(), dropped);
        }
    }

    /// Within an app the same file can say what becomes of the rows.
    fn make_table(&mut self, model: &Model) {
        let dropped = self.dropped.remove(&model.db_table().to_lowercase());
        if let Some(mut dropped) = dropped.filter(|found| found.former.app_label != model.app_label)
        {
            dropped.owner = model.key();
            self.found.push(dropped);
        }
    }
}

fn other_owner<'s>(state: &'s ProjectState, dropped: &ReusedTable) -> Option<&'s Model> {
    let mut models = state.models();
    models.find(|model| {
        !model.is(&dropped.former) && state.is_migrated(model) && model.has_db_table(&dropped.table)
    })
}
