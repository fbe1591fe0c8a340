//! The definition of a column.

use crate::db::quote_name;
use crate::models::{Field, FieldKind, Model, ProjectState, Relation};
use crate::schema::SchemaError;
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
        let (_, to) = target(state, model, relation)?;
        // The table under its lasting name, also while it is made again under another.
        let table = state.target(&relation.to)?.db_table();
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
    if let Some(relation) = field.relation() {
        let (target, to) = target(state, model, relation)?;
        return related_type_sql(state, target, to);
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

/// The type of a column that refers to the field `to` of `model`.
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
    match field.relation() {
        Some(relation) => {
            let (target, to) = target(state, model, relation)?;
            collation(state, target, to)
        }
        None => Ok(match &field.kind {
            FieldKind::Generated { output_field, .. } => output_field.db_collation.clone(),
            _ => field.db_collation.clone(),
        }),
    }
}

/// The model and the field that a relation of `model` refers to.
pub(super) fn target<'s>(
    state: &'s ProjectState,
    model: &'s Model,
    relation: &Relation,
) -> Result<(&'s Model, &'s Field), SchemaError> {
    let found = state.target(&relation.to)?;
    // A model under change refers to itself as it is going to be.
    let found = if found.key() == model.key() {
        model
    } else {
        found
    };
    let field = match &relation.to_field {
        Some(name) => found.field(name),
        None => found.primary_key(),
    };
    let field = field.ok_or_else(|| crate::models::StateError::UnknownField {
        model: found.key(),
        field: relation.to_field.clone().unwrap_or_else(|| "pk".to_owned()),
    })?;
    Ok((found, field))
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
