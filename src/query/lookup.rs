//! Lookups as comparisons of SQL (`django.db.models.lookups`).

use std::sync::Arc;

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::db::sql::{SqlExpression, SqlFunction, SqlLookup, SqlNode};
use crate::models::expression::{Comparison, Expression, Lookup, QueryExpression, RowQuery};
use crate::models::{Field, FieldKind, Literal, Model, ModelRef, ModelSet as _};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, PathValue, QueryCompiler};
use crate::query::json_lookup::JsonOperands;
use crate::query::year_lookup;
use crate::values;

/// What a value is compared with.
#[derive(Clone, Debug)]
pub(super) struct LookupOperands {
    operands: Vec<SqlExpression>,
    /// Columns among them that may hold `NULL`.
    pub(super) nullable_columns: Vec<SqlExpression>,
    /// The query in whose rows the value is looked for.
    query: Option<Arc<dyn SqlNode>>,
    /// The operands as they are written, where the value is a JSON document or a part of one.
    json: Option<JsonOperands>,
    /// The year, where it is a number that stands in the query, and the zone of its beginning.
    year: Option<(i64, Zone)>,
    /// Whether a JSON document is asked for that is `null`.
    pub(super) is_json_null: bool,
}

/// What stands on the left side of a lookup.
#[derive(Clone, Copy, Debug)]
pub(super) struct ComparedValue<'c> {
    /// The kind of its values.
    pub(super) kind: &'c FieldKind,
    /// The model whose rows it refers to, and the field that it holds the value of.
    pub(super) referred: Option<(&'c Model, &'c Field)>,
}

impl ComparedValue<'_> {
    /// Fails where the rows of `query` are not those that a reference leads to.
    fn check_model(self, path: &str, query: &RowQuery) -> Result<(), QueryError> {
        let Some((model, field)) = self.referred else {
            return Ok(());
        };
        let mut found = vec![model.key()];
        // A key that is a reference itself may be looked for among its own rows, too.
        let beyond = field.relation().filter(|_| field.primary_key);
        if let Some(ModelRef::Named(key)) = beyond.map(|relation| &relation.to) {
            found.push(key.clone());
        }
        if query.has_values() || found.contains(query.model()) {
            return Ok(());
        }
        Err(QueryError::WrongModel {
            path: path.to_owned(),
            expected: model.key(),
            found: query.model().clone(),
        })
    }
}

impl LookupOperands {
    /// `value` compared with the operands.
    pub(super) fn compare(
        &self,
        lookup: Lookup,
        value: SqlExpression,
    ) -> Result<SqlExpression, QueryError> {
        if let Some(query) = &self.query {
            return Ok(SqlExpression::InQuery(Box::new(value), Arc::clone(query)));
        }
        if let Some(json) = &self.json
            && let Some(compared) = json.compare(lookup, &value, &self.operands)?
        {
            return Ok(compared);
        }
        if let Some((year, zone)) = &self.year
            && let Some(compared) = year_lookup::compare(lookup, &value, *year, zone)?
        {
            return Ok(compared);
        }
        let operands = self.operands.as_slice();
        Ok(match (lookup, operands) {
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
        })
    }
}

