//! Users in their table.

use crate::auth::{NewUser, User, UserChanges, UserFilter, UserTable};
use crate::clock::Moment;
use crate::db::sql::{
    CompiledSql, OrderBy, SelectStatement, SqlExpression, SqlFunction, SqlLookup,
    SqlStatement as _, UpdateStatement,
};
use crate::db::{Connection, DatabaseError, SqlValue};

/// The users of a database.
#[derive(Debug)]
pub struct Users<'c> {
    connection: &'c Connection,
    table: &'c UserTable,
}

impl<'c> Users<'c> {
    /// The users in `table`, over `connection`.
    pub fn new(connection: &'c Connection, table: &'c UserTable) -> Self {
        Self { connection, table }
    }

    pub(super) fn connection(&self) -> &Connection {
        self.connection
    }

    pub(super) fn table(&self) -> &UserTable {
        self.table
    }

    /// The user of this key.
    pub fn by_pk(&self, pk: &str) -> Result<Option<User>, DatabaseError> {
        self.find(self.table.select_by_pk(self.connection), pk)
    }

    /// The user of this name, upper and lower case told apart.
    pub fn by_username(&self, username: &str) -> Result<Option<User>, DatabaseError> {
        self.find(self.table.select_by_username(self.connection), username)
    }

    /// The active users whose email address is this one but for the case of ASCII letters.
    pub fn active_by_email(&self, email: &str) -> Result<Vec<User>, DatabaseError> {
        let lookup = SqlLookup::EqualIgnoringAsciiCase;
        let email = SqlExpression::column("email").compare(lookup, SqlExpression::value(email));
        let select = self.table.select().filter(email);
        let select = select.filter(SqlExpression::column("is_active"));
        let rows = select.rows(self.connection)?;
        rows.iter().map(User::from_row).collect()
    }

    /// Hands `look` every username that may resemble `username`.
    pub(super) fn for_each_similar_username(
        &self,
        username: &str,
        mut look: impl FnMut(&str),
    ) -> Result<(), DatabaseError> {
        let mut select = SelectStatement::from(self.table.name()).columns(["username"]);
        if username.is_ascii() {
            // Of ASCII names only the same one resembles it.
            let column = || SqlExpression::column("username");
            let lookup = SqlLookup::EqualIgnoringAsciiCase;
            select = select.filter(SqlExpression::Any(vec![
                column().compare(lookup, SqlExpression::value(username)),
                SqlExpression::Function(SqlFunction::HasNonAscii, vec![column()]),
            ]));
        }
        select.for_each(self.connection, |row| {
            look(&row.get::<String>(0)?);
            Ok(())
        })
    }

    fn find(&self, select: &CompiledSql, value: &str) -> Result<Option<User>, DatabaseError> {
        let row = select.first_row(self.connection, &[value.into()])?;
        row.as_ref().map(User::from_row).transpose()
    }

    /// Hands over the users that `filter` picks, by name.
    pub fn for_each<E: From<DatabaseError>>(
        &self,
        filter: &UserFilter,
        mut each: impl FnMut(User) -> Result<(), E>,
    ) -> Result<(), E> {
        let by_name = OrderBy::ascending(SqlExpression::column("username"));
        let select = self.table.select().order_by(by_name);
        let select = select.filter(filter.condition(self.table));
        select.for_each(self.connection, |row| each(User::from_row(&row)?))
    }

    /// How many users `filter` picks.
    pub fn count(&self, filter: &UserFilter) -> Result<i64, DatabaseError> {
        let select = SelectStatement::from(self.table.name()).select(SqlExpression::count_rows());
        let select = select.filter(filter.condition(self.table));
        let count = select.column_values(self.connection)?;
        Ok(count.first().copied().unwrap_or_default())
    }

    /// Whether some active superuser exists.
    pub fn has_superuser(&self) -> Result<bool, DatabaseError> {
        let select = SelectStatement::from(self.table.name())
            .select(SqlExpression::Integer(1))
            .filter(SqlExpression::column("is_superuser"))
            .filter(SqlExpression::column("is_active"))
            .limit(1);
        Ok(select.first_row(self.connection)?.is_some())
    }

    /// Adds `user`; returns it as the table now holds it.
    ///
    /// Fails with a constraint violation where the name is taken.
    pub fn insert(&self, user: &NewUser) -> Result<User, DatabaseError> {
        let insert = self.table.insert(self.connection, user);
        let values = self.table.insert_values(&insert, user);
        let rows = insert.sql_returning.rows(self.connection, &values)?;
        let inserted = rows.first().ok_or_else(|| DatabaseError::ColumnType {
            column: 1,
            expected: "a new user",
            found: "nothing".to_owned(),
        });
        User::from_row(inserted?)
    }

    /// Makes `user` as `changes` say; returns the columns in which it was not.
    pub fn apply_changes(
        &self,
        user: &User,
        changes: &UserChanges,
    ) -> Result<Vec<String>, DatabaseError> {
        let mut written = Vec::new();
        for (column, value) in changes.differing(user) {
            self.update(&user.pk, column, value)?;
            written.push(column.to_owned());
        }
        for (column, value) in &changes.custom_values {
            let value = || SqlExpression::Value(value.clone());
            let differs = SqlExpression::column(column).compare(SqlLookup::IsDistinctFrom, value());
            let update = self.update_of(&user.pk, column, value()).filter(differs);
            if update.execute(self.connection)? > 0 {
                written.push(column.clone());
            }
        }
        Ok(written)
    }

