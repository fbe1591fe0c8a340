//! Values that an entry takes from the request: `{ request = "user" }`, `{ captured = "pk" }`, `{ query = "tag" }`, or a
//! row that a query finds.

use crate::document::{Item, Table};
use crate::models::ModelKey;
use crate::models::read::QueryCheck as _;
use crate::values::FieldValue;
use crate::views::queries::{ParameterValue, QueryChecker, QueryReader, RequestQuery, parameter};
use crate::views::rows::RowBatch;
use crate::views::{HttpError, Request, ViewEntry};

/// Where a value comes from.
#[derive(Debug)]
pub(super) enum ValueSource {
    /// What the request holds under this name: `request.user`.
    Parameter(String),
    /// The first row of a query.
    Row(Box<RequestQuery>),
}

impl ValueSource {
    /// Whether `item` is meant as one, and not as the value itself.
    pub(super) fn is_meant(item: &Item, sources: &[&str]) -> bool {
        let is_source = |table: &Table| match table.entries() {
            [only] => sources.contains(&only.key.as_str()) || only.key == "model",
            _ => table.get("model").is_some(),
        };
        item.as_table().is_some_and(is_source)
    }

    /// Reads `item`; none, with every mistake in it reported, where it is not one.
    pub(super) fn read(entry: &ViewEntry<'_, '_>, item: &Item) -> Option<Self> {
        let table = item.as_table()?;
        let problems = entry.fields.problems();
        if let Some(named) = table.get("model") {
            let found = entry.model_at(named);
            let model = found.map_err(|finding| problems.push(finding)).ok()?;
            let keys = table.reader(problems);
            keys.item("model");
            let reader = QueryReader {
                registry: model.registry,
                model: model.model,
                problems,
            };
            let query = reader.query(&keys);
            keys.finish();
            return Some(Self::Row(Box::new(query)));
        }
        let [only] = table.entries() else {
            return None;
        };
        let Some(name) = only.item.as_str() else {
            let message = format!("`{}` must be a string", only.key);
            problems.push(only.item.error("wrong-type", message));
            return None;
        };
        let checker = QueryChecker {
            registry: entry.models,
            problems,
        };
        if !checker.has_parameter(&only.key, name, &only.item) {
            return None;
        }
        Some(Self::Parameter(format!("{}.{name}", only.key)))
    }

    /// The model whose rows it finds, by its label; none where it is a value.
    pub(super) fn model(&self) -> Option<&ModelKey> {
        match self {
            Self::Row(query) => Some(query.model()),
            Self::Parameter(_) => None,
        }
    }

    /// Whether it is the user, or a field of the user.
    pub(super) fn needs_user(&self) -> bool {
        matches!(self, Self::Parameter(name) if name.starts_with("request."))
    }

    /// Whether it is what the path captures.
    pub(super) fn is_captured(&self) -> bool {
        matches!(self, Self::Parameter(name) if name.starts_with("captured."))
    }

    /// The names that a route has to capture for it.
    pub(super) fn captured_names(&self) -> Vec<&str> {
        match self {
            Self::Parameter(name) => name.strip_prefix("captured.").into_iter().collect(),
            Self::Row(query) => query.captured_names().collect(),
        }
    }

    /// The value in `request`; of a row that of its field `field`.
    ///
    /// Fails with 404 where the query finds no row.
    pub(super) fn find(
        &self,
        request: &Request<'_>,
        field: &str,
    ) -> Result<ParameterValue, HttpError> {
        let query = match self {
            Self::Parameter(name) => return parameter(request, name),
            Self::Row(query) => query,
        };
        let missing = || HttpError::NotFound(format!("there is no row of `{}`", query.model()));
        let bound = query.bind(request)?.ok_or_else(missing)?;
        let batch = RowBatch::fetch(&request.state.rows, &bound.slice(0, Some(1)))?;
        let row = batch.row(0).ok_or_else(missing)?;
        let value = row.get(field).cloned().unwrap_or(FieldValue::Null);
        Ok(ParameterValue::Value(value))
    }
}
