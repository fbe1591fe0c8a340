//! Finds what the operations of a plan take from rows.

use std::fmt;

use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, DatabaseError, destructive_statements, introspection};
use crate::migrations::data_loss::narrowing::narrowing;
use crate::migrations::data_loss::table_origins::{TableOrigins, through_table};
use crate::migrations::operations::{Operation, OperationTransition, StateTransition};
use crate::migrations::plan_transitions::{PlannedOperation, for_each_operation};
use crate::migrations::{History, MigrationError, MigrationKey, MigrationPlan};
use crate::models::StateError;
use crate::schema::Direction;

/// Something a migration takes from rows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DataLoss {
    /// The migration.
    pub migration: MigrationKey,
    /// What is lost, for people.
    pub what: String,
    /// The table it is lost from, as it is called before the plan; any, if that is not known.
    table: Option<String>,
}

impl fmt::Display for DataLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} removes or narrows {}", self.migration, self.what)
    }
}

/// What `plan` takes from rows that are there.
pub fn data_losses(
    history: &History<'_>,
    plan: &MigrationPlan,
    connection: &Connection,
) -> Result<Vec<DataLoss>, MigrationError> {
    let origins = TableOrigins::new(introspection::table_names(connection)?);
    if origins.existing().is_empty() {
        return Ok(Vec::new());
    }
    let mut finder = DataLossFinder {
        origins,
        found: Vec::new(),
    };
    for_each_operation(history, plan, &mut |planned| finder.add(planned))?;
    Ok(finder.with_rows(connection)?)
}

/// Gathers the losses of a plan, operation by operation.
#[derive(Debug)]
struct DataLossFinder {
    origins: TableOrigins,
    found: Vec<DataLoss>,
}

impl DataLossFinder {
    /// The losses from tables that have rows.
    fn with_rows(self, connection: &Connection) -> Result<Vec<DataLoss>, DatabaseError> {
        let mut losses = Vec::new();
        for loss in self.found {
            for table in possible_tables(&self.origins, &loss) {
                let row = SelectStatement::from(table).select(SqlExpression::Integer(1));
                if row.limit(1).first_row(connection)?.is_some() {
                    losses.push(loss);
                    break;
                }
            }
        }
        Ok(losses)
    }

    /// Adds what an operation takes from rows.
    fn add(&mut self, planned: PlannedOperation<'_>) -> Result<(), StateError> {
        let (key, direction) = (planned.migration, planned.direction);
        let OperationTransition { operation, states } = planned.transition;
        match (operation, direction) {
            (Operation::DeleteModel { name }, Direction::Forwards) => {
                self.add_tables(key, states, name)?;
            }
            (Operation::CreateModel(model), Direction::Backwards) => {
                self.add_tables(key, states, &model.name)?;
            }
            (Operation::RemoveField { model, name }, Direction::Forwards) => {
                self.add_column(key, states, model, name)?;
            }
            (Operation::AddField { model, field, .. }, Direction::Backwards) => {
                self.add_column(key, states, model, &field.name)?;
            }
            (Operation::AlterField { model, field, .. }, _) => {
                self.add_narrowing(key, states, model, &field.name)?;
            }
            (Operation::RunSql { .. }, _) => self.add_scripts(key, operation.scripts(direction)),
            _ => {}
        }
        self.origins.follow(states);
        Ok(())
    }

    /// Adds the loss `what` of the migration `key`, if `table` is there before the plan.
    fn push(&mut self, key: &MigrationKey, table: &str, what: String) {
        let origin = self.origins.origin(table);
        let Some(table) = origin.filter(|name| self.origins.existing_name(name).is_some()) else {
            return;
        };
        self.found.push(DataLoss {
            migration: key.clone(),
            what,
            table: Some(table),
        });
    }

    /// Adds the table of a model and those of its many-to-many fields.
    fn add_tables(
        &mut self,
        key: &MigrationKey,
        states: StateTransition<'_>,
        name: &str,
    ) -> Result<(), StateError> {
        let model = states.old_model(name)?;
        if !states.from_state.is_migrated(model) {
            return Ok(());
        }
        let fields = model.fields.iter();
        let through: Vec<_> = fields
            .filter_map(|field| through_table(states.from_state, model, field))
            .collect();
        for table in through.into_iter().chain([model.db_table()]) {
            self.push(key, &table, format!("the table `{table}`"));
        }
        Ok(())
    }

    /// Adds the column of a field, or its table if it is a many-to-many field.
    fn add_column(
        &mut self,
        key: &MigrationKey,
        states: StateTransition<'_>,
        model: &str,
        name: &str,
    ) -> Result<(), StateError> {
        let model = states.old_model(model)?;
        let field = states.from_state.field(&model.key(), name)?;
        if !states.from_state.is_migrated(model) || field.generated().is_some() {
            return Ok(());
        }
        if let Some(table) = through_table(states.from_state, model, field) {
            self.push(key, &table, format!("the table `{table}`"));
        } else if field.has_column() {
            let (table, column) = (model.db_table(), field.column());
            self.push(key, &table, format!("the column `{column}` of `{table}`"));
        }
        Ok(())
    }

    /// Adds the column of a field that is altered, if that may lose something.
    fn add_narrowing(
        &mut self,
        key: &MigrationKey,
        states: StateTransition<'_>,
        model: &str,
        name: &str,
    ) -> Result<(), StateError> {
        let (old, new) = (states.old_model(model)?, states.new_model(model)?);
        let before = states.from_state.field(&old.key(), name)?;
        let after = states.to_state.field(&new.key(), name)?;
        if !states.from_state.is_migrated(old) || !before.has_column() {
            return Ok(());
        }
        if let Some(why) = narrowing(before, after, states.from_state, states.to_state)? {
            let (table, column) = (old.db_table(), before.column());
            let what = format!("the column `{column}` of `{table}`, which {why}");
            self.push(key, &table, what);
        }
        Ok(())
    }

    /// Adds the statements of scripts that delete something.
    fn add_scripts(&mut self, key: &MigrationKey, scripts: &[String]) {
        let statements = scripts
            .iter()
            .flat_map(|script| destructive_statements(script));
        for found in statements {
            let table = found.table.as_deref();
            if table.is_some_and(|table| self.origins.is_made_by_plan(table)) {
                continue;
            }
            let existing = table.and_then(|table| self.origins.existing_name(table));
            self.found.push(DataLoss {
                migration: key.clone(),
                what: format!("`{} ...`", found.statement),
                table: existing.cloned(),
            });
        }
    }
}

/// The tables that the loss may be from.
fn possible_tables<'t>(origins: &'t TableOrigins, loss: &'t DataLoss) -> Vec<&'t String> {
    if let Some(table) = &loss.table {
        return vec![table];
    }
    let existing = origins.existing().iter();
    existing.filter(|table| has_user_data(table)).collect()
}

/// Whether people's rows may be in a table.
fn has_user_data(table: &str) -> bool {
    table != "django_migrations" && !table.starts_with("djr_")
}
