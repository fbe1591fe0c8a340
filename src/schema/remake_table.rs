//! The remake of a table: a new one, a copy, a drop and a rename.
//!
//! SQLite's own `ALTER TABLE` can do little; this is the way its documentation names.

use crate::db::{introspection, quote_name, schema_objects};
use crate::models::{Field, Model, ProjectState};
use crate::schema::carried_definition::CarriedDefinition;
use crate::schema::default::effective_default_sql;
use crate::schema::expression::ExpressionCompiler;
use crate::schema::live_definition::PlannedRemake;
use crate::schema::live_model::LiveModel;
use crate::schema::table_attachments::TableAttachments;
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
        self.remake_table_of(LiveModel { state, model }, state, model, change)
    }

    /// Makes the table of `model` again, with `change`; the database has it as `live` declares it.
    ///
    /// Triggers, indexes and the counter of keys that are in no model are made again after it. A view or
    /// a trigger that would no longer work is refused. Statements that are collected do without all
    /// this: there is no database to ask.
    pub(super) fn remake_table_of(
        &mut self,
        live: LiveModel<'_>,
        state: &ProjectState,
        model: &Model,
        change: &TableChange<'_>,
    ) -> Result<(), SchemaError> {
        let table = model.db_table();
        let mut own = live.model.clone();
        own.options.db_table = Some(table.clone());
        let live = LiveModel {
            state: live.state,
            model: &own,
        };
        let mut attachments = self
            .transaction
            .map(|transaction| TableAttachments::read(transaction, live.state, live.model))
            .transpose()?;
        let mut new = changed_model(model, change, self.direction);
        let carried = match self.transaction {
            Some(transaction) => CarriedDefinition::read(
                transaction,
                PlannedRemake {
                    live,
                    state,
                    model,
                    new: &new,
                    change,
                },
            )?,
            None => CarriedDefinition::default(),
        };
        let names_columns = attachments
            .as_ref()
            .is_some_and(TableAttachments::may_name_columns);
        let renamed = if names_columns {
            self.rename_columns_first(&table, change)?
        } else {
            Vec::new()
        };
        if let (Some(attachments), Some(transaction)) = (&mut attachments, self.transaction)
            && !renamed.is_empty()
        {
            attachments.read_again(transaction)?;
        }
        let temporary = format!("new__{table}");
        new.options.db_table = Some(temporary.clone());
        self.create_table_carrying(&table, state, &new, &carried)?;
        let (mut to, mut from): (Vec<_>, Vec<_>) =
            copied_columns(state, model, &new, change, &renamed)?
                .into_iter()
                .unzip();
        for column in carried
            .extra_columns
            .iter()
            .filter(|column| !column.generated)
        {
            to.push(quote_name(&column.name));
            from.push(quote_name(&column.name));
        }
        if let Some(transaction) = self.transaction
            && schema_objects::can_copy_rowids(transaction, &table, &temporary)?
        {
            to.insert(0, "rowid".to_owned());
            from.insert(0, "rowid".to_owned());
        }
        self.execute(&format!(
            "INSERT INTO {} ({}) SELECT {} FROM {}",
            quote_name(&temporary),
            to.join(", "),
            from.join(", "),
            quote_name(&table)
        ))?;
        self.drop_table(&table)?;
        self.rename_remade_table(&temporary, &table)?;
        self.execute_deferred()?;
        match (attachments, self.transaction) {
            (Some(attachments), Some(transaction)) => attachments.restore(transaction, &table),
            _ => Ok(()),
        }
    }

    /// Makes the new table; what it cannot take over from the old one is refused.
    fn create_table_carrying(
        &mut self,
        table: &str,
        state: &ProjectState,
        new: &Model,
        carried: &CarriedDefinition,
    ) -> Result<(), SchemaError> {
        match self.create_table_with(state, new, carried) {
            Err(SchemaError::Database(error))
                if !carried.is_empty() && !error.is_about_the_file() =>
            {
                Err(SchemaError::NotCarriedOver {
                    what: format!("`{}`", carried.sql()),
                    table: table.to_owned(),
                    why: schema_objects::reason(&error),
                })
            }
            outcome => outcome,
        }
    }

    /// Renames columns by themselves, so that SQLite follows in triggers, views and indexes; returns the
    /// new names.
    fn rename_columns_first(
        &mut self,
        table: &str,
        change: &TableChange<'_>,
    ) -> Result<Vec<String>, SchemaError> {
        let TableChange::Alter(pairs) = change else {
            return Ok(Vec::new());
        };
        let Some(transaction) = self.transaction else {
            return Ok(Vec::new());
        };
        let mut renamed = Vec::new();
        for (old, new) in *pairs {
            let (from, to) = (old.column(), new.column());
            let live = introspection::column_names(transaction, table)?;
            if !live.contains(&from) || live.iter().any(|name| name.eq_ignore_ascii_case(&to)) {
                continue;
            }
            self.execute(&format!(
                "ALTER TABLE {} RENAME COLUMN {} TO {}",
                quote_name(table),
                quote_name(&from),
                quote_name(&to)
            ))?;
            renamed.push(to);
        }
        Ok(renamed)
    }

    /// Gives a table that was made again its lasting name.
    ///
    /// Views and triggers name the table that was dropped. A rename would otherwise look into them, and
    /// fail at a name that only it can bring back.
    fn rename_remade_table(&mut self, temporary: &str, table: &str) -> Result<(), SchemaError> {
        if self.transaction.is_none() {
            return self.rename_table(temporary, table);
        }
        self.execute("PRAGMA legacy_alter_table = ON")?;
        let outcome = self.rename_table(temporary, table);
        self.execute("PRAGMA legacy_alter_table = OFF")?;
        outcome
    }
}

/// The columns to fill, each with what it is filled from.
fn copied_columns(
    state: &ProjectState,
    model: &Model,
    new: &Model,
    change: &TableChange<'_>,
    renamed: &[String],
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
                let column = altered.column();
                let source = if renamed.contains(&column) {
                    column.clone()
                } else {
                    old.column()
                };
                let value = altered_value_sql(compiler, quote_name(&source), old, altered)?;
                copied_columns.push((quote_name(&column), value));
            }
        }
        TableChange::Nothing | TableChange::Remove(_) => {}
    }
    Ok(copied_columns)
}

fn altered_value_sql(
    compiler: ExpressionCompiler<'_>,
    column: String,
    old: &Field,
    new: &Field,
) -> Result<String, SchemaError> {
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
