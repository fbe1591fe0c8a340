//! The statements over the table of users that run most, each compiled once.

use std::sync::{Arc, PoisonError};

use crate::auth::user_statements::UserInsert;
use crate::auth::{NewUser, UserAttribute, UserTable};
use crate::db::sql::{
    CompiledSql, InsertStatement, SelectStatement, SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, SqlValue};

impl UserTable {
    /// A query of whole users.
    pub(super) fn select(&self) -> SelectStatement {
        SelectStatement::from(self.name()).columns(self.fields().read_columns())
    }

    /// The user of the key that is given.
    pub(super) fn select_by_pk(&self, connection: &Connection) -> &CompiledSql {
        let statement = &self.statements().by_pk;
        statement.get_or_init(|| self.compile_select_by(&self.key(), connection))
    }

    /// The user of the name that is given.
    pub(super) fn select_by_username(&self, connection: &Connection) -> &CompiledSql {
        let statement = &self.statements().by_username;
        let column = || self.fields().column(UserAttribute::Username);
        let column = || column().unwrap_or_else(|| self.key());
        statement.get_or_init(|| self.compile_select_by(&column(), connection))
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
        let insert = Arc::new(self.compile_insert(connection, user));
        *last = Some(Arc::clone(&insert));
        insert
    }

    /// A column with neither a value nor a default is left to the database, which may refuse.
    fn compile_insert(&self, connection: &Connection, user: &NewUser) -> UserInsert {
        let custom_columns: Vec<_> = user
            .custom_values
            .iter()
            .map(|(column, _)| column.clone())
            .collect();
        let fields: Vec<_> = self.custom_fields().collect();
        let defaults: Vec<_> = (0..fields.len())
            .filter(|&place| !custom_columns.contains(&fields[place].column()))
            .filter(|&place| self.default_value(place).is_some())
            .collect();
        let mut attributes = self.fields().written();
        attributes.retain(|(_, column)| !custom_columns.contains(column));
        let columns = attributes.iter().map(|(_, column)| column.clone());
        let columns = columns.chain(defaults.iter().map(|&place| fields[place].column()));
        let columns = columns.chain(custom_columns.iter().cloned());
        let statement = InsertStatement::given(self.name(), columns);
        let dialect = connection.dialect();
        let with_key = statement.clone().returning([self.key()]);
        UserInsert {
            attributes: attributes
                .into_iter()
                .map(|(attribute, _)| attribute)
                .collect(),
            custom_columns,
            defaults,
            sql: with_key.compile(dialect),
            sql_returning: statement
                .returning(self.fields().read_columns())
                .compile(dialect),
        }
    }

    /// The values of `user`; a default is asked for each, since some differ every time.
    pub(super) fn insert_values(&self, insert: &UserInsert, user: &NewUser) -> Vec<SqlValue> {
        let attributes = insert.attributes.iter();
        let mut values: Vec<_> = attributes
            .map(|attribute| user.value(*attribute, self.fields()))
            .collect();
        values.extend(
            insert
                .defaults
                .iter()
                .map(|&place| self.default_value(place).unwrap_or(SqlValue::Null)),
        );
        values.extend(user.custom_values.iter().map(|(_, value)| value.clone()));
        values
    }
}
