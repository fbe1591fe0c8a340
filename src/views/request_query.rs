//! Queries in `urls.toml`: read once, with every mistake in them, and given the values of each request.
//!
//! A condition on a parameter of the query that the visitor did not use is left out; a value that does not fit
//! its field, and the user of one who is not logged in, hold for no row ([`condition_parts`](super::condition_parts)).

use crate::diagnostic::{Diagnostic as _, Finding};
use crate::document::{Item, Origin, Problems, TableReader};
use crate::models::expression::{Comparison, Condition, Expression, Lookup, read};
use crate::models::read::ReadContext;
use crate::models::{Literal, Model, ModelKey, Registry};
use crate::query::{Prefetch, Query, QueryError, RelatedAccessor};
use crate::views::condition_parts::{ComparisonState, RemainingCondition, remaining};
use crate::views::request_parameters::{LIST, ParameterValue, SOURCES, parameter};
use crate::views::{HttpError, Request};

/// A query, with conditions that take values from a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestQuery {
    /// The order, and the model.
    base: Query,
    /// The places of the first row and behind the last one that are meant.
    offset: u64,
    end: Option<u64>,
    conditions: Vec<Condition>,
    /// The parameters of the conditions, each once.
    parameters: Vec<String>,
}

/// Reads queries of one model; mistakes go to the problems of the entry.
pub(crate) struct QueryReader<'r> {
    pub(crate) registry: &'r Registry,
    pub(crate) model: &'r Model,
    pub(crate) problems: &'r Problems,
}

impl QueryReader<'_> {
    /// The query that the keys `filter`, `exclude`, `order_by`, `distinct`, `offset` and `limit` describe.
    pub(crate) fn query(&self, keys: &TableReader<'_>) -> RequestQuery {
        let mut base = Query::of(self.model);
        if let Some(terms) = keys.item("order_by").map(|item| self.order(item)) {
            base = base.order_by(terms);
        }
        if keys.or("reverse", false) {
            base = base.reverse();
        }
        if keys.or("distinct", false) {
            base = base.distinct();
        }
        let selected = |path: &str| self.run_dry(Query::of(self.model).select_related([path]));
        if let Some(paths) = self.paths(keys, "select_related", selected) {
            base = base.select_related(paths);
        }
        let prefetched = |path: &str| self.check_relations(path);
        if let Some(paths) = self.paths(keys, "prefetch_related", prefetched) {
            base = base.prefetch_related(paths.into_iter().map(Prefetch::new));
        }
        let offset = keys.or("offset", 0_u64);
        let limit = keys.optional::<u64>("limit");
        let filter = keys
            .item("filter")
            .and_then(|item| self.condition(item, SOURCES));
        let exclude = keys
            .item("exclude")
            .and_then(|item| self.condition(item, SOURCES));
        let exclude = exclude.map(|condition| Condition::Not(Box::new(condition)));
        RequestQuery {
            offset,
            end: limit.map(|limit| offset.saturating_add(limit)),
            ..RequestQuery::new(base, filter.into_iter().chain(exclude).collect())
        }
    }

    /// The relations under `key`; those for which `check` fails are reported.
    fn paths(
        &self,
        keys: &TableReader<'_>,
        key: &'static str,
        check: impl Fn(&str) -> Result<(), QueryError>,
    ) -> Option<Vec<String>> {
        let item = keys.source().get(key);
        let mut paths = keys.optional::<Vec<String>>(key)?;
        paths.retain(|path| {
            let outcome = check(path);
            let report = |error| item.map(|item| self.report(&error, &item.origin));
            outcome.map_err(report).is_ok()
        });
        Some(paths)
    }

    /// Follows the names that rows have for others.
    fn check_relations(&self, path: &str) -> Result<(), QueryError> {
        let mut model = self.model;
        for name in path.split("__") {
            model = RelatedAccessor::find(self.registry, model, name)?.target;
        }
        Ok(())
    }

    /// The condition in `item`, whose parameters are taken from `sources`.
    pub(crate) fn condition(
        &self,
        item: &Item,
        sources: &'static [&'static str],
    ) -> Option<Condition> {
        let problems = Problems::default();
        let context = ReadContext::new(&self.model.app_label, &problems).with_parameters(sources);
        let condition = read::condition(&context, item);
        let mut is_sound = condition.is_some();
        for named in context.take_field_references() {
            let comparison = named.comparison.unwrap_or_else(|| is_set(&named.field));
            is_sound &= self.check(&comparison, &named.origin);
        }
        for finding in problems.into_findings() {
            self.problems.push(finding);
        }
        let mut condition = condition.filter(|_| is_sound)?;
        mark_lists(&mut condition);
        Some(condition)
    }

    /// The terms of an order: paths, each perhaps behind `-`.
    pub(crate) fn order(&self, item: &Item) -> Vec<String> {
        let items = match &item.value {
            crate::document::Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(item),
        };
        let mut terms = Vec::new();
        for item in items {
            let Some(term) = item.as_str() else {
                let message = format!(
                    "an order is the name of a field, not {}",
                    item.value.type_name()
                );
                self.problems.push(item.error("wrong-type", message));
                continue;
            };
            let query = Query::of(self.model).order_by([term]);
            match self.run_dry(query) {
                Ok(()) => terms.push(term.to_owned()),
                Err(error) => self.report(&error, &item.origin),
            }
        }
        terms
    }

    /// Whether `name` is a field, or a path to one; reports it at `item` if not.
    pub(crate) fn check_path(&self, name: &str, item: &Item) -> bool {
        self.check(&is_set(name), &item.origin)
    }

    /// Whether the lookup fits; one whose value is not known yet is checked for its field.
    fn check(&self, comparison: &Comparison, origin: &Origin) -> bool {
        let mut comparison = comparison.clone();
        let takes_parameter = |operand: &Expression| matches!(operand, Expression::Parameter(_));
        if comparison.operands.iter().any(takes_parameter) {
            comparison = is_set(&comparison.field);
        }
        let query = Query::of(self.model).filter(Condition::Compare(comparison));
        let outcome = self.run_dry(query);
        outcome.map_err(|error| self.report(&error, origin)).is_ok()
    }

    fn run_dry(&self, query: Query) -> Result<(), QueryError> {
        query.on(self.registry)?.check()
    }

    fn report(&self, error: &QueryError, origin: &Origin) {
        let finding = Finding::error(error.code(), error.to_string()).at(origin.location());
        let hints = error.hints().into_iter();
        self.problems.push(hints.fold(finding, Finding::hint));
    }
}

