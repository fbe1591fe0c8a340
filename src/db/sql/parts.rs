//! What an expression is made of: whether it is of a group, and by what the rest must be grouped.

use crate::db::sql::expression::SqlExpression;
use crate::db::sql::function::SqlFunction;

impl SqlExpression {
    /// The expressions that this one is made of; those of other queries do not count.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::Function(_, parts) => {
                parts.iter().collect()
            }
            Self::Not(part)
            | Self::IsNull(part, _)
            | Self::Cast(part, _)
            | Self::Collate(part, _)
            | Self::Named(part, _)
            | Self::InQuery(part, _) => vec![part],
            Self::Compare(_, pair) | Self::Arithmetic(_, pair) => pair.iter().collect(),
            Self::Range(three) => three.iter().collect(),
            Self::In(first, others) => std::iter::once(&**first).chain(others).collect(),
            Self::Extract(extract) => vec![&extract.of],
            Self::Aggregate(aggregate) => aggregate.of.iter().chain(&aggregate.filter).collect(),
            Self::Case { when, otherwise } => {
                let pairs = when
                    .iter()
                    .flat_map(|(condition, value)| [condition, value]);
                pairs.chain(otherwise.as_deref()).collect()
            }
            Self::Subquery(subquery) | Self::Exists(subquery) => subquery.outer.iter().collect(),
            Self::Window(window) => {
                let order = window.order_by.iter().map(|order| &order.expression);
                let rows = window.partition_by.iter().chain(order);
                std::iter::once(&window.function).chain(rows).collect()
            }
            Self::Column { .. }
            | Self::Excluded(_)
            | Self::Value(_)
            | Self::Given
            | Self::Integer(_)
            | Self::Null
            | Self::Boolean(_) => Vec::new(),
        }
    }

    /// Whether it is computed of the rows of a group.
    ///
    /// An aggregate over a window is one of rows around, unless another stands within it.
    pub fn has_aggregate(&self) -> bool {
        match self {
            Self::Aggregate(_) => true,
            Self::Window(window) => {
                let function = window.function.parts();
                let order = window.order_by.iter().map(|order| &order.expression);
                let rows = window.partition_by.iter().chain(order);
                function.into_iter().chain(rows).any(Self::has_aggregate)
            }
            other => other.parts().into_iter().any(Self::has_aggregate),
        }
    }

    /// Whether it is computed of the rows around.
    pub fn has_window(&self) -> bool {
        matches!(self, Self::Window(_)) || self.parts().into_iter().any(Self::has_window)
    }

    /// What rows of one group have in common where this is selected of the group (`get_group_by_cols`).
    pub fn grouping(&self) -> Vec<&Self> {
        match self {
            Self::Aggregate(_)
            | Self::Value(_)
            | Self::Given
            | Self::Integer(_)
            | Self::Null
            | Self::Boolean(_)
            | Self::Function(SqlFunction::Random | SqlFunction::Now | SqlFunction::Pi, _) => {
                Vec::new()
            }
            Self::All(_) | Self::Any(_) | Self::Subquery(_) | Self::Exists(_) => {
                self.grouping_of_parts()
            }
            Self::Window(window) => {
                let order = window.order_by.iter().map(|order| &order.expression);
                let rows = window.partition_by.iter().chain(order);
                rows.flat_map(Self::grouping).collect()
            }
            other if other.has_aggregate() => other.grouping_of_parts(),
            other => vec![other],
        }
    }

    fn grouping_of_parts(&self) -> Vec<&Self> {
        let parts = self.parts().into_iter();
        parts.flat_map(Self::grouping).collect()
    }

    /// This with what `change` makes of the outermost aggregates, in their order.
    #[must_use]
    pub fn map_aggregates(self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        let mut all = |parts: Vec<Self>| -> Vec<Self> {
            let parts = parts.into_iter();
            parts.map(|part| part.map_aggregates(change)).collect()
        };
        match self {
            Self::Aggregate(_) => change(self),
            Self::All(parts) => Self::All(all(parts)),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::Function(function, parts) => Self::Function(function, all(parts)),
            Self::Arithmetic(operator, pair) => Self::Arithmetic(
                operator,
                Box::new(pair.map(|part| part.map_aggregates(change))),
            ),
            Self::Compare(lookup, pair) => Self::Compare(
                lookup,
                Box::new(pair.map(|part| part.map_aggregates(change))),
            ),
            Self::Cast(part, cast) => Self::Cast(Box::new(part.map_aggregates(change)), cast),
            Self::Not(part) => Self::Not(Box::new(part.map_aggregates(change))),
            Self::IsNull(part, is) => Self::IsNull(Box::new(part.map_aggregates(change)), is),
            Self::Case { when, otherwise } => Self::Case {
                when: when
                    .into_iter()
                    .map(|(condition, value)| {
                        (
                            condition.map_aggregates(change),
                            value.map_aggregates(change),
                        )
                    })
                    .collect(),
                otherwise: otherwise.map(|value| Box::new(value.map_aggregates(change))),
            },
            other => other,
        }
    }
}
