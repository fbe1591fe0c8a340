//! Writes rows that were validated, each in one transaction (`ModelSerializer.create`, `update`).

use crate::api::answer::ApiError;
use crate::api::serializer::{
    Serializer, SerializerContext, ValidatedFields, ValidatedValue, ValidationFailure,
};
use crate::db::sql::{
    DeleteStatement, InsertStatement, SelectStatement, SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, DatabaseError, SqlValue, ViolatedConstraint};
use crate::json::Json;
use crate::models::{Field, FieldKind, Model, ModelSet as _};
use crate::query::{
    DeleteCollector, ModelInstance, OmittedValue, QueryError, SaveStatement, Through, omitted_value,
};
use crate::values::{self, FieldValue};
use crate::views::HttpError;

/// Writes a new row, or `instance` with what was sent; returns its key.
pub(super) fn save(
    context: &SerializerContext<'_, '_>,
    serializer: &Serializer,
    sent: &ValidatedFields,
    instance: Option<&ModelInstance>,
) -> Result<FieldValue, ApiError> {
    let model = &serializer.model;
    let statement = SaveStatement::new(model)?;
    let mut row = Vec::with_capacity(statement.fields.len());
    for field in &statement.fields {
        row.push(value(context, field, sent, instance)?);
    }
    let keys = statement.run(context.connection, row);
    let keys = keys.map_err(|error| refused(serializer, error))?;
    let Some(key) = keys.into_iter().next() else {
        return Err(HttpError::internal("a row without a key", Vec::new()).into());
    };
    for (name, value) in sent.iter() {
        if let (ValidatedValue::Rows(rows), Some(field)) = (value, model.field(name)) {
            set_many(context, model, field, &key, rows)?;
        }
    }
    let kind = model
        .primary_key()
        .map(|field| context.registry.value_kind(field))
        .transpose();
    let kind = kind.map_err(QueryError::from)?;
    let key = kind.and_then(|kind| values::from_column(kind, key).ok());
    key.ok_or_else(|| HttpError::internal("the key of a new row cannot be read", Vec::new()).into())
}

