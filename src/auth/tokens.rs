//! Tokens that let whoever reads a user's mail choose a new password (Django's `PasswordResetTokenGenerator`).

use std::time::Duration;

use crate::auth::User;
use crate::clock::{Moment, Zone};
use crate::crypto::{Hash, base36, base64url, constant_time_eq, hex, salted_hmac};
use crate::signing::SecretKeys;

const SALT: &str = "django.contrib.auth.tokens.PasswordResetTokenGenerator";

/// Seconds from 1970 to 2001, where the times of tokens begin.
const EPOCH: i64 = 978_307_200;

/// Makes and checks tokens: `time-hash`, worth nothing once the password, the email address or the last login changed.
///
/// Times are those of the wall clock in `time_zone`, as Django has it: in the
/// hour that clocks are set back by, a token lives an hour longer.
#[derive(Clone, Debug)]
pub struct PasswordResetTokenGenerator<'k> {
    keys: &'k SecretKeys,
    zone: &'k Zone,
}

impl<'k> PasswordResetTokenGenerator<'k> {
    /// Tokens under `keys`, in a project whose `time_zone` is `zone`.
    pub fn new(keys: &'k SecretKeys, zone: &'k Zone) -> Self {
        Self { keys, zone }
    }

    /// A token for `user` that is good from `now` on.
    pub fn make_token(&self, user: &User, now: Moment) -> String {
        token(user, self.seconds(now), self.keys.primary())
    }

    /// Whether `token` was made for `user` as it is now, under any of the keys, no longer than `timeout` ago.
    pub fn check_token(&self, user: &User, token: &str, now: Moment, timeout: Duration) -> bool {
        let made = token
            .split_once('-')
            .and_then(|(time, _)| base36::decode(time));
        let Some(made) = made else {
            return false;
        };
        let is_ours = |key| constant_time_eq(self::token(user, made, key), token);
        let age = self.seconds(now).saturating_sub(made);
        self.keys.all().any(is_ours) && age <= timeout.as_secs()
    }

    fn seconds(&self, now: Moment) -> u64 {
        u64::try_from(now.wall_seconds(self.zone) - EPOCH).unwrap_or_default()
    }
}

fn token(user: &User, time: u64, key: &str) -> String {
    let whole = |moment: Moment| Moment::from_unix_seconds(moment.unix_seconds()).to_sql();
    let last_login = user.last_login.map(whole).unwrap_or_default();
    let (pk, password, email) = (&user.pk, &user.password, &user.email);
    let value = format!("{pk}{password}{last_login}{time}{email}");
    let digest = hex(&salted_hmac(SALT, value.as_bytes(), key, Hash::Sha256));
    // Every second digit, so that the link is shorter.
    let short: String = digest.chars().step_by(2).collect();
    format!("{}-{short}", base36::encode(time))
}

/// The key of a user as links to reset its password have it: Django's `uidb64`.
pub fn encode_uid(pk: &str) -> String {
    base64url::encode(pk)
}

