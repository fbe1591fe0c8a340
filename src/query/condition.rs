//! Conditions as SQL, with the joins that they need (`django.db.models.sql.query.Query.build_filter`).
//!
//! Conditions on rows of which there are many hold for one and the same row within one call. Negated, they
//! ask whether there is such a row at all, in a query of their own.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::db::sql::{Arithmetic, SqlExpression};
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{FieldKind, Literal};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, PathValue, QueryCompiler, ResolvedColumn};
use crate::query::field_path::FieldPath;
use crate::query::given;
use crate::query::join_graph::JoinGraph;
use crate::query::lookup::{ComparedValue, LookupOperands};
use crate::query::transform::Transform;

/// Where a condition stands.
#[derive(Clone, Copy, Debug)]
struct ConditionPlace {
    /// Whether the number of negations around it is odd.
    is_negated: bool,
    /// Whether there is a negation around it that asks for rows that are not there.
    is_in_negation: bool,
    /// Whether it is a value of the row, and does not choose rows.
    is_value: bool,
}

impl ConditionPlace {
    /// That of a condition which chooses rows.
    const FILTER: Self = Self {
        is_negated: false,
        is_in_negation: false,
        is_value: false,
    };

    /// Within one more negation.
    fn negated(self) -> Self {
        Self {
            is_negated: !self.is_negated,
            is_in_negation: !self.is_value,
            ..self
        }
    }
}

/// How the parts of a condition are joined.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Junction {
    And,
    Or,
    /// An odd number of the parts.
    Xor,
}

/// A condition as SQL, and the tables whose rows it needs.
struct Filtered {
    sql: SqlExpression,
    needed: BTreeSet<usize>,
}

