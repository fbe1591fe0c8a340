//! Expressions as SQL: what the database computes from a row.

use std::collections::BTreeSet;

use crate::clock::Zone;
use crate::db::sql::{Arithmetic, SqlCastType, SqlExpression, SqlFunction};
use crate::models::expression::{Connector, Expression, Function};
use crate::models::{AutoNow, FieldKind, Literal};
use crate::query::QueryError;
use crate::query::compiler::QueryCompiler;
use crate::query::field_path::FieldPath;
use crate::query::lookup::literal_column;

impl QueryCompiler<'_> {
    /// `expression`, its tables joined; those in `used` are of the same row.
    pub(super) fn expression(
        &mut self,
        expression: &Expression,
        used: &mut BTreeSet<usize>,
    ) -> Result<SqlExpression, QueryError> {
        Ok(match expression {
            Expression::F(name) => {
                let path = FieldPath::resolve(self.registry, self.model, name)?;
                self.resolve(&path, Some(used))?.expression
            }
            Expression::Value(literal) => untyped(literal)?,
            Expression::Parameter(name) => return Err(QueryError::UnboundParameter(name.clone())),
            Expression::Function(function, arguments) => {
                let arguments = self.expressions(arguments, used)?;
                call(*function, arguments)
            }
            Expression::Combined(connector, arguments) => {
                let arguments = self.expressions(arguments, used)?.into_iter();
                let operator = arithmetic(*connector);
                let combined = arguments.reduce(|left, right| {
                    SqlExpression::Arithmetic(operator, Box::new([left, right]))
                });
                combined.unwrap_or(SqlExpression::Null)
            }
            Expression::Cast(inner, field) => {
                let inner = Box::new(self.expression(inner, used)?);
                SqlExpression::Cast(inner, cast_type(field.value_kind()))
            }
            Expression::Collate(inner, name) => {
                SqlExpression::Collate(Box::new(self.expression(inner, used)?), name.clone())
            }
            Expression::Case { cases, default } => {
                let mut when = Vec::new();
                for (condition, value) in cases {
                    let condition = self.condition_as_value(condition, used)?;
                    when.push((condition, self.expression(value, used)?));
                }
                let otherwise = default.as_deref().map(|value| self.expression(value, used));
                SqlExpression::Case {
                    when,
                    otherwise: otherwise.transpose()?.map(Box::new),
                }
            }
            Expression::Q(condition) => self.condition_as_value(condition, used)?,
        })
    }

    fn expressions(
        &mut self,
        expressions: &[Expression],
        used: &mut BTreeSet<usize>,
    ) -> Result<Vec<SqlExpression>, QueryError> {
        let compiled = expressions.iter();
        compiled
            .map(|expression| self.expression(expression, used))
            .collect()
    }
}

/// A value that no field says the kind of.
fn untyped(literal: &Literal) -> Result<SqlExpression, QueryError> {
    if *literal == Literal::Null {
        return Ok(SqlExpression::Null);
    }
    let zone = Zone::utc();
    let kinds = match literal {
        Literal::Null => Vec::new(),
        Literal::String(_) => vec![FieldKind::Text { max_length: None }],
        Literal::Integer(_) => vec![FieldKind::BigInteger],
        Literal::Float(_) => vec![FieldKind::Float],
        Literal::Boolean(_) => vec![FieldKind::Boolean],
        Literal::Datetime(_) => vec![
            FieldKind::Date(AutoNow::default()),
            FieldKind::Time(AutoNow::default()),
            FieldKind::DateTime(AutoNow::default()),
        ],
        Literal::List(_) | Literal::Map(_) => vec![FieldKind::Json],
    };
    let mut values = kinds
        .iter()
        .filter_map(|kind| literal_column(kind, literal, &zone));
    let value = values.next().ok_or_else(|| QueryError::WrongValue {
        path: "Value".to_owned(),
        value: format!("{literal:?}"),
    })?;
    Ok(SqlExpression::Value(value))
}

fn arithmetic(connector: Connector) -> Arithmetic {
    match connector {
        Connector::Add => Arithmetic::Add,
        Connector::Sub => Arithmetic::Subtract,
        Connector::Mul => Arithmetic::Multiply,
        Connector::Div => Arithmetic::Divide,
        Connector::Mod => Arithmetic::Modulo,
    }
}

fn call(function: Function, mut arguments: Vec<SqlExpression>) -> SqlExpression {
    let function = match function {
        Function::Abs => SqlFunction::Abs,
        Function::Coalesce => SqlFunction::Coalesce,
        Function::Concat => SqlFunction::Concat,
        Function::Greatest => SqlFunction::Greatest,
        Function::LTrim => SqlFunction::LTrim,
        Function::Least => SqlFunction::Least,
        Function::Left => {
            arguments.insert(1, SqlExpression::Integer(1));
            SqlFunction::Substr
        }
        Function::Length => SqlFunction::Length,
        Function::Lower => SqlFunction::Lower,
        Function::Now => SqlFunction::Now,
        Function::NullIf => SqlFunction::NullIf,
        Function::RTrim => SqlFunction::RTrim,
        Function::Replace => {
            if arguments.len() == 2 {
                arguments.push(SqlExpression::value(""));
            }
            SqlFunction::Replace
        }
        Function::Round => SqlFunction::Round,
        Function::Substr => SqlFunction::Substr,
        Function::Trim => SqlFunction::Trim,
        Function::Upper => SqlFunction::Upper,
    };
    SqlExpression::Function(function, arguments)
}

/// What a value becomes that is cast to a field of `kind`.
fn cast_type(kind: &FieldKind) -> SqlCastType {
    match kind {
        FieldKind::Date(_) => SqlCastType::Date,
        FieldKind::Time(_) => SqlCastType::Time,
        FieldKind::DateTime(_) => SqlCastType::DateTime,
        FieldKind::Decimal { .. } => SqlCastType::Decimal,
        FieldKind::Float => SqlCastType::Float,
        FieldKind::Binary { .. } => SqlCastType::Binary,
        FieldKind::Boolean | FieldKind::Duration => SqlCastType::Integer,
        kind if kind.is_integer() => SqlCastType::Integer,
        _ => SqlCastType::Text,
    }
}
