//! Who a session belongs to: written at login, checked with every request.

use crate::auth::{User, Users};
use crate::crypto::{Hash, constant_time_eq, hex, salted_hmac};
use crate::db::DatabaseError;
use crate::sessions::{Session, SessionData};
use crate::settings::AuthSettings;
use crate::signing::SecretKeys;

/// The key of the user, as text.
const USER_KEY: &str = "_auth_user_id";

/// The backend that let the user in.
const BACKEND_KEY: &str = "_auth_user_backend";

/// The hash that ends with the password it was made of.
const HASH_KEY: &str = "_auth_user_hash";

const HASH_SALT: &str = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash";

/// What a session holds so that it ends when the `encoded` password is changed.
pub fn session_auth_hash(encoded: &str, key: &str) -> String {
    hex(&salted_hmac(
        HASH_SALT,
        encoded.as_bytes(),
        key,
        Hash::Sha256,
    ))
}

/// Makes `session` the session of `user`, whom `backend` let in, under a new key.
///
/// Data of an anonymous visitor is kept, that of another user given up.
pub fn login(session: &mut Session, user: &User, backend: &str, keys: &SecretKeys) {
    let hash = session_auth_hash(&user.password, keys.primary());
    let holds = |session: &Session, name, expected: &str| {
        let held = session.data().text(name);
        held.is_some_and(|held| constant_time_eq(held, expected))
    };
    if session.get(USER_KEY).is_none() {
        session.cycle_key();
    } else if !holds(session, USER_KEY, user.pk.text()) || !holds(session, HASH_KEY, &hash) {
        session.flush();
    } else {
        // Django keeps the key here; a new one costs nothing.
        session.cycle_key();
    }
    session.insert(USER_KEY, user.pk.text());
    session.insert(BACKEND_KEY, backend);
    session.insert(HASH_KEY, hash);
}

/// Gives up all that `session` holds, and its key.
pub fn logout(session: &mut Session) {
    session.flush();
}

/// Keeps the user logged in whose password was just changed; all its other sessions end.
pub fn update_session_auth_hash(session: &mut Session, user: &User, keys: &SecretKeys) {
    session.cycle_key();
    let hash = session_auth_hash(&user.password, keys.primary());
    session.insert(HASH_KEY, hash);
}

/// The active user that `session` belongs to.
///
/// A session from before a change of the password is flushed; one that was
/// made under an older secret key moves to the new one.
pub fn session_user(
    session: &mut Session,
    users: &Users<'_>,
    keys: &SecretKeys,
) -> Result<Option<User>, DatabaseError> {
    let Some(user) = find_session_user(session.data(), users)? else {
        return Ok(None);
    };
    match verify_session_hash(session.data(), &user, keys) {
        SessionHash::Current => return Ok(Some(user)),
        SessionHash::Fallback => {
            update_session_auth_hash(session, &user, keys);
            return Ok(Some(user));
        }
        SessionHash::Invalid => {}
    }
    session.flush();
    Ok(None)
}

/// The active user that a session with this `data` belongs to; nothing is changed.
pub fn session_owner(
    data: &SessionData,
    users: &Users<'_>,
    keys: &SecretKeys,
) -> Result<Option<User>, DatabaseError> {
    let user = find_session_user(data, users)?;
    Ok(user.filter(|user| verify_session_hash(data, user, keys) != SessionHash::Invalid))
}

/// The active user that a session names.
fn find_session_user(data: &SessionData, users: &Users<'_>) -> Result<Option<User>, DatabaseError> {
    let (Some(pk), Some(backend)) = (data.text(USER_KEY), data.text(BACKEND_KEY)) else {
        return Ok(None);
    };
    if !users
        .table()
        .backends()
        .iter()
        .any(|known| known == backend)
    {
        return Ok(None);
    }
    let lets_everybody_in = backend == AuthSettings::ALL_USERS_BACKEND;
    let user = users.by_pk(pk)?;
    Ok(user.filter(|user| user.is_active || lets_everybody_in))
}

/// Under which key a session proves that it was made for the password of today.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum SessionHash {
    Current,
    Fallback,
    Invalid,
}

