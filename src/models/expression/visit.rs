//! Walks through conditions, expressions and queries.

use crate::models::Literal;
use crate::models::expression::query::QueryStep;
use crate::models::expression::{
    AggregateExpression, Condition, Expression, OrderTerm, QueryExpression, RowQuery,
    WindowExpression, WindowedFunction,
};

impl Condition {
    /// Calls `visit` with every expression, those within others included, the outer ones first.
    pub fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::Xor(parts) => {
                for part in parts {
                    part.visit_expressions(visit);
                }
            }
            Self::Not(part) => part.visit_expressions(visit),
            Self::Compare(comparison) => {
                for operand in &mut comparison.operands {
                    operand.visit_expressions(visit);
                }
            }
            Self::Holds(expression) => expression.visit_expressions(visit),
        }
    }
}

impl Expression {
    /// Calls `visit` with this and with every expression within it, the outer ones first.
    ///
    /// What stands in a query within it counts.
    pub fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        visit(self);
        match self {
            Self::F(_) | Self::Value(_) | Self::Parameter(_) => {}
            Self::Function(_, arguments) | Self::Combined(_, arguments) => {
                for argument in arguments {
                    argument.visit_expressions(visit);
                }
            }
            Self::Cast(inner, _) | Self::Collate(inner, _) => inner.visit_expressions(visit),
            Self::Case { cases, default } => {
                for (condition, value) in cases {
                    condition.visit_expressions(visit);
                    value.visit_expressions(visit);
                }
                if let Some(value) = default {
                    value.visit_expressions(visit);
                }
            }
            Self::Q(condition) => condition.visit_expressions(visit),
            Self::Query(expression) => expression.visit_expressions(visit),
        }
    }
}

impl QueryExpression {
    fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match self {
            Self::Aggregate(aggregate) => aggregate.visit_expressions(visit),
            Self::Typed(of, _) | Self::Extract { of, .. } | Self::Truncate { of, .. } => {
                of.visit_expressions(visit);
            }
            Self::JsonObject(entries) => {
                for (_, value) in entries {
                    value.visit_expressions(visit);
                }
            }
            Self::KeyText(_) | Self::OuterRef { .. } => {}
            Self::Subquery(query) | Self::Exists(query) => query.visit_expressions(visit),
            Self::Window(window) => window.visit_expressions(visit),
            Self::Template(template) => {
                for part in &mut template.parts {
                    part.visit_expressions(visit);
                }
            }
            Self::FilteredRelation { condition, .. } => condition.visit_expressions(visit),
        }
    }
}

impl AggregateExpression {
    fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        for part in self.of.iter_mut().chain(&mut self.default) {
            part.visit_expressions(visit);
        }
        if let Some(filter) = &mut self.filter {
            filter.visit_expressions(visit);
        }
    }
}

impl WindowExpression {
    fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match &mut self.function {
            WindowedFunction::Function(_, arguments) => {
                for argument in arguments {
                    argument.visit_expressions(visit);
                }
            }
            WindowedFunction::Aggregate(aggregate) => aggregate.visit_expressions(visit),
        }
        for part in &mut self.partition_by {
            part.visit_expressions(visit);
        }
        for term in &mut self.order_by {
            term.visit_expressions(visit);
        }
    }
}

impl OrderTerm {
    fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        if let Self::Expression { expression, .. } = self {
            expression.visit_expressions(visit);
        }
    }
}

impl RowQuery {
    /// Whether an aggregate makes groups of the rows.
    pub(crate) fn has_groups(&self) -> bool {
        self.steps.iter().any(|step| match step {
            QueryStep::Annotate { expression, .. } => expression.has_aggregate(),
            _ => false,
        })
    }

    /// Calls `visit` with every expression, those within others and in other queries included.
    pub(crate) fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        for step in &mut self.steps {
            match step {
                QueryStep::Filter(condition) => condition.visit_expressions(visit),
                QueryStep::Annotate { expression, .. } => expression.visit_expressions(visit),
                QueryStep::Values(_) => {}
            }
        }
        for term in self.order.iter_mut().flatten() {
            term.visit_expressions(visit);
        }
        let combined = self.combined.iter_mut();
        for query in combined.flat_map(|combined| &mut combined.queries) {
            query.visit_expressions(visit);
        }
    }

    /// Puts in the place of every condition what `change` makes of it; where that is nothing, it is left out.
    ///
    /// A case without its condition is left out, too. Conditions within other queries count.
    pub(crate) fn change_conditions(
        &mut self,
        change: &mut dyn FnMut(&Condition) -> Option<Condition>,
    ) {
        self.change_filters(change);
        self.visit_expressions(&mut |expression| change_within(expression, change));
    }

    fn change_filters(&mut self, change: &mut dyn FnMut(&Condition) -> Option<Condition>) {
        self.steps.retain_mut(|step| match step {
            QueryStep::Filter(condition) => match change(condition) {
                Some(changed) => {
                    *condition = changed;
                    true
                }
                None => false,
            },
            QueryStep::Annotate { .. } | QueryStep::Values(_) => true,
        });
        let combined = self.combined.iter_mut();
        for query in combined.flat_map(|combined| &mut combined.queries) {
            query.change_filters(change);
        }
    }
}

/// Changes the conditions that `expression` itself has; those of expressions within it are visited by others.
fn change_within(
    expression: &mut Expression,
    change: &mut dyn FnMut(&Condition) -> Option<Condition>,
) {
    match expression {
        Expression::Q(condition) => match change(condition) {
            Some(changed) => **condition = changed,
            None => *expression = Expression::Value(Literal::Boolean(true)),
        },
        Expression::Case { cases, default } => {
            cases.retain_mut(|(condition, _)| match change(condition) {
                Some(changed) => {
                    *condition = changed;
                    true
                }
                None => false,
            });
            if cases.is_empty() {
                let default = default.take().map(|default| *default);
                *expression = default.unwrap_or(Expression::Value(Literal::Null));
            }
        }
        Expression::Query(found) => match &mut **found {
            QueryExpression::Aggregate(aggregate) => change_filter(aggregate, change),
            QueryExpression::Window(window) => {
                if let WindowedFunction::Aggregate(aggregate) = &mut window.function {
                    change_filter(aggregate, change);
                }
            }
            QueryExpression::Subquery(query) | QueryExpression::Exists(query) => {
                query.change_filters(change);
            }
            QueryExpression::FilteredRelation { condition, .. } => {
                let left = change(condition);
                *condition = left.unwrap_or(Condition::All(Vec::new()));
            }
            _ => {}
        },
        _ => {}
    }
}

fn change_filter(
    aggregate: &mut AggregateExpression,
    change: &mut dyn FnMut(&Condition) -> Option<Condition>,
) {
    aggregate.filter = aggregate.filter.take().and_then(|filter| change(&filter));
}