/// The key of a user from a link; `None` where the link was damaged.
pub fn decode_uid(text: &str) -> Option<String> {
    String::from_utf8(base64url::decode(text)?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Value;

    use super::{EPOCH, PasswordResetTokenGenerator, decode_uid, encode_uid};
    use crate::auth::{User, UserKey};
    use crate::clock::{Moment, Zone};
    use crate::db::SqlValue;
    use crate::signing::SecretKeys;

    const TIMEOUT: Duration = Duration::from_secs(259_200);

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/accounts.json")).unwrap()
    }

    fn user(of: &Value) -> User {
        let pk = of["pk"].as_i64();
        let text = |key: &str| of[key].as_str().unwrap_or_default().to_owned();
        User {
            pk: pk.map_or_else(|| UserKey::new(SqlValue::Null, "None"), UserKey::from),
            password: text("password"),
            last_login: Moment::from_isoformat(&text("last_login")),
            is_superuser: false,
            username: "alice".to_owned(),
            first_name: String::new(),
            last_name: String::new(),
            email: text("email"),
            is_staff: false,
            is_active: true,
            date_joined: None,
        }
    }

    fn first() -> (SecretKeys, User, Moment) {
        let vectors = vectors();
        let vector = &vectors["reset_tokens"][0];
        let keys = SecretKeys::new(vector["key"].as_str().unwrap(), Vec::new());
        let now = EPOCH + vector["timestamp"].as_i64().unwrap();
        (keys, user(&vector["user"]), Moment::from_unix_seconds(now))
    }

    #[test]
    fn makes_the_tokens_of_django() {
        for vector in vectors()["reset_tokens"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap();
            let (keys, zone) = (SecretKeys::new(text("key"), Vec::new()), Zone::utc());
            let tokens = PasswordResetTokenGenerator::new(&keys, &zone);
            let now = EPOCH + vector["timestamp"].as_i64().unwrap();
            let (user, now) = (user(&vector["user"]), Moment::from_unix_seconds(now));
            assert_eq!(tokens.make_token(&user, now), text("token"), "{vector}");
            assert!(tokens.check_token(&user, text("token"), now, TIMEOUT));
            assert_eq!(encode_uid(user.pk.text()), text("uidb64"), "{vector}");
            assert_eq!(
                decode_uid(text("uidb64")),
                Some(user.pk.to_string()),
                "{vector}"
            );
        }
    }

    #[test]
    fn judges_tokens_as_django() {
        let (keys, zone) = (first().0, Zone::utc());
        let tokens = PasswordResetTokenGenerator::new(&keys, &zone);
        for vector in vectors()["reset_token_checks"].as_array().unwrap() {
            let user = User {
                password: "pw".to_owned(),
                ..first().1
            };
            let made = EPOCH + 738_892_800;
            let later = vector["seconds_after"].as_i64().unwrap();
            let now = Moment::from_unix_seconds(made + later);
            let token = vector["token"].as_str().unwrap();
            let good = tokens.check_token(&user, token, now, TIMEOUT);
            assert_eq!(good, vector["check_token"].as_bool().unwrap(), "{vector}");
        }
    }

    #[test]
    fn goes_by_the_wall_clock_of_the_project() {
        let (keys, user, now) = first();
        let (utc, vienna) = (Zone::utc(), Zone::named("Europe/Vienna").unwrap());
        let here = PasswordResetTokenGenerator::new(&keys, &vienna);
        let summer = Moment::from_unix_seconds(now.unix_seconds() - 7200);
        let token = PasswordResetTokenGenerator::new(&keys, &utc).make_token(&user, now);
        assert_eq!(here.make_token(&user, summer), token);
    }

    #[test]
    fn ends_with_the_password_the_login_and_the_address_it_was_made_for() {
        let (keys, user, now) = first();
        let zone = Zone::utc();
        let tokens = PasswordResetTokenGenerator::new(&keys, &zone);
        let token = tokens.make_token(&user, now);
        let change = |change: fn(&mut User)| {
            let mut changed = user.clone();
            change(&mut changed);
            tokens.check_token(&changed, &token, now, TIMEOUT)
        };
        assert!(change(|_| ()));
        assert!(!change(|user| user.password = "other".to_owned()));
        assert!(!change(|user| user.email = "other@example.com".to_owned()));
        assert!(!change(|user| user.pk = UserKey::from(2)));
        assert!(!change(
            |user| user.last_login = Some(Moment::from_unix_seconds(1))
        ));
    }

    #[test]
    fn accepts_older_keys() {
        let (keys, user, now) = first();
        let zone = Zone::utc();
        let token = PasswordResetTokenGenerator::new(&keys, &zone).make_token(&user, now);
        let check = |keys: &SecretKeys| {
            PasswordResetTokenGenerator::new(keys, &zone).check_token(&user, &token, now, TIMEOUT)
        };
        let rotated = SecretKeys::new("new", vec![keys.primary().to_owned()]);
        assert!(check(&rotated));
        assert!(!check(&SecretKeys::new("new", Vec::new())));
    }

    #[test]
    fn survives_damaged_links() {
        for text in ["!", "MQ=====", "_w", "é"] {
            assert_eq!(decode_uid(text), None, "{text}");
        }
    }
}
