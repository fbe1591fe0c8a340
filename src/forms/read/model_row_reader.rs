//! Conditions on rows and their order in `forms.toml`, each checked against the model that it is about.

use crate::diagnostic::Finding;
use crate::document::{Item, Origin, Problems, TableReader};
use crate::models::expression::read::condition;
use crate::models::expression::{Comparison, Condition};
use crate::models::read::ReadContext;
use crate::models::{Model, Registry};
use crate::query::{Query, QueryError};

/// Reads what is said of the rows of one model; what does not fit them is reported.
pub(super) struct ModelRowReader<'r> {
    pub(super) registry: &'r Registry,
    pub(super) model: &'r Model,
    pub(super) problems: &'r Problems,
}

impl ModelRowReader<'_> {
    /// The rows that `filter`, `exclude` and `order_by` describe.
    pub(super) fn query(&self, keys: &TableReader<'_>) -> Query {
        let mut query = self
            .conditions(keys)
            .into_iter()
            .fold(Query::of(self.model), Query::filter);
        let order = self.order_by(keys);
        if !order.is_empty() {
            query = query.order_by(order);
        }
        query
    }

    /// What `filter` and `exclude` ask for.
    pub(super) fn conditions(&self, keys: &TableReader<'_>) -> Vec<Condition> {
        let read = |key| keys.item(key).and_then(|item| self.condition(item));
        let excluded = |condition| Condition::Not(Box::new(condition));
        let (wanted, unwanted) = (read("filter"), read("exclude").map(excluded));
        wanted.into_iter().chain(unwanted).collect()
    }

    fn condition(&self, item: &Item) -> Option<Condition> {
        let problems = Problems::default();
        let context = ReadContext::new(&self.model.app_label, &problems).for_queries();
        let found = condition(&context, item);
        let mut is_sound = found.is_some();
        for named in context.take_field_references() {
            let comparison = named
                .comparison
                .unwrap_or_else(|| Comparison::is_there(&named.field));
            is_sound &= self.check(comparison, &named.origin);
        }
        for finding in problems.into_findings() {
            self.problems.push(finding);
        }
        found.filter(|_| is_sound)
    }

    /// The terms of `order_by`: paths, each perhaps behind `-`.
    pub(super) fn order_by(&self, keys: &TableReader<'_>) -> Vec<String> {
        let Some(item) = keys.item("order_by") else {
            return Vec::new();
        };
        let terms = item.listed().iter().filter_map(|item| {
            let Some(term) = item.as_str() else {
                let message = "an order is a list of names of fields";
                let hint = "write `order_by = [\"-id\"]`";
                self.problems
                    .push(item.error("wrong-type", message).hint(hint));
                return None;
            };
            let query = Query::of(self.model).order_by([term]);
            self.run_dry(query, &item.origin).then(|| term.to_owned())
        });
        terms.collect()
    }

    /// The name of a field under `key`; reported where the model has none of it.
    pub(super) fn field<'t>(&self, keys: &TableReader<'t>, key: &'t str) -> Option<String> {
        let place = keys.source().get(key);
        let name: String = keys.optional(key)?;
        self.check(Comparison::is_there(&name), &place?.origin)
            .then_some(name)
    }

    fn check(&self, comparison: Comparison, origin: &Origin) -> bool {
        let query = Query::of(self.model).filter(Condition::Compare(comparison));
        self.run_dry(query, origin)
    }

    fn run_dry(&self, query: Query, origin: &Origin) -> bool {
        let checked = query.on(self.registry).and_then(|query| query.check());
        checked.map_err(|error| self.report(&error, origin)).is_ok()
    }

    fn report(&self, error: &QueryError, origin: &Origin) {
        self.problems.push(Finding::of(error).at(origin.location()));
    }
}
