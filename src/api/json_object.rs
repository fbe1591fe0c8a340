//! Objects of JSON, as they are written in code.

use crate::json::Json;

/// An object of these pairs.
pub(super) fn object(pairs: Vec<(&str, Json)>) -> Json {
    Json::Object(
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}
