//! Lookups as comparisons of SQL (`django.db.models.lookups`).

use std::sync::Arc;

use crate::clock::Zone;
use crate::db::sql::{SqlExpression, SqlFunction, SqlNode};
use crate::models::expression::{Comparison, Expression, Lookup, QueryExpression, RowQuery};
use crate::models::{Field, FieldKind, Literal, Model, ModelRef, ModelSet as _};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, PathValue, QueryCompiler};
use crate::query::given::GivenOperand;
use crate::query::json_lookup::JsonOperands;
use crate::query::operand_value::{is_text_of_uuid, operand_value, sql_lookup};
use crate::query::transform;
use crate::query::year_lookup;

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
                choices: transform::names(kind),
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
                    let value = operand_value(lookup, kind, literal, self.registry.time_zone());
                    SqlExpression::Value(value.ok_or_else(|| QueryError::WrongValue {
                        path: comparison.field.clone(),
                        value: format!("{literal:?}"),
                        kind: Some(kind.class_name()),
                    })?)
                }
                Expression::F(name) => self.compared_column(name, lookup, scope, &mut found)?,
                Expression::Parameter(name) => self.given_operand(name, comparison, kind)?,
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

    /// The place of a value that is given for each run; nothing stands there where the query is only looked at.
    fn given_operand(
        &mut self,
        name: &str,
        comparison: &Comparison,
        kind: &FieldKind,
    ) -> Result<SqlExpression, QueryError> {
        let number = self.given.number(name);
        let Some(number) = number.filter(|_| !matches!(kind, FieldKind::Json)) else {
            let parameter = Expression::Parameter(name.to_owned());
            return Ok(self.expression(&parameter, &mut JoinScope::open())?.sql);
        };
        self.given.operands[number] = Some(GivenOperand {
            lookup: comparison.lookup,
            kind: kind.clone(),
            path: comparison.field.clone(),
        });
        Ok(SqlExpression::Numbered(number))
    }
}

/// What is computed, and looked for in the text of a UUID, without hyphens.
fn without_hyphens(lookup: Lookup, kind: &FieldKind, operand: SqlExpression) -> SqlExpression {
    let is_ready = matches!(
        operand,
        SqlExpression::Value(_) | SqlExpression::Numbered(_)
    );
    if is_ready || !is_text_of_uuid(lookup, kind) {
        return operand;
    }
    let parts = vec![operand, SqlExpression::value("-"), SqlExpression::value("")];
    SqlExpression::Function(SqlFunction::Replace, parts)
}
