//! What queries have in common that differ in their values alone: the same statement answers them.
//!
//! A value is taken out of a query where it stands beside a lookup; so is the number of rows that are left out.
//! `None` stays, since it is written in another way, and a list is as many values as it has: both are of another
//! shape.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::db::SqlValue;
use crate::models::Literal;
use crate::models::expression::{Condition, Expression, Lookup, OrderTerm, QueryStep};
use crate::query::Query;
use crate::query::given::{GivenValue, GivenValues, parameter};
use crate::query::question::Question;

/// How many values a query may have to be one of a shape: lists of every length would fill the memory.
const MAX_VALUES: usize = 100;

/// A query without its values, and these.
#[derive(Debug)]
pub(super) struct QueryShape {
    pub(super) query: Query,
    pub(super) values: Vec<GivenValue>,
    /// What a compiler of it knows.
    pub(super) given: GivenValues,
    /// What is asked of the rows.
    pub(super) question: Question,
    /// The same for all queries of the shape, and another one for most of the others.
    pub(super) hash: u64,
}

impl QueryShape {
    /// The shape of `query`; none where it has parameters that were not given a value, or too many values.
    pub(super) fn of(mut query: Query, question: Question) -> Option<Self> {
        let mut values = Vec::new();
        let mut given = GivenValues::default();
        for step in &mut query.rows.steps {
            if let QueryStep::Filter(condition) = step {
                take_values(condition, &mut values)?;
            }
        }
        if query.rows.offset > 0 {
            let offset = i64::try_from(query.rows.offset).unwrap_or(i64::MAX);
            given.offset = Some(values.len());
            values.push(GivenValue::Column(SqlValue::Integer(offset)));
            query.rows.offset = 1;
        }
        if values.len() > MAX_VALUES {
            return None;
        }
        given.operands = vec![None; values.len()];
        Some(Self {
            hash: hash(&query, question, values.len()),
            query,
            values,
            given,
            question,
        })
    }
}

fn hash(query: &Query, question: Question, values: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    let rows = &query.rows;
    rows.model.hash(&mut hasher);
    (question, values, rows.offset, rows.limit).hash(&mut hasher);
    (rows.is_reversed, rows.is_distinct).hash(&mut hasher);
    for step in &rows.steps {
        match step {
            QueryStep::Filter(condition) => hash_condition(condition, &mut hasher),
            QueryStep::Annotate { name, .. } => name.hash(&mut hasher),
            QueryStep::Values(paths) => paths.hash(&mut hasher),
        }
    }
    for term in rows.order.iter().flatten() {
        if let OrderTerm::Path(path) = term {
            path.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Puts parameters in the place of the values beside lookups; none where there are parameters already.
fn take_values(condition: &mut Condition, values: &mut Vec<GivenValue>) -> Option<()> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Xor(parts) => parts
            .iter_mut()
            .try_for_each(|part| take_values(part, values)),
        Condition::Not(part) => take_values(part, values),
        Condition::Holds(_) => Some(()),
        Condition::Compare(comparison) => {
            if comparison.lookup == Lookup::In {
                spread(&mut comparison.operands);
            }
            if comparison.lookup == Lookup::IsNull {
                return Some(());
            }
            comparison
                .operands
                .iter_mut()
                .try_for_each(|operand| take_value(operand, values))
        }
    }
}

fn take_value(operand: &mut Expression, values: &mut Vec<GivenValue>) -> Option<()> {
    match operand {
        Expression::Parameter(_) => None,
        Expression::Value(Literal::Null | Literal::List(_) | Literal::Map(_)) => Some(()),
        Expression::Value(literal) => {
            let literal = std::mem::replace(literal, Literal::Null);
            *operand = parameter(values.len());
            values.push(GivenValue::Operand(literal));
            Some(())
        }
        _ => Some(()),
    }
}

/// A list beside `in` stands for its values.
fn spread(operands: &mut Vec<Expression>) {
    if let [Expression::Value(Literal::List(list))] = operands.as_mut_slice() {
        let list = std::mem::take(list).into_iter();
        *operands = list.map(Expression::Value).collect();
    }
}

fn hash_condition(condition: &Condition, hasher: &mut DefaultHasher) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Xor(parts) => {
            for part in parts {
                hash_condition(part, hasher);
            }
        }
        Condition::Not(part) => hash_condition(part, hasher),
        Condition::Holds(_) => {}
        Condition::Compare(comparison) => {
            comparison.field.hash(hasher);
            (comparison.lookup.name(), comparison.operands.len()).hash(hasher);
        }
    }
}