/// The condition that `field` has a value.
fn is_set(field: &str) -> Comparison {
    Comparison {
        field: field.to_owned(),
        lookup: Lookup::IsNull,
        operands: vec![Expression::Value(Literal::Boolean(false))],
    }
}

/// Has the parameters of a query that stand beside `in` be all their values.
fn mark_lists(condition: &mut Condition) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter_mut().for_each(mark_lists),
        Condition::Not(part) => mark_lists(part),
        Condition::Compare(comparison) if comparison.lookup == Lookup::In => {
            for operand in &mut comparison.operands {
                if let Expression::Parameter(name) = operand
                    && name.starts_with("query.")
                {
                    name.push_str(LIST);
                }
            }
        }
        Condition::Compare(_) | Condition::Holds(_) => {}
    }
}

impl RequestQuery {
    /// The rows of `base` for which all `conditions` hold.
    pub(crate) fn new(base: Query, conditions: Vec<Condition>) -> Self {
        let all = conditions
            .iter()
            .cloned()
            .fold(Query::new(base.model().clone()), Query::filter);
        Self {
            base,
            offset: 0,
            end: None,
            parameters: all.parameters(),
            conditions,
        }
    }

    /// The same rows in some order at least: by their keys, where neither the entry nor `model` says another.
    pub(crate) fn ordered(mut self, model: &Model) -> Self {
        if !self.base.is_ordered(model) {
            self.base = self.base.order_by(["pk"]);
        }
        self
    }

    /// The names that a route has to capture for it.
    pub(crate) fn captured_names(&self) -> impl Iterator<Item = &str> {
        let names = self.parameters.iter();
        names.filter_map(|name| name.strip_prefix("captured."))
    }

    /// The key of the model whose rows it finds.
    pub(crate) fn model(&self) -> &ModelKey {
        self.base.model()
    }

    /// The query with the values of `request`; none where it is known that no row fits.
    pub(crate) fn bind(&self, request: &Request<'_>) -> Result<Option<Query>, HttpError> {
        let query = self.bind_whole(request)?;
        Ok(query.map(|query| self.cut(query)))
    }

