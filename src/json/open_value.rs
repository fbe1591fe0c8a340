//! Arrays and objects that have begun and not ended yet.

use std::collections::HashMap;

use crate::json::Json;
use crate::json::error::JsonError;

/// Keys of an object that are searched in order; more are looked up.
const SEARCHED: usize = 32;

/// An array or object that has begun and not ended yet.
#[derive(Debug)]
pub(super) enum OpenValue {
    Array(Vec<Json>),
    Object(OpenObject),
}

/// An object that has begun, with the key of its next value.
#[derive(Debug)]
pub(super) struct OpenObject {
    pub(super) key: ObjectKey,
    pairs: Vec<(String, Json)>,
    places: HashMap<String, usize>,
}

/// A key, and where it stands.
#[derive(Debug)]
pub(super) struct ObjectKey {
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl OpenValue {
    pub(super) fn into_json(self) -> Json {
        match self {
            Self::Array(items) => Json::Array(items),
            Self::Object(object) => Json::Object(object.pairs),
        }
    }
}

impl OpenObject {
    pub(super) fn new(key: ObjectKey) -> Self {
        Self {
            key,
            pairs: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Adds `value` under its key; of a key that comes twice the last value counts, or with `is_unique` it fails.
    pub(super) fn add(&mut self, value: Json, is_unique: bool) -> Result<(), JsonError> {
        if self.pairs.len() == SEARCHED {
            let known = self.pairs.iter().enumerate();
            let known = known.map(|(place, (key, _))| (key.clone(), place));
            self.places.extend(known);
        }
        let key = std::mem::take(&mut self.key.text);
        let place = match self.pairs.len() {
            ..SEARCHED => self.pairs.iter().position(|(name, _)| *name == key),
            _ => self.places.get(&key).copied(),
        };
        match place {
            Some(_) if is_unique => Err(JsonError::Malformed {
                line: self.key.line,
                column: self.key.column,
                message: format!("the key `{key}` stands here twice"),
            }),
            Some(place) => {
                self.pairs[place].1 = value;
                Ok(())
            }
            None => {
                if self.pairs.len() >= SEARCHED {
                    self.places.insert(key.clone(), self.pairs.len());
                }
                self.pairs.push((key, value));
                Ok(())
            }
        }
    }
}
