//! A cookie for browsers that logged in, so that strangers who guess cannot lock them out (OWASP's device cookies).
//!
//! It proves that this browser once knew the password of today: another password makes it worthless.

use std::time::Duration;

use crate::auth::User;
use crate::crypto::{ALPHANUMERIC, random_string};
use crate::signing::{SecretKeys, TimestampSigner};

/// The name of the cookie.
pub const COOKIE_NAME: &str = "djr_device";

/// How long it is good for.
pub const MAX_AGE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Characters of a browser's name.
const DEVICE_ID_LENGTH: usize = 22;

/// A cookie for a browser that just logged in as `user`; `known` is the browser's name, if it has one.
///
/// It keeps that name, so that logging in again gives no more tries.
pub fn issue(keys: &SecretKeys, user: &User, known: Option<&str>) -> String {
    let fresh = || random_string(DEVICE_ID_LENGTH, ALPHANUMERIC);
    signer(keys, user).sign(&known.map_or_else(fresh, ToOwned::to_owned))
}

/// The browser's name, if `cookie` is from a login as `user`.
pub fn read(keys: &SecretKeys, user: &User, cookie: &str) -> Option<String> {
    let name = signer(keys, user).unsign(cookie, Some(MAX_AGE)).ok()?;
    Some(name.to_owned())
}

fn signer(keys: &SecretKeys, user: &User) -> TimestampSigner {
    TimestampSigner::new(
        keys,
        &format!("djr.auth.device.{}.{}", user.pk, user.password),
    )
}

#[cfg(test)]
mod tests {
    use super::{issue, read};
    use crate::auth::tests::new_user;
    use crate::auth::{User, Users};
    use crate::signing::SecretKeys;
    use crate::test_database::TestDatabase;

    #[test]
    fn knows_a_browser_until_the_password_changes() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let alice = users.insert(&new_user("alice", "hash")).unwrap();
        let bob = users.insert(&new_user("bob", "hash")).unwrap();
        let keys = SecretKeys::new("key", Vec::new());
        let cookie = issue(&keys, &alice, None);
        let name = read(&keys, &alice, &cookie).unwrap();
        assert_ne!(
            read(&keys, &alice, &issue(&keys, &alice, None)),
            Some(name.clone())
        );
        let again = issue(&keys, &alice, Some(&name));
        assert_eq!(read(&keys, &alice, &again), Some(name.clone()));
        let changed = User {
            password: "changed".to_owned(),
            ..alice.clone()
        };
        assert_eq!(read(&keys, &changed, &cookie), None);
        assert_eq!(read(&keys, &bob, &cookie), None);
        assert_eq!(
            read(&SecretKeys::new("new", Vec::new()), &alice, &cookie),
            None
        );
        let rotated = SecretKeys::new("new", vec!["key".to_owned()]);
        assert_eq!(read(&rotated, &alice, &cookie), Some(name));
        assert_eq!(read(&keys, &alice, "forged:1:2"), None);
    }
}