impl QueryCompiler<'_> {
    /// One call of `filter`: joins what the condition needs.
    pub(super) fn filter(&mut self, condition: &Condition) -> Result<SqlExpression, QueryError> {
        let needed_before = self.joins.inner_tables();
        let mut scope = JoinScope::closed();
        let filtered = self.condition(condition, ConditionPlace::FILTER, &mut scope)?;
        self.joins.demote(&filtered.needed);
        self.joins.demote(&needed_before);
        Ok(filtered.sql)
    }

    /// Whether `condition` holds for a row, as a value: it needs no row of any other table.
    pub(super) fn condition_as_value(
        &mut self,
        condition: &Condition,
        scope: &mut JoinScope,
    ) -> Result<SqlExpression, QueryError> {
        let place = ConditionPlace {
            is_value: true,
            ..ConditionPlace::FILTER
        };
        let filtered = self.condition(condition, place, scope)?;
        self.joins.promote(&filtered.needed);
        Ok(filtered.sql)
    }

    fn condition(
        &mut self,
        condition: &Condition,
        place: ConditionPlace,
        scope: &mut JoinScope,
    ) -> Result<Filtered, QueryError> {
        match condition {
            Condition::All(parts) => self.parts(Junction::And, parts, place, scope),
            Condition::Any(parts) => self.parts(Junction::Or, parts, place, scope),
            Condition::Xor(parts) => self.parts(Junction::Xor, parts, place, scope),
            Condition::Compare(comparison) => self.comparison(comparison, place, scope),
            Condition::Holds(expression) => Ok(Filtered {
                sql: self.expression(expression, scope)?.sql,
                needed: BTreeSet::new(),
            }),
            Condition::Not(inner) => {
                let place = place.negated();
                let filtered = match inner.as_ref() {
                    Condition::All(parts) => self.parts(Junction::And, parts, place, scope),
                    Condition::Any(parts) => self.parts(Junction::Or, parts, place, scope),
                    Condition::Xor(parts) => self.parts(Junction::Xor, parts, place, scope),
                    part => self.parts(Junction::And, std::slice::from_ref(part), place, scope),
                }?;
                Ok(Filtered {
                    sql: filtered.sql.negated(),
                    ..filtered
                })
            }
        }
    }

    /// Parts joined by `junction`: a table that all of them need is needed, one that only some of an `Or` need
    /// is not (`JoinPromoter`).
    fn parts(
        &mut self,
        junction: Junction,
        parts: &[Condition],
        place: ConditionPlace,
        scope: &mut JoinScope,
    ) -> Result<Filtered, QueryError> {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        let mut conditions = Vec::with_capacity(parts.len());
        for part in parts {
            let filtered = self.condition(part, place, scope)?;
            for table in filtered.needed {
                *votes.entry(table).or_default() += 1;
            }
            conditions.push(filtered.sql);
        }
        let needs_all = (junction == Junction::And) != place.is_negated;
        let needs_none = junction == Junction::Xor;
        let (needed, spared): (BTreeSet<_>, BTreeSet<_>) = votes
            .into_iter()
            .partition(|(_, count)| !needs_none && (needs_all || *count == parts.len()));
        let tables =
            |votes: BTreeSet<(usize, usize)>| votes.into_iter().map(|(table, _)| table).collect();
        let (needed, spared): (BTreeSet<usize>, BTreeSet<usize>) = (tables(needed), tables(spared));
        self.joins.promote(&spared);
        self.joins.demote(&needed);
        let sql = match junction {
            Junction::And => SqlExpression::All(conditions),
            Junction::Or => SqlExpression::Any(conditions),
            Junction::Xor => is_odd(conditions),
        };
        Ok(Filtered { sql, needed })
    }

    fn comparison(
        &mut self,
        comparison: &Comparison,
        place: ConditionPlace,
        scope: &mut JoinScope,
    ) -> Result<Filtered, QueryError> {
        let path = match self.path_value(&comparison.field)? {
            PathValue::Field(path) => {
                if let Some(field) = field_like_lookup(&path, comparison) {
                    return self.comparison(&field, place, scope);
                }
                path.check_lookup(comparison.lookup)?;
                path
            }
            PathValue::Annotation(value) => {
                if is_year(&value.sql) {
                    refuse_given(comparison)?;
                }
                let is_json = matches!(value.known_kind()?, FieldKind::Json);
                let comparison = &*plain(comparison, is_json);
                let compared = ComparedValue {
                    kind: value.known_kind()?,
                    referred: None,
                };
                let operands = self.operands(comparison, compared, scope)?;
                return Ok(Filtered {
                    sql: operands.compare(comparison.lookup, value.sql)?,
                    needed: BTreeSet::new(),
                });
            }
        };
        if path.transforms.last().is_some_and(Transform::is_year) {
            refuse_given(comparison)?;
        }
        let kind = path.kind(self.registry)?;
        let comparison = &*plain(comparison, matches!(kind, FieldKind::Json));
        let compared = ComparedValue {
            kind: &kind,
            referred: path.relation.map(|model| (model, path.field)),
        };
        let named_before = std::mem::take(&mut scope.named);
        let operands = self.operands(comparison, compared, scope)?;
        let of_operands = scope.named.clone();
        scope.named.extend(named_before);
        if place.is_in_negation
            && let Some(first_many) = path.first_many()
        {
            let sql = self.exists(comparison, &path, &operands, first_many, scope)?;
            return Ok(Filtered {
                sql,
                needed: BTreeSet::new(),
            });
        }
        let column = self.resolve(&path, scope.reusable())?;
        scope.note(&column.tables);
        let asks_for_null = comparison.lookup == Lookup::IsNull;
        let is_null =
            asks_for_null && comparison.operands == [Expression::Value(Literal::Boolean(true))];
        let mut sql = operands.compare(comparison.lookup, column.expression.clone())?;
        let mut keeps_rows_without = is_null && !place.is_negated;
        if place.is_negated && !is_null {
            keeps_rows_without = true;
            if !asks_for_null && !operands.is_json_null {
                sql = self.unless_null(sql, &column, &operands);
            }
        }
        let needed = if keeps_rows_without {
            BTreeSet::new()
        } else {
            let of_operands = of_operands.into_iter();
            column.tables.into_iter().chain(of_operands).collect()
        };
        Ok(Filtered { sql, needed })
    }

    /// Within a negation, `NULL` must not count as the other way.
    fn unless_null(
        &self,
        sql: SqlExpression,
        column: &ResolvedColumn,
        operands: &LookupOperands,
    ) -> SqlExpression {
        let mut parts = vec![sql];
        if column.is_nullable || self.joins.is_outer(column.table) {
            let column = Box::new(column.column.clone());
            parts.push(SqlExpression::IsNull(column, false));
        }
        for operand in &operands.nullable_columns {
            parts.push(SqlExpression::IsNull(Box::new(operand.clone()), false));
        }
        SqlExpression::All(parts)
    }

    /// Whether there is a row that `comparison` holds for, in a query of its own (`split_exclude`).
    fn exists(
        &mut self,
        comparison: &Comparison,
        path: &FieldPath<'_>,
        operands: &LookupOperands,
        first_many: usize,
        scope: &JoinScope,
    ) -> Result<SqlExpression, QueryError> {
        let depth = self.joins.depth() + 1;
        let mut inner = QueryCompiler::new(self.registry, self.model, depth);
        inner.filtered.clone_from(&self.filtered);
        let inner_path = inner.field_path(&comparison.field)?;
        let column = inner.resolve(&inner_path, None)?;
        let is_null = comparison.lookup == Lookup::IsNull
            && comparison.operands == [Expression::Value(Literal::Boolean(true))];
        if !is_null {
            inner.joins.demote(&column.tables);
        }
        let holds = operands.compare(comparison.lookup, column.expression)?;
        // Another condition of the call may be about a row of this table already: then about the same one.
        let outer = self.joins.find(&path.joins[..=first_many], &scope.used);
        let (keys, inner_keys) = if let Some(outer) = outer {
            let table = inner.joins.find(&path.joins[..=first_many], &column.tables);
            let table = table.unwrap_or_default();
            let names = self.joins.key_columns(outer).iter();
            let names: Vec<_> = names.map(String::as_str).collect();
            let of = |joins: &JoinGraph, table: usize| -> Vec<_> {
                names.iter().map(|name| joins.column(table, name)).collect()
            };
            (of(&self.joins, outer), of(&inner.joins, table))
        } else {
            (self.keys()?, inner.keys()?)
        };
        let pairs = inner_keys.into_iter().zip(keys);
        let same_row =
            SqlExpression::All(pairs.map(|(inner, outer)| inner.equals(outer)).collect());
        let condition = SqlExpression::All(vec![holds, same_row]);
        let one = vec![SqlExpression::Integer(1)];
        Ok(SqlExpression::exists(inner.statement(one, Some(condition))))
    }
}

