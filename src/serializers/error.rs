//! Why a fixture cannot be written or read.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::db::DatabaseError;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::json::JsonError;
use crate::models::ReferenceError;
use crate::query::QueryError;
use crate::text;

/// Why a fixture cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// A table that migrations have not made yet.
    #[error("there is no table `{table}` for `{model}` yet")]
    MissingTable {
        /// The model.
        model: String,
        /// Its table.
        table: String,
    },
    /// A column holds what its field cannot mean.
    #[error(
        "{model} {key}: `{field}` holds {found}, which is not a value of {}",
        text::with_article(kind)
    )]
    Unreadable {
        /// The model.
        model: String,
        /// The primary key.
        key: String,
        /// The field.
        field: String,
        /// What the column holds.
        found: String,
        /// The field's kind.
        kind: &'static str,
    },
    /// A document holds a number that readers of JSON take for infinite, and that no fixture can say.
    #[error(
        "{model} {key}: `{field}` holds the number `{number}`, which is larger than any that is read back"
    )]
    InfiniteNumber {
        /// The model.
        model: String,
        /// The primary key.
        key: String,
        /// The field.
        field: String,
        /// The number, as it is stored.
        number: String,
    },
    /// What was written could not be taken.
    #[error("cannot write the fixture")]
    Output(#[source] io::Error),
    /// The models do not fit together.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Diagnostic for DumpError {
    fn code(&self) -> &'static str {
        match self {
            Self::MissingTable { .. } => "missing-table",
            Self::Unreadable { .. } => "unreadable-value",
            Self::InfiniteNumber { .. } => "infinite-number",
            Self::Output(_) => "output",
            Self::Query(error) => error.code(),
            Self::Database(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::MissingTable { .. } => vec!["run `djr migrate` first".to_owned()],
            Self::Query(error) => error.hints(),
            Self::Database(error) => error.hints(),
            _ => Vec::new(),
        }
    }

    fn is_schema_mismatch(&self) -> bool {
        match self {
            // The migration that alters the column may not be applied.
            Self::MissingTable { .. } | Self::Unreadable { .. } => true,
            Self::Query(error) => error.is_schema_mismatch(),
            Self::Database(error) => error.is_schema_mismatch(),
            _ => false,
        }
    }
}

/// Where an object stands.
#[derive(Clone, Debug)]
pub struct ObjectLocation {
    /// The file; `-` for standard input.
    pub path: PathBuf,
    /// The line the object begins at.
    pub line: usize,
    /// Its number, from 1.
    pub number: usize,
    /// What it is: `auth.user 7`.
    pub object: String,
}

impl fmt::Display for ObjectLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.strip_prefix(".").unwrap_or(&self.path);
        write!(
            f,
            "{}:{}: object {}",
            path.display(),
            self.line,
            self.number
        )?;
        if !self.object.is_empty() {
            write!(f, " ({})", self.object)?;
        }
        Ok(())
    }
}

