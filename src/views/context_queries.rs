//! `context = { latest = { model = "posts.Post", limit = 5 } }`: what an entry of `urls.toml` tells its template.

use crate::document::Item;
use crate::templates::Context;
use crate::templates::value::{Value, from_toml};
use crate::views::request_query::{QueryReader, RequestQuery};
use crate::views::rows::QueryValue;
use crate::views::{HttpError, Request, ViewEntry};

/// The key of the table.
const CONTEXT: &str = "context";

/// What an entry tells its template.
#[derive(Debug, Default)]
pub(super) struct ContextQueries(Vec<(String, ContextSource)>);

#[derive(Debug)]
enum ContextSource {
    /// As it stands in the file.
    Value(Value),
    /// The rows of a query, read when the template asks for them.
    Rows(Box<RequestQuery>),
}

impl ContextQueries {
    /// Reads the table `context` of an entry; what is wrong in it is reported.
    pub(super) fn read(entry: &ViewEntry<'_, '_>) -> Self {
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
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|(_, source)| {
            let query = match source {
                ContextSource::Rows(query) => Some(query),
                ContextSource::Value(_) => None,
            };
            query.into_iter().flat_map(|query| query.captured_names())
        })
    }

    /// Adds the values to `context`; no query runs here.
    pub(super) fn add_to(
        &self,
        context: &mut Context,
        request: &Request<'_>,
    ) -> Result<(), HttpError> {
        for (name, source) in &self.0 {
            let value = match source {
                ContextSource::Value(value) => value.clone(),
                ContextSource::Rows(query) => {
                    let query = query.bind(request)?;
                    Value::from_object(QueryValue::new(&request.state.rows, query))
                }
            };
            context.set(name.as_str(), value);
        }
        Ok(())
    }
}

fn read_source(entry: &ViewEntry<'_, '_>, item: &Item) -> Option<ContextSource> {
    let queried = item.as_table().filter(|table| table.get("model").is_some());
    let Some(table) = queried else {
        return Some(ContextSource::Value(from_toml(&item.value)));
    };
    let model = entry.model_at(table.get("model")?);
    let model = model
        .map_err(|finding| entry.fields.problems().push(finding))
        .ok()?;
    let keys = table.reader(entry.fields.problems());
    keys.item("model");
    let reader = QueryReader {
        registry: model.registry,
        model: model.model,
        problems: entry.fields.problems(),
    };
    let query = reader.query(&keys);
    keys.finish();
    Some(ContextSource::Rows(Box::new(query)))
}
