//! Values that an entry takes from the request: `{ request = "user" }`, `{ captured = "pk" }`, `{ query = "tag" }`, or a
//! row that a query finds.

use crate::document::{Item, Table};
use crate::models::{Field, Model, ModelKey};
use crate::text;
use crate::values::FieldValue;
use crate::views::queries::{ParameterValue, QueryReader, RequestQuery, parameter};
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

/// The user who sent the request.
const USER: &str = "user";

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
        if only.key == "request" && !is_of_user(entry, name, &only.item) {
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

/// Whether `name` is `user`, or a field of the user's row: `user.team`; reported if not.
fn is_of_user(entry: &ViewEntry<'_, '_>, name: &str, item: &Item) -> bool {
    let problems = entry.fields.problems();
    let (user, field) = match name.split_once('.') {
        Some((user, field)) => (user, Some(field)),
        None => (name, None),
    };
    if user != USER {
        let finding = item.error("unknown-value", format!("a request has no `{name}`"));
        problems.push(finding.hint("write `user`, or `user.team` for a field of the user"));
        return false;
    }
    let Some(model) = entry.models.user_model() else {
        return true;
    };
    let is_field = |model: &Model, name: &str| {
        name == "pk" || model.field(name).is_some_and(Field::has_column)
    };
    let Some(field) = field.filter(|field| !is_field(model, field)) else {
        return true;
    };
    let names = || model.columns().map(|field| field.name.as_str());
    let finding = item.error("unknown-field", format!("a user has no field `{field}`"));
    let otherwise = format!("the fields are {}", text::quoted(names()));
    problems.push(finding.suggest_or(field, names(), otherwise));
    false
}