fn sql_lookup(lookup: Lookup) -> SqlLookup {
    match lookup {
        Lookup::Exact
        | Lookup::In
        | Lookup::Range
        | Lookup::IsNull
        | Lookup::HasKey
        | Lookup::HasKeys
        | Lookup::HasAnyKeys
        | Lookup::ContainedBy => SqlLookup::Exact,
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

impl QueryCompiler<'_> {
    /// The operands of `comparison`, whose left side is `compared`.
    pub(super) fn operands(
        &mut self,
        comparison: &Comparison,
        compared: ComparedValue<'_>,
        scope: &mut JoinScope,
    ) -> Result<LookupOperands, QueryError> {
        let kind = compared.kind;
        let lookup = comparison.lookup;
        if lookup.is_of_json() && !matches!(kind, FieldKind::Json) {
            return Err(QueryError::UnknownTransform {
                field: comparison.field.clone(),
                name: lookup.name().to_owned(),
            });
        }
        let mut found = LookupOperands {
            operands: Vec::new(),
            nullable_columns: Vec::new(),
            query: None,
            json: JsonOperands::of(kind, &comparison.operands),
            year: self.year(comparison),
            is_json_null: matches!(kind, FieldKind::Json)
                && comparison.operands == [Expression::Value(Literal::Null)],
        };
        for operand in &comparison.operands {
            if let Expression::Query(query) = operand
                && let QueryExpression::Subquery(query) = &**query
            {
                compared.check_model(&comparison.field, query)?;
                if lookup == Lookup::In {
                    let column = compared.referred.map_or("pk", |(_, field)| &field.name);
                    found.query = Some(self.membership(query, column)?);
                    return Ok(found);
                }
            }
            let operand = match operand {
                Expression::Value(Literal::Boolean(is_null)) if lookup == Lookup::IsNull => {
                    SqlExpression::Boolean(*is_null)
                }
                Expression::Value(literal) => {
                    let value = self.value(lookup, kind, literal);
                    value.ok_or_else(|| QueryError::WrongValue {
                        path: comparison.field.clone(),
                        value: format!("{literal:?}"),
                    })?
                }
                Expression::F(name) => self.compared_column(name, lookup, scope, &mut found)?,
                other => self.expression(other, scope)?.sql,
            };
            found.operands.push(without_hyphens(lookup, kind, operand));
        }
        Ok(found)
    }

    fn compared_column(
        &mut self,
        name: &str,
        lookup: Lookup,
        scope: &mut JoinScope,
        found: &mut LookupOperands,
    ) -> Result<SqlExpression, QueryError> {
        // One of several that is missing does not keep the others from being compared.
        let is_alone = !lookup.takes_list();
        match self.path_value(name)? {
            PathValue::Annotation(value) => Ok(value.sql),
            PathValue::Field(path) => {
                let column = self.resolve(&path, scope.reusable())?;
                scope.note(&column.tables);
                if is_alone && column.is_nullable && path.transforms.is_empty() {
                    found.nullable_columns.push(column.column);
                }
                Ok(column.expression)
            }
        }
    }

    fn year(&self, comparison: &Comparison) -> Option<(i64, Zone)> {
        match comparison.operands.as_slice() {
            [Expression::Value(Literal::Integer(year))] => {
                Some((*year, self.registry.time_zone().clone()))
            }
            _ => None,
        }
    }

    /// A literal as the column of `kind` holds it; for lookups in text, as text.
    fn value(&self, lookup: Lookup, kind: &FieldKind, literal: &Literal) -> Option<SqlExpression> {
        if lookup.takes_text() || lookup.takes_keys() {
            return Some(SqlExpression::value(plain(literal)?));
        }
        if let Literal::Float(number) = literal
            && kind.is_integer()
        {
            return Some(SqlExpression::value(whole(lookup, *number)?));
        }
        literal_column(kind, literal, self.registry.time_zone()).map(SqlExpression::Value)
    }
}

/// The whole number that stands for one with a fraction where whole numbers are compared with it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond the range is not compared at all"
)]
fn whole(lookup: Lookup, number: f64) -> Option<i64> {
    let rounded = match lookup {
        Lookup::Gte | Lookup::Lt => number.ceil(),
        _ => number.trunc(),
    };
    (rounded.abs() < 9.2e18).then_some(rounded as i64)
}

/// A UUID is kept without hyphens, which text that is looked for in it may have.
fn without_hyphens(lookup: Lookup, kind: &FieldKind, operand: SqlExpression) -> SqlExpression {
    let is_text = lookup.is_pattern() || lookup == Lookup::IExact;
    if !is_text || !matches!(kind, FieldKind::Uuid) {
        return operand;
    }
    match operand {
        SqlExpression::Value(SqlValue::Text(text)) => SqlExpression::value(text.replace('-', "")),
        operand => {
            let parts = vec![operand, SqlExpression::value("-"), SqlExpression::value("")];
            SqlExpression::Function(SqlFunction::Replace, parts)
        }
    }
}

/// `literal` as a column of `kind` holds it; text is read as a person would type the value.
pub(super) fn literal_column(kind: &FieldKind, literal: &Literal, zone: &Zone) -> Option<SqlValue> {
    let value = match literal {
        Literal::String(text) | Literal::Datetime(text) if is_read_as_typed(kind) => {
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

/// Whether text stands for a value of another type; within JSON it stands for itself.
fn is_read_as_typed(kind: &FieldKind) -> bool {
    !is_text(kind) && !matches!(kind, FieldKind::Json)
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
