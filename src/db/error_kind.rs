//! What kind of error a database error is, by the names of Python's PEP 249.

use rusqlite::ErrorCode;

use crate::db::DatabaseError;

/// What kind of error a database error is (PEP 249), as Python's `sqlite3` sorts them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DatabaseErrorKind {
    /// A row breaks a rule of the schema.
    Integrity,
    /// A value is too large.
    Data,
    /// A statement is not given as many values as it has places.
    Programming,
    /// The database is used in a way that it does not have.
    Interface,
    /// The settings do not name the database.
    UnknownAlias,
    /// A statement that the database does not know, a lock, the disk.
    Operational,
}

impl DatabaseError {
    /// What kind of error it is.
    pub fn kind(&self) -> DatabaseErrorKind {
        let source = match self {
            Self::UnknownAlias(_) => return DatabaseErrorKind::UnknownAlias,
            Self::Statement { source, .. } => &source.0,
            _ => return DatabaseErrorKind::Operational,
        };
        match (source, source.sqlite_error_code()) {
            (
                rusqlite::Error::InvalidParameterCount(..) | rusqlite::Error::MultipleStatement,
                _,
            ) => DatabaseErrorKind::Programming,
            (_, Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch)) => {
                DatabaseErrorKind::Integrity
            }
            (_, Some(ErrorCode::TooBig)) => DatabaseErrorKind::Data,
            (_, Some(ErrorCode::ApiMisuse | ErrorCode::ParameterOutOfRange)) => {
                DatabaseErrorKind::Interface
            }
            _ => DatabaseErrorKind::Operational,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::db::{Database, DatabaseErrorKind as Kind};

    #[test]
    fn errors_are_sorted_as_pep_249_has_them() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(1));
        let schema = database.open_for_migrations().unwrap();
        schema.execute("CREATE TABLE a (x UNIQUE)", &[]).unwrap();
        schema.execute("INSERT INTO a VALUES (1)", &[]).unwrap();
        for (sql, kind) in [
            ("INSERT INTO a VALUES (1)", Kind::Integrity),
            ("SELECT y FROM a", Kind::Operational),
            ("SELECT FROM", Kind::Operational),
            ("SELECT ? FROM a", Kind::Programming),
            ("SELECT 1; SELECT 2", Kind::Programming),
        ] {
            assert_eq!(schema.query(sql, &[]).unwrap_err().kind(), kind, "{sql}");
        }
    }
}
