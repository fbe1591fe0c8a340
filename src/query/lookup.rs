//! Lookups as comparisons of SQL (`django.db.models.lookups`).

use std::collections::BTreeSet;

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::db::sql::{SqlExpression, SqlLookup};
use crate::models::expression::{Comparison, Expression, Lookup};
use crate::models::{FieldKind, Literal, ModelSet as _};
use crate::query::QueryError;
use crate::query::compiler::QueryCompiler;
use crate::query::field_path::FieldPath;
use crate::values;

/// What a value is compared with.
#[derive(Clone, Debug)]
pub(super) struct LookupOperands {
    operands: Vec<SqlExpression>,
    /// Columns among them that may hold `NULL`.
    pub(super) nullable_columns: Vec<SqlExpression>,
}

impl LookupOperands {
    /// `value` compared with the operands.
    pub(super) fn compare(&self, lookup: Lookup, value: SqlExpression) -> SqlExpression {
        let operands = self.operands.as_slice();
        match (lookup, operands) {
            (Lookup::IsNull, [SqlExpression::Boolean(is_null)]) => {
                SqlExpression::IsNull(Box::new(value), *is_null)
            }
            (Lookup::In, []) => SqlExpression::Boolean(false),
            (Lookup::In, several) => SqlExpression::In(Box::new(value), several.to_vec()),
            (Lookup::Range, [from, to]) => {
                SqlExpression::Range(Box::new([value, from.clone(), to.clone()]))
            }
            (_, [operand, ..]) => value.compare(sql_lookup(lookup), operand.clone()),
            (_, []) => SqlExpression::Boolean(false),
        }
    }
}

fn sql_lookup(lookup: Lookup) -> SqlLookup {
    match lookup {
        Lookup::Exact | Lookup::In | Lookup::Range | Lookup::IsNull => SqlLookup::Exact,
        Lookup::IExact => SqlLookup::IExact,
        Lookup::Gt => SqlLookup::Gt,
        Lookup::Gte => SqlLookup::Gte,
        Lookup::Lt => SqlLookup::Lt,
        Lookup::Lte => SqlLookup::Lte,
        Lookup::Contains => SqlLookup::Contains,
        Lookup::IContains => SqlLookup::IContains,
        Lookup::StartsWith => SqlLookup::StartsWith,
        Lookup::IStartsWith => SqlLookup::IStartsWith,
        Lookup::EndsWith => SqlLookup::EndsWith,
        Lookup::IEndsWith => SqlLookup::IEndsWith,
        Lookup::Regex => SqlLookup::Regex,
        Lookup::IRegex => SqlLookup::IRegex,
    }
}

impl<'r> QueryCompiler<'r> {
    /// The operands of `comparison`, whose left side is at the end of `path`.
    pub(super) fn operands(
        &mut self,
        comparison: &Comparison,
        path: &FieldPath<'r>,
        used: &mut BTreeSet<usize>,
    ) -> Result<LookupOperands, QueryError> {
        let kind = path.kind(self.registry)?;
        let mut found = LookupOperands {
            operands: Vec::new(),
            nullable_columns: Vec::new(),
        };
        for operand in &comparison.operands {
            let operand = match operand {
                Expression::Value(Literal::Boolean(is_null))
                    if comparison.lookup == Lookup::IsNull =>
                {
                    SqlExpression::Boolean(*is_null)
                }
                Expression::Value(literal) => {
                    let value = self.value(comparison.lookup, &kind, literal);
                    value.ok_or_else(|| QueryError::WrongValue {
                        path: comparison.field.clone(),
                        value: format!("{literal:?}"),
                    })?
                }
                Expression::F(name) => {
                    let path = FieldPath::resolve(self.registry, self.model, name)?;
                    let column = self.resolve(&path, Some(used))?;
                    if column.is_nullable {
                        found.nullable_columns.push(column.column);
                    }
                    column.expression
                }
                other => self.expression(other, used)?,
            };
            found.operands.push(operand);
        }
        Ok(found)
    }

    /// A literal as the column of `kind` holds it; for lookups in text, as text.
    fn value(&self, lookup: Lookup, kind: &FieldKind, literal: &Literal) -> Option<SqlExpression> {
        if lookup.takes_text() {
            return Some(SqlExpression::value(plain(literal)?));
        }
        literal_column(kind, literal, self.registry.time_zone()).map(SqlExpression::Value)
    }
}

/// `literal` as a column of `kind` holds it; text is read as a person would type the value.
pub(super) fn literal_column(kind: &FieldKind, literal: &Literal, zone: &Zone) -> Option<SqlValue> {
    let value = match literal {
        Literal::String(text) | Literal::Datetime(text) if !is_text(kind) => {
            values::from_text(kind, text, zone).ok()?
        }
        Literal::Integer(number) if is_text(kind) => return Some(number.to_string().into()),
        Literal::Integer(number @ 0..=1) if matches!(kind, FieldKind::Boolean) => {
            return Some((*number).into());
        }
        literal => values::from_literal(kind, literal, zone)?,
    };
    Some(values::to_column(&value))
}

fn is_text(kind: &FieldKind) -> bool {
    kind.allows_empty_strings() && !matches!(kind, FieldKind::Binary { .. })
}

fn plain(literal: &Literal) -> Option<String> {
    Some(match literal {
        Literal::String(text) | Literal::Datetime(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::Boolean(true) => "True".to_owned(),
        Literal::Boolean(false) => "False".to_owned(),
        Literal::Null | Literal::List(_) | Literal::Map(_) => return None,
    })
}
