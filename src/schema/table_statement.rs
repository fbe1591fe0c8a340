//! The statement that makes a table.

use crate::db::quote_name;
use crate::models::{ConstraintKind, FieldKind, Model, ProjectState};
use crate::schema::carried_definition::CarriedDefinition;
use crate::schema::expression::ExpressionCompiler;
use crate::schema::model_indexes::quoted_columns;
use crate::schema::{SchemaError, column};

/// The statement that makes the table of `model`, with what a table had beyond its model.
pub(super) fn create_table_sql(
    state: &ProjectState,
    model: &Model,
    carried: &CarriedDefinition,
) -> Result<String, SchemaError> {
    let mut parts = Vec::new();
    let columns = model.columns();
    for field in columns.filter(|field| !carried.is_row_number(&field.column())) {
        parts.push(match carried.columns.get(&field.column()) {
            Some(definition) => definition.clone(),
            None => column::column_definition(state, model, field)?,
        });
    }
    parts.extend(
        carried
            .extra_columns
            .iter()
            .map(|column| column.sql.clone()),
    );
    let compiler = ExpressionCompiler { state, model };
    for constraint in &model.options.constraints {
        let name = quote_name(&constraint.name);
        let sql = match &constraint.kind {
            ConstraintKind::UniqueIndex { .. } => continue,
            ConstraintKind::Unique(fields) => {
                format!("UNIQUE ({})", quoted_columns(model, fields)?)
            }
            ConstraintKind::Check(check) => {
                format!("CHECK ({})", compiler.condition(check)?)
            }
        };
        parts.push(format!("CONSTRAINT {name} {sql}"));
    }
    if let Some(FieldKind::CompositePrimaryKey { fields }) =
        model.primary_key().map(|key| &key.kind)
    {
        parts.push(format!("PRIMARY KEY ({})", quoted_columns(model, fields)?));
    }
    parts.extend(carried.constraints.iter().cloned());
    let (table, parts) = (quote_name(&model.db_table()), parts.join(", "));
    let space = if carried.options.is_empty() { "" } else { " " };
    Ok(format!(
        "CREATE TABLE {table} ({parts}){space}{}",
        carried.options
    ))
}
