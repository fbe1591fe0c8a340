//! Whether a password resembles what is known of its owner, by the measure of Django.

use std::collections::HashMap;

use crate::auth::Person;

/// From this share of common characters on, two texts are alike.
const LIMIT: f64 = 0.7;

/// What the password resembles first: `username`, `first name`, `last name`, `email address`.
pub(super) fn find(password: &str, person: &Person<'_>) -> Option<&'static str> {
    let password = password.to_lowercase();
    let attributes = [
        ("username", person.username),
        ("first name", person.first_name),
        ("last name", person.last_name),
        ("email address", person.email),
    ];
    let alike = |value: &str| resembles(&password, &value.to_lowercase());
    let found = attributes.into_iter().find(|(_, value)| alike(value));
    found.map(|(name, _)| name)
}

/// Whether `password` resembles `value` or a word in it.
fn resembles(password: &str, value: &str) -> bool {
    let words = value.split(|c: char| !c.is_alphanumeric() && c != '_');
    let mut parts = words.chain([value]).filter(|part| !part.is_empty());
    parts.any(|part| !is_far_shorter(part, password) && similarity(password, part) >= LIMIT)
}

/// Whether `part` is too short for any similarity to `password` to reach the limit.
fn is_far_shorter(part: &str, password: &str) -> bool {
    password.chars().count() >= 10 * part.chars().count()
}

/// The share of characters two texts have in common, in whatever order: `quick_ratio` of Python.
fn similarity(left: &str, right: &str) -> f64 {
    let mut available: HashMap<char, usize> = HashMap::new();
    let mut total = 0_u32;
    for character in right.chars() {
        *available.entry(character).or_default() += 1;
        total += 1;
    }
    let mut common = 0_u32;
    for character in left.chars() {
        total += 1;
        let left_over = available.get_mut(&character).filter(|count| **count > 0);
        if let Some(count) = left_over {
            *count -= 1;
            common += 1;
        }
    }
    f64::from(2 * common) / f64::from(total.max(1))
}

#[cfg(test)]
mod tests {
    use super::similarity;

    #[test]
    fn counts_common_characters() {
        for (left, right, expected) in [
            ("abc", "cba", 1.0),
            ("aab", "abb", 4.0 / 6.0),
            ("abc", "xyz", 0.0),
        ] {
            assert!((similarity(left, right) - expected).abs() < 1e-9);
        }
    }
}
