//! Models made and deleted, fields added and removed, and the statements of it all.

use crate::db::{SchemaTransaction, quote_name, script};
use crate::models::{Field, Model, ProjectState};
use crate::schema::auto_created_through::auto_created_through;
use crate::schema::carried_definition::CarriedDefinition;
use crate::schema::changed_state::ChangedState;
use crate::schema::default::effective_default;
use crate::schema::dependents_watch::DependentsWatch;
use crate::schema::direction::Direction;
use crate::schema::expression::ExpressionCompiler;
use crate::schema::index_statement::IndexStatement;
use crate::schema::model_indexes::{field_index, indexes};
use crate::schema::table_change::TableChange;
use crate::schema::table_statement::create_table_sql;
use crate::schema::{SchemaError, column};

/// Turns changes of models into statements, and runs or collects them.
#[derive(Debug)]
pub struct SchemaEditor<'t> {
    pub(super) transaction: Option<&'t SchemaTransaction>,
    pub(super) direction: Direction,
    pub(super) deferred: Vec<IndexStatement>,
    pub(super) dependents: DependentsWatch,
    collected: Vec<String>,
    without_transaction: bool,
}

impl<'t> SchemaEditor<'t> {
    /// An editor that runs its statements in `transaction`.
    pub fn executing(transaction: &'t SchemaTransaction, direction: Direction) -> Self {
        Self {
            transaction: Some(transaction),
            ..SchemaEditor::collecting(direction)
        }
    }

    /// An editor that collects its statements.
    pub fn collecting(direction: Direction) -> Self {
        Self {
            transaction: None,
            direction,
            deferred: Vec::new(),
            dependents: DependentsWatch::default(),
            collected: Vec::new(),
            without_transaction: false,
        }
    }

    /// The editor for a migration that is not atomic, where its statements are not run for good: what
    /// cannot stand in a transaction is collected as it is, and not run.
    #[must_use]
    pub fn without_transaction(mut self, without_transaction: bool) -> Self {
        self.without_transaction = without_transaction;
        self
    }

