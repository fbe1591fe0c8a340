//! Tokens that programs log in with: made by `djr users token`, sent as `Authorization: Token ...`.
//!
//! Only a hash of a token is kept. It is not a slow one: a token is random, and there is nothing to guess.

use crate::auth::{User, UserKey, UserTable, Users};
use crate::clock::{self, Moment};
use crate::crypto::{
    ALPHANUMERIC, Hash, Secret, constant_time_eq, hex, random_string, salted_hmac,
};
use crate::db::sql::{
    CreateTable, DeleteStatement, InsertStatement, OrderBy, SelectStatement, SqlColumnType,
    SqlExpression, SqlStatement as _,
};
use crate::db::{Connection, DatabaseError, Row};

const TABLE: &str = "djr_api_tokens";

/// What a token begins with, so that it is recognised where it does not belong: in a commit, in a log.
const PREFIX: &str = "djr_";

/// The random characters behind it: some 238 bits.
const LENGTH: usize = 40;

/// Digits of a hash by which people tell tokens apart.
const ID_LENGTH: usize = 8;

/// A token, as it can be told of afterwards.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ApiToken {
    /// What it is called by: the first digits of its hash.
    pub id: String,
    /// The key of its user.
    pub user: String,
    /// What it is for, in the words of whoever made it.
    pub label: String,
    /// When it was made.
    pub created: Moment,
    digest: String,
}

/// The tokens of a database.
#[derive(Debug)]
pub struct ApiTokens<'c> {
    connection: &'c Connection,
}

impl<'c> ApiTokens<'c> {
    /// The tokens that are kept behind `connection`.
    pub fn new(connection: &'c Connection) -> Self {
        Self { connection }
    }

    /// Makes a token for `user`; this is the only time that it is known.
    pub fn create(&self, user: &UserKey, label: &str) -> Result<Secret, DatabaseError> {
        let token = format!("{PREFIX}{}", random_string(LENGTH, ALPHANUMERIC));
        self.connection.transaction(|connection| {
            if !connection.has_table(TABLE)? {
                create_table(connection)?;
            }
            InsertStatement::into(TABLE)
                .columns(["user_id", "digest", "label", "created"])
                .row([
                    SqlExpression::value(user.text().to_owned()),
                    SqlExpression::value(digest(&token)),
                    SqlExpression::value(label.to_owned()),
                    SqlExpression::value(clock::now().to_sql()),
                ])
                .execute(connection)
        })?;
        Ok(Secret::new(token))
    }

    /// The tokens of `user`, the oldest first.
    pub fn of_user(&self, user: &UserKey) -> Result<Vec<ApiToken>, DatabaseError> {
        let own =
            SqlExpression::column("user_id").equals(SqlExpression::value(user.text().to_owned()));
        self.find(own)
    }

    /// Revokes those of `user` that are called so; returns how many there were.
    pub fn revoke(&self, user: &UserKey, ids: &[String]) -> Result<usize, DatabaseError> {
        let known = self.of_user(user)?;
        let meant: Vec<_> = known
            .iter()
            .filter(|token| ids.contains(&token.id))
            .collect();
        for token in &meant {
            let one =
                SqlExpression::column("digest").equals(SqlExpression::value(token.digest.clone()));
            DeleteStatement::from(TABLE)
                .filter(one)
                .execute(self.connection)?;
        }
        Ok(meant.len())
    }

    /// Whose token `sent` is, active or not; none where it is nobody's.
    ///
    /// A user who got the key of a former one does not get its tokens.
    pub fn user(&self, table: &UserTable, sent: &str) -> Result<Option<User>, DatabaseError> {
        let digest = digest(sent);
        let found = self
            .find(SqlExpression::column("digest").equals(SqlExpression::value(digest.clone())))?;
        let mut found = found.into_iter();
        let Some(token) = found.find(|token| constant_time_eq(&token.digest, &digest)) else {
            return Ok(None);
        };
        let user = Users::new(self.connection, table).by_pk(&token.user)?;
        Ok(user.filter(|user| {
            user.date_joined
                .is_none_or(|joined| joined <= token.created)
        }))
    }

