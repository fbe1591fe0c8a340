//! Whether an expression is one of groups of rows.

use crate::models::expression::{
    Condition, Expression, OrderTerm, QueryExpression, TemplateKind, WindowExpression,
    WindowedFunction,
};

impl Condition {
    fn has_aggregate(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::Xor(parts) => {
                parts.iter().any(Self::has_aggregate)
            }
            Self::Not(part) => part.has_aggregate(),
            Self::Compare(comparison) => {
                let mut operands = comparison.operands.iter();
                operands.any(Expression::has_aggregate)
            }
            Self::Holds(expression) => expression.has_aggregate(),
        }
    }
}

impl Expression {
    /// Whether an aggregate stands in it; those of other queries and of windows do not count, nor do those
    /// that it names.
    pub(crate) fn has_aggregate(&self) -> bool {
        match self {
            Self::F(_) | Self::Value(_) | Self::Parameter(_) => false,
            Self::Function(_, arguments) | Self::Combined(_, arguments) => {
                arguments.iter().any(Self::has_aggregate)
            }
            Self::Cast(inner, _) | Self::Collate(inner, _) => inner.has_aggregate(),
            Self::Case { cases, default } => {
                let mut cases = cases.iter();
                cases.any(|(condition, value)| condition.has_aggregate() || value.has_aggregate())
                    || default.as_ref().is_some_and(|value| value.has_aggregate())
            }
            Self::Q(condition) => condition.has_aggregate(),
            Self::Query(expression) => expression.has_aggregate(),
        }
    }
}

impl QueryExpression {
    fn has_aggregate(&self) -> bool {
        match self {
            Self::Aggregate(_) => true,
            Self::Typed(of, _) | Self::Extract { of, .. } | Self::Truncate { of, .. } => {
                of.has_aggregate()
            }
            Self::JsonObject(entries) => entries.iter().any(|(_, value)| value.has_aggregate()),
            Self::KeyText(_)
            | Self::OuterRef { .. }
            | Self::Subquery(_)
            | Self::Exists(_)
            | Self::FilteredRelation { .. } => false,
            Self::Window(window) => window.has_aggregate(),
            Self::Template(template) => {
                template.kind == TemplateKind::Aggregate
                    || template.parts.iter().any(Expression::has_aggregate)
            }
        }
    }
}

impl WindowExpression {
    fn has_aggregate(&self) -> bool {
        let of_function = match &self.function {
            WindowedFunction::Function(_, arguments) => {
                arguments.iter().any(Expression::has_aggregate)
            }
            WindowedFunction::Aggregate(aggregate) => {
                aggregate.of.as_ref().is_some_and(Expression::has_aggregate)
            }
        };
        of_function
            || self.partition_by.iter().any(Expression::has_aggregate)
            || self.order_by.iter().any(OrderTerm::has_aggregate)
    }
}

impl OrderTerm {
    /// Whether an aggregate stands in it, not only the name of one.
    pub(crate) fn has_aggregate(&self) -> bool {
        match self {
            Self::Path(_) => false,
            Self::Expression { expression, .. } => expression.has_aggregate(),
        }
    }
}