    /// Adds `user` and returns nothing but its key, as text: for many at once.
    ///
    /// Fails with a constraint violation where the name is taken.
    pub fn add(&self, user: &NewUser) -> Result<String, DatabaseError> {
        let insert = self.table.insert(self.connection, user);
        let values = self.table.insert_values(&insert, user);
        insert.sql.execute(self.connection, &values)?;
        Ok(self.connection.last_insert_id().to_string())
    }

    /// Gives the user of this key another password.
    pub fn set_password(&self, pk: &str, encoded: &str) -> Result<(), DatabaseError> {
        self.update(pk, "password", encoded.into())
    }

    /// Replaces the hash `old` by `new`; `false` where the password was changed in between.
    pub fn replace_password(&self, pk: &str, old: &str, new: &str) -> Result<bool, DatabaseError> {
        let is_old = SqlExpression::column("password").equals(SqlExpression::value(old));
        let update = self.update_of(pk, "password", SqlExpression::value(new));
        Ok(update.filter(is_old).execute(self.connection)? > 0)
    }

    /// Records that the user of this key logged in.
    pub fn set_last_login(&self, pk: &str, moment: Moment) -> Result<(), DatabaseError> {
        self.update(pk, "last_login", moment.into())
    }

    fn update(&self, pk: &str, column: &str, value: SqlValue) -> Result<(), DatabaseError> {
        let update = self.update_of(pk, column, SqlExpression::Value(value));
        update.execute(self.connection).map(drop)
    }

    fn update_of(&self, pk: &str, column: &str, value: SqlExpression) -> UpdateStatement {
        let is_user = SqlExpression::column(self.table.key()).equals(SqlExpression::value(pk));
        UpdateStatement::new(self.table.name())
            .set(column, value)
            .filter(is_user)
    }
}

#[cfg(test)]
mod tests {
    use super::Users;
    use crate::auth::tests::new_user;
    use crate::auth::{CustomField, NewUser};
    use crate::clock::Moment;
    use crate::models::{DefaultFunction, Field, FieldDefault, FieldKind, Literal};
    use crate::test_database::TestDatabase;

    #[test]
    fn finds_whom_it_added() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        assert!(!users.has_superuser().unwrap());
        let alice = users.insert(&new_user("alice", "hash")).unwrap();
        assert_eq!(users.by_username("alice").unwrap().unwrap(), alice);
        assert_eq!(users.by_pk(&alice.pk).unwrap().unwrap(), alice);
        assert_eq!(users.by_username("Alice").unwrap(), None);
        assert!(alice.is_superuser && alice.is_staff && alice.is_active);
        assert!(users.has_superuser().unwrap());
    }

    #[test]
    fn refuses_a_second_user_of_the_same_name() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        users.insert(&new_user("alice", "hash")).unwrap();
        let error = users.insert(&new_user("alice", "hash")).unwrap_err();
        assert!(error.is_constraint_violation());
    }

    #[test]
    fn fills_columns_of_the_models_own() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        for column in ["shoe_size integer", "token text", "nickname text"] {
            let sql = format!("ALTER TABLE auth_user ADD COLUMN {column}");
            connection.execute(&sql, &[]).unwrap();
        }
        let mut shoe_size = Field::new("shoe_size", FieldKind::Integer);
        shoe_size.default = Some(FieldDefault::Value(Literal::Integer(42)));
        let mut token = Field::new("token", FieldKind::Uuid);
        token.default = Some(FieldDefault::Function(DefaultFunction::Uuid4));
        let nickname = Field::new("nickname", FieldKind::Text { max_length: None });
        let custom_fields = [shoe_size, token, nickname].into_iter();
        let custom_fields = custom_fields.map(|field| CustomField {
            kind: field.kind.clone(),
            field,
        });
        let table = database.users.clone();
        let table = table.with_custom_fields(custom_fields.collect());
        let users = Users::new(&connection, &table);
        let carol = NewUser {
            custom_values: vec![("nickname".to_owned(), "Caro".into())],
            ..NewUser::named("carol")
        };
        users.insert(&carol).unwrap();
        users.insert(&NewUser::named("dave")).unwrap();
        let sql = "SELECT shoe_size || nickname FROM auth_user ORDER BY id";
        let kept = connection.column::<String>(sql, &[]).unwrap();
        assert_eq!(kept, ["42Caro", "42"]);
        let tokens = "SELECT count(DISTINCT token) FROM auth_user";
        assert_eq!(connection.column::<i64>(tokens, &[]).unwrap(), [2]);
    }

    #[test]
    fn keeps_a_password_that_was_changed_while_its_hash_was_upgraded() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let user = users.insert(&new_user("alice", "old")).unwrap();
        users.set_password(&user.pk, "changed").unwrap();
        users.replace_password(&user.pk, "old", "upgraded").unwrap();
        let moment = Moment::from_unix_seconds(5);
        users.set_last_login(&user.pk, moment).unwrap();
        let user = users.by_pk(&user.pk).unwrap().unwrap();
        assert_eq!(user.password, "changed");
        assert_eq!(user.last_login, Some(moment));
    }

    #[test]
    fn adds_users_that_may_do_nothing() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let bob = users.insert(&NewUser::named("bob")).unwrap();
        assert!(!bob.is_superuser && !bob.is_staff && bob.is_active);
        assert!(!users.has_superuser().unwrap());
    }
}