    fn find(&self, condition: SqlExpression) -> Result<Vec<ApiToken>, DatabaseError> {
        let rows = SelectStatement::from(TABLE)
            .columns(["digest", "user_id", "label", "created"])
            .filter(condition)
            .order_by(OrderBy::ascending(SqlExpression::column("created")))
            .rows(self.connection);
        match rows {
            Ok(rows) => rows.iter().map(token).collect(),
            // Nobody ever made one.
            Err(error) if error.is_missing_table() => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

fn create_table(connection: &Connection) -> Result<(), DatabaseError> {
    CreateTable::new(TABLE)
        .key_column("digest", SqlColumnType::Text)
        .column("user_id", SqlColumnType::Text)
        .column("label", SqlColumnType::Text)
        .column("created", SqlColumnType::Text)
        .execute(connection)?;
    Ok(())
}

fn token(row: &Row) -> Result<ApiToken, DatabaseError> {
    let (digest, created): (String, String) = (row.get(0)?, row.get(3)?);
    Ok(ApiToken {
        id: digest.chars().take(ID_LENGTH).collect(),
        user: row.get(1)?,
        label: row.get(2)?,
        // What cannot be read is older than every user.
        created: Moment::from_sql(&created).unwrap_or_else(|| Moment::from_unix_seconds(0)),
        digest,
    })
}

fn digest(token: &str) -> String {
    hex(&salted_hmac(
        "djr.auth.api_tokens",
        token.as_bytes(),
        "",
        Hash::Sha256,
    ))
}

#[cfg(test)]
mod tests {
    use super::ApiTokens;
    use crate::auth::Users;
    use crate::auth::tests::new_user;
    use crate::clock;
    use crate::test_database::TestDatabase;

    #[test]
    fn a_token_names_its_user_until_it_is_revoked() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let alice = users.insert(&new_user("alice", "hash")).unwrap();
        let bob = users.insert(&new_user("bob", "hash")).unwrap();
        let tokens = ApiTokens::new(&connection);
        assert_eq!(tokens.user(&table, "djr_x").unwrap(), None);
        let token = tokens.create(&alice.pk, "backup").unwrap();
        let other = tokens.create(&bob.pk, "").unwrap();
        let name = |sent: &str| tokens.user(&table, sent).unwrap().map(|user| user.username);
        assert_eq!(name(token.expose()).as_deref(), Some("alice"));
        assert_eq!(name(other.expose()).as_deref(), Some("bob"));
        assert_eq!(name(&token.expose().to_uppercase()), None);
        assert_eq!(name(""), None);
        let stored = tokens.of_user(&alice.pk).unwrap();
        assert_eq!((stored.len(), stored[0].label.as_str()), (1, "backup"));
        assert!(!format!("{stored:?}").contains(token.expose()));
        assert_eq!(tokens.revoke(&bob.pk, &[stored[0].id.clone()]).unwrap(), 0);
        assert_eq!(
            tokens.revoke(&alice.pk, &[stored[0].id.clone()]).unwrap(),
            1
        );
        assert_eq!(name(token.expose()), None);
    }

    #[test]
    fn a_new_user_with_the_key_of_a_former_one_has_none_of_its_tokens() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let alice = users.insert(&new_user("alice", "hash")).unwrap();
        let tokens = ApiTokens::new(&connection);
        let token = tokens.create(&alice.pk, "").unwrap();
        let later = clock::now()
            .after(std::time::Duration::from_secs(60))
            .to_sql();
        let sql = "UPDATE auth_user SET date_joined = ?";
        connection.execute(sql, &[later.into()]).unwrap();
        assert_eq!(tokens.user(&table, token.expose()).unwrap(), None);
    }
}