    /// The part of the rows of `query` that is meant.
    pub(super) fn cut(&self, query: Query) -> Query {
        query.slice(self.offset, self.end)
    }

    /// The same before a part of the rows is taken: what is to be filtered or ordered further.
    pub(super) fn bind_whole(&self, request: &Request<'_>) -> Result<Option<Query>, HttpError> {
        let mut values = Vec::with_capacity(self.parameters.len());
        for name in &self.parameters {
            values.push((name.as_str(), parameter(request, name)?));
        }
        let is_filled = |value: &ParameterValue| matches!(value, ParameterValue::Value(_));
        let query = if values.iter().all(|(_, value)| is_filled(value)) {
            Some(self.with_conditions(self.conditions.iter().cloned()))
        } else {
            self.reduced(|part| Ok(state_of(part, &values)))?
        };
        let Some(query) = query else {
            return Ok(None);
        };
        if values.is_empty() {
            return Ok(Some(query));
        }
        let query = bound(&query, &values)?;
        if let Some(query) = fitting(request, query)? {
            return Ok(Some(query));
        }
        let query = self.reduced(|part| match state_of(part, &values) {
            ComparisonState::Complete => self.fits(request, part, &values),
            state => Ok(state),
        })?;
        query.map(|query| Ok(bound(&query, &values)?)).transpose()
    }

    fn with_conditions(&self, conditions: impl Iterator<Item = Condition>) -> Query {
        conditions.fold(self.base.clone(), Query::filter)
    }

    /// The query without the comparisons of which `state` says that they have no value; none where no row is meant.
    fn reduced(
        &self,
        state: impl Fn(&Condition) -> Result<ComparisonState, HttpError>,
    ) -> Result<Option<Query>, HttpError> {
        let mut left = Vec::with_capacity(self.conditions.len());
        for condition in &self.conditions {
            match remaining(condition, &state)? {
                RemainingCondition::Condition(condition) => left.push(condition),
                RemainingCondition::AllRows => {}
                RemainingCondition::NoRow => return Ok(None),
            }
        }
        Ok(Some(self.with_conditions(left.into_iter())))
    }

    /// Whether the field of the comparison `part` can hold its value.
    fn fits(
        &self,
        request: &Request<'_>,
        part: &Condition,
        values: &[(&str, ParameterValue)],
    ) -> Result<ComparisonState, HttpError> {
        let alone = Query::new(self.base.model().clone()).filter(part.clone());
        let fitting = fitting(request, bound(&alone, values)?)?;
        Ok(match fitting {
            Some(_) => ComparisonState::Complete,
            None => ComparisonState::Unanswerable,
        })
    }
}

/// What `values` say of the comparison `part`.
fn state_of(part: &Condition, values: &[(&str, ParameterValue)]) -> ComparisonState {
    let (mut is_asked, mut is_answerable) = (true, true);
    part.clone().visit_expressions(&mut |expression| {
        let Expression::Parameter(name) = expression else {
            return;
        };
        let found = values.iter().find(|(known, _)| known == name);
        match found.map(|(_, value)| value) {
            Some(ParameterValue::Value(_)) => {}
            Some(ParameterValue::NotAsked) => is_asked = false,
            Some(ParameterValue::Missing) | None => is_answerable = false,
        }
    });
    match (is_asked, is_answerable) {
        (true, true) => ComparisonState::Complete,
        (false, true) => ComparisonState::NotAsked,
        (_, false) => ComparisonState::Unanswerable,
    }
}

/// `query` with `values` in place of its parameters.
fn bound(query: &Query, values: &[(&str, ParameterValue)]) -> Result<Query, QueryError> {
    query.bind(|name| {
        let found = values.iter().find(|(known, _)| *known == name);
        match found {
            Some((_, ParameterValue::Value(value))) => Some(value.clone()),
            _ => None,
        }
    })
}

/// `query`, unless it compares a field with something that it cannot hold: no row fits that.
pub(crate) fn fitting(request: &Request<'_>, query: Query) -> Result<Option<Query>, HttpError> {
    let checked = query.clone().on(request.state.rows.registry())?.check();
    match checked {
        Ok(()) => Ok(Some(query)),
        Err(QueryError::WrongValue { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
