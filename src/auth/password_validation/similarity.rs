//! Whether a password resembles what is known of its owner, by the measure of Django.

use std::collections::HashMap;

use crate::auth::UserAttributes;
use crate::auth::password_validation::unknown_name;
use crate::diagnostic::Finding;
use crate::settings::Settings;

/// The attributes a password can be compared with: the name of each, and what people call it.
const ATTRIBUTES: [(&str, &str); 4] = [
    ("username", "username"),
    ("first_name", "first name"),
    ("last_name", "last name"),
    ("email", "email address"),
];

/// The rule that a password must not resemble its owner.
#[derive(Clone, Debug)]
pub(super) struct Similarity {
    attributes: Vec<(&'static str, &'static str)>,
    /// From this share of common characters on, two texts are alike.
    limit: f64,
}

impl Similarity {
    /// The rule of the settings; attributes that nobody has go to `unknown`.
    pub(super) fn from_settings(settings: &Settings, unknown: &mut Vec<Finding>) -> Self {
        let mut attributes = Vec::new();
        for name in &settings.auth.password_similarity_attributes {
            if let Some(known) = ATTRIBUTES.iter().find(|(known, _)| known == name) {
                attributes.push(*known);
                continue;
            }
            let names = ATTRIBUTES.map(|(name, _)| name);
            let finding = unknown_name("no attribute of a user", name, &names);
            let location = settings.location_in("auth.password_similarity_attributes", name);
            unknown.push(location.into_iter().fold(finding, Finding::at));
        }
        Self {
            attributes,
            limit: settings.auth.password_max_similarity,
        }
    }

    /// What the password resembles first: `username`, `first name`, `last name`, `email address`.
    pub(super) fn find(&self, password: &str, person: &UserAttributes<'_>) -> Option<&'static str> {
        let password = password.to_lowercase();
        let alike = |(name, _): &&(&str, &str)| {
            let value = match *name {
                "username" => person.username,
                "first_name" => person.first_name,
                "last_name" => person.last_name,
                _ => person.email,
            };
            self.resembles(&password, &value.to_lowercase())
        };
        self.attributes
            .iter()
            .find(alike)
            .map(|(_, called)| *called)
    }

    /// Whether `password` resembles `value` or a word in it.
    fn resembles(&self, password: &str, value: &str) -> bool {
        let words = value.split(|c: char| !c.is_alphanumeric() && c != '_');
        let mut parts = words.chain([value]).filter(|part| !part.is_empty());
        parts.any(|part| {
            !self.is_far_shorter(part, password) && similarity(password, part) >= self.limit
        })
    }

    /// Whether `part` is too short for any similarity to `password` to reach the limit.
    fn is_far_shorter(&self, part: &str, password: &str) -> bool {
        let [part, password] = [part, password]
            .map(|text| u32::try_from(text.chars().count()).map_or(f64::from(u32::MAX), f64::from));
        password >= 10.0 * part && part < self.limit / 2.0 * password
    }
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
