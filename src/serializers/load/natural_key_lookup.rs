//! Rows found by their natural keys.

use std::collections::HashMap;

use crate::clock::Zone;
use crate::db::sql::SqlStatement as _;
use crate::db::{Connection, SqlValue};
use crate::json::Json;
use crate::models::{Model, ModelKey, Registry};
use crate::query::ModelSelect;
use crate::serializers::LoadError;
use crate::serializers::natural_key::natural_key;
use crate::values::{from_json, to_column};

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
        let mut select = ModelSelect::new(self.registry, model);
        select.column(column)?;
        for (path, part) in paths.iter().zip(parts) {
            let kind = ModelSelect::new(self.registry, model).column(path)?.kind;
            let Ok(value) = from_json(kind, part, &Zone::utc()) else {
                return Ok(None);
            };
            select.filter_in(path, vec![to_column(&value)])?;
        }
        let rows: Vec<SqlValue> = select.statement().column_values(connection)?;
        let value = rows.into_iter().next();
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
