//! Why the database could not be used.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::db::alias::DatabaseAlias;
use crate::db::broken_references::BrokenReferences;
use crate::db::undecodable_text::UndecodableText;
use crate::diagnostic::{Diagnostic, ExitCode};

/// Why the database could not be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The file could not be looked for or created.
    #[error("cannot reach `{}`", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file could not be opened in the mode asked for.
    #[error("cannot open `{}`", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: SqliteError,
    },
    /// What stands at the path cannot be a database.
    #[error("`{}` is {what}, not a database", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What stands there.
        what: &'static str,
    },
    /// There is no such file, and only a migration makes one.
    #[error("there is no database at `{}`", .0.display())]
    Missing(PathBuf),
    /// The settings have no database of this name.
    #[error("`[databases]` does not name `{0}`")]
    UnknownAlias(DatabaseAlias),
    /// Another program made the file while a new one was filled; that one was thrown away.
    #[error("another program made `{}` at the same moment", .0.display())]
    CreatedConcurrently(PathBuf),
    /// A column holds a value of another type than the schema promises.
    #[error("{place} holds {found}, which is not {expected}")]
    ColumnType {
        /// Which column of which row, as far as its reader knows.
        place: String,
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A row holds text that is not in the encoding of its file.
    #[error("{0}")]
    UndecodableText(Box<UndecodableText>),
    /// A statement failed.
    #[error("the database does not accept `{sql}`")]
    Statement {
        /// The statement.
        sql: String,
        /// What SQLite said.
        source: SqliteError,
    },
    /// All of a database could not be written to another file.
    #[error("cannot copy the database to `{}`", path.display())]
    Copy {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: SqliteError,
    },
    /// A script has begun a transaction and not ended it.
    #[error("a script begins a transaction and does not end it")]
    UnfinishedTransaction,
    /// A file is not what was written to it.
    #[error("`{}` is damaged: {problem}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        problem: String,
    },
    /// Rows would be left that refer to nothing.
    #[error("{0}")]
    BrokenReferences(BrokenReferences),
    /// Code of the project that saves the row, or hears that it is saved, has raised an exception.
    #[error("{0}")]
    Code(String),
}

impl DatabaseError {
    /// The same error, where `place` tells which column of which row holds a value of another type.
    #[must_use]
    pub fn at_column(self, place: impl FnOnce() -> String) -> Self {
        match self {
            Self::ColumnType {
                expected, found, ..
            } => Self::ColumnType {
                place: place(),
                expected,
                found,
            },
            other => other,
        }
    }

    /// Whether another connection held the lock for longer than was waited.
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Open { source, .. }
            | Self::Copy { source, .. }
            | Self::Statement { source, .. } => is_busy(&source.0),
            _ => false,
        }
    }

    /// Whether a statement names a table that is not there.
    pub fn is_missing_table(&self) -> bool {
        match self {
            Self::Statement { source, .. } => source.to_string().starts_with("no such table"),
            _ => false,
        }
    }

    /// What SQLite says, without the statement.
    pub fn reason(&self) -> String {
        match self {
            Self::Statement { source, .. } => match &source.0 {
                rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
                source => source.to_string(),
            },
            error => error.to_string(),
        }
    }

    /// Whether the file, the disk or its locks are to blame, and not the statement.
    pub fn is_about_the_file(&self) -> bool {
        match self {
            Self::File { .. } | Self::Open { .. } | Self::NotAFile { .. } | Self::Missing(_) => {
                true
            }
            _ => self.file_hint().is_some(),
        }
    }

    fn sqlite_code(&self) -> Option<ErrorCode> {
        match self {
            Self::Open { source, .. }
            | Self::Copy { source, .. }
            | Self::Statement { source, .. } => source.0.sqlite_error_code(),
            _ => None,
        }
    }

    /// What to do about the file, where SQLite says it is to blame.
    fn file_hint(&self) -> Option<&'static str> {
        Some(match self.sqlite_code()? {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                "another process is writing; run the command again when it is done"
            }
            ErrorCode::NotADatabase => {
                "`name` below `[databases]` in `djr.toml` must be the path of an SQLite file; \
                 move this file away, or name another"
            }
            ErrorCode::DatabaseCorrupt => {
                "the file is damaged: bring back a copy of it, or save what can be read with \
                 `sqlite3 FILE .recover`"
            }
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                "the file and its directory must be writable for this user"
            }
            ErrorCode::DiskFull => "make room on the disk, then run the command again",
            ErrorCode::CannotOpen | ErrorCode::SystemIoFailure => {
                "the path, its permissions and the disk decide; nothing was changed"
            }
            _ => return None,
        })
    }

    /// Whether a row would break a constraint, such as a unique column.
    pub fn is_constraint_violation(&self) -> bool {
        match self {
            Self::Statement { source, .. } => {
                source.0.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
            }
            _ => false,
        }
    }
}

impl Diagnostic for DatabaseError {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "database-missing",
            Self::CreatedConcurrently(_) => "database-appeared",
            Self::NotAFile { .. } => "not-a-database",
            Self::BrokenReferences(_) => "broken-references",
            Self::Damaged { .. } => "database-corrupt",
            Self::UndecodableText(_) => "not-utf8",
            Self::Code(_) => "python-error",
            _ => match self.sqlite_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "database-locked",
                Some(ErrorCode::NotADatabase) => "not-a-database",
                Some(ErrorCode::DatabaseCorrupt) => "database-corrupt",
                Some(ErrorCode::ReadOnly) => "database-read-only",
                Some(ErrorCode::DiskFull) => "disk-full",
                _ => "database",
            },
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Missing(_) => "run `djr migrate` to create it",
            Self::CreatedConcurrently(_) => "run the command again",
            Self::NotAFile { .. } => {
                "move it away, or name another path in `name` below `[databases]` in `djr.toml`"
            }
            Self::File { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "the file and its directory must be writable for this user"
            }
            Self::UnfinishedTransaction => "let it `COMMIT` what it has done",
            Self::UndecodableText(text) => return text.repair().into_iter().collect(),
            Self::BrokenReferences(_) => {
                "nothing was changed; repair or delete those rows, then run the command again"
            }
            _ if self.is_missing_table() => "run `djr migrate` to create the tables",
            _ => {
                return self
                    .file_hint()
                    .into_iter()
                    .map(ToOwned::to_owned)
                    .collect();
            }
        };
        vec![hint.to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::BrokenReferences(_) => ExitCode::Refused,
            _ => ExitCode::Failed,
        }
    }

    fn is_schema_mismatch(&self) -> bool {
        let Self::Statement { source, .. } = self else {
            return false;
        };
        let message = source.to_string();
        [
            "no such table",
            "no such column",
            "has no column named",
            "NOT NULL constraint failed",
        ]
        .iter()
        .any(|reason| message.contains(reason))
    }
}

/// What SQLite said; without a cause, which would repeat it with a number.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SqliteError(pub(super) rusqlite::Error);

/// What SQLite says when another connection holds the lock.
pub(super) fn busy() -> rusqlite::Error {
    failure(rusqlite::ffi::SQLITE_BUSY)
}

/// What SQLite says with this result code.
pub(super) fn failure(code: i32) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
}

/// Whether another connection holds the lock.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}
