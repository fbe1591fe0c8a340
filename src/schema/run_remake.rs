//! A remake that is run: what belongs to the table and is in no model is read before it, and made again
//! with it or after it.

use crate::db::{SchemaTransaction, TableObjects, introspection, schema_objects};
use crate::models::{Field, Model};
use crate::schema::alter_table::rename_table_sql;
use crate::schema::carried_definition::CarriedDefinition;
use crate::schema::live_model::LiveModel;
use crate::schema::remake_plan::{RemakePlan, TableRemake};
use crate::schema::table_attachments::TableAttachments;
use crate::schema::table_change::TableChange;
use crate::schema::{SchemaEditor, SchemaError};

/// A column that was renamed ahead of the remake.
#[derive(Debug)]
struct RenamedColumn {
    from: String,
    to: String,
}

impl SchemaEditor<'_> {
    /// Carries a remake out.
    ///
    /// Columns are renamed by themselves first, so that SQLite follows in triggers, views, indexes and
    /// references. What the new table leaves no place for is refused.
    pub(super) fn run_remake(
        &mut self,
        transaction: &SchemaTransaction,
        remake: TableRemake<'_>,
    ) -> Result<(), SchemaError> {
        let TableChange::Alter(pairs) = remake.change else {
            return self.run_renamed_remake(transaction, remake);
        };
        let renamed = self.rename_columns(transaction, &remake.model.db_table(), pairs)?;
        if renamed.is_empty() {
            return self.run_renamed_remake(transaction, remake);
        }
        let live = with_renamed_columns(remake.live.model, &renamed);
        let model = with_renamed_columns(remake.model, &renamed);
        let old: Vec<_> = pairs
            .iter()
            .map(|(old, _)| with_renamed_column(old, &renamed))
            .collect();
        let pairs: Vec<_> = old.iter().zip(pairs.iter().map(|(_, new)| *new)).collect();
        self.run_renamed_remake(
            transaction,
            TableRemake {
                live: LiveModel {
                    state: remake.live.state,
                    model: &live,
                },
                state: remake.state,
                model: &model,
                change: &TableChange::Alter(&pairs),
            },
        )
    }

    /// Carries a remake out whose columns have their new names.
    fn run_renamed_remake(
        &mut self,
        transaction: &SchemaTransaction,
        remake: TableRemake<'_>,
    ) -> Result<(), SchemaError> {
        self.watch_dependents()?;
        let mut live = remake.live.model.clone();
        live.options.db_table = Some(remake.model.db_table());
        let live = LiveModel {
            state: remake.live.state,
            model: &live,
        };
        let mut plan = RemakePlan::of(TableRemake { live, ..remake }, self.direction);
        let objects = TableObjects::read(transaction, &plan.table)?;
        plan.carried = CarriedDefinition::read(transaction, &plan, &objects.sql)?;
        if plan.new.columns().next().is_none() && plan.carried.extra_columns.is_empty() {
            return Err(SchemaError::NoColumns(plan.table));
        }
        let attachments = TableAttachments::read(transaction, &plan, objects)?;
        self.create_table_carrying(&plan)?;
        plan.keeps_rowids =
            schema_objects::can_copy_rowids(transaction, &plan.table, &plan.temporary_table())?;
        self.execute(&plan.copy_sql()?)?;
        self.drop_table(&plan.table)?;
        self.rename_remade_table(&plan)?;
        self.execute_deferred()?;
        attachments.restore(transaction, &plan.table)
    }

    /// Makes the new table; what it cannot take over from the old one is refused.
    fn create_table_carrying(&mut self, plan: &RemakePlan<'_>) -> Result<(), SchemaError> {
        let carried = &plan.carried;
        match self.create_table_with(plan.remake.state, &plan.new, carried) {
            Err(SchemaError::Database(error))
                if !carried.is_empty() && !error.is_about_the_file() =>
            {
                Err(SchemaError::NotCarriedOver {
                    what: format!("`{}`", carried.sql_naming(&plan.removed_columns())),
                    table: plan.table.clone(),
                    why: error.reason(),
                })
            }
            outcome => outcome,
        }
    }

    /// Renames the columns of fields that change their names; returns which.
    fn rename_columns(
        &mut self,
        transaction: &SchemaTransaction,
        table: &str,
        pairs: &[(&Field, &Field)],
    ) -> Result<Vec<RenamedColumn>, SchemaError> {
        let mut renamed = Vec::new();
        let live = introspection::columns(transaction, table)?;
        for (old, new) in pairs {
            let (from, to) = (old.column(), new.column());
            // Another column of the new name may be about to leave it.
            let is_free = live
                .iter()
                .all(|column| !column.name.eq_ignore_ascii_case(&to));
            let is_stored = old.generated().is_some() == new.generated().is_some();
            let is_there = live.iter().any(|column| column.name == from);
            let is_column = old.has_column() && new.has_column();
            if !is_column || from == to || !is_free || !is_stored || !is_there {
                continue;
            }
            self.rename_column(table, &from, &to)?;
            renamed.push(RenamedColumn { from, to });
        }
        Ok(renamed)
    }

    /// Gives a table that was made again its lasting name.
    ///
    /// Views and triggers name the table that was dropped. A rename would otherwise look into them, and
    /// fail at a name that only it can bring back.
    fn rename_remade_table(&mut self, plan: &RemakePlan<'_>) -> Result<(), SchemaError> {
        let (from, to) = (plan.temporary_table(), &plan.table);
        let sql = rename_table_sql(&from, to);
        self.with_pragma("legacy_alter_table", |editor| editor.execute(&sql))?;
        self.rename_deferred(&from, to);
        Ok(())
    }
}

/// The model with the columns that it has since the renames.
fn with_renamed_columns(model: &Model, renamed: &[RenamedColumn]) -> Model {
    let mut model = model.clone();
    for field in &mut model.fields {
        *field = with_renamed_column(field, renamed);
    }
    model
}

fn with_renamed_column(field: &Field, renamed: &[RenamedColumn]) -> Field {
    let mut field = field.clone();
    let column = field.column();
    let mut renamed = renamed.iter();
    if field.has_column()
        && let Some(found) = renamed.find(|renamed| renamed.from == column)
    {
        field.db_column = Some(found.to.clone());
    }
    field
}
