//! What an entry of `urls.toml` says of rows: calls of a query, a part of the rows, and what is read along.

use crate::document::{Item, Problems, TableReader};
use crate::models::expression::{Condition, OrderTerm, RowQuery, read};
use crate::models::read::{QueryCheck as _, ReadContext, ReadStep};
use crate::models::{Model, Registry};
use crate::query::Query;
use crate::views::queries::query_checker::{QueryChecker, reference};
use crate::views::queries::request_parameters::SOURCES;
use crate::views::queries::request_query::RequestQuery;
use crate::views::queries::rows_read_along::RowsReadAlong;
use crate::views::queries::value_shape;
use crate::views::rows::RowShape;

/// Reads queries of one model; mistakes go to the problems of the entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QueryReader<'r> {
    pub(crate) registry: &'r Registry,
    pub(crate) model: &'r Model,
    pub(crate) problems: &'r Problems,
}

impl QueryReader<'_> {
    /// The query of rows that `keys` describes.
    pub(crate) fn query(&self, keys: &TableReader<'_>) -> RequestQuery {
        let query = self.calls(keys);
        if query.has_values() {
            let call = ["values", "values_list", "calls"];
            let item = call.iter().find_map(|key| keys.source().get(key));
            if let Some(item) = item {
                let message = "rows are shown here, and not values of them";
                let hint = "leave `values` out: rows have all their values";
                self.problems
                    .push(item.error("values-not-rows", message).hint(hint));
            }
        }
        let names = self.names(&query);
        let query = request_query(query, keys);
        query.shaped(RowShape::Rows).with_names(names)
    }

    /// The query that `keys` describes, of rows or of values of them.
    pub(crate) fn rows_or_values(&self, keys: &TableReader<'_>) -> RequestQuery {
        let query = self.calls(keys);
        let shape = value_shape::shape(&query, keys);
        let names = self.names(&query);
        let query = request_query(query, keys);
        query.shaped(shape).with_names(names)
    }

    /// What the rows of `query` have by names of its own: annotations, values, and rows read along.
    fn names(&self, query: &Query) -> Vec<String> {
        let set = query.clone().on(self.registry);
        let mut names = set
            .and_then(|set| set.annotation_names())
            .unwrap_or_default();
        names.extend(query.names_read_along().map(ToOwned::to_owned));
        names
    }

    /// What the calls make of the rows of the model, and which rows are read along.
    fn calls(&self, keys: &TableReader<'_>) -> Query {
        let checker = self.checker();
        let context = self.context(SOURCES).checking(&checker);
        let rows = read::query_calls(&context, keys, RowQuery::of(self.model));
        let along = RowsReadAlong {
            checker,
            model: self.model,
        };
        along.read(keys, rows.into())
    }

    /// The condition in `item`, whose parameters are taken from `sources`.
    pub(crate) fn condition(
        &self,
        item: &Item,
        sources: &'static [&'static str],
    ) -> Option<Condition> {
        let checker = self.checker();
        let context = self.context(sources).checking(&checker);
        let condition = read::condition(&context, item)?;
        let before = RowQuery::of(self.model);
        let step = ReadStep {
            before: &before,
            after: &before.clone().filter(condition.clone()),
            origin: &item.origin,
            fields: &context.take_own_fields(0),
            is_within: false,
        };
        checker.accepts(&step).then_some(condition)
    }

    /// The terms of an order; those with a mistake are left out.
    pub(crate) fn order(&self, item: &Item) -> Vec<OrderTerm> {
        let before = RowQuery::of(self.model);
        let mut found = Vec::new();
        for item in item.listed() {
            let checker = self.checker();
            let context = self.context(&[]).checking(&checker);
            let Some(terms) = read::order_terms(&context, item) else {
                continue;
            };
            let step = ReadStep {
                before: &before,
                after: &before.clone().order_by(terms.clone()),
                origin: &item.origin,
                fields: &context.take_own_fields(0),
                is_within: false,
            };
            if checker.accepts(&step) {
                found.extend(terms);
            }
        }
        found
    }

    /// Whether `name` is a field, or a path to one; reports it at `item` if not.
    pub(crate) fn check_path(&self, name: &str, item: &Item) -> bool {
        let rows = RowQuery::of(self.model);
        self.checker().has_fields(&rows, &[reference(name, item)])
    }

    pub(super) fn checker(&self) -> QueryChecker<'_> {
        QueryChecker {
            registry: self.registry,
            problems: self.problems,
        }
    }

    /// Reads conditions and expressions, whose parameters are taken from `sources`.
    pub(super) fn context(&self, sources: &'static [&'static str]) -> ReadContext<'_> {
        ReadContext::new(&self.model.app_label, self.problems).with_parameters(sources)
    }
}

/// `query`, and the part of its rows that is meant.
fn request_query(query: Query, keys: &TableReader<'_>) -> RequestQuery {
    let offset = keys.or("offset", 0_u64);
    let limit = keys.optional::<u64>("limit");
    let end = limit.map(|limit| offset.saturating_add(limit));
    RequestQuery::new(query, Vec::new()).sliced(offset, end)
}
