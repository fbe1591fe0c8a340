//! Writes rows that were validated, each in one transaction (`ModelSerializer.create`, `update`).

use crate::api::answer::ApiError;
use crate::api::serializer::{
    Serializer, SerializerContext, ValidatedFields, ValidatedValue, ValidationFailure,
    not_a_unique_set,
};
use crate::db::ViolatedConstraint;
use crate::json::Json;
use crate::models::{Constraint, Field, Model};
use crate::query::{ModelInstance, QueryError, SaveOptions};
use crate::values::{self, FieldValue};
use crate::views::HttpError;

/// A new row, or `instance`, with what was sent, as it is to be written.
pub(super) fn row(
    context: &SerializerContext<'_, '_>,
    serializer: &Serializer,
    sent: &ValidatedFields,
    instance: Option<&ModelInstance>,
) -> Result<ModelInstance, QueryError> {
    let mut row = match instance {
        Some(row) => row.clone(),
        None => ModelInstance::new(context.registry, &serializer.model)?,
    };
    for (name, value) in sent.iter() {
        if let (ValidatedValue::Value(value), Some(field)) = (value, serializer.model.field(name)) {
            row.set(name, or_no_value(field, value));
        }
    }
    Ok(row)
}

/// Writes `row`, which is new, or was `instance`, and the rows that it refers to; returns its key.
pub(super) fn save(
    context: &SerializerContext<'_, '_>,
    serializer: &Serializer,
    sent: &ValidatedFields,
    mut row: ModelInstance,
    instance: Option<&ModelInstance>,
) -> Result<FieldValue, ApiError> {
    let (registry, connection) = (context.registry, context.connection);
    let options = SaveOptions {
        // A row that somebody deleted meanwhile is not made again; another key makes another row, as in Django.
        force_update: instance.is_some_and(|known| known.key() == row.key()),
        ..SaveOptions::default()
    };
    let saved = row.save(registry, connection, &options);
    saved.map_err(|error| refused(serializer, error))?;
    for (name, value) in sent.iter() {
        if let ValidatedValue::Rows(keys) = value {
            row.set_many(registry, connection, name, keys)?;
        }
    }
    Ok(row.key().clone())
}

/// Deletes `row` and what goes with it.
pub(super) fn delete(
    context: &SerializerContext<'_, '_>,
    row: &ModelInstance,
) -> Result<(), ApiError> {
    match row.delete(context.registry, context.connection) {
        Ok(_) => Ok(()),
        Err(error @ QueryError::Protected { .. }) => Err(ApiError::new(409, error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// `null` as the field keeps it: the JSON document `null` is a value, no value is not.
fn or_no_value(field: &Field, value: &FieldValue) -> FieldValue {
    match value {
        FieldValue::Null => values::no_value(field.value_kind()),
        value => value.clone(),
    }
}

/// What a database refuses that validation let pass: another request was faster, or a rule of the table.
fn refused(serializer: &Serializer, error: QueryError) -> ApiError {
    if let QueryError::NothingUpdated(_) = error {
        return HttpError::NotFound(error.to_string()).into();
    }
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
                several => named(None, not_a_unique_set(several)),
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
    let usual = || format!("Constraint “{name}” is violated.");
    own.map_or_else(usual, Constraint::violation_message)
}
