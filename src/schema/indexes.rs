//! Indexes and constraints of models that come and go.

use crate::db::{quote_name, schema_objects};
use crate::models::{Constraint, Index, Model, ProjectState};
use crate::schema::expression::ExpressionCompiler;
use crate::schema::index_statement::IndexStatement;
use crate::schema::live_model::LiveModel;
use crate::schema::model_indexes::{declared_index, unique_constraint_index};
use crate::schema::remake_plan::TableRemake;
use crate::schema::table_change::TableChange;
use crate::schema::{SchemaEditor, SchemaError};

impl SchemaEditor<'_> {
    /// Makes an index of `model`.
    pub fn add_index(
        &mut self,
        state: &ProjectState,
        model: &Model,
        index: &Index,
    ) -> Result<(), SchemaError> {
        self.make_index(&declared_index(ExpressionCompiler { state, model }, index)?)
    }

    /// Drops an index of `model`.
    pub fn remove_index(
        &mut self,
        state: &ProjectState,
        model: &Model,
        index: &Index,
    ) -> Result<(), SchemaError> {
        let name = declared_index(ExpressionCompiler { state, model }, index)?.name();
        self.drop_index(&name)
    }

    /// Makes the model keep to `constraint`; the state has it.
    pub fn add_constraint(
        &mut self,
        state: &ProjectState,
        model: &Model,
        constraint: &Constraint,
    ) -> Result<(), SchemaError> {
        match unique_constraint_index(ExpressionCompiler { state, model }, constraint)? {
            Some(index) => self.make_index(&index),
            None => self.remake_table(state, model, &TableChange::Nothing),
        }
    }

    /// Lets go of `constraint`; the state has it no more.
    pub fn remove_constraint(
        &mut self,
        state: &ProjectState,
        model: &Model,
        constraint: &Constraint,
    ) -> Result<(), SchemaError> {
        if constraint.is_index() {
            return self.drop_index(&constraint.name);
        }
        let mut before = model.clone();
        before.options.constraints.push(constraint.clone());
        let live = LiveModel {
            state,
            model: &before,
        };
        self.remake_table_of(TableRemake {
            live,
            state,
            model,
            change: &TableChange::Nothing,
        })
    }

    /// Runs or collects the statement that makes an index.
    pub(super) fn make_index(&mut self, index: &IndexStatement) -> Result<(), SchemaError> {
        // Looking first would cost as much as making it.
        let Err(error) = self.execute(&index.sql()) else {
            return Ok(());
        };
        let name = index.name();
        let there = match self.transaction {
            Some(transaction) => schema_objects::statement_of(transaction, &name)?,
            None => None,
        };
        Err(match there {
            Some(statement) => SchemaError::NotCarriedOver {
                what: format!("the index `{name}`"),
                table: index.table.clone(),
                why: format!("there is `{statement}` already"),
            },
            None => error,
        })
    }

    fn drop_index(&mut self, name: &str) -> Result<(), SchemaError> {
        self.deferred.retain(|index| index.name() != name);
        self.execute(&format!("DROP INDEX {}", quote_name(name)))
    }
}
