//! What the definition of a table says beyond its model: compared before a remake, and carried over or
//! refused.

use crate::db::{CreateTableParts, DefinitionPart, SchemaTransaction, introspection};
use crate::models::{ConstraintKind, Field, Model, ProjectState};
use crate::schema::carried_definition::{CarriedDefinition, ExtraColumn};
use crate::schema::live_model::LiveModel;
use crate::schema::table_change::{TableChange, replacement};
use crate::schema::table_statement::create_table_sql;
use crate::schema::{SchemaError, column};

/// A remake that is about to be done.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlannedRemake<'r> {
    /// The model as the database has it, with the table it has now.
    pub(super) live: LiveModel<'r>,
    /// The state to come.
    pub(super) state: &'r ProjectState,
    /// The model of the remake before `change`.
    pub(super) model: &'r Model,
    /// The model to come.
    pub(super) new: &'r Model,
    pub(super) change: &'r TableChange<'r>,
}

impl CarriedDefinition {
    /// Compares the table with its model; fails at what the change leaves no place for.
    pub(super) fn read(
        transaction: &SchemaTransaction,
        remake: PlannedRemake<'_>,
    ) -> Result<Self, SchemaError> {
        let table = remake.live.model.db_table();
        let sql = introspection::table_sql(transaction, &table)?;
        let expected = create_table_sql(remake.live.state, remake.live.model, &Self::default())?;
        if sql == expected {
            return Ok(Self::default());
        }
        let live = CreateTableParts::of(&sql);
        let expected = CreateTableParts::of(&expected);
        let mut found = Self {
            options: live.suffix.clone(),
            ..Self::default()
        };
        let is_strict = live.suffix.to_uppercase().contains("STRICT");
        for column in introspection::columns(transaction, &table)? {
            let Some(part) = live.column(&column.name) else {
                continue;
            };
            if !remake.is_known(&column.name) {
                if remake.new_field(&column.name).is_some() {
                    return Err(SchemaError::NotCarriedOver {
                        what: format!("the column `{}`", column.name),
                        table,
                        why: "it is there already, and in no migration".to_owned(),
                    });
                }
                found.extra_columns.push(ExtraColumn {
                    sql: part.sql.clone(),
                    name: column.name,
                    generated: column.generated,
                });
                continue;
            }
            let (Some(wanted), Some(field)) = (
                expected.column(&column.name),
                remake.new_field(&column.name),
            ) else {
                continue;
            };
            let promises_more = part.promises_more_than(wanted);
            if !promises_more && !is_strict {
                continue;
            }
            let new = column::column_definition(remake.state, remake.new, field)?;
            if DefinitionPart::of(&new).is_same(wanted) {
                found.columns.insert(column.name, part.sql.clone());
            } else if promises_more {
                return Err(SchemaError::NotCarriedOver {
                    what: format!("`{}`", part.sql),
                    table,
                    why: format!("the column is to be `{new}`"),
                });
            }
        }
        for part in live.constraints() {
            if !expected.constraints().any(|wanted| wanted.is_same(part))
                && !remake.is_declared(part)
            {
                found.constraints.push(part.sql.clone());
            }
        }
        Ok(found)
    }
}

impl PlannedRemake<'_> {
    /// Whether a column is one of the model's.
    fn is_known(&self, column: &str) -> bool {
        let mut known = self.live.model.columns().chain(self.model.columns());
        known.any(|field| field.column().eq_ignore_ascii_case(column))
    }

    /// What becomes of a column; none where it goes.
    fn new_field(&self, column: &str) -> Option<&Field> {
        if let TableChange::Alter(pairs) = self.change {
            let mut old = pairs.iter().map(|(old, _)| *old);
            if let Some(old) = old.find(|old| old.column().eq_ignore_ascii_case(column)) {
                return replacement(pairs, old);
            }
        }
        let mut columns = self.new.columns();
        columns.find(|field| field.column().eq_ignore_ascii_case(column))
    }

    /// Whether the model says the same as a constraint of the table, in other words.
    fn is_declared(&self, part: &DefinitionPart) -> bool {
        let model = self.live.model;
        let mut constraints = model.options.constraints.iter();
        if let Some(name) = part.constraint_name()
            && constraints.any(|constraint| constraint.name.eq_ignore_ascii_case(name))
        {
            return true;
        }
        let columns = part.columns();
        match part.constraint_kind() {
            "primary" => !part.has_word("conflict"),
            "foreign" => {
                let acts = ["cascade", "restrict", "set"];
                let refers = |field: &Field| {
                    let relation = field.relation();
                    relation.is_some_and(|relation| relation.db_constraint)
                        && columns == [field.column().to_lowercase()]
                };
                !acts.iter().any(|word| part.has_word(word)) && model.columns().any(refers)
            }
            "unique" => !part.has_word("conflict") && declares_unique(model, &columns),
            _ => false,
        }
    }
}

/// Whether the model has a field, or a set of fields, that is unique over just these columns.
fn declares_unique(model: &Model, columns: &[String]) -> bool {
    let is_set = |names: &Vec<String>| {
        let fields = names.iter().filter_map(|name| model.field(name));
        let mut own: Vec<_> = fields.map(|field| field.column().to_lowercase()).collect();
        let mut wanted = columns.to_vec();
        own.sort();
        wanted.sort();
        own == wanted
    };
    let constraints = model.options.constraints.iter();
    let mut constrained = constraints.filter_map(|constraint| match &constraint.kind {
        ConstraintKind::Unique(fields) => Some(fields),
        _ => None,
    });
    model
        .columns()
        .any(|field| field.is_unique() && columns == [field.column().to_lowercase()])
        || model.options.unique_together.iter().any(is_set)
        || constrained.any(is_set)
}
