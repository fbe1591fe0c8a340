//! What goes with a table when it is dropped, and no model declares: saved before a remake, made again
//! after it.

use std::collections::BTreeMap;

use crate::db::{SchemaTransaction, index_identity, introspection, schema_objects};
use crate::models::{Model, ProjectState};
use crate::schema::SchemaError;
use crate::schema::expression::ExpressionCompiler;
use crate::schema::model_indexes::indexes;

/// What belongs to a table beside what its model declares.
#[derive(Debug)]
pub(super) struct TableAttachments {
    /// Statements that make triggers and indexes of one's own, each with what it makes.
    statements: Vec<AttachmentStatement>,
    /// The greatest key given so far.
    counter: Option<i64>,
    /// The views and triggers that do not work before the remake.
    broken: Option<BTreeMap<String, String>>,
}

/// A trigger or an index that is made again.
#[derive(Debug)]
struct AttachmentStatement {
    kind: AttachmentKind,
    name: String,
    sql: String,
}

/// What is made again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum AttachmentKind {
    Index,
    Trigger,
}

impl TableAttachments {
    /// Reads what belongs to the table of `model`, which is as `state` has it, and is not the model's.
    pub(super) fn read(
        transaction: &SchemaTransaction,
        state: &ProjectState,
        model: &Model,
    ) -> Result<Self, SchemaError> {
        let table = model.db_table();
        let mut statements = Vec::new();
        let live = introspection::indexes(transaction, &table)?;
        let live: Vec<_> = live.into_iter().filter(|index| !index.automatic).collect();
        if !live.is_empty() {
            let declared = indexes(ExpressionCompiler { state, model })?;
            let declared: Vec<_> = declared
                .iter()
                .map(|index| index_identity(&index.name(), &index.sql()))
                .collect();
            for index in live {
                if !declared.contains(&index_identity(&index.name, &index.sql)) {
                    statements.push(AttachmentStatement {
                        kind: AttachmentKind::Index,
                        name: index.name,
                        sql: index.sql,
                    });
                }
            }
        }
        for trigger in schema_objects::triggers(transaction, &table)? {
            statements.push(AttachmentStatement {
                kind: AttachmentKind::Trigger,
                name: trigger.name,
                sql: trigger.sql,
            });
        }
        let has_scripts = schema_objects::has_views_or_triggers(transaction)?;
        Ok(Self {
            statements,
            counter: schema_objects::autoincrement_counter(transaction, &table)?,
            broken: has_scripts
                .then(|| schema_objects::broken_views_and_triggers(transaction))
                .transpose()?,
        })
    }

    /// Whether something may name the columns of the table: a trigger, a view, an index of one's own.
    pub(super) fn may_name_columns(&self) -> bool {
        self.broken.is_some() || !self.statements.is_empty()
    }

    /// Reads the statements again, now that columns of the table are renamed.
    pub(super) fn read_again(
        &mut self,
        transaction: &SchemaTransaction,
    ) -> Result<(), SchemaError> {
        for statement in &mut self.statements {
            if let Some(sql) = schema_objects::statement_of(transaction, &statement.name)? {
                statement.sql = sql;
            }
        }
        Ok(())
    }

    /// Gives all of it to `table`, which was made again; fails where something no longer fits it.
    pub(super) fn restore(
        self,
        transaction: &SchemaTransaction,
        table: &str,
    ) -> Result<(), SchemaError> {
        let lost = |what: String, why: String| SchemaError::NotCarriedOver {
            what,
            table: table.to_owned(),
            why,
        };
        if let Some(least) = self.counter
            && introspection::table_sql(transaction, table)?
                .to_uppercase()
                .contains("AUTOINCREMENT")
        {
            schema_objects::raise_autoincrement_counter(transaction, table, least)?;
        }
        for statement in self.statements {
            if statement.is_there(transaction)? {
                // The model declares it from now on.
                continue;
            }
            if let Err(error) = transaction.execute(&statement.sql, &[]) {
                if error.is_about_the_file() {
                    return Err(error.into());
                }
                return Err(lost(statement.what(), schema_objects::reason(&error)));
            }
            if statement.kind == AttachmentKind::Trigger
                && let Some(column) =
                    schema_objects::missing_trigger_column(transaction, table, &statement.sql)?
            {
                return Err(lost(statement.what(), format!("no such column: {column}")));
            }
        }
        let Some(before) = self.broken else {
            return Ok(());
        };
        let after = schema_objects::broken_views_and_triggers(transaction)?;
        let mut new = after
            .into_iter()
            .filter(|(what, _)| !before.contains_key(what));
        new.next()
            .map_or(Ok(()), |(what, why)| Err(lost(what, why)))
    }
}

impl AttachmentStatement {
    /// What it makes, for people.
    fn what(&self) -> String {
        match self.kind {
            AttachmentKind::Index => format!("the index `{}`", self.name),
            AttachmentKind::Trigger => format!("the trigger `{}`", self.name),
        }
    }

    /// Whether the database has what it makes.
    fn is_there(&self, transaction: &SchemaTransaction) -> Result<bool, SchemaError> {
        let made = schema_objects::statement_of(transaction, &self.name)?;
        let identity = |sql: &str| index_identity(&self.name, sql);
        Ok(made.is_some_and(|made| identity(&made) == identity(&self.sql)))
    }
}
