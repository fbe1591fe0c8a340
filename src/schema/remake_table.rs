//! The remake of a table: a new one, a copy, a drop and a rename.
//!
//! SQLite's own `ALTER TABLE` can do little; this is the way its documentation names.

use crate::db::quote_name;
use crate::models::{Field, Model, ProjectState};
use crate::schema::default::effective_default_sql;
use crate::schema::expression::ExpressionCompiler;
use crate::schema::table_change::{TableChange, changed_model, replacement};
use crate::schema::{SchemaEditor, SchemaError};

impl SchemaEditor<'_> {
    /// Makes the table of `model` again, with `change`.
    pub(super) fn remake_table(
        &mut self,
        state: &ProjectState,
        model: &Model,
        change: &TableChange<'_>,
    ) -> Result<(), SchemaError> {
        let table = model.db_table();
        let mut new = changed_model(model, change, self.direction);
        let temporary = format!("new__{table}");
        new.options.db_table = Some(temporary.clone());
        self.create_table(state, &new)?;
        let (to, from): (Vec<_>, Vec<_>) = copied_columns(state, model, &new, change)?
            .into_iter()
            .unzip();
        self.execute(&format!(
            "INSERT INTO {} ({}) SELECT {} FROM {}",
            quote_name(&temporary),
            to.join(", "),
            from.join(", "),
            quote_name(&table)
        ))?;
        self.drop_table(&table)?;
        self.rename_table(&temporary, &table)?;
        self.execute_deferred()
    }
}

/// The columns to fill, each with what it is filled from.
fn copied_columns(
    state: &ProjectState,
    model: &Model,
    new: &Model,
    change: &TableChange<'_>,
) -> Result<Vec<(String, String)>, SchemaError> {
    let compiler = ExpressionCompiler { state, model: new };
    let stays = |field: &&Field| match change {
        TableChange::Remove(removed) => field.name != removed.name,
        TableChange::Alter(pairs) => replacement(pairs, field).is_none(),
        TableChange::Nothing | TableChange::Add(_) => true,
    };
    let kept = |field: &&Field| new.field(&field.name).is_some();
    let mut copied_columns: Vec<_> = model
        .columns()
        .filter(stays)
        .filter(kept)
        .filter(|field| field.generated().is_none())
        .map(|field| (quote_name(&field.column()), quote_name(&field.column())))
        .collect();
    match change {
        // The database fills it.
        TableChange::Add(field) if field.db_default.is_some() || field.generated().is_some() => {}
        TableChange::Add(field) => {
            let value = effective_default_sql(&compiler.models(), field)?;
            copied_columns.push((quote_name(&field.column()), value));
        }
        TableChange::Alter(pairs) => {
            for (old, altered) in pairs.iter().filter(|(_, new)| new.generated().is_none()) {
                let column = quote_name(&altered.column());
                copied_columns.push((column, altered_value_sql(compiler, old, altered)?));
            }
        }
        TableChange::Nothing | TableChange::Remove(_) => {}
    }
    Ok(copied_columns)
}

fn altered_value_sql(
    compiler: ExpressionCompiler<'_>,
    old: &Field,
    new: &Field,
) -> Result<String, SchemaError> {
    let column = quote_name(&old.column());
    if !old.null || new.null {
        return Ok(column);
    }
    if let Some(expression) = &new.db_default {
        let default = compiler.db_default(new, expression)?;
        return Ok(format!("coalesce({column}, {default})"));
    }
    let value = effective_default_sql(&compiler.models(), new)?;
    Ok(format!("coalesce({column}, {value})"))
}
