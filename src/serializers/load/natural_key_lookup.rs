//! Rows found by their natural keys.

use std::collections::HashMap;

use crate::db::{Connection, SqlValue};
use crate::json::Json;
use crate::models::{Model, ModelKey, Registry};
use crate::query::{Query, QueryError, is_one_of};
use crate::serializers::LoadError;
use crate::serializers::natural_key::natural_key;
use crate::values::{FieldValue, into_column};

/// Answers that are kept for each model; after that, it begins anew.
const MAX_REMEMBERED: usize = 10_000;

/// Finds rows by natural keys, and remembers them.
#[derive(Debug)]
pub(super) struct NaturalKeyLookup<'r> {
    registry: &'r Registry,
    found: HashMap<ModelKey, HashMap<String, SqlValue>>,
}

impl<'r> NaturalKeyLookup<'r> {
    pub(super) fn new(registry: &'r Registry) -> Self {
        Self {
            registry,
            found: HashMap::new(),
        }
    }

    /// Whether rows of `model` have natural keys.
    pub(super) fn knows(&self, model: &Model) -> bool {
        natural_key(self.registry, model).is_some()
    }

    /// The `column` of the row of `model` whose natural key is `parts`; none where there is no such row.
    pub(super) fn find(
        &mut self,
        connection: &Connection,
        model: &Model,
        column: &str,
        parts: &[Json],
    ) -> Result<Option<SqlValue>, LoadError> {
        let Some(paths) =
            natural_key(self.registry, model).filter(|paths| paths.len() == parts.len())
        else {
            return Ok(None);
        };
        let name = format!("{column} {}", Json::Array(parts.to_vec()).to_python());
        if let Some(value) = self
            .found
            .get(&model.key())
            .and_then(|found| found.get(&name))
        {
            return Ok(Some(value.clone()));
        }
        let mut query = Query::of(model).order_by::<String>([]).values([column]);
        for (path, part) in paths.iter().zip(parts) {
            let Some(value) = plain_value(part) else {
                return Ok(None);
            };
            query = query.filter(is_one_of(path, &[value]));
        }
        let found = match query.on(self.registry)?.values(connection) {
            // What a field cannot hold, none of its rows holds.
            Err(QueryError::WrongValue { .. }) => return Ok(None),
            found => found?,
        };
        let value = found.rows.into_iter().flatten().next().map(into_column);
        if let Some(value) = &value {
            let found = self.found.entry(model.key()).or_default();
            if found.len() >= MAX_REMEMBERED {
                found.clear();
            }
            found.insert(name, value.clone());
        }
        Ok(value)
    }

    /// Forgets rows that may have changed their natural keys, now that one of `model` was written.
    pub(super) fn forget(&mut self, model: &Model) {
        // A permission is named by its content type too.
        if !self.found.is_empty() && self.knows(model) {
            self.found.clear();
        }
    }
}

/// A part of a natural key; none where it is a list, an object or no text of Unicode, which no field of a key holds.
fn plain_value(part: &Json) -> Option<FieldValue> {
    Some(match part {
        Json::Null => FieldValue::Null,
        Json::Boolean(value) => FieldValue::Boolean(*value),
        Json::String(text) => FieldValue::Text(text.clone()),
        Json::Number(text) => match text.parse() {
            Ok(number) => FieldValue::Integer(number),
            Err(_) => FieldValue::Float(text.parse().ok()?),
        },
        Json::Array(_) | Json::Object(_) | Json::Utf16(_) => return None,
    })
}
