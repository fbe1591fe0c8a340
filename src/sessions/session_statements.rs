//! The statements over the table of sessions, each compiled once.

use crate::db::Dialect;
use crate::db::sql::{
    CompiledSql, DeleteStatement, InsertStatement, SelectStatement, SqlExpression, SqlLookup,
    SqlStatement as _, UpdateStatement,
};

/// The table of the model `sessions.Session`.
pub const SESSION_TABLE: &str = "django_session";

/// What the engine `database` runs for requests.
#[derive(Debug)]
pub(super) struct SessionStatements {
    /// The data of the key that is given and its end, unless it ended before the moment given.
    pub(super) select: CompiledSql,
    /// The data of the key that is given, ended or not.
    pub(super) stored: CompiledSql,
    /// A row, if the key that is given is there.
    pub(super) exists: CompiledSql,
    /// Adds a key, data and a moment.
    pub(super) insert: CompiledSql,
    /// Writes data and a moment for a key.
    pub(super) update: CompiledSql,
    /// Writes data and a moment for a key, if its data is what is given.
    pub(super) replace: CompiledSql,
    /// A row, if the key that is given has the data that is given.
    pub(super) holds: CompiledSql,
    /// Deletes the key that is given.
    pub(super) delete: CompiledSql,
}

impl SessionStatements {
    pub(super) fn new(dialect: &dyn Dialect) -> Self {
        let is_key = || column("session_key").equals(SqlExpression::Given);
        let columns = ["session_key", "session_data", "expire_date"];
        let select = SelectStatement::from(SESSION_TABLE)
            .columns(["session_data", "expire_date"])
            .filter(is_key())
            .filter(column("expire_date").compare(SqlLookup::Gt, SqlExpression::Given));
        let stored = SelectStatement::from(SESSION_TABLE)
            .columns(["session_data"])
            .filter(is_key());
        let exists = SelectStatement::from(SESSION_TABLE)
            .select(SqlExpression::Integer(1))
            .filter(is_key());
        let has_data = || column("session_data").equals(SqlExpression::Given);
        let holds = SelectStatement::from(SESSION_TABLE)
            .select(SqlExpression::Integer(1))
            .filter(is_key())
            .filter(has_data());
        let update = || {
            UpdateStatement::new(SESSION_TABLE)
                .set("session_data", SqlExpression::Given)
                .set("expire_date", SqlExpression::Given)
                .filter(is_key())
        };
        let delete = DeleteStatement::from(SESSION_TABLE).filter(is_key());
        Self {
            select: select.compile(dialect),
            stored: stored.compile(dialect),
            exists: exists.compile(dialect),
            insert: InsertStatement::given(SESSION_TABLE, columns).compile(dialect),
            update: update().compile(dialect),
            replace: update().filter(has_data()).compile(dialect),
            holds: holds.compile(dialect),
            delete: delete.compile(dialect),
        }
    }
}

fn column(name: &str) -> SqlExpression {
    SqlExpression::column(name)
}
