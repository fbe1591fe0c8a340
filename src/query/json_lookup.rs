//! Lookups of JSON documents, and of what is in them (`django.db.models.fields.json`).

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::db::sql::{SqlExpression, SqlFunction, SqlLookup};
use crate::models::expression::{Expression, Lookup};
use crate::models::{FieldKind, Literal};
use crate::query::QueryError;
use crate::query::json_path;
use crate::values;

/// What is the same in a document as SQLite tells the type of it.
const TYPES: [&str; 3] = ["null", "false", "true"];

/// The operands of a lookup of JSON, as they are written; none for those that are computed.
#[derive(Clone, Debug)]
pub(super) struct JsonOperands {
    literals: Vec<Option<Literal>>,
}

impl JsonOperands {
    /// Those of a value of `kind`; none where it is not JSON.
    pub(super) fn of(kind: &FieldKind, operands: &[Expression]) -> Option<Self> {
        let literal = |operand: &Expression| match operand {
            Expression::Value(literal) => Some(literal.clone()),
            _ => None,
        };
        matches!(kind, FieldKind::Json).then(|| Self {
            literals: operands.iter().map(literal).collect(),
        })
    }

    /// `value`, a document or what is at a path of one, compared with `operands`; none where it is compared as
    /// any other value.
    pub(super) fn compare(
        &self,
        lookup: Lookup,
        value: &SqlExpression,
        operands: &[SqlExpression],
    ) -> Result<Option<SqlExpression>, QueryError> {
        if matches!(lookup, Lookup::Contains | Lookup::ContainedBy) {
            let name = lookup.name().to_owned();
            return Err(QueryError::NotSupported(name));
        }
        if lookup.takes_keys() {
            return Ok(Some(has_keys(lookup, value, operands)));
        }
        if !matches!(value, SqlExpression::Function(SqlFunction::JsonKey, _)) {
            return Ok(None);
        }
        Ok(match (lookup, operands) {
            (Lookup::IsNull, [SqlExpression::Boolean(is_null)]) => {
                let (document, path) = json_path::of(value.clone());
                Some(has_path(document, path, !is_null))
            }
            (Lookup::Exact, [operand]) => Some(value.clone().equals(self.document(0, operand))),
            (Lookup::In, _) => {
                let operands = operands.iter().enumerate();
                let documents = operands.map(|(place, operand)| self.document(place, operand));
                Some(SqlExpression::In(
                    Box::new(value.clone()),
                    documents.collect(),
                ))
            }
            (_, [operand]) => {
                let order = match lookup {
                    Lookup::Gt => SqlLookup::Gt,
                    Lookup::Gte => SqlLookup::Gte,
                    Lookup::Lt => SqlLookup::Lt,
                    Lookup::Lte => SqlLookup::Lte,
                    _ => return Ok(None),
                };
                Some(value.clone().compare(order, self.scalar(operand)?))
            }
            _ => None,
        })
    }

    /// An operand as what is at a path is: truth values and null by their names, others as values.
    fn document(&self, place: usize, operand: &SqlExpression) -> SqlExpression {
        let is_literal = self.literals.get(place).is_some_and(Option::is_some);
        match operand {
            SqlExpression::Value(SqlValue::Text(text)) if TYPES.contains(&text.as_str()) => {
                operand.clone()
            }
            operand if is_literal => {
                SqlExpression::Function(SqlFunction::JsonDocument, vec![operand.clone()])
            }
            operand => operand.clone(),
        }
    }

    /// An operand as a value that has an order.
    fn scalar(&self, operand: &SqlExpression) -> Result<SqlExpression, QueryError> {
        let Some(Some(literal)) = self.literals.first() else {
            return Ok(operand.clone());
        };
        let kind = match literal {
            Literal::String(_) | Literal::Datetime(_) => FieldKind::Text { max_length: None },
            Literal::Integer(_) => FieldKind::BigInteger,
            Literal::Float(_) => FieldKind::Float,
            Literal::Boolean(_) => FieldKind::Boolean,
            Literal::Null | Literal::List(_) | Literal::Map(_) => {
                return Err(QueryError::WrongValue {
                    path: "JSON".to_owned(),
                    value: format!("{literal:?}"),
                    kind: None,
                });
            }
        };
        let value = values::from_literal(&kind, literal, &Zone::utc());
        Ok(value.map_or(SqlExpression::Null, |value| {
            SqlExpression::Value(values::to_column(&value))
        }))
    }
}

/// Whether there are all of the keys, or one of them.
fn has_keys(lookup: Lookup, value: &SqlExpression, keys: &[SqlExpression]) -> SqlExpression {
    let (document, path) = json_path::of(value.clone());
    let has_key = |key: &SqlExpression| match key {
        SqlExpression::Value(SqlValue::Text(key)) => {
            has_path(document.clone(), json_path::key_behind(&path, key), true)
        }
        _ => SqlExpression::Boolean(false),
    };
    let found = keys.iter().map(has_key).collect();
    match lookup {
        Lookup::HasAnyKeys => SqlExpression::Any(found),
        _ => SqlExpression::All(found),
    }
}

/// Whether there is something at `path`, or is not.
fn has_path(document: SqlExpression, path: String, is_there: bool) -> SqlExpression {
    let parts = vec![document, SqlExpression::value(path)];
    let found = SqlExpression::Function(SqlFunction::JsonType, parts);
    SqlExpression::IsNull(Box::new(found), !is_there)
}
