//! `ALTER TABLE`, beside what is in no model.

use crate::db::introspection::{self, TableColumn};
use crate::db::{DatabaseError, quote_name};
use crate::schema::{SchemaEditor, SchemaError};

impl SchemaEditor<'_> {
    /// Renames a column; SQLite follows in views, triggers, indexes and references.
    pub(super) fn rename_column(
        &mut self,
        table: &str,
        from: &str,
        to: &str,
    ) -> Result<(), SchemaError> {
        let sql = format!(
            "ALTER TABLE {} RENAME COLUMN {} TO {}",
            quote_name(table),
            quote_name(from),
            quote_name(to)
        );
        let Some(transaction) = self.transaction else {
            return self.execute(&sql);
        };
        let columns = introspection::columns(transaction, table)?;
        let is = |found: &TableColumn, name: &str| found.name.eq_ignore_ascii_case(name);
        let is_there = |name: &str| columns.iter().any(|found| is(found, name));
        if is_there(to) && !from.eq_ignore_ascii_case(to) {
            return Err(SchemaError::NotCarriedOver {
                what: format!("the column `{to}`"),
                table: table.to_owned(),
                why: format!("it is there already, and `{from}` is to be called so"),
            });
        }
        self.watch_dependents()?;
        if self.dependents.has_any() && is_there(from) {
            self.rename_leniently(&sql)
        } else {
            self.execute(&sql)
        }
    }

    /// Renames a table.
    pub fn rename_table(&mut self, old: &str, new: &str) -> Result<(), SchemaError> {
        if old.eq_ignore_ascii_case(new) {
            return Ok(());
        }
        self.watch_dependents()?;
        let sql = rename_table_sql(old, new);
        let outcome = if self.dependents.has_broken_beside(old) {
            self.rename_leniently(&sql)
        } else {
            self.execute(&sql)
        };
        outcome.map_err(|error| self.refusal_of_rename(error, old, new))?;
        self.rename_deferred(old, new);
        Ok(())
    }

    fn refusal_of_rename(&self, error: SchemaError, old: &str, new: &str) -> SchemaError {
        let SchemaError::Database(error) = error else {
            return error;
        };
        let there = self
            .transaction
            .map(|transaction| transaction.has_table(new));
        match there {
            Some(Ok(true)) => SchemaError::TableExists(new.to_owned()),
            _ if is_refusal(&error) && !error.is_missing_table() => SchemaError::NotCarriedOver {
                what: format!("the table `{old}`"),
                table: new.to_owned(),
                why: error.reason(),
            },
            _ => error.into(),
        }
    }

    /// Runs a statement that renames something, while it may leave views and triggers as they are.
    ///
    /// SQLite would refuse every rename beside one that does not work, or will not. With a schema that
    /// may be written it renames in all others.
    fn rename_leniently(&mut self, sql: &str) -> Result<(), SchemaError> {
        self.with_pragma("writable_schema", |editor| editor.execute(sql))
    }

    /// Runs an `ALTER TABLE` that adds or drops a column; false where SQLite does not do that.
    ///
    /// Whether views and triggers still work is asked after the operation, of all of them.
    pub(super) fn try_alter(&mut self, sql: &str) -> Result<bool, SchemaError> {
        if self.transaction.is_none() {
            return self.execute(sql).map(|()| true);
        }
        self.watch_dependents()?;
        let outcome = if self.dependents.has_any() {
            self.with_pragma("legacy_alter_table", |editor| editor.execute(sql))
        } else {
            self.execute(sql)
        };
        match outcome {
            Ok(()) => Ok(true),
            Err(SchemaError::Database(error)) if is_refusal(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Runs `statements` while a pragma is on.
    pub(super) fn with_pragma(
        &mut self,
        pragma: &str,
        statements: impl FnOnce(&mut Self) -> Result<(), SchemaError>,
    ) -> Result<(), SchemaError> {
        self.execute(&format!("PRAGMA {pragma} = ON"))?;
        let outcome = statements(self);
        self.execute(&format!("PRAGMA {pragma} = OFF"))?;
        outcome
    }
}

/// The statement that renames a table.
pub(super) fn rename_table_sql(old: &str, new: &str) -> String {
    let (from, to) = (quote_name(old), quote_name(new));
    format!("ALTER TABLE {from} RENAME TO {to}")
}

/// Whether SQLite does not do what was asked, rather than fail at the file or at a row.
fn is_refusal(error: &DatabaseError) -> bool {
    !error.is_about_the_file() && !error.is_constraint_violation()
}
