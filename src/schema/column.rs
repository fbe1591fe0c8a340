//! The definition of a column.

use crate::db::quote_name;
use crate::models::{Field, FieldKind, Model, ModelSet as _, ProjectState};
use crate::schema::SchemaError;
use crate::schema::changed_state::ChangedState;
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

/// The type of a column.
pub(super) fn type_sql(
    state: &ProjectState,
    model: &Model,
    field: &Field,
) -> Result<String, SchemaError> {
    if field.relation().is_some() {
        let models = ChangedState { state, model };
        return related_type_sql(state, model, models.value_field(field)?);
    }
    if let FieldKind::Generated { output_field, .. } = &field.kind {
        return type_sql(state, model, output_field);
    }
    let limited = |max_length: u64| format!("varchar({max_length})");
    Ok(match &field.kind {
        FieldKind::Char { max_length: None } => "varchar".to_owned(),
        FieldKind::Char {
            max_length: Some(max_length),
        }
        | FieldKind::Email { max_length }
        | FieldKind::File { max_length, .. }
        | FieldKind::FilePath { max_length, .. }
        | FieldKind::Image { max_length, .. }
        | FieldKind::Slug { max_length, .. }
        | FieldKind::Url { max_length } => limited(*max_length),
        kind => fixed_type_sql(kind).to_owned(),
    })
}

fn fixed_type_sql(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::BigInteger | FieldKind::Duration => "bigint",
        FieldKind::Binary { .. } => "BLOB",
        FieldKind::Boolean => "bool",
        FieldKind::Date(_) => "date",
        FieldKind::DateTime(_) => "datetime",
        FieldKind::Decimal { .. } => "decimal",
        FieldKind::Float => "real",
        FieldKind::GenericIpAddress { .. } => "char(39)",
        FieldKind::Json | FieldKind::Text { .. } => "text",
        FieldKind::PositiveBigInteger => "bigint unsigned",
        FieldKind::PositiveInteger => "integer unsigned",
        FieldKind::PositiveSmallInteger => "smallint unsigned",
        FieldKind::SmallInteger => "smallint",
        FieldKind::Time(_) => "time",
        FieldKind::Uuid => "char(32)",
        _ => "integer",
    }
}

/// The type of a column that holds values of the field `to` of another table.
fn related_type_sql(
    state: &ProjectState,
    model: &Model,
    to: &Field,
) -> Result<String, SchemaError> {
    Ok(match to.kind {
        FieldKind::BigAuto | FieldKind::PositiveBigInteger => "bigint".to_owned(),
        FieldKind::SmallAuto | FieldKind::PositiveSmallInteger => "smallint".to_owned(),
        FieldKind::PositiveInteger => "integer".to_owned(),
        _ => type_sql(state, model, to)?,
    })
}

/// The collation of a column: its own, or that of the column it refers to.
pub(super) fn collation(
    state: &ProjectState,
    model: &Model,
    field: &Field,
) -> Result<Option<String>, SchemaError> {
    let models = ChangedState { state, model };
    let field = models.value_field(field)?;
    Ok(match &field.kind {
        FieldKind::Generated { output_field, .. } => output_field.db_collation.clone(),
        _ => field.db_collation.clone(),
    })
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
