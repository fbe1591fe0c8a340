//! What a username and an email address may look like, as Django's validators have it.

use std::net::IpAddr;

use unicode_normalization::UnicodeNormalization as _;

/// Characters of a username.
const USERNAME_LENGTH: usize = 150;

/// Characters of an email address.
const EMAIL_LENGTH: usize = 254;

/// Why a text is not a username or not an email address.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum UserFieldError {
    /// The username is empty.
    #[error("a username is needed")]
    BlankUsername,
    /// It is longer than its column.
    #[error("this is {length} characters long, {limit} are allowed")]
    TooLong {
        /// Characters allowed.
        limit: usize,
        /// Characters there are.
        length: usize,
    },
    /// It has other characters than a username may have.
    #[error("a username has only letters, digits and `@`, `.`, `+`, `-`, `_`")]
    InvalidUsername,
    /// It is not an email address.
    #[error("this is not an email address")]
    InvalidEmail,
}

/// Checks a username as it was typed.
pub fn validate_username(username: &str) -> Result<(), UserFieldError> {
    let allowed = |c: char| c.is_alphanumeric() || "_@.+-".contains(c);
    if username.is_empty() {
        return Err(UserFieldError::BlankUsername);
    }
    check_length(username, USERNAME_LENGTH)?;
    if username.chars().all(allowed) {
        Ok(())
    } else {
        Err(UserFieldError::InvalidUsername)
    }
}

/// The username as it is kept and looked up: NFKC, so that look-alikes of one name are one name.
pub fn normalize_username(username: &str) -> String {
    username.nfkc().collect()
}

/// The username that suits whoever is called `login` on this machine, if one can be made of it.
pub fn suggest_username(login: &str) -> Option<String> {
    let plain = login.nfkd().filter(|c| c.is_ascii() && *c != ' ');
    let username: String = plain.map(|c| c.to_ascii_lowercase()).collect();
    validate_username(&username).is_ok().then_some(username)
}

/// Checks an email address as it was typed; an empty one is allowed.
pub fn validate_email(email: &str) -> Result<(), UserFieldError> {
    if email.is_empty() {
        return Ok(());
    }
    check_length(email, EMAIL_LENGTH)?;
    match email.rsplit_once('@') {
        Some((user, domain)) if is_mailbox(user) && is_domain(domain) => Ok(()),
        _ => Err(UserFieldError::InvalidEmail),
    }
}

/// The email address as it is kept: trimmed, its domain in lower case.
pub fn normalize_email(email: &str) -> String {
    match email.trim().rsplit_once('@') {
        Some((user, domain)) => format!("{user}@{}", domain.to_lowercase()),
        None => email.trim().to_owned(),
    }
}

fn check_length(text: &str, limit: usize) -> Result<(), UserFieldError> {
    match text.chars().count() {
        length if length > limit => Err(UserFieldError::TooLong { limit, length }),
        _ => Ok(()),
    }
}

/// Whether `user` is what stands before the `@`: a dot-atom or a quoted string of RFC 5322.
fn is_mailbox(user: &str) -> bool {
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_atom = |part: &str| !part.is_empty() && part.chars().all(atom);
    user.split('.').all(is_atom) || is_quoted(user)
}

fn is_quoted(user: &str) -> bool {
    let inner = user
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return false;
    };
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let escaped = character == '\\';
        let checked = if escaped {
            characters.next()
        } else {
            Some(character)
        };
        // A quoted string has no line ends, and a bare one no quotes, spaces or tabs.
        let valid = checked.is_some_and(|c| {
            let bare = escaped || !"\"\t\\ ".contains(c);
            c.is_ascii() && !"\0\n\r".contains(c) && bare
        });
        if !valid {
            return false;
        }
    }
    true
}

fn is_domain(domain: &str) -> bool {
    let literal = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = literal {
        return address.parse::<IpAddr>().is_ok();
    }
    if domain == "localhost" {
        return true;
    }
    match domain.rsplit_once('.') {
        Some((rest, top)) => rest.split('.').all(is_label) && is_top_label(top),
        None => false,
    }
}

fn is_label(label: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_international(c);
    let edges = label.starts_with('-') || label.ends_with('-');
    (1..=63).contains(&label.chars().count()) && !edges && label.chars().all(allowed)
}

/// Whether `label` is a top-level domain: letters only, or the ASCII form of others.
fn is_top_label(label: &str) -> bool {
    let encoded = label
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    let letters = || label.chars().all(|c| !c.is_ascii_digit()) && label.chars().count() > 1;
    is_label(label) && (encoded || letters())
}

fn is_international(character: char) -> bool {
    ('\u{a1}'..='\u{ffff}').contains(&character)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{
        UserFieldError, normalize_email, normalize_username, suggest_username, validate_email,
        validate_username,
    };

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/accounts.json")).unwrap()
    }

    #[test]
    fn judges_usernames_as_django() {
        for vector in vectors()["usernames"].as_array().unwrap() {
            let username = vector["username"].as_str().unwrap();
            let errors = vector["errors"].as_array().unwrap();
            assert_eq!(
                validate_username(username).is_ok(),
                errors.is_empty(),
                "{vector}"
            );
            assert_eq!(normalize_username(username), vector["normalized"]);
        }
        let long = "x".repeat(151);
        let expected = UserFieldError::TooLong {
            limit: 150,
            length: 151,
        };
        assert_eq!(validate_username(&long), Err(expected));
    }

    #[test]
    fn makes_a_username_of_a_login() {
        assert_eq!(suggest_username("Júlia").as_deref(), Some("julia"));
        assert_eq!(suggest_username("Al Ice").as_deref(), Some("alice"));
        assert_eq!(suggest_username("a/b"), None);
        assert_eq!(suggest_username("日本"), None);
    }

    #[test]
    fn judges_email_addresses_as_django() {
        for vector in vectors()["emails"].as_array().unwrap() {
            let email = vector["email"].as_str().unwrap();
            let errors = vector["errors"].as_array().unwrap();
            assert_eq!(validate_email(email).is_ok(), errors.is_empty(), "{vector}");
            assert_eq!(normalize_email(email), vector["normalized"], "{vector}");
        }
    }

    #[test]
    fn knows_the_rarer_forms_of_an_address() {
        for email in [
            "\"a\\ b\"@c.de",
            "\"a\"@localhost",
            "a@xn--4ca.xn--p1ai",
            "a@[1.2.3.4]",
            "",
        ] {
            assert_eq!(validate_email(email), Ok(()), "{email}");
        }
        for email in ["\"a\\\"@c.de", "\"@c.de", "a@[1.2.3]", "a@c.d-", "a@.de"] {
            assert_eq!(
                validate_email(email),
                Err(UserFieldError::InvalidEmail),
                "{email}"
            );
        }
    }
}
