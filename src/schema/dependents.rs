//! Views, triggers, search tables and references, which an operation must not leave behind broken.

use crate::db::BrokenObject;
use crate::db::introspection::{self, ReferringColumn};
use crate::models::{Field, Model, ProjectState};
use crate::schema::auto_created_through::auto_created_through;
use crate::schema::{SchemaEditor, SchemaError};

impl SchemaEditor<'_> {
    /// Remembers which of them work, before the first change of an operation.
    pub(super) fn watch_dependents(&mut self) -> Result<(), SchemaError> {
        if let Some(transaction) = self.transaction {
            self.dependents.begin(transaction)?;
        }
        Ok(())
    }

    /// Fails if one of them worked before the operation that ran and does not now.
    pub fn check_dependents(&mut self) -> Result<(), SchemaError> {
        let Some(transaction) = self.transaction else {
            return Ok(());
        };
        let broken = self.dependents.end(transaction)?;
        if broken.is_empty() {
            return Ok(());
        }
        Err(SchemaError::DependentsBroken(broken))
    }

    /// Fails if a column that is in no model refers to `table`, or to its column `column`, which goes.
    ///
    /// SQLite would not let rows be written any more that refer to what is not there.
    pub(super) fn check_references(
        &self,
        state: &ProjectState,
        table: &str,
        column: Option<&str>,
    ) -> Result<(), SchemaError> {
        let Some(transaction) = self.transaction else {
            return Ok(());
        };
        let referring = introspection::columns_referring_to(transaction, table, column)?;
        let own = referring.into_iter().filter(|found| {
            let is_of_dropped = column.is_none() && found.table.eq_ignore_ascii_case(table);
            !is_of_dropped && !is_declared(state, found)
        });
        let broken: Vec<_> = own
            .map(|found| BrokenObject {
                what: format!("the reference `{}` of `{}`", found.column, found.table),
                why: format!("it goes to `{table}`"),
            })
            .collect();
        if broken.is_empty() {
            return Ok(());
        }
        Err(SchemaError::DependentsBroken(broken))
    }
}

/// Whether the column is one of a model, or of a table between two.
fn is_declared(state: &ProjectState, found: &ReferringColumn) -> bool {
    let is_field = |field: &Field| field.column().eq_ignore_ascii_case(&found.column);
    let is_in = |model: &Model| {
        let is_table = model.db_table().eq_ignore_ascii_case(&found.table);
        is_table && model.columns().any(is_field)
    };
    state.models().any(|model| {
        let mut fields = model.fields.iter();
        is_in(model)
            || fields.any(|field| {
                let between = auto_created_through(state, model, field);
                between.is_ok_and(|between| between.is_some_and(|between| is_in(&between)))
            })
    })
}
