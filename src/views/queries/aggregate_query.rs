//! `aggregate = { total = { Sum = "price" } }`: what is computed of all rows of a query together.

use crate::models::expression::{QueryStep, RowQuery};
use crate::query::{NamedExpression, Query};
use crate::views::queries::request_query::RequestQuery;
use crate::views::rows::AggregateValue;
use crate::views::{HttpError, Request};

/// Aggregates, and the rows that they are computed of.
#[derive(Debug)]
pub(super) struct AggregateQuery {
    rows: RequestQuery,
    /// A query that has the aggregates as annotations: they take values of a request as all others do.
    aggregates: RequestQuery,
}

impl AggregateQuery {
    /// The annotations of `aggregates`, computed of `rows`.
    pub(super) fn new(rows: RequestQuery, aggregates: RowQuery) -> Self {
        Self {
            rows,
            aggregates: RequestQuery::new(aggregates.into(), Vec::new()),
        }
    }

    /// The queries that take values of a request.
    pub(super) fn queries(&self) -> [&RequestQuery; 2] {
        [&self.rows, &self.aggregates]
    }

    /// What the aggregates are called.
    pub(super) fn names(&self) -> Vec<String> {
        let found = expressions(self.aggregates.template()).into_iter();
        found.map(|aggregate| aggregate.name).collect()
    }

    /// The values, which are computed when a template asks for one.
    pub(super) fn bind(&self, request: &Request<'_>) -> Result<AggregateValue, HttpError> {
        let loader = &request.state.rows;
        let rows = self.rows.bind_or_nothing(request)?;
        let aggregates = self.aggregates.fill(request, |aggregates| {
            let set = rows.clone().on(loader.registry())?;
            set.check_aggregates(&expressions(aggregates))
        })?;
        let expressions = expressions(&aggregates.query);
        Ok(AggregateValue::new(loader, rows, expressions))
    }
}

fn expressions(query: &Query) -> Vec<NamedExpression> {
    let steps = query.rows().steps.iter();
    let found = steps.filter_map(|step| match step {
        QueryStep::Annotate {
            name, expression, ..
        } => Some(NamedExpression {
            name: name.clone(),
            expression: expression.clone(),
        }),
        QueryStep::Filter(_) | QueryStep::Values(_) => None,
    });
    found.collect()
}