/// What is wrong with an object.
#[derive(Debug, thiserror::Error)]
pub enum ObjectProblem {
    /// It is not an object of a fixture.
    #[error("{0}")]
    Shape(String),
    /// There is no such model.
    #[error("there is no model `{name}`")]
    UnknownModel {
        /// The name.
        name: String,
        /// The name that may be meant.
        nearest: Option<String>,
    },
    /// The model has no such field.
    #[error("the model has no field `{name}`")]
    UnknownField {
        /// The name.
        name: String,
        /// The name that may be meant.
        nearest: Option<String>,
    },
    /// A field that has to have a value has none.
    #[error("`{0}` is missing, and it has no default")]
    MissingField(String),
    /// A list whose model between has a field that only its own objects can give.
    #[error("`{list}` makes no rows: `{field}` between has no default")]
    ThroughField {
        /// The list.
        list: String,
        /// The field of the model between, such as `band.Membership.role`.
        field: String,
    },
    /// A value is of the wrong kind.
    #[error("`{field}` is {found}, which is not {expected}")]
    Value {
        /// The field.
        field: String,
        /// The value.
        found: String,
        /// What it is not.
        expected: &'static str,
    },
    /// A natural key that does not lead to a row, even at the end.
    #[error("`{field}` refers to {model} {key}, which does not exist")]
    NaturalKey {
        /// The field.
        field: String,
        /// The model referred to.
        model: String,
        /// The natural key.
        key: String,
    },
    /// The database does not take it.
    #[error("{}", statement_cause(.0))]
    Database(#[source] DatabaseError),
}

/// SQLite's own words: the statement says nothing to whoever wrote the fixture.
fn statement_cause(error: &DatabaseError) -> String {
    match error {
        DatabaseError::Statement { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}

/// Why fixtures cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No file has this name.
    #[error("there is no fixture `{name}`")]
    Missing {
        /// The name.
        name: String,
        /// Where it was looked for.
        places: Vec<PathBuf>,
    },
    /// A directory has several files of this name.
    #[error("several files are fixture `{name}`: `{}`", names.join("`, `"))]
    Ambiguous {
        /// The name.
        name: String,
        /// The files.
        names: Vec<String>,
    },
    /// A format nobody reads.
    #[error("`{name}` is in no format that can be read")]
    UnknownFormat {
        /// The name.
        name: String,
    },
    /// A file could not be read.
    #[error("cannot read `{}`", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file is in UTF-16.
    #[error("{}:1: this is UTF-16, not UTF-8", path.display())]
    Utf16 {
        /// The file.
        path: PathBuf,
    },
    /// A file is not JSON.
    #[error("{}:{line}: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// An object cannot be loaded.
    #[error("{place}: {problem}")]
    Object {
        /// Where it stands.
        place: Box<ObjectLocation>,
        /// What is wrong with it.
        problem: Box<ObjectProblem>,
    },
    /// A row refers to none.
    #[error("{object}: `{column}` refers to {value}, which is not in `{target}`")]
    BrokenReference {
        /// The row.
        object: String,
        /// Its column.
        column: String,
        /// The value.
        value: String,
        /// The table referred to.
        target: String,
    },
    /// The models do not fit together.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl LoadError {
    /// The stream at `path` is not what it should be.
    pub(super) fn json(path: &std::path::Path, error: JsonError) -> Self {
        let path = path.to_owned();
        match error {
            JsonError::Unreadable(source) => Self::File { path, source },
            JsonError::Utf16 => Self::Utf16 { path },
            JsonError::Malformed { line, message, .. } => Self::Malformed {
                path,
                line,
                message,
            },
        }
    }
}

impl From<ReferenceError> for LoadError {
    fn from(error: ReferenceError) -> Self {
        Self::Query(error.into())
    }
}

impl Diagnostic for LoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing-fixture",
            Self::Ambiguous { .. } => "ambiguous-fixture",
            Self::UnknownFormat { .. } => "unknown-format",
            Self::File { .. } => "unreadable-file",
            Self::Malformed { .. } | Self::Utf16 { .. } => "malformed-fixture",
            Self::Object { .. } => "wrong-object",
            Self::BrokenReference { .. } => "broken-reference",
            Self::Query(error) => error.code(),
            Self::Database(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        let nothing = || "nothing was changed".to_owned();
        match self {
            Self::Missing { places, .. } => {
                let places: Vec<_> = places.iter().map(|place| place.display()).collect();
                let places: Vec<_> = places.iter().map(|place| format!("`{place}`")).collect();
                vec![format!("looked in {}", places.join(", "))]
            }
            Self::Ambiguous { .. } => vec![
                "name one of them with all its endings, or leave one in each directory".to_owned(),
            ],
            Self::UnknownFormat { .. } => {
                vec!["a fixture ends in `.json`, `.jsonl`, `.json.gz` or `.jsonl.gz`".to_owned()]
            }
            Self::Object { problem, .. } => {
                problem.hints().into_iter().chain([nothing()]).collect()
            }
            Self::Utf16 { path } => {
                let path = path.display();
                let convert = format!(
                    "`iconv -f UTF-16 -t UTF-8 {path}` writes it as UTF-8, and `djr dumpdata --output FILE` does from the start"
                );
                vec![convert, nothing()]
            }
            Self::Malformed { .. } | Self::BrokenReference { .. } => vec![nothing()],
            Self::Query(QueryError::Database(error)) | Self::Database(error)
                if error.is_missing_table() =>
            {
                vec!["run `djr migrate` first".to_owned()]
            }
            Self::Query(error) => error.hints(),
            Self::Database(error) => error.hints(),
            Self::File { .. } => Vec::new(),
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Query(error) => error.exit_code(),
            _ => ExitCode::Failed,
        }
    }

    fn is_schema_mismatch(&self) -> bool {
        match self {
            Self::Query(error) => error.is_schema_mismatch(),
            Self::Database(error) => error.is_schema_mismatch(),
            Self::Object { problem, .. } => match &**problem {
                ObjectProblem::Database(error) => error.is_schema_mismatch(),
                _ => false,
            },
            _ => false,
        }
    }
}

impl ObjectProblem {
    fn hints(&self) -> Vec<String> {
        match self {
            Self::UnknownModel { nearest, .. } | Self::UnknownField { nearest, .. } => {
                let meant = nearest.iter().map(|name| format!("did you mean `{name}`?"));
                let skip = "`--ignorenonexistent` skips what is not there".to_owned();
                meant.chain([skip]).collect()
            }
            Self::ThroughField { field, .. } => {
                let model = field.rsplit_once('.').map_or("", |(model, _)| model);
                vec![format!("write objects of `{model}` in place of the list")]
            }
            _ => Vec::new(),
        }
    }
}
