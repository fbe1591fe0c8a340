//! The type and the collation of a column.

use crate::models::{Field, FieldKind, Model, ModelSet as _, ProjectState};
use crate::schema::SchemaError;
use crate::schema::changed_state::ChangedState;

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
