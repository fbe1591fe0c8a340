//! `context = { latest = { model = "posts.Post", limit = 5 } }`: what an entry of `urls.toml` tells its template.

use crate::diagnostic::Finding;
use crate::document::{Item, Table, TableEntry};
use crate::models::{ModelKey, ModelSet as _};
use crate::templates::value::{Value, from_toml};
use crate::templates::{Context, TemplateType};
use crate::text;
use crate::views::queries::aggregate_query::AggregateQuery;
use crate::views::queries::query_reader::QueryReader;
use crate::views::queries::request_query::RequestQuery;
use crate::views::rows::{QueryValue, RowShape};
use crate::views::{HttpError, Request, ViewEntry};

/// The key of the table.
const CONTEXT: &str = "context";

/// The key that makes a query of a table.
const MODEL: &str = "model";

/// What an entry tells its template.
#[derive(Debug, Default)]
pub(in crate::views) struct ContextQueries(Vec<(String, ContextSource)>);

#[derive(Debug)]
enum ContextSource {
    /// As it stands in the file.
    Value(Value),
    /// The rows of a query, read when the template asks for them.
    Rows(Box<RequestQuery>),
    /// What is computed of all rows of a query together.
    Aggregates(Box<AggregateQuery>),
}

impl ContextQueries {
    /// Reads the table `context` of an entry; what is wrong in it is reported.
    pub(in crate::views) fn read(entry: &ViewEntry<'_, '_>) -> Self {
        let Some(table) = entry.fields.table(CONTEXT) else {
            return Self::default();
        };
        let mut found = Vec::new();
        for part in table.source().entries() {
            table.item(&part.key);
            if let Some(source) = read_source(entry, &part.item) {
                found.push((part.key.clone(), source));
            }
        }
        table.finish();
        Self(found)
    }

    /// The names that a route has to capture for its queries.
    pub(in crate::views) fn captured_names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|(_, source)| {
            let queries = match source {
                ContextSource::Rows(query) => vec![&**query],
                ContextSource::Aggregates(found) => found.queries().into(),
                ContextSource::Value(_) => Vec::new(),
            };
            queries.into_iter().flat_map(RequestQuery::captured_names)
        })
    }

    /// The names that it tells, and what they stand for.
    pub(in crate::views) fn handed(&self) -> impl Iterator<Item = (&str, TemplateType)> {
        self.0.iter().map(|(name, source)| {
            let value = match source {
                ContextSource::Value(_) => TemplateType::Unknown,
                ContextSource::Rows(query) => query.value_type(),
                ContextSource::Aggregates(found) => TemplateType::Mapping(found.names()),
            };
            (name.as_str(), value)
        })
    }

    /// What can be told without a request, and the names of the rest.
    pub(in crate::views) fn without_request(&self) -> (Context, Vec<&str>) {
        let (mut context, mut left_out) = (Context::default(), Vec::new());
        for (name, source) in &self.0 {
            match source {
                ContextSource::Value(value) => context.set(name.as_str(), value.clone()),
                _ => left_out.push(name.as_str()),
            }
        }
        (context, left_out)
    }

    /// Adds the values to `context`; no query runs here.
    pub(in crate::views) fn add_to(
        &self,
        context: &mut Context,
        request: &Request<'_>,
    ) -> Result<(), HttpError> {
        let loader = &request.state.rows;
        for (name, source) in &self.0 {
            let value = match source {
                ContextSource::Value(value) => value.clone(),
                ContextSource::Rows(query) => {
                    let (query, shape) = (query.bind(request)?, query.shape());
                    Value::from_object(QueryValue::shaped(loader, query, shape))
                }
                ContextSource::Aggregates(found) => Value::from_object(found.bind(request)?),
            };
            context.set(name.as_str(), value);
        }
        Ok(())
    }
}

fn read_source(entry: &ViewEntry<'_, '_>, item: &Item) -> Option<ContextSource> {
    if let Some(table) = item.as_table().filter(|table| table.get(MODEL).is_some()) {
        return read_query(entry, table);
    }
    if let Some(finding) = misspelt_model(entry, item) {
        entry.fields.problems().push(finding);
        return None;
    }
    Some(ContextSource::Value(from_toml(&item.value)))
}

/// The finding for a table that is not a plain value, since it names a model under a misspelt key.
fn misspelt_model(entry: &ViewEntry<'_, '_>, item: &Item) -> Option<Finding> {
    let mut keys = item.as_table()?.entries().iter();
    let is_model = |key: &&TableEntry| {
        let name = key.item.as_str().and_then(ModelKey::parse);
        let is_near = text::did_you_mean(&key.key, [MODEL]).is_some();
        is_near && name.is_some_and(|name| entry.models.find(&name).is_some())
    };
    let key = keys.find(is_model)?;
    let finding = key.error("unknown-key", format!("unknown key `{}`", key.key));
    Some(finding.suggest(&key.key, [MODEL]))
}

fn read_query(entry: &ViewEntry<'_, '_>, table: &Table) -> Option<ContextSource> {
    let model = entry.model_at(table.get(MODEL)?);
    let model = model
        .map_err(|finding| entry.fields.problems().push(finding))
        .ok()?;
    let keys = table.reader(entry.fields.problems());
    keys.item(MODEL);
    let reader = QueryReader {
        registry: model.registry,
        model: model.model,
        problems: entry.fields.problems(),
    };
    let query = reader.rows_or_values(&keys);
    let dates = reader.dates(&keys, query.template());
    let aggregates = reader.aggregates(&keys, query.template());
    keys.finish();
    if let Some(aggregates) = aggregates {
        let found = AggregateQuery::new(query, aggregates);
        return Some(ContextSource::Aggregates(Box::new(found)));
    }
    Some(ContextSource::Rows(Box::new(match dates {
        Some(dates) => query.with_template(dates).shaped(RowShape::Values),
        None => query,
    })))
}
