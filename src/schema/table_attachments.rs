//! What goes with a table when it is dropped, and no model declares: saved before a remake, made again
//! after it.

use crate::db::introspection::TableIndex;
use crate::db::{
    DeclaredObject, SchemaTransaction, TableObjects, index_identity, introspection,
    quoted_name_among, schema_objects,
};
use crate::schema::SchemaError;
use crate::schema::declared_uniques::declares_unique;
use crate::schema::expression::ExpressionCompiler;
use crate::schema::model_indexes::indexes;
use crate::schema::remake_plan::RemakePlan;

/// What belongs to a table beside what its model declares.
#[derive(Debug)]
pub(super) struct TableAttachments {
    indexes: Vec<DeclaredObject>,
    triggers: Vec<DeclaredObject>,
    /// The greatest key given so far.
    counter: Option<i64>,
}

impl TableAttachments {
    /// Takes from `objects` what the model does not declare; fails where that needs a column that goes.
    pub(super) fn read(
        transaction: &SchemaTransaction,
        plan: &RemakePlan<'_>,
        objects: TableObjects,
    ) -> Result<Self, SchemaError> {
        let counter = if objects.sql.to_uppercase().contains("AUTOINCREMENT") {
            schema_objects::autoincrement_counter(transaction, &plan.table)?
        } else {
            None
        };
        let mut indexes = own_indexes(plan, objects.indexes)?;
        let dropped = no_longer_unique(transaction, plan)?;
        indexes.retain(|index| !dropped.contains(&index.name));
        let removed = plan.removed_columns();
        for index in &indexes {
            // SQLite would take a name in quotes that is not there for a text, and index that.
            if let Some(column) = quoted_name_among(&index.sql, &removed) {
                let why = format!("no such column: {column}");
                return Err(lost_index(&plan.table, &index.name, why));
            }
        }
        Ok(Self {
            indexes,
            triggers: objects.triggers,
            counter,
        })
    }

    /// Gives all of it to `table`, which was made again; fails where something no longer fits it.
    pub(super) fn restore(
        self,
        transaction: &SchemaTransaction,
        table: &str,
    ) -> Result<(), SchemaError> {
        if let Some(least) = self.counter
            && introspection::table_sql(transaction, table)?
                .to_uppercase()
                .contains("AUTOINCREMENT")
        {
            schema_objects::raise_autoincrement_counter(transaction, table, least)?;
        }
        for index in self.indexes {
            if is_there(transaction, &index)? {
                // The model declares it from now on.
                continue;
            }
            if let Err(error) = transaction.execute(&index.sql, &[]) {
                if error.is_about_the_file() {
                    return Err(error.into());
                }
                return Err(lost_index(table, &index.name, error.reason()));
            }
        }
        for trigger in self.triggers {
            transaction.execute(&trigger.sql, &[])?;
        }
        Ok(())
    }
}

/// The indexes that the model does not declare.
fn own_indexes(
    plan: &RemakePlan<'_>,
    live: Vec<DeclaredObject>,
) -> Result<Vec<DeclaredObject>, SchemaError> {
    if live.is_empty() {
        return Ok(live);
    }
    let model = plan.remake.live;
    let declared = indexes(ExpressionCompiler {
        state: model.state,
        model: model.model,
    })?;
    let declared: Vec<_> = declared
        .iter()
        .map(|index| index_identity(&index.name(), &index.sql()))
        .collect();
    let mut own = live;
    own.retain(|index| !declared.contains(&index_identity(&index.name, &index.sql)));
    Ok(own)
}

/// The names of unique indexes over columns that were unique to the model until now, and are no more.
fn no_longer_unique(
    transaction: &SchemaTransaction,
    plan: &RemakePlan<'_>,
) -> Result<Vec<String>, SchemaError> {
    let live = introspection::indexes(transaction, &plan.table)?;
    let columns = |index: &TableIndex| {
        let is_plain = index.unique && !index.partial;
        let columns = index.columns.iter().filter(|_| is_plain);
        columns
            .map(|(name, _)| name.as_ref().map(|name| name.to_lowercase()))
            .collect::<Option<Vec<_>>>()
    };
    let is_dropped = |columns: &Vec<String>| {
        let new = columns.iter().map(|column| plan.new_field(column));
        let new = new.map(|field| field.map(|field| field.column().to_lowercase()));
        let stays = new.collect::<Option<Vec<_>>>();
        let is_said = declares_unique(plan.remake.live.model, columns);
        is_said && stays.is_some_and(|columns| !declares_unique(&plan.new, &columns))
    };
    let dropped = live.iter().filter(|index| !index.automatic);
    let dropped = dropped.filter(|index| columns(index).as_ref().is_some_and(is_dropped));
    Ok(dropped.map(|index| index.name.clone()).collect())
}

/// Whether the database has the index.
fn is_there(transaction: &SchemaTransaction, index: &DeclaredObject) -> Result<bool, SchemaError> {
    let made = schema_objects::statement_of(transaction, &index.name)?;
    let identity = |sql: &str| index_identity(&index.name, sql);
    Ok(made.is_some_and(|made| identity(&made) == identity(&index.sql)))
}

fn lost_index(table: &str, index: &str, why: String) -> SchemaError {
    SchemaError::NotCarriedOver {
        what: format!("the index `{index}`"),
        table: table.to_owned(),
        why,
    }
}
