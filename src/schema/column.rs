//! The definition of a column.

use crate::db::quote_name;
use crate::models::{Field, FieldKind, Model, ModelSet as _, ProjectState};
use crate::schema::SchemaError;
use crate::schema::changed_state::ChangedState;
use crate::schema::column_type::{collation, type_sql};
use crate::schema::expression::ExpressionCompiler;

/// The type, collation, nullability and uniqueness of a column.
pub(super) fn column_sql(
    state: &ProjectState,
    model: &Model,
    field: &Field,
) -> Result<String, SchemaError> {
    let mut sql = type_sql(state, model, field)?;
    if let Some(collation) = collation(state, model, field)? {
        sql.push_str(" COLLATE ");
        sql.push_str(&collation);
    }
    let compiler = ExpressionCompiler { state, model };
    if let Some(expression) = &field.db_default {
        let default = compiler.db_default(field, expression)?;
        sql = format!("{sql} DEFAULT {default}");
    }
    if let Some((expression, db_persist)) = field.generated() {
        let value = compiler.expression(expression)?;
        let kept = if db_persist { "STORED" } else { "VIRTUAL" };
        sql = format!("{sql} GENERATED ALWAYS AS ({value}) {kept}");
    } else {
        sql.push_str(if field.null { " NULL" } else { " NOT NULL" });
    }
    if field.primary_key {
        sql.push_str(" PRIMARY KEY");
    } else if field.is_unique() {
        sql.push_str(" UNIQUE");
    }
    Ok(sql)
}

/// The whole definition of a column, name included.
pub(super) fn column_definition(
    state: &ProjectState,
    model: &Model,
    field: &Field,
) -> Result<String, SchemaError> {
    let column = field.column();
    let mut sql = format!(
        "{} {}",
        quote_name(&column),
        column_sql(state, model, field)?
    );
    if let Some(check) = check_sql(&field.kind, &column) {
        sql = format!("{sql} CHECK ({check})");
    }
    if field.kind.is_auto() {
        sql.push_str(" AUTOINCREMENT");
    }
    if let Some(relation) = field.relation().filter(|relation| relation.db_constraint) {
        let models = ChangedState { state, model };
        let (_, to) = models.target_field(relation)?;
        // The table under its lasting name, also while it is made again under another.
        let table = state.get_target(&relation.to)?.db_table();
        let (table, column) = (quote_name(&table), quote_name(&to.column()));
        sql = format!("{sql} REFERENCES {table} ({column}) DEFERRABLE INITIALLY DEFERRED");
    }
    Ok(sql)
}

fn check_sql(kind: &FieldKind, column: &str) -> Option<String> {
    let column = quote_name(column);
    match kind {
        FieldKind::PositiveBigInteger
        | FieldKind::PositiveInteger
        | FieldKind::PositiveSmallInteger => Some(format!("{column} >= 0")),
        FieldKind::Json => Some(format!("(JSON_VALID({column}) OR {column} IS NULL)")),
        _ => None,
    }
}