    /// The transaction statements are run in; none where they are collected.
    pub fn transaction(&self) -> Option<&'t SchemaTransaction> {
        self.transaction
    }

    /// How many statements were collected so far.
    pub fn collected(&self) -> usize {
        self.collected.len()
    }

    /// Adds a comment to the collected statements.
    pub fn comment(&mut self, text: &str) {
        if self.transaction.is_none() {
            self.collected.push(format!("--{text}"));
        }
    }

    /// Makes what was deferred; returns the collected statements.
    pub fn finish(mut self) -> Result<Vec<String>, SchemaError> {
        self.execute_deferred()?;
        Ok(self.collected)
    }

    /// Runs or collects one statement.
    pub fn execute(&mut self, sql: &str) -> Result<(), SchemaError> {
        if let Some(transaction) = self.transaction {
            // A script may select rows, which `execute` would object to.
            transaction.query(sql, &[])?;
        } else {
            let end = if sql.trim_end().ends_with(';') {
                ""
            } else {
                ";"
            };
            self.collected.push(format!("{sql}{end}"));
        }
        Ok(())
    }

    /// Runs or collects the statements of a script, but none that would end the transaction.
    pub fn run_script(&mut self, script: &str) -> Result<(), SchemaError> {
        // A script may make, change and drop anything.
        self.dependents = DependentsWatch::default();
        for statement in script::statements(script) {
            if self.without_transaction && script::must_run_outside_transaction(&statement) {
                if self.transaction.is_none() {
                    self.execute(&statement)?;
                }
                continue;
            }
            let word = script::first_word(&statement).unwrap_or_default();
            if script::TRANSACTION_WORDS.contains(&word.as_str()) {
                return Err(SchemaError::TransactionControl(word));
            }
            self.execute(&statement)?;
        }
        Ok(())
    }

    /// Makes the table of `model`, and the tables of its many-to-many fields.
    pub fn create_model(&mut self, state: &ProjectState, model: &Model) -> Result<(), SchemaError> {
        self.create_table(state, model)?;
        for field in &model.fields {
            if let Some(through) = auto_created_through(state, model, field)? {
                self.create_table(state, &through)?;
            }
        }
        Ok(())
    }

    /// Drops the table of `model`, and the tables of its many-to-many fields.
    pub fn delete_model(&mut self, state: &ProjectState, model: &Model) -> Result<(), SchemaError> {
        for field in &model.fields {
            if let Some(through) = auto_created_through(state, model, field)? {
                self.drop_table_for_good(state, &through.db_table())?;
            }
        }
        self.drop_table_for_good(state, &model.db_table())
    }

    /// Adds `field` to the table of `model`, which is as it was before.
    pub fn add_field(
        &mut self,
        state: &ProjectState,
        model: &Model,
        field: &Field,
    ) -> Result<(), SchemaError> {
        if field.many_to_many().is_some() {
            return match auto_created_through(state, model, field)? {
                Some(through) => self.create_table(state, &through),
                None => Ok(()),
            };
        }
        if field.is_unique()
            || !field.null
            || effective_default(&ChangedState { state, model }, field)?.is_some()
            || field.db_default.is_some()
        {
            return self.remake_table(state, model, &TableChange::Add(field));
        }
        let table = model.db_table();
        let column_definition = column::column_definition(state, model, field)?;
        let sql = format!(
            "ALTER TABLE {} ADD COLUMN {column_definition}",
            quote_name(&table)
        );
        if !self.try_alter(&sql)? {
            return self.remake_table(state, model, &TableChange::Add(field));
        }
        self.deferred.extend(field_index(&table, field));
        Ok(())
    }

    /// Removes `field` from the table of `model`, which is as it was before.
    pub fn remove_field(
        &mut self,
        state: &ProjectState,
        model: &Model,
        field: &Field,
    ) -> Result<(), SchemaError> {
        if field.many_to_many().is_some() {
            return match auto_created_through(state, model, field)? {
                Some(through) => self.drop_table_for_good(state, &through.db_table()),
                None => Ok(()),
            };
        }
        if field.has_column() && field.is_unique() {
            self.check_references(state, &model.db_table(), Some(&field.column()))?;
        }
        let refers = field
            .relation()
            .is_some_and(|relation| relation.db_constraint);
        if field.is_unique() || field.has_index() || refers {
            return self.remake_table(state, model, &TableChange::Remove(field));
        }
        let (table, column) = (model.db_table(), field.column());
        let sql = format!(
            "ALTER TABLE {} DROP COLUMN {}",
            quote_name(&table),
            quote_name(&column)
        );
        if !self.try_alter(&sql)? {
            return self.remake_table(state, model, &TableChange::Remove(field));
        }
        self.deferred.retain(|index| !index.uses(&table, &column));
        Ok(())
    }

    /// Makes the indexes that wait follow the name of their table.
    pub(super) fn rename_deferred(&mut self, old: &str, new: &str) {
        for index in self.deferred.iter_mut().filter(|index| index.table == old) {
            new.clone_into(&mut index.table);
        }
    }

    pub(super) fn create_table(
        &mut self,
        state: &ProjectState,
        model: &Model,
    ) -> Result<(), SchemaError> {
        self.create_table_with(state, model, &CarriedDefinition::default())
    }

    /// Makes the table of `model`, with what a table had beyond its model.
    pub(super) fn create_table_with(
        &mut self,
        state: &ProjectState,
        model: &Model,
        carried: &CarriedDefinition,
    ) -> Result<(), SchemaError> {
        let table = model.db_table();
        let indexes = indexes(ExpressionCompiler { state, model })?;
        let sql = create_table_sql(state, model, carried)?;
        // Looking first would cost as much as making the table.
        if let Err(error) = self.execute(&sql) {
            return match self
                .transaction
                .map(|transaction| transaction.has_table(&table))
            {
                Some(Ok(true)) => Err(SchemaError::TableExists(table)),
                _ => Err(error),
            };
        }
        self.deferred.extend(indexes);
        Ok(())
    }

    /// Drops a table that is not made again.
    fn drop_table_for_good(
        &mut self,
        state: &ProjectState,
        table: &str,
    ) -> Result<(), SchemaError> {
        self.check_references(state, table, None)?;
        self.drop_table(table)
    }

    pub(super) fn drop_table(&mut self, table: &str) -> Result<(), SchemaError> {
        self.watch_dependents()?;
        self.execute(&format!("DROP TABLE {}", quote_name(table)))?;
        self.deferred.retain(|index| index.table != table);
        Ok(())
    }

    pub(super) fn execute_deferred(&mut self) -> Result<(), SchemaError> {
        for index in std::mem::take(&mut self.deferred) {
            self.make_index(&index)?;
        }
        Ok(())
    }
}
