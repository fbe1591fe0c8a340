//! Why a question or a row does not fit the models.

use crate::db::DatabaseError;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::models::{ModelKey, ModelRef, ReferenceError};
use crate::values::InvalidDefault;

/// Why a question or a row does not fit the models, or the database failed.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A field refers to a model that is not installed.
    #[error("there is no model `{0}`")]
    UnknownModel(ModelRef),
    /// A path names what is not a field.
    #[error("`{model}` has no field `{field}`")]
    UnknownField {
        /// The model.
        model: ModelKey,
        /// The name.
        field: String,
    },
    /// A model without a primary key of one column.
    #[error("`{0}` has no primary key of one column")]
    NoPrimaryKey(ModelKey),
    /// Rows that protect what is to be deleted.
    #[error("{count} of `{model}` refer to it in `{field}`, which forbids deleting")]
    Protected {
        /// The model of those rows.
        model: ModelKey,
        /// The field.
        field: String,
        /// How many rows.
        count: usize,
    },
    /// A field refers to itself through others.
    #[error("{0}")]
    ReferenceCycle(ReferenceError),
    /// A default that its field cannot hold.
    #[error(transparent)]
    InvalidDefault(#[from] InvalidDefault),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<ReferenceError> for QueryError {
    fn from(error: ReferenceError) -> Self {
        match error {
            ReferenceError::UnknownModel(model) => Self::UnknownModel(model),
            ReferenceError::UnknownField { model, field } => Self::UnknownField { model, field },
            ReferenceError::NoPrimaryKey(model) => Self::NoPrimaryKey(model),
            cycle @ ReferenceError::Cycle { .. } => Self::ReferenceCycle(cycle),
        }
    }
}

impl Diagnostic for QueryError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownModel(_) => "unknown-model",
            Self::UnknownField { .. } => "unknown-field",
            Self::NoPrimaryKey(_) => "no-primary-key",
            Self::Protected { .. } => "protected",
            Self::ReferenceCycle(_) => "reference-cycle",
            Self::InvalidDefault(_) => "wrong-default",
            Self::Database(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Database(error) => error.hints(),
            Self::Protected { .. } => vec!["delete those rows first".to_owned()],
            _ => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Database(error) => error.exit_code(),
            Self::Protected { .. } => ExitCode::Refused,
            _ => ExitCode::Failed,
        }
    }
}
