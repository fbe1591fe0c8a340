//! What a remake makes and copies: the same for one that is run and for one that is collected.

use crate::db::quote_name;
use crate::models::{Field, Model, ProjectState};
use crate::schema::SchemaError;
use crate::schema::altered_values::converted_value_sql;
use crate::schema::carried_definition::CarriedDefinition;
use crate::schema::default::effective_default_sql;
use crate::schema::direction::Direction;
use crate::schema::expression::ExpressionCompiler;
use crate::schema::live_model::LiveModel;
use crate::schema::table_change::{TableChange, changed_model, replacement};

/// A remake that is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableRemake<'r> {
    /// The model as the database has it.
    pub(super) live: LiveModel<'r>,
    /// The state to come.
    pub(super) state: &'r ProjectState,
    /// The model before `change`, with the table it has now.
    pub(super) model: &'r Model,
    pub(super) change: &'r TableChange<'r>,
}

/// What a remake makes and copies.
#[derive(Debug)]
pub(super) struct RemakePlan<'r> {
    pub(super) remake: TableRemake<'r>,
    /// The table.
    pub(super) table: String,
    /// The model to come, with the name that its table has meanwhile.
    pub(super) new: Model,
    /// What the new table has beyond its model.
    pub(super) carried: CarriedDefinition,
    /// Whether the rows keep their numbers, though no column is the number.
    pub(super) keeps_rowids: bool,
}

/// A column to fill, and the expression it is filled with.
#[derive(Debug)]
struct CopiedColumn {
    to: String,
    from: String,
}

impl<'r> RemakePlan<'r> {
    /// The plan of a table that has nothing beyond its model.
    pub(super) fn of(remake: TableRemake<'r>, direction: Direction) -> Self {
        let table = remake.model.db_table();
        let mut new = changed_model(remake.model, remake.change, direction);
        new.options.db_table = Some(format!("new__{table}"));
        Self {
            remake,
            table,
            new,
            carried: CarriedDefinition::default(),
            keeps_rowids: false,
        }
    }

    /// The name that the new table has until the old one is gone.
    pub(super) fn temporary_table(&self) -> String {
        self.new.db_table()
    }

    /// What becomes of a column; none where it goes.
    pub(super) fn new_field(&self, column: &str) -> Option<&Field> {
        if let TableChange::Alter(pairs) = self.remake.change {
            let mut old = pairs.iter().map(|(old, _)| *old);
            let is_it =
                |old: &&Field| old.has_column() && old.column().eq_ignore_ascii_case(column);
            if let Some(old) = old.find(is_it) {
                return replacement(pairs, old);
            }
        }
        let mut columns = self.new.columns();
        columns.find(|field| field.column().eq_ignore_ascii_case(column))
    }

    /// The columns that go.
    pub(super) fn removed_columns(&self) -> Vec<String> {
        let columns = self.remake.live.model.columns().map(Field::column);
        columns
            .filter(|column| self.new_field(column).is_none())
            .collect()
    }

    /// The statement that copies the rows.
    pub(super) fn copy_sql(&self) -> Result<String, SchemaError> {
        let mut copied = self.kept_columns();
        copied.extend(self.changed_columns()?);
        let extra = self.carried.extra_columns.iter();
        let extra = extra.filter(|column| !column.generated);
        copied.extend(extra.map(|column| CopiedColumn::unchanged(quote_name(&column.name))));
        if self.keeps_rowids {
            copied.insert(0, CopiedColumn::unchanged("rowid".to_owned()));
        }
        let (to, from): (Vec<_>, Vec<_>) = copied
            .into_iter()
            .map(|column| (column.to, column.from))
            .unzip();
        Ok(format!(
            "INSERT INTO {} ({}) SELECT {} FROM {}",
            quote_name(&self.temporary_table()),
            to.join(", "),
            from.join(", "),
            quote_name(&self.table)
        ))
    }

    fn kept_columns(&self) -> Vec<CopiedColumn> {
        let stays = |field: &&Field| match self.remake.change {
            TableChange::Remove(removed) => field.name != removed.name,
            TableChange::Alter(pairs) => replacement(pairs, field).is_none(),
            TableChange::Nothing | TableChange::Add(_) => true,
        };
        let columns = self.remake.model.columns().filter(stays);
        columns
            .filter(|field| self.new.field(&field.name).is_some())
            .filter(|field| self.is_filled(field))
            .filter(|field| !(self.keeps_rowids && self.carried.is_row_number(&field.column())))
            .map(|field| CopiedColumn::unchanged(quote_name(&field.column())))
            .collect()
    }

    /// Whether rows bring a value for the field: a key of several columns has none of its own, and the
    /// database fills those with values of its own.
    fn is_filled(&self, field: &Field) -> bool {
        let is_plain = field.has_column() && field.generated().is_none();
        is_plain && !self.carried.is_generated(&field.column())
    }

    fn changed_columns(&self) -> Result<Vec<CopiedColumn>, SchemaError> {
        let compiler = ExpressionCompiler {
            state: self.remake.state,
            model: &self.new,
        };
        let column = |field: &Field, from: String| CopiedColumn {
            to: quote_name(&field.column()),
            from,
        };
        let is_filled = |field: &Field| self.is_filled(field);
        match self.remake.change {
            TableChange::Add(field) if field.db_default.is_some() || !is_filled(field) => {
                Ok(Vec::new())
            }
            TableChange::Add(field) => {
                let value = effective_default_sql(&compiler.models(), field)?;
                Ok(vec![column(field, value)])
            }
            TableChange::Alter(pairs) => {
                let stored = pairs.iter().filter(|(_, new)| is_filled(new));
                stored
                    .map(|(old, new)| Ok(column(new, altered_value_sql(compiler, old, new)?)))
                    .collect()
            }
            TableChange::Nothing | TableChange::Remove(_) => Ok(Vec::new()),
        }
    }
}

impl CopiedColumn {
    fn unchanged(column: String) -> Self {
        Self {
            to: column.clone(),
            from: column,
        }
    }
}

fn altered_value_sql(
    compiler: ExpressionCompiler<'_>,
    old: &Field,
    new: &Field,
) -> Result<String, SchemaError> {
    let column = quote_name(&old.column());
    let column = converted_value_sql(old.value_kind(), new.value_kind(), column);
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
