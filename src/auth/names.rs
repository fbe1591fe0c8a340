//! What a username and an email address may look like, as Django's validators have it.

use unicode_normalization::UnicodeNormalization as _;

use crate::auth::UserAttribute;

/// Characters of a username of Django's `User`.
const USERNAME_LENGTH: usize = 150;

/// Why a text is not what a user has in a field.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{problem}")]
pub struct UserFieldError {
    /// What it was meant to be.
    pub attribute: UserAttribute,
    /// What is wrong, as a clause.
    pub problem: String,
}

impl UserFieldError {
    /// The code of the error.
    pub fn code(&self) -> &'static str {
        match self.attribute {
            UserAttribute::Email => "invalid-email",
            UserAttribute::FirstName | UserAttribute::LastName => "invalid-name",
            _ => "invalid-username",
        }
    }
}

/// Whether `text` has only the letters of a username of Django's `User`.
pub fn has_username_letters(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || "_@.+-".contains(c))
}

/// Whether `username` is one that Django's `User` may have.
pub fn is_username(username: &str) -> bool {
    let length = username.chars().count();
    (1..=USERNAME_LENGTH).contains(&length) && has_username_letters(username)
}

/// The username as it is kept and looked up: NFKC, so that look-alikes of one name are one name.
pub fn normalize_username(username: &str) -> String {
    username.nfkc().collect()
}

/// The username that suits whoever is called `login` on this machine, if one can be made of it.
pub fn suggest_username(login: &str) -> Option<String> {
    let plain = login.nfkd().filter(|c| c.is_ascii() && *c != ' ');
    let username: String = plain.map(|c| c.to_ascii_lowercase()).collect();
    is_username(&username).then_some(username)
}

/// The email address as it is kept: trimmed, its domain in lower case.
pub fn normalize_email(email: &str) -> String {
    match email.trim().rsplit_once('@') {
        Some((user, domain)) => format!("{user}@{}", domain.to_lowercase()),
        None => email.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{is_username, normalize_email, normalize_username, suggest_username};

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/accounts.json")).unwrap()
    }

    #[test]
    fn judges_usernames_as_django() {
        for vector in vectors()["usernames"].as_array().unwrap() {
            let username = vector["username"].as_str().unwrap();
            let errors = vector["errors"].as_array().unwrap();
            assert_eq!(is_username(username), errors.is_empty(), "{vector}");
            assert_eq!(normalize_username(username), vector["normalized"]);
        }
        assert!(!is_username(&"x".repeat(151)));
    }

    #[test]
    fn makes_a_username_of_a_login() {
        assert_eq!(suggest_username("Júlia").as_deref(), Some("julia"));
        assert_eq!(suggest_username("Al Ice").as_deref(), Some("alice"));
        assert_eq!(suggest_username("a/b"), None);
        assert_eq!(suggest_username("日本"), None);
    }

    #[test]
    fn normalizes_email_addresses_as_django() {
        for vector in vectors()["emails"].as_array().unwrap() {
            let email = vector["email"].as_str().unwrap();
            assert_eq!(normalize_email(email), vector["normalized"], "{vector}");
        }
    }
}
