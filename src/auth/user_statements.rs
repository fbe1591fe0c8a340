//! The statements over the table of users that run most, each compiled once.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::auth::user::USER_COLUMNS;
use crate::auth::{NewUser, UserTable};
use crate::db::sql::{
    CompiledSql, InsertStatement, SelectStatement, SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, SqlValue};

/// Compiled statements of one [`UserTable`], made when they are first used.
#[derive(Debug, Default)]
pub(super) struct UserStatements {
    by_pk: OnceLock<CompiledSql>,
    by_username: OnceLock<CompiledSql>,
    all_permissions: OnceLock<CompiledSql>,
    permissions_of_user: OnceLock<CompiledSql>,
    /// The insertion of the last user: those of an import are all alike.
    insert: Mutex<Option<Arc<UserInsert>>>,
}

impl UserTable {
    /// A query of whole users.
    pub(super) fn select(&self) -> SelectStatement {
        SelectStatement::from(self.name())
            .columns([self.key()])
            .columns(USER_COLUMNS)
    }

    /// The user of the key that is given.
    pub(super) fn select_by_pk(&self, connection: &Connection) -> &CompiledSql {
        let statement = &self.statements().by_pk;
        statement.get_or_init(|| self.compile_select_by(self.key(), connection))
    }

    /// The user of the name that is given.
    pub(super) fn select_by_username(&self, connection: &Connection) -> &CompiledSql {
        let statement = &self.statements().by_username;
        statement.get_or_init(|| self.compile_select_by("username", connection))
    }

    fn compile_select_by(&self, column: &str, connection: &Connection) -> CompiledSql {
        let condition = SqlExpression::column(column).equals(SqlExpression::Given);
        self.select()
            .filter(condition)
            .compile(connection.dialect())
    }

    /// All permissions, as those of a superuser itself and of its groups.
    pub(super) fn select_all_permissions(&self, connection: &Connection) -> Option<&CompiledSql> {
        let tables = self.permission_tables()?;
        let compile = || tables.select_all().compile(connection.dialect());
        Some(self.statements().all_permissions.get_or_init(compile))
    }

    /// The permissions of the user whose key is given, twice.
    pub(super) fn select_permissions_of_user(
        &self,
        connection: &Connection,
    ) -> Option<&CompiledSql> {
        let tables = self.permission_tables()?;
        let compile = || tables.select_for_user().compile(connection.dialect());
        Some(self.statements().permissions_of_user.get_or_init(compile))
    }

    /// The statement that adds `user` and others with the same fields.
    pub(super) fn insert(&self, connection: &Connection, user: &NewUser) -> Arc<UserInsert> {
        let last = self.statements().insert.lock();
        let mut last = last.unwrap_or_else(PoisonError::into_inner);
        if let Some(insert) = last.as_ref().filter(|insert| insert.fits(user)) {
            return Arc::clone(insert);
        }
        let insert = Arc::new(UserInsert::new(self, connection, user));
        *last = Some(Arc::clone(&insert));
        insert
    }
}

/// The insertion of users with the same fields, compiled.
#[derive(Debug)]
pub(super) struct UserInsert {
    /// The columns of [`NewUser::extra`].
    extra: Vec<String>,
    /// The custom fields that are filled by their defaults, by their places.
    defaults: Vec<usize>,
    /// The statement; it returns nothing.
    pub(super) sql: CompiledSql,
    /// The statement; it returns the new user.
    pub(super) sql_returning: CompiledSql,
}

impl UserInsert {
    /// What nobody said and no default tells is left to the database, which may refuse.
    fn new(table: &UserTable, connection: &Connection, user: &NewUser) -> Self {
        let extra: Vec<_> = user
            .extra
            .iter()
            .map(|(column, _)| column.clone())
            .collect();
        let fields: Vec<_> = table.custom_fields().collect();
        let defaults: Vec<_> = (0..fields.len())
            .filter(|&place| !extra.contains(&fields[place].column()))
            .filter(|&place| table.default_value(place).is_some())
            .collect();
        let columns = USER_COLUMNS.into_iter().map(ToOwned::to_owned);
        let columns = columns.chain(defaults.iter().map(|&place| fields[place].column()));
        let columns = columns.chain(extra.iter().cloned());
        let statement = InsertStatement::given(table.name(), columns);
        let dialect = connection.dialect();
        let returned = std::iter::once(table.key()).chain(USER_COLUMNS);
        Self {
            extra,
            defaults,
            sql: statement.compile(dialect),
            sql_returning: statement.returning(returned).compile(dialect),
        }
    }

    fn fits(&self, user: &NewUser) -> bool {
        let columns = user.extra.iter().map(|(column, _)| column);
        self.extra.iter().eq(columns)
    }

    /// The values of `user`; a default is asked for each, since some differ every time.
    pub(super) fn values(&self, table: &UserTable, user: &NewUser) -> Vec<SqlValue> {
        let mut values = Vec::from(user.values());
        values.extend(
            self.defaults
                .iter()
                .map(|&place| table.default_value(place).unwrap_or(SqlValue::Null)),
        );
        values.extend(user.extra.iter().map(|(_, value)| value.clone()));
        values
    }
}
