//! Why a question or a row does not fit the models.

use crate::db::DatabaseError;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::models::{ModelKey, ReferenceError};
use crate::values::InvalidDefault;

/// Why a question or a row does not fit the models, or the database failed.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// A reference, or a path along references, does not lead to a field.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
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
    /// Behind a field stands a name that is neither a field nor a part of its value.
    #[error("nothing is called `{name}` behind `{field}`")]
    UnknownTransform {
        /// The field.
        field: String,
        /// The name.
        name: String,
    },
    /// A parameter of a query was not given a value.
    #[error("`{0}` was not given a value")]
    UnboundParameter(String),
    /// The orders of models refer to each other without end.
    #[error("the order by `{0}` comes back to itself")]
    EndlessOrder(String),
    /// A lookup has a value that its field cannot be compared with.
    #[error("`{path}` cannot be compared with {value}")]
    WrongValue {
        /// The path of the lookup.
        path: String,
        /// The value, as it is written.
        value: String,
    },
    /// A default that its field cannot hold.
    #[error(transparent)]
    InvalidDefault(#[from] InvalidDefault),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Diagnostic for QueryError {
    fn code(&self) -> &'static str {
        match self {
            Self::Reference(ReferenceError::UnknownModel(_)) => "unknown-model",
            Self::Reference(ReferenceError::UnknownField { .. }) => "unknown-field",
            Self::Reference(ReferenceError::NoPrimaryKey(_)) => "no-primary-key",
            Self::Reference(ReferenceError::Cycle { .. }) => "reference-cycle",
            Self::UnknownTransform { .. } => "unknown-lookup",
            Self::UnboundParameter(_) => "unbound-parameter",
            Self::EndlessOrder(_) => "endless-order",
            Self::WrongValue { .. } => "wrong-value",
            Self::Protected { .. } => "protected",
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

    fn is_schema_mismatch(&self) -> bool {
        match self {
            Self::Database(error) => error.is_schema_mismatch(),
            _ => false,
        }
    }
}
