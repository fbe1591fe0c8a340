//! Validates a whole row (`Serializer.run_validation`).

use crate::api::python;
use crate::api::request_data::RequestData;
use crate::api::serializer::Serializer;
use crate::api::serializer::context::SerializerContext;
use crate::api::serializer::field::{FileField, SerializerField, SerializerKind};
use crate::api::serializer::relations::{self, RelationError};
use crate::api::serializer::validate::{FieldInput, ValidatedValue};
use crate::json::Json;
use crate::query::ModelInstance;
use crate::values::FieldValue;
use crate::views::HttpError;

/// Where errors stand that belong to no field.
const NON_FIELD_ERRORS: &str = "non_field_errors";

/// The values of the fields that were sent, by name.
#[derive(Debug, Default)]
pub(in crate::api) struct ValidatedFields(Vec<(String, ValidatedValue)>);

impl ValidatedFields {
    /// What was sent for the field `name`.
    pub(in crate::api) fn get(&self, name: &str) -> Option<&ValidatedValue> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// Gives the field `name` this value, whatever was sent.
    pub(in crate::api) fn set(&mut self, name: &str, value: FieldValue) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), ValidatedValue::Value(value)));
    }

    /// All of them.
    pub(in crate::api) fn iter(&self) -> impl Iterator<Item = (&str, &ValidatedValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// Why what was sent is not written.
#[derive(Debug)]
pub(in crate::api) enum ValidationFailure {
    /// 400: sentences by field.
    Invalid(Json),
    /// Something else went wrong.
    Failed(HttpError),
}

impl<E: Into<HttpError>> From<E> for ValidationFailure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl ValidationFailure {
    /// An error that belongs to no field.
    pub(in crate::api) fn non_field(messages: Vec<String>) -> Self {
        Self::Invalid(Json::Object(vec![(
            NON_FIELD_ERRORS.to_owned(),
            Json::from(messages),
        )]))
    }
}

/// What is wrong with one field: sentences, or a failure of ours.
enum FieldFailure {
    Invalid(Vec<String>),
    Failed(HttpError),
}

impl From<Vec<String>> for FieldFailure {
    fn from(messages: Vec<String>) -> Self {
        Self::Invalid(messages)
    }
}

impl From<RelationError> for FieldFailure {
    fn from(error: RelationError) -> Self {
        match error {
            RelationError::Invalid(message) => Self::Invalid(vec![message]),
            RelationError::Failed(error) => Self::Failed(error),
        }
    }
}

impl Serializer {
    /// The values that `data` holds for a new row, or for `instance`; with `partial`, what is missing stays. Each field is
    /// validated alone; [`Serializer::judge`] looks at the whole row.
    pub(in crate::api) fn validate(
        &self,
        context: &SerializerContext<'_, '_>,
        data: &RequestData,
        instance: Option<&ModelInstance>,
        partial: bool,
    ) -> Result<ValidatedFields, ValidationFailure> {
        if let Some(document) = data.document()
            && !matches!(document, Json::Object(_))
        {
            return Err(not_an_object(document));
        }
        let (mut values, mut errors) = (ValidatedFields::default(), Vec::new());
        for field in self.fields.iter().filter(|field| !field.read_only) {
            match self.validate_field(context, field, data, instance, partial) {
                Ok(ValidatedValue::Skipped) => {}
                Ok(value) => values.0.push((field.name.clone(), value)),
                Err(FieldFailure::Invalid(messages)) => {
                    errors.push((field.name.clone(), Json::from(messages)));
                }
                Err(FieldFailure::Failed(error)) => return Err(ValidationFailure::Failed(error)),
            }
        }
        if errors.is_empty() {
            Ok(values)
        } else {
            Err(ValidationFailure::Invalid(Json::Object(errors)))
        }
    }

    fn validate_field(
        &self,
        context: &SerializerContext<'_, '_>,
        field: &SerializerField,
        data: &RequestData,
        instance: Option<&ModelInstance>,
        partial: bool,
    ) -> Result<ValidatedValue, FieldFailure> {
        if let SerializerKind::File(FileField {
            form_field: Some(form_field),
            ..
        }) = &field.kind
        {
            return Ok(field.validate_file(form_field, data, partial)?);
        }
        let input = field.input(data, partial);
        if let Some(value) = field.validate_empty(&input, partial)? {
            return Ok(value);
        }
        if let (
            SerializerKind::ManyRelated {
                target,
                allow_empty,
            },
            FieldInput::Data(data),
        ) = (&field.kind, &input)
        {
            let rows = relations::read_many(context, target, *allow_empty, data)?;
            return Ok(ValidatedValue::Rows(rows));
        }
        let value = match (&field.kind, &input) {
            (SerializerKind::Related(target), FieldInput::Data(data)) => {
                relations::read_one(context, target, data)?
            }
            _ => field.validate_value(&input, context.zone)?,
        };
        let taken = self.not_unique(context, field, &value, instance);
        match taken.map_err(|error| FieldFailure::Failed(error.into()))? {
            Some(message) => Err(FieldFailure::Invalid(vec![message])),
            None => Ok(ValidatedValue::Value(value)),
        }
    }
}

fn not_an_object(document: &Json) -> ValidationFailure {
    let message = match document {
        Json::Null => "No data provided".to_owned(),
        other => {
            let found = python::type_name(other);
            format!("Invalid data. Expected a dictionary, but got {found}.")
        }
    };
    ValidationFailure::non_field(vec![message])
}
