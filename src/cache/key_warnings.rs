//! What is told of keys that memcached would refuse (Django's `CacheKeyWarning`).

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::cache::{CacheKey, InvalidCacheKey};

/// How many shapes of keys are told; a site that makes more of them has been told enough.
const MOST_SHAPES: usize = 100;

/// How many characters of a key make its shape.
const SHAPE_LENGTH: usize = 40;

/// Tells of keys that memcached would refuse, though the cache at hand takes them: once for all that begin alike but for the
/// numbers in them, since each of them may be of one row, or of one visitor.
#[derive(Clone)]
pub struct KeyWarnings(Arc<Warned>);

struct Warned {
    shapes: Mutex<HashSet<String>>,
    tell: Box<dyn Fn(String) + Send + Sync>,
}

impl KeyWarnings {
    /// Has `tell` write what there is to tell.
    pub fn new(tell: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Warned {
            shapes: Mutex::default(),
            tell: Box::new(tell),
        }))
    }

    /// Tells what is wrong with `key`, if anything is.
    pub(super) fn look_at(&self, key: &CacheKey) {
        let Err(invalid) = key.validate() else {
            return;
        };
        let (shape, fault) = (shape(key.as_str()), fault(&invalid));
        let shapes = self.0.shapes.lock();
        let mut shapes = shapes.unwrap_or_else(PoisonError::into_inner);
        if shapes.len() < MOST_SHAPES && shapes.insert(format!("{fault}{shape}")) {
            drop(shapes);
            (self.0.tell)(format!(
                "memcached would refuse cache keys like `{shape}`: {fault}"
            ));
        }
    }
}

impl fmt::Debug for KeyWarnings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyWarnings").finish_non_exhaustive()
    }
}

fn fault(invalid: &InvalidCacheKey) -> &'static str {
    match invalid {
        InvalidCacheKey::TooLong(_) => "they are longer than 250 characters",
        InvalidCacheKey::Characters(_) => "they have spaces or control characters",
    }
}

/// How `key` begins, with `#` for each number behind the version.
fn shape(key: &str) -> String {
    let mut shape = String::new();
    for character in key.chars().take(SHAPE_LENGTH) {
        let is_number = character.is_ascii_digit();
        if !is_number {
            shape.push(character);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{KeyWarnings, MOST_SHAPES};
    use crate::cache::CacheKey;

    fn told(keys: impl IntoIterator<Item = String>) -> Vec<String> {
        let told: Arc<Mutex<Vec<String>>> = Arc::default();
        let list = Arc::clone(&told);
        let warnings = KeyWarnings::new(move |line| list.lock().unwrap().push(line));
        for key in keys {
            warnings.look_at(&CacheKey::new("", 1, &key));
        }
        let told = told.lock().unwrap();
        told.clone()
    }

    #[test]
    fn keys_of_one_shape_are_told_once() {
        let keys = (0..20).map(|number| format!("user {number}"));
        assert_eq!(
            told(keys),
            [
                "memcached would refuse cache keys like `:#:user #`: they have spaces or control characters"
            ]
        );
        let long = |start: &str| format!("{start}{}", "x".repeat(300));
        assert_eq!(told([long("a"), long("b"), long("a")]).len(), 2);
        assert!(told(["page.1".to_owned(), "ключ".to_owned()]).is_empty());
    }

    #[test]
    fn a_site_with_too_many_shapes_is_told_of_some() {
        let letters = |number: usize| "x".repeat(number % 30) + &"y".repeat(number / 30);
        let keys = (0..500).map(|number| format!("a b{}", letters(number)));
        assert_eq!(told(keys).len(), MOST_SHAPES);
    }
}
