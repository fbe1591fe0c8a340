//! The remake of a table: a new one, a copy, a drop and a rename.
//!
//! SQLite's own `ALTER TABLE` can do little; this is the way its documentation names. A remake that is
//! collected is these four statements; one that is run asks the database first what it has beyond the
//! model ([`run_remake`](SchemaEditor::run_remake)).

use crate::models::{Model, ProjectState};
use crate::schema::live_model::LiveModel;
use crate::schema::remake_plan::{RemakePlan, TableRemake};
use crate::schema::table_change::TableChange;
use crate::schema::{SchemaEditor, SchemaError};

impl SchemaEditor<'_> {
    /// Makes the table of `model` again, with `change`.
    pub(super) fn remake_table(
        &mut self,
        state: &ProjectState,
        model: &Model,
        change: &TableChange<'_>,
    ) -> Result<(), SchemaError> {
        self.remake_table_of(TableRemake {
            live: LiveModel { state, model },
            state,
            model,
            change,
        })
    }

    /// Makes a table again.
    pub(super) fn remake_table_of(&mut self, remake: TableRemake<'_>) -> Result<(), SchemaError> {
        match self.transaction {
            Some(transaction) => self.run_remake(transaction, remake),
            None => self.collect_remake(remake),
        }
    }

    fn collect_remake(&mut self, remake: TableRemake<'_>) -> Result<(), SchemaError> {
        let plan = RemakePlan::of(remake, self.direction);
        self.create_table(remake.state, &plan.new)?;
        self.execute(&plan.copy_sql()?)?;
        self.drop_table(&plan.table)?;
        self.rename_table(&plan.temporary_table(), &plan.table)?;
        self.execute_deferred()
    }
}
