//! Users in their table.

use crate::auth::heard_users::{HeardUsers, SavedPart};
use crate::auth::{
    NewUser, User, UserAttribute, UserChanges, UserFilter, UserKey, UserTable, names,
};
use crate::clock::Moment;
use crate::db::sql::{
    CompiledSql, OrderBy, SelectStatement, SqlExpression, SqlFunction, SqlLookup,
    SqlStatement as _, UpdateStatement,
};
use crate::db::{Connection, DatabaseError, SqlValue};
use crate::query::ModelInstance;
use crate::values::to_column;

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

    /// The user of the key that a session or a link writes as `pk`.
    pub fn by_pk(&self, pk: &str) -> Result<Option<User>, DatabaseError> {
        match self.table.fields().key().parse(pk) {
            Some(key) => self.find(self.table.select_by_pk(self.connection), key),
            None => Ok(None),
        }
    }

    /// The user of this key.
    pub fn by_key(&self, key: &UserKey) -> Result<Option<User>, DatabaseError> {
        self.find(self.table.select_by_pk(self.connection), key.into())
    }

    /// The user who logs in with `username`, upper and lower case told apart but for the domain of an address.
    pub fn by_username(&self, username: &str) -> Result<Option<User>, DatabaseError> {
        // As it was typed first: other programs may have kept an address so.
        let typed = names::normalize_username(username);
        let kept = self.table.normalize_username(username);
        match self.by_exact_username(&typed)? {
            None if kept != typed => self.by_exact_username(&kept),
            found => Ok(found),
        }
    }

    fn by_exact_username(&self, username: &str) -> Result<Option<User>, DatabaseError> {
        let field = self.table.fields().get(UserAttribute::Username);
        match field.and_then(|field| field.parse(username)) {
            Some(name) => self.find(self.table.select_by_username(self.connection), name),
            None => Ok(None),
        }
    }

    /// The active users whose email address is this one but for the case of ASCII letters.
    ///
    /// None where users have no address.
    pub fn active_by_email(&self, email: &str) -> Result<Vec<User>, DatabaseError> {
        let Some(column) = self.table.fields().column(UserAttribute::Email) else {
            return Ok(Vec::new());
        };
        let lookup = SqlLookup::EqualIgnoringAsciiCase;
        let email = SqlExpression::column(&column).compare(lookup, SqlExpression::value(email));
        let rows = self.table.select().filter(email).rows(self.connection)?;
        let users = rows.iter().map(|row| self.table.user(row));
        let mut users = users.collect::<Result<Vec<_>, _>>()?;
        users.retain(|user| user.is_active);
        Ok(users)
    }

    /// Hands `look` every username that may resemble `username`.
    pub(super) fn for_each_similar_username(
        &self,
        username: &str,
        mut look: impl FnMut(&str),
    ) -> Result<(), DatabaseError> {
        let Some(field) = self.table.fields().get(UserAttribute::Username) else {
            return Ok(());
        };
        let name = field.field.column();
        let mut select = SelectStatement::from(self.table.name()).columns([&name]);
        if username.is_ascii() {
            // Of ASCII names only the same one resembles it.
            let column = || SqlExpression::column(&name);
            let lookup = SqlLookup::EqualIgnoringAsciiCase;
            select = select.filter(SqlExpression::Any(vec![
                column().compare(lookup, SqlExpression::value(username)),
                SqlExpression::Function(SqlFunction::HasNonAscii, vec![column()]),
            ]));
        }
        select.for_each(self.connection, |row| {
            let value: SqlValue = row.get(0)?;
            look(&field.text(&value)?);
            Ok(())
        })
    }

    fn find(&self, select: &CompiledSql, value: SqlValue) -> Result<Option<User>, DatabaseError> {
        let row = select.first_row(self.connection, &[value])?;
        let row = row.as_ref();
        row.map(|row| self.table.user(row)).transpose()
    }

    /// Hands over the users that `filter` picks, by name.
    pub fn for_each<E: From<DatabaseError>>(
        &self,
        filter: &UserFilter,
        mut each: impl FnMut(User) -> Result<(), E>,
    ) -> Result<(), E> {
        let name = self.table.fields().column(UserAttribute::Username);
        let name = name.unwrap_or_else(|| self.table.key());
        let by_name = OrderBy::ascending(SqlExpression::column(&name));
        let select = self.table.select().order_by(by_name);
        let select = select.filter(filter.condition(self.table));
        select.for_each(self.connection, |row| each(self.table.user(&row)?))
    }

    /// How many users `filter` picks.
    pub fn count(&self, filter: &UserFilter) -> Result<i64, DatabaseError> {
        let select = SelectStatement::from(self.table.name()).select(SqlExpression::count_rows());
        let select = select.filter(filter.condition(self.table));
        let count = select.column_values(self.connection)?;
        Ok(count.first().copied().unwrap_or_default())
    }

    /// Whether somebody may administer the site: an active superuser, one of the staff where the model knows
    /// of no superusers, or any active user where it knows of neither.
    pub fn has_superuser(&self) -> Result<bool, DatabaseError> {
        let fields = self.table.fields();
        let switches = [UserAttribute::IsSuperuser, UserAttribute::IsStaff];
        let power = switches
            .into_iter()
            .find_map(|switch| fields.column(switch));
        let needed = power
            .into_iter()
            .chain(fields.column(UserAttribute::IsActive));
        let select = SelectStatement::from(self.table.name()).select(SqlExpression::Integer(1));
        let select = needed.fold(select, |select, column| {
            select.filter(SqlExpression::column(&column))
        });
        Ok(select.limit(1).first_row(self.connection)?.is_some())
    }

    /// Adds `user`; returns it as the table now holds it.
    ///
    /// Fails with a constraint violation where the name is taken.
    pub fn insert(&self, user: &NewUser) -> Result<User, DatabaseError> {
        if let Some(heard) = HeardUsers::of(self.table) {
            let key = heard.insert(self.connection, user)?;
            let added = self.find(self.table.select_by_pk(self.connection), key)?;
            return added.ok_or_else(not_added);
        }
        let insert = self.table.insert(self.connection, user);
        let values = self.table.insert_values(&insert, user);
        let rows = insert.sql_returning.rows(self.connection, &values)?;
        let inserted = rows.first().ok_or_else(not_added);
        self.table.user(inserted?)
    }

    /// Makes `user` as `changes` say; returns the columns in which it was not.
    pub fn apply_changes(
        &self,
        user: &User,
        changes: &UserChanges,
    ) -> Result<Vec<String>, DatabaseError> {
        if let Some(heard) = HeardUsers::of(self.table) {
            return self.apply_heard(&heard, user, changes);
        }
        let mut written = Vec::new();
        for (field, value) in changes.differing(user, self.table.fields()) {
            self.update(&user.pk, &field.field.column(), value)?;
            written.push(field.field.name.clone());
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

    /// The same by the class of the model: one save of all that differs.
    fn apply_heard(
        &self,
        heard: &HeardUsers<'_>,
        user: &User,
        changes: &UserChanges,
    ) -> Result<Vec<String>, DatabaseError> {
        let differing = changes.differing(user, self.table.fields());
        let mut written: Vec<_> = differing
            .iter()
            .map(|(field, _)| field.field.name.clone())
            .collect();
        let differing = differing.into_iter();
        let mut values: Vec<_> = differing
            .map(|(field, value)| (field.field.column(), value))
            .collect();
        for (column, value) in &changes.custom_values {
            let given = || SqlExpression::Value(value.clone());
            let differs = SqlExpression::column(column).compare(SqlLookup::IsDistinctFrom, given());
            let own = SqlExpression::column(&self.table.key());
            let own = own.equals(SqlExpression::Value((&user.pk).into()));
            let select = SelectStatement::from(self.table.name()).select(SqlExpression::Integer(1));
            if select
                .filter(own)
                .filter(differs)
                .first_row(self.connection)?
                .is_some()
            {
                written.push(column.clone());
                values.push((column.clone(), value.clone()));
            }
        }
        if !values.is_empty() {
            heard.update(self.connection, &user.pk, &values, SavedPart::Whole, |_| {
                true
            })?;
        }
        Ok(written)
    }

    /// Adds `user` and returns nothing but its key: for many at once.
    ///
    /// Fails with a constraint violation where the name is taken.
    pub fn add(&self, user: &NewUser) -> Result<UserKey, DatabaseError> {
        if let Some(heard) = HeardUsers::of(self.table) {
            let key = heard.insert(self.connection, user)?;
            return self.table.fields().key().key(key);
        }
        let insert = self.table.insert(self.connection, user);
        let values = self.table.insert_values(&insert, user);
        let rows = insert.sql.rows(self.connection, &values)?;
        let key = rows.first().map(|row| row.get(0)).transpose()?;
        self.table.fields().key().key(key.unwrap_or(SqlValue::Null))
    }

    /// Gives the user of this key another password.
    pub fn set_password(&self, pk: &UserKey, encoded: &str) -> Result<(), DatabaseError> {
        self.update_attribute(
            pk,
            UserAttribute::Password,
            encoded.into(),
            SavedPart::Whole,
        )
    }

    /// Replaces the hash `old` by `new`; `false` where the password was changed in between.
    pub fn replace_password(
        &self,
        pk: &UserKey,
        old: &str,
        new: &str,
    ) -> Result<bool, DatabaseError> {
        self.exchange_password(pk, old, new, SavedPart::Whole)
    }

    /// Replaces the hash `old` by `new` of the same password; `false` where that was changed in between.
    pub fn upgrade_password(
        &self,
        pk: &UserKey,
        old: &str,
        new: &str,
    ) -> Result<bool, DatabaseError> {
        self.exchange_password(pk, old, new, SavedPart::Changed)
    }

    fn exchange_password(
        &self,
        pk: &UserKey,
        old: &str,
        new: &str,
        part: SavedPart,
    ) -> Result<bool, DatabaseError> {
        let Some(field) = self.table.fields().get(UserAttribute::Password) else {
            return Ok(false);
        };
        let column = field.field.column();
        if let Some(heard) = HeardUsers::of(self.table) {
            let (values, name) = ([(column, SqlValue::from(new))], &field.field.name);
            let is_old = |row: &ModelInstance| row.get(name).map(to_column) == Some(old.into());
            return heard.update(self.connection, pk, &values, part, is_old);
        }
        let is_old = SqlExpression::column(&column).equals(SqlExpression::value(old));
        let update = self.update_of(pk, &column, SqlExpression::value(new));
        Ok(update.filter(is_old).execute(self.connection)? > 0)
    }

    /// Records that the user of this key logged in, where the model keeps that.
    pub fn set_last_login(&self, pk: &UserKey, moment: Moment) -> Result<(), DatabaseError> {
        self.update_attribute(
            pk,
            UserAttribute::LastLogin,
            moment.into(),
            SavedPart::Changed,
        )
    }

    fn update_attribute(
        &self,
        pk: &UserKey,
        attribute: UserAttribute,
        value: SqlValue,
        part: SavedPart,
    ) -> Result<(), DatabaseError> {
        let Some(column) = self.table.fields().column(attribute) else {
            return Ok(());
        };
        if let Some(heard) = HeardUsers::of(self.table) {
            let values = [(column, value)];
            return heard
                .update(self.connection, pk, &values, part, |_| true)
                .map(drop);
        }
        self.update(pk, &column, value)
    }

    fn update(&self, pk: &UserKey, column: &str, value: SqlValue) -> Result<(), DatabaseError> {
        let update = self.update_of(pk, column, SqlExpression::Value(value));
        update.execute(self.connection).map(drop)
    }

    fn update_of(&self, pk: &UserKey, column: &str, value: SqlExpression) -> UpdateStatement {
        let is_user =
            SqlExpression::column(&self.table.key()).equals(SqlExpression::Value(pk.into()));
        UpdateStatement::new(self.table.name())
            .set(column, value)
            .filter(is_user)
    }
}

fn not_added() -> DatabaseError {
    DatabaseError::ColumnType {
        place: "the table of users".to_owned(),
        expected: "a new user",
        found: "nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Users;
    use crate::auth::tests::new_user;
    use crate::auth::{NewUser, UserField};
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
        assert_eq!(users.by_key(&alice.pk).unwrap().unwrap(), alice);
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
        let custom_fields = custom_fields.map(UserField::plain);
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
        let user = users.by_key(&user.pk).unwrap().unwrap();
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
