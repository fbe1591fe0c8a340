//! Why a question or a row does not fit the models.

use crate::db::DatabaseError;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::models::{ModelKey, ModelRef};
use crate::schema::SchemaError;

/// Why a question or a row does not fit the models, or the database failed.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A field refers to a model that is not installed.
    #[error("there is no model `{0}`")]
    UnknownModel(ModelRef),
    /// A path names what is no field.
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
    /// A default that its field cannot hold.
    #[error("the default of a field does not fit")]
    Default(#[from] SchemaError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Diagnostic for QueryError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownModel(_) => "unknown-model",
            Self::UnknownField { .. } => "unknown-field",
            Self::NoPrimaryKey(_) => "no-primary-key",
            Self::Protected { .. } => "protected",
            Self::Default(_) => "wrong-default",
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
