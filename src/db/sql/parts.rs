//! What an expression is made of: whether it is of a group, and by what the rest must be grouped.

use crate::db::sql::expression::{
    OrderBy, SqlAggregate, SqlExpression, SqlExtract, SqlOwn, SqlWindow,
};
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
            Self::Template(own) => own.parts.iter().collect(),
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
            | Self::Numbered(_)
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
            Self::Template(own) if own.is_aggregate => true,
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

    /// Whether it is true or false, and made of what is not.
    pub fn is_condition(&self) -> bool {
        matches!(
            self,
            Self::All(_)
                | Self::Any(_)
                | Self::Not(_)
                | Self::Compare(..)
                | Self::In(..)
                | Self::InQuery(..)
                | Self::Range(_)
                | Self::IsNull(..)
        )
    }

    /// What rows of one group have in common where this is a part of what is selected of the group
    /// (`get_group_by_cols`).
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
            Self::Subquery(query) | Self::Exists(query) if query.is_of_many => vec![self],
            Self::Subquery(_) | Self::Exists(_) => self.grouping_of_parts(),
            Self::Window(window) => {
                let order = window.order_by.iter().map(|order| &order.expression);
                let rows = window.partition_by.iter().chain(order);
                rows.flat_map(Self::grouping).collect()
            }
            Self::Template(own) if own.is_aggregate => Vec::new(),
            other if other.is_condition() || other.has_aggregate() => other.grouping_of_parts(),
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
        match self {
            Self::Aggregate(_) => change(self),
            Self::Template(ref own) if own.is_aggregate => change(self),
            // Its function is of the rows around.
            Self::Window(_) => self,
            other => other.map_parts(&mut |part| part.map_aggregates(change)),
        }
    }

    /// This with what `change` makes of each of its [parts](Self::parts); other queries stay as they are.
    #[must_use]
    pub fn map_parts(self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        match self {
            Self::All(parts) => Self::All(each(parts, change)),
            Self::Any(parts) => Self::Any(each(parts, change)),
            Self::Function(function, parts) => Self::Function(function, each(parts, change)),
            Self::Not(part) => Self::Not(boxed(*part, change)),
            Self::IsNull(part, is_null) => Self::IsNull(boxed(*part, change), is_null),
            Self::Cast(part, cast) => Self::Cast(boxed(*part, change), cast),
            Self::Collate(part, collation) => Self::Collate(boxed(*part, change), collation),
            Self::Named(part, name) => Self::Named(boxed(*part, change), name),
            Self::InQuery(part, query) => Self::InQuery(boxed(*part, change), query),
            Self::Compare(lookup, pair) => Self::Compare(lookup, Box::new(pair.map(change))),
            Self::Arithmetic(sign, pair) => Self::Arithmetic(sign, Box::new(pair.map(change))),
            Self::Range(three) => Self::Range(Box::new(three.map(change))),
            Self::In(first, others) => Self::In(boxed(*first, change), each(others, change)),
            Self::Extract(extract) => Self::Extract(Box::new(SqlExtract {
                of: change(extract.of),
                ..*extract
            })),
            Self::Aggregate(aggregate) => Self::Aggregate(Box::new(SqlAggregate {
                of: aggregate.of.map(&mut *change),
                filter: aggregate.filter.map(change),
                ..*aggregate
            })),
            Self::Case { when, otherwise } => {
                let when = when.into_iter();
                let pair = |(condition, value)| (change(condition), change(value));
                Self::Case {
                    when: when.map(pair).collect(),
                    otherwise: otherwise.map(|value| boxed(*value, change)),
                }
            }
            Self::Window(window) => {
                let order = window.order_by.into_iter();
                Self::Window(Box::new(SqlWindow {
                    function: change(window.function),
                    partition_by: each(window.partition_by, change),
                    order_by: order
                        .map(|order| OrderBy {
                            expression: change(order.expression),
                            ..order
                        })
                        .collect(),
                    frame: window.frame,
                }))
            }
            Self::Template(own) => Self::Template(Box::new(SqlOwn {
                parts: each(own.parts, change),
                ..*own
            })),
            whole => whole,
        }
    }
}

fn each(
    parts: Vec<SqlExpression>,
    change: &mut dyn FnMut(SqlExpression) -> SqlExpression,
) -> Vec<SqlExpression> {
    parts.into_iter().map(change).collect()
}

fn boxed(
    part: SqlExpression,
    change: &mut dyn FnMut(SqlExpression) -> SqlExpression,
) -> Box<SqlExpression> {
    Box::new(change(part))
}