/// Deletes `row` and what goes with it.
pub(super) fn delete(
    context: &SerializerContext<'_, '_>,
    row: &ModelInstance,
) -> Result<(), ApiError> {
    let keys = vec![values::to_column(row.key())];
    let collector = DeleteCollector::new(context.registry, context.connection, row.model(), keys);
    match collector {
        Ok(collector) => {
            collector.run(context.connection)?;
            Ok(())
        }
        Err(error @ QueryError::Protected { .. }) => Err(ApiError::new(409, error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// What a column gets: what was sent, what the row had, or what a new row has.
fn value(
    context: &SerializerContext<'_, '_>,
    field: &Field,
    sent: &ValidatedFields,
    instance: Option<&ModelInstance>,
) -> Result<Option<SqlValue>, ApiError> {
    if let Some(ValidatedValue::Value(value)) = sent.get(&field.name) {
        return Ok(Some(values::to_column(&or_no_value(field, value))));
    }
    if let Some(row) = instance {
        let now = values::auto_now_value(field, context.zone).filter(|_| sets_on_every_save(field));
        let value = now.or_else(|| row.get(&field.name).cloned());
        return Ok(value.as_ref().map(values::to_column));
    }
    if let Some(now) = values::auto_now_value(field, context.zone) {
        return Ok(Some(values::to_column(&now)));
    }
    let kind = context
        .registry
        .value_kind(field)
        .map_err(QueryError::from)?;
    let omitted = omitted_value(field, kind, context.zone).map_err(QueryError::from)?;
    Ok(match omitted {
        OmittedValue::Value(value) => Some(values::to_column(&value)),
        OmittedValue::DatabaseDefault | OmittedValue::Required => None,
    })
}

/// `null` as the field keeps it: the JSON document `null` is a value, no value is not.
fn or_no_value(field: &Field, value: &FieldValue) -> FieldValue {
    match value {
        FieldValue::Null => values::no_value(field.value_kind()),
        value => value.clone(),
    }
}

fn sets_on_every_save(field: &Field) -> bool {
    let (FieldKind::Date(auto) | FieldKind::DateTime(auto) | FieldKind::Time(auto)) = &field.kind
    else {
        return false;
    };
    auto.auto_now
}

/// Has the row of `key` refer to `rows` and to no others.
fn set_many(
    context: &SerializerContext<'_, '_>,
    model: &Model,
    field: &Field,
    key: &SqlValue,
    rows: &[FieldValue],
) -> Result<(), ApiError> {
    let Some(through) = Through::new(context.registry, model, field)? else {
        return Ok(());
    };
    let connection = context.connection;
    let column = |name: &str| SqlExpression::column(name);
    let own = || column(&through.source_column).equals(SqlExpression::value(key.clone()));
    let known: Vec<SqlValue> = SelectStatement::from(&through.table)
        .columns([&through.target_column])
        .filter(own())
        .column_values(connection)?;
    let mut wanted: Vec<SqlValue> = Vec::with_capacity(rows.len());
    for row in rows.iter().map(values::to_column) {
        if !wanted.contains(&row) {
            wanted.push(row);
        }
    }
    for gone in known.iter().filter(|row| !wanted.contains(row)) {
        let other = column(&through.target_column).equals(SqlExpression::value(gone.clone()));
        delete_pair(connection, &through.table, own(), other)?;
        if through.symmetrical {
            let other = column(&through.source_column).equals(SqlExpression::value(gone.clone()));
            let own = column(&through.target_column).equals(SqlExpression::value(key.clone()));
            delete_pair(connection, &through.table, own, other)?;
        }
    }
    for new in wanted.iter().filter(|row| !known.contains(row)) {
        insert_pair(connection, &through, [key, new])?;
        if through.symmetrical && new != key {
            insert_pair(connection, &through, [new, key])?;
        }
    }
    Ok(())
}

fn delete_pair(
    connection: &Connection,
    table: &str,
    own: SqlExpression,
    other: SqlExpression,
) -> Result<(), DatabaseError> {
    let both = SqlExpression::All(vec![own, other]);
    DeleteStatement::from(table)
        .filter(both)
        .execute(connection)?;
    Ok(())
}

fn insert_pair(
    connection: &Connection,
    through: &Through<'_>,
    pair: [&SqlValue; 2],
) -> Result<(), DatabaseError> {
    InsertStatement::into(&through.table)
        .columns([&through.source_column, &through.target_column])
        .row(pair.map(|value| SqlExpression::value(value.clone())))
        .or_ignore()
        .execute(connection)?;
    Ok(())
}

/// What a database refuses that validation let pass: another request was faster, or a rule of the table.
fn refused(serializer: &Serializer, error: QueryError) -> ApiError {
    let violated = match &error {
        QueryError::Database(error) => error.violated_constraint(),
        _ => None,
    };
    let Some(violated) = violated else {
        return error.into();
    };
    let by_column = |column: &str| {
        let mut fields = serializer.model.columns();
        fields
            .find(|field| field.column() == column)
            .map(|field| field.name.clone())
    };
    let named = |name: Option<String>, message: String| match name {
        Some(name) => {
            ValidationFailure::Invalid(Json::Object(vec![(name, Json::from(vec![message]))]))
        }
        None => ValidationFailure::non_field(vec![message]),
    };
    let failure = match violated {
        ViolatedConstraint::Unique(columns) => {
            let fields: Vec<_> = columns
                .iter()
                .filter_map(|column| by_column(column))
                .collect();
            match fields.as_slice() {
                [one] => named(Some(one.clone()), serializer.unique_message_of(one)),
                several => named(
                    None,
                    format!("The fields {} must make a unique set.", several.join(", ")),
                ),
            }
        }
        ViolatedConstraint::NotNull(column) => {
            named(by_column(&column), "This field is required.".to_owned())
        }
        ViolatedConstraint::UniqueIndex(name) | ViolatedConstraint::Check(name) => {
            named(None, constraint_message(&serializer.model, &name))
        }
        ViolatedConstraint::ForeignKey => {
            named(None, "A row that is referred to is not there.".to_owned())
        }
    };
    failure.into()
}

fn constraint_message(model: &Model, name: &str) -> String {
    let mut constraints = model.options.constraints.iter();
    let own = constraints.find(|constraint| constraint.name == name);
    let own = own.and_then(|constraint| constraint.violation_error_message.clone());
    own.unwrap_or_else(|| format!("Constraint “{name}” is violated."))
}