/// Whether an odd number of `conditions` is true; what is not known is not.
fn is_odd(conditions: Vec<SqlExpression>) -> SqlExpression {
    let counted = conditions.into_iter().map(|condition| SqlExpression::Case {
        when: vec![(condition, SqlExpression::Integer(1))],
        otherwise: Some(Box::new(SqlExpression::Integer(0))),
    });
    let both = |left, right, operator| SqlExpression::Arithmetic(operator, Box::new([left, right]));
    let sum = counted.reduce(|left, right| both(left, right, Arithmetic::Add));
    let sum = sum.unwrap_or(SqlExpression::Integer(0));
    let rest = both(sum, SqlExpression::Integer(2), Arithmetic::Modulo);
    rest.equals(SqlExpression::Integer(1))
}

/// The comparison with the field of the model behind a relation that is called as the lookup is, if there is one.
fn field_like_lookup(path: &FieldPath<'_>, comparison: &Comparison) -> Option<Comparison> {
    let name = comparison.lookup.name();
    let mut fields = path.relation?.columns();
    let is_field = comparison.lookup != Lookup::Exact && fields.any(|field| field.name == name);
    is_field.then(|| Comparison {
        field: format!("{}__{name}", comparison.field),
        lookup: Lookup::Exact,
        operands: comparison.operands.clone(),
    })
}

/// Whether it is the year of a day, which is compared as a range of days.
fn is_year(value: &SqlExpression) -> bool {
    matches!(value, SqlExpression::Extract(extract) if extract.part.is_year())
}

/// Fails where values are given for each run which decide how the comparison is written.
fn refuse_given(comparison: &Comparison) -> Result<(), QueryError> {
    match given::first_parameter(comparison) {
        Some(name) if given::is_parameter(name) => {
            Err(QueryError::UnboundParameter(name.to_owned()))
        }
        _ => Ok(()),
    }
}

/// The comparison in the form that lookups know: equal to nothing is `isnull`, and a list beside `in`
/// stands for its values.
fn plain(comparison: &Comparison, is_json: bool) -> Cow<'_, Comparison> {
    let (lookup, operands) = match (comparison.lookup, comparison.operands.as_slice()) {
        // A JSON document can be nothing and yet be there.
        (Lookup::Exact | Lookup::IExact, [Expression::Value(Literal::Null)]) if !is_json => {
            let is_null = Expression::Value(Literal::Boolean(true));
            (Lookup::IsNull, vec![is_null])
        }
        (Lookup::In, [Expression::Value(Literal::List(values))]) => {
            let values = values.iter().cloned().map(Expression::Value);
            (Lookup::In, values.collect())
        }
        _ => return Cow::Borrowed(comparison),
    };
    Cow::Owned(Comparison {
        field: comparison.field.clone(),
        lookup,
        operands,
    })
}
