//! What the definition of a table says beyond its model: compared before a remake, and carried over or
//! refused.

use crate::db::{
    CreateTableParts, DefinitionPart, SchemaTransaction, introspection, quoted_name_among,
};
use crate::models::{ConstraintKind, Field, FieldKind, Model, ModelSet as _};
use crate::schema::carried_definition::{CarriedDefinition, ExtraColumn};
use crate::schema::live_model::LiveModel;
use crate::schema::remake_plan::RemakePlan;
use crate::schema::table_statement::create_table_sql;
use crate::schema::{SchemaError, column};

impl CarriedDefinition {
    /// Compares the table, which `sql` made, with its model; fails at what the change leaves no place for.
    pub(super) fn read(
        transaction: &SchemaTransaction,
        plan: &RemakePlan<'_>,
        sql: &str,
    ) -> Result<Self, SchemaError> {
        let table = plan.table.clone();
        let (state, model) = (plan.remake.live.state, plan.remake.live.model);
        let expected = create_table_sql(state, model, &Self::default())?;
        if sql == expected {
            return Ok(Self::default());
        }
        let live = CreateTableParts::of(sql);
        let expected = CreateTableParts::of(&expected);
        let mut found = Self {
            options: live.suffix.clone(),
            ..Self::default()
        };
        for column in introspection::columns(transaction, &table)? {
            let Some(part) = live.column(&column.name) else {
                return Err(SchemaError::NotCarriedOver {
                    what: format!("the column `{}`", column.name),
                    table,
                    why: "its definition cannot be found in that of the table".to_owned(),
                });
            };
            if !is_known(plan, &column.name) {
                if plan.new_field(&column.name).is_some() {
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
            let (Some(wanted), Some(field)) =
                (expected.column(&column.name), plan.new_field(&column.name))
            else {
                continue;
            };
            let promises_more = part.promises_more_than(wanted);
            // Options such as `STRICT` do not go with every definition of the model.
            if !promises_more && live.suffix.is_empty() {
                continue;
            }
            let new = column::column_definition(plan.remake.state, &plan.new, field)?;
            let new_part = DefinitionPart::of(&new);
            if new_part.is_same(part) {
                // It is as it is to be: a key that gave way to a new one no longer says so.
                continue;
            }
            if new_part.is_same(wanted) {
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
                && !is_declared(plan.remake.live, part)
            {
                found.constraints.push(part.sql.clone());
            }
        }
        let removed = plan.removed_columns();
        for part in found.parts() {
            // SQLite would take a name in quotes that is not there for a text.
            if let Some(column) = quoted_name_among(part, &removed) {
                return Err(SchemaError::NotCarriedOver {
                    what: format!("`{part}`"),
                    table,
                    why: format!("no such column: {column}"),
                });
            }
        }
        Ok(found)
    }
}

/// Whether a column is one of the model's.
fn is_known(plan: &RemakePlan<'_>, column: &str) -> bool {
    let remake = plan.remake;
    let mut known = remake.live.model.columns().chain(remake.model.columns());
    known.any(|field| field.column().eq_ignore_ascii_case(column))
}

/// Whether the model says the same as a constraint of the table, in other words.
fn is_declared(live: LiveModel<'_>, part: &DefinitionPart) -> bool {
    let model = live.model;
    let mut constraints = model.options.constraints.iter();
    if let Some(name) = part.constraint_name()
        && constraints.any(|constraint| constraint.name.eq_ignore_ascii_case(name))
    {
        return true;
    }
    let columns = part.columns();
    match part.constraint_kind() {
        "primary" => !part.has_word("conflict") && key_columns(model) == columns,
        "foreign" => {
            let acts = ["cascade", "restrict", "set"];
            let refers = |field: &Field| {
                let relation = field.relation();
                let target = relation.and_then(|relation| live.state.target(&relation.to));
                relation.is_some_and(|relation| relation.db_constraint)
                    && target.is_none_or(|target| part.has_word(&target.db_table().to_lowercase()))
                    && columns == [field.column().to_lowercase()]
            };
            !acts.iter().any(|word| part.has_word(word)) && model.columns().any(refers)
        }
        "unique" => !part.has_word("conflict") && declares_unique(model, &columns),
        _ => false,
    }
}

/// The columns of the primary key.
fn key_columns(model: &Model) -> Vec<String> {
    let key = model.primary_key();
    let names = match key.map(|key| &key.kind) {
        Some(FieldKind::CompositePrimaryKey { fields }) => fields.clone(),
        _ => key.map(|key| key.name.clone()).into_iter().collect(),
    };
    let fields = names.iter().filter_map(|name| model.field(name));
    fields.map(|field| field.column().to_lowercase()).collect()
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
