//! Why the schema could not be changed.

use crate::db::{BrokenObject, DatabaseError, ViolatedConstraint};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::models::{ReferenceError, StateError};
use crate::values::InvalidDefault;

/// Why the schema could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A statement failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The change names what is not there.
    #[error(transparent)]
    State(#[from] StateError),
    /// The table to be made is there already.
    #[error("the table `{0}` is there already")]
    TableExists(String),
    /// The table would be left without a column.
    #[error("`{0}` is left without a column by this change")]
    NoColumns(String),
    /// The field cannot become that kind of field.
    #[error("{}", incompatible_kinds(field, from, to))]
    IncompatibleKinds {
        /// The field.
        field: String,
        /// What it was.
        from: &'static str,
        /// What it was to become.
        to: &'static str,
    },
    /// A default or a compared value does not fit the kind of its field.
    #[error(transparent)]
    InvalidDefault(#[from] InvalidDefault),
    /// An expression holds what only a query is given.
    #[error("`{0}` is given to queries alone, not to a table")]
    Parameter(String),
    /// An expression holds what only a query can compute.
    #[error("a table cannot compute what only a query can, such as an aggregate")]
    QueryExpression,
    /// A script would end the transaction it runs in.
    #[error("`{0}` cannot stand in this migration: all of it is one transaction")]
    TransactionControl(String),
    /// Something that no model declares does not fit the table that is made again.
    #[error("{what} does not fit `{table}` after this change: {why}")]
    NotCarriedOver {
        /// The column, constraint or index.
        what: String,
        /// The table.
        table: String,
        /// What SQLite says.
        why: String,
    },
    /// Views, triggers or search tables would no longer work.
    #[error("this change breaks {}", broken_objects(.0))]
    DependentsBroken(Vec<BrokenObject>),
    /// A row holds what is not a value of the kind that its field has become.
    #[error(
        "row {row} of `{table}` has `{column}` = {found}, which is not a value of {}",
        crate::text::with_article(kind)
    )]
    UnreadableValue {
        /// The key of the row.
        row: String,
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What the row holds.
        found: String,
        /// Django's class of the field.
        kind: &'static str,
    },
    /// All rows that are there got the same value in a column that is to be unique.
    #[error("all existing rows get the same value in `{field}`, which is unique")]
    SharedDefault {
        /// The model.
        model: String,
        /// The field.
        field: String,
        /// What SQLite says.
        source: Box<DatabaseError>,
    },
    /// No index, or several, stand for a set of unique columns.
    #[error("the table `{table}` has {found} unique indexes over {columns}, not one")]
    UniqueIndexNotFound {
        /// The table.
        table: String,
        /// The columns.
        columns: String,
        /// How many were found.
        found: usize,
    },
}

fn broken_objects(broken: &[BrokenObject]) -> String {
    let told = broken
        .iter()
        .map(|found| format!("{} ({})", found.what, found.why));
    told.collect::<Vec<_>>().join(", ")
}

fn incompatible_kinds(field: &str, from: &str, to: &str) -> String {
    if from == to {
        return format!("`{field}` cannot get or lose `through`: its links have no place to go");
    }
    format!("`{field}` cannot turn from {from} into {to}: the data has no place to go")
}

/// Django's three steps to a unique field for rows that are there.
fn fill_first(model: &str, field: &str) -> Vec<String> {
    vec![format!(
        "in place of this migration: give `{field}` of `{model}` `null = true` and no default, and run `djr \
         makemigrations`; fill it with an `UPDATE` in a `RunSQL` of a migration of its own (`djr makemigrations \
         APP --empty`); then write it as it is to be, and run `djr makemigrations` again"
    )]
}

/// What to do about rows that are there already and break `constraint`.
fn rows_do_not_fit(constraint: &ViolatedConstraint) -> &'static str {
    match constraint {
        ViolatedConstraint::NotNull(_) => {
            "rows that are there already do not fit: give the field a `default` or `null = true`, or fill those \
             rows first, in a `RunSQL` before this operation"
        }
        ViolatedConstraint::Unique(_) | ViolatedConstraint::UniqueIndex(_) => {
            "rows that are there already do not fit: change them first so that no two are alike, in a `RunSQL` \
             before this operation"
        }
        ViolatedConstraint::Check(_) | ViolatedConstraint::ForeignKey => {
            "rows that are there already do not fit: change them first, in a `RunSQL` before this operation"
        }
    }
}

impl From<ReferenceError> for SchemaError {
    fn from(error: ReferenceError) -> Self {
        Self::State(error.into())
    }
}

impl Diagnostic for SchemaError {
    fn code(&self) -> &'static str {
        match self {
            Self::Database(error) => error.code(),
            Self::SharedDefault { source, .. } => source.code(),
            Self::TableExists(_) => "table-exists",
            Self::NotCarriedOver { .. } | Self::DependentsBroken(_) => "not-carried-over",
            Self::UnreadableValue { .. } => "unreadable-value",
            _ => "schema",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Database(error) => match error.violated_constraint() {
                Some(constraint) => rows_do_not_fit(&constraint),
                None => return error.hints(),
            },
            Self::SharedDefault { model, field, .. } => return fill_first(model, field),
            Self::TableExists(_) => {
                "if it has the right columns, `djr migrate --fake-initial` records the \
                 first migration of its app without running it"
            }
            Self::NoColumns(_) => {
                "add a field to the model in an operation before this one, or delete the model"
            }
            Self::TransactionControl(_) => {
                "with `atomic = false` the migration runs outside of transactions"
            }
            Self::NotCarriedOver { .. } | Self::DependentsBroken(_) => {
                "drop or change it in a `RunSQL` before this operation, and make it again after it"
            }
            Self::UnreadableValue { .. } => {
                "change such rows first, or in a `RunSQL` before this operation"
            }
            Self::IncompatibleKinds { from, to, .. } if from == to => {
                "let `djr makemigrations` write the change: it names the ways that keep the links"
            }
            Self::IncompatibleKinds { .. } => {
                "remove the field and add it again; what its rows hold goes, unless a `RunSQL` copies it"
            }
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Database(error) => error.exit_code(),
            Self::SharedDefault { source, .. } => source.exit_code(),
            Self::TableExists(_)
            | Self::NotCarriedOver { .. }
            | Self::DependentsBroken(_)
            | Self::UnreadableValue { .. }
            | Self::IncompatibleKinds { .. } => ExitCode::Refused,
            _ => ExitCode::Failed,
        }
    }
}
