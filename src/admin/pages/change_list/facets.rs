//! How many rows each choice of a filter leaves among those that everything else leaves (`get_facet_counts`).

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::filters::OpenFilter;
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_query::leads_to_many;
use crate::models::expression::{
    AggregateExpression, AggregateFunction, Condition, Expression, QueryExpression,
};
use crate::query::{NamedExpression, Query, QueryError};
use crate::values::FieldValue;

/// The counts of the choices of `filter` where `others` are the conditions of all but itself: one statement.
pub(super) fn facet_counts(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    filter: &OpenFilter,
    others: &[&Condition],
) -> Result<Vec<u64>, ListError> {
    let registry = &request.request.state.models;
    let mut own = filter.choice_conditions();
    let mut all = others.iter().copied();
    let is_repeated = all.any(|condition| leads_to_many(registry, admin, condition))
        || own.any(|condition| leads_to_many(registry, admin, condition));
    let counts = filter.choice_conditions().enumerate();
    let counts = counts.map(|(at, condition)| NamedExpression {
        name: format!("facet_{at}"),
        expression: Expression::Query(Box::new(QueryExpression::Aggregate(AggregateExpression {
            function: AggregateFunction::Count,
            of: Some(Expression::F("pk".to_owned())),
            distinct: is_repeated,
            filter: Some(condition.clone()),
            default: None,
        }))),
    });
    let counts: Vec<_> = counts.collect();
    let query = others.iter().copied().cloned();
    let query = query.fold(Query::of(&admin.model), Query::filter);
    let query = query.order_by::<String>([]);
    let connections = request.request.connections;
    let found: Result<_, QueryError> =
        connections.with(|connection| query.on(registry)?.aggregate(connection, &counts));
    let counts = found?.into_iter().map(|value| match value {
        FieldValue::Integer(number) => u64::try_from(number).unwrap_or_default(),
        _ => 0,
    });
    Ok(counts.collect())
}
