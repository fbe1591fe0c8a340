//! What an email address and a domain are, as Django's validators have it.

use std::net::IpAddr;

/// Characters of the longest address.
const MAX_LENGTH: usize = 320;

/// Whether `text` is an email address.
pub fn is_email(text: &str) -> bool {
    is_email_of(text, &["localhost"])
}

/// Whether `text` is an email address; its domain may be one of `allowed`, whatever that looks like.
pub fn is_email_of<S: AsRef<str>>(text: &str, allowed: &[S]) -> bool {
    if text.chars().count() > MAX_LENGTH {
        return false;
    }
    text.rsplit_once('@').is_some_and(|(user, domain)| {
        is_mailbox(user)
            && (allowed.iter().any(|known| known.as_ref() == domain) || is_domain(domain))
    })
}

/// Whether `text` is a domain name: two labels or more.
pub fn is_domain_name(text: &str) -> bool {
    let bare = text.strip_suffix('.').unwrap_or(text);
    bare.chars().count() <= 255 && bare != "localhost" && !bare.starts_with('[') && is_domain(bare)
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

pub(super) fn is_domain(domain: &str) -> bool {
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

    use super::{is_domain_name, is_email};

    #[test]
    fn judges_email_addresses_as_django() {
        let vectors = include_str!("../../../tests/vectors/accounts.json");
        let vectors: Value = serde_json::from_str(vectors).unwrap();
        for vector in vectors["emails"].as_array().unwrap() {
            let email = vector["email"].as_str().unwrap();
            let errors = vector["errors"].as_array().unwrap();
            // That an address is missing or too long is for the field to say.
            let of_field = |error: &Value| error.as_str().unwrap().contains("characters");
            let expected = !errors.iter().any(|error| !of_field(error));
            assert_eq!(email.is_empty() || is_email(email), expected, "{vector}");
        }
    }

    #[test]
    fn knows_the_rarer_forms_of_an_address() {
        for email in [
            "\"a\\ b\"@c.de",
            "\"a\"@localhost",
            "a@xn--4ca.xn--p1ai",
            "a@[1.2.3.4]",
        ] {
            assert!(is_email(email), "{email}");
        }
        for email in ["\"a\\\"@c.de", "\"@c.de", "a@[1.2.3]", "a@c.d-", "a@.de"] {
            assert!(!is_email(email), "{email}");
        }
        assert!(is_domain_name("example.com") && !is_domain_name("localhost"));
    }
}