fn verify_session_hash(data: &SessionData, user: &User, keys: &SecretKeys) -> SessionHash {
    let held = data.text(HASH_KEY).unwrap_or_default();
    let matches = |key| constant_time_eq(held, session_auth_hash(&user.password, key));
    if matches(keys.primary()) {
        SessionHash::Current
    } else if keys.fallbacks().any(matches) {
        SessionHash::Fallback
    } else {
        SessionHash::Invalid
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{login, logout, session_auth_hash, session_user, update_session_auth_hash};
    use crate::auth::Users;
    use crate::auth::tests::new_user;
    use crate::sessions::Session;
    use crate::settings::AuthSettings;
    use crate::signing::SecretKeys;
    use crate::test_database::TestDatabase;

    fn keys() -> SecretKeys {
        SecretKeys::new("key", Vec::new())
    }

    #[test]
    fn hashes_as_django() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../tests/vectors/accounts.json")).unwrap();
        for vector in vectors["session_auth_hash"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap();
            let hash = session_auth_hash(text("password"), text("key"));
            assert_eq!(hash, text("session_auth_hash"), "{vector}");
        }
    }

    #[test]
    fn knows_the_user_until_it_logs_out_or_is_deactivated() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let alice = users.insert(&new_user("alice", "hash")).unwrap();
        let mut session = Session::default();
        session.insert("cart", 1);
        login(&mut session, &alice, AuthSettings::MODEL_BACKEND, &keys());
        assert_eq!(session.get("cart"), Some(&1.into()));
        let mut known = || session_user(&mut session, &users, &keys()).unwrap();
        assert_eq!(known(), Some(alice));
        connection
            .execute("UPDATE auth_user SET is_active = 0", &[])
            .unwrap();
        assert_eq!(known(), None);
        connection
            .execute("UPDATE auth_user SET is_active = 1", &[])
            .unwrap();
        assert!(known().is_some());
        logout(&mut session);
        assert!(session.is_empty());
        assert_eq!(session_user(&mut session, &users, &keys()).unwrap(), None);
    }

    #[test]
    fn ends_every_other_session_when_the_password_changes() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let alice = users.insert(&new_user("alice", "old")).unwrap();
        let (mut this, mut other) = (Session::default(), Session::default());
        login(&mut this, &alice, AuthSettings::MODEL_BACKEND, &keys());
        login(&mut other, &alice, AuthSettings::MODEL_BACKEND, &keys());
        users.set_password(&alice.pk, "new").unwrap();
        let alice = users.by_key(&alice.pk).unwrap().unwrap();
        update_session_auth_hash(&mut this, &alice, &keys());
        let known = session_user(&mut this, &users, &keys()).unwrap();
        assert_eq!(known, Some(alice));
        assert_eq!(session_user(&mut other, &users, &keys()).unwrap(), None);
        assert!(other.is_empty());
    }

    #[test]
    fn hands_no_data_from_one_user_to_the_next() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let alice = users.insert(&new_user("alice", "hash")).unwrap();
        let bob = users.insert(&new_user("bob", "hash")).unwrap();
        let mut session = Session::default();
        login(&mut session, &alice, AuthSettings::MODEL_BACKEND, &keys());
        session.insert("cart", 1);
        login(&mut session, &bob, AuthSettings::MODEL_BACKEND, &keys());
        assert_eq!(session.get("cart"), None);
        let known = session_user(&mut session, &users, &keys()).unwrap();
        assert_eq!(known, Some(bob));
    }

    #[test]
    fn moves_a_session_of_an_older_secret_key_to_the_new_one() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let alice = users.insert(&new_user("alice", "hash")).unwrap();
        let mut session = Session::default();
        login(&mut session, &alice, AuthSettings::MODEL_BACKEND, &keys());
        let rotated = SecretKeys::new("new", vec!["key".to_owned()]);
        let known = session_user(&mut session, &users, &rotated).unwrap();
        assert_eq!(known, Some(alice.clone()));
        let new = SecretKeys::new("new", Vec::new());
        let known = session_user(&mut session, &users, &new).unwrap();
        assert_eq!(known, Some(alice));
    }
}
