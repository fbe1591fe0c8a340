//! Expressions as SQL: what the database computes from a row (`django.db.models.expressions`).

use crate::clock::Zone;
use crate::db::sql::{Arithmetic, SqlCastType, SqlExpression, SqlFunction, SqlOwn};
use crate::models::expression::{
    Condition, Connector, Expression, Function, QueryExpression, SqlTemplate, TemplateKind,
};
use crate::models::{AutoNow, Field, FieldKind, Literal, ModelSet as _};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, QueryCompiler};
use crate::query::operand_value::literal_column;
use crate::query::typed_sql::{OutputKind, TypedSql, ValueOrigin};

impl QueryCompiler<'_> {
    /// `expression`, its tables joined; those that `scope` has used are of the same row.
    pub(super) fn expression(
        &mut self,
        expression: &Expression,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        match expression {
            Expression::F(name) => self.named_value(name, scope),
            Expression::Value(literal) => value(literal),
            Expression::Parameter(_) if self.is_dry => Ok(nothing()),
            Expression::Parameter(name) => Err(QueryError::UnboundParameter(name.clone())),
            Expression::Function(function, arguments) => self.call(*function, arguments, scope),
            Expression::Combined(connector, arguments) => {
                let arguments = self.expressions(arguments, scope)?.into_iter();
                let combined = arguments.reduce(|left, right| combined(*connector, left, right));
                Ok(combined.unwrap_or_else(nothing))
            }
            Expression::Cast(inner, field) => {
                let inner = self.expression(inner, scope)?;
                let kind = field.value_kind();
                let sql = SqlExpression::Cast(Box::new(inner.sql), cast_type(kind));
                Ok(TypedSql::computed(sql, OutputKind::Known(kind.clone())))
            }
            Expression::Collate(inner, name) => {
                let inner = self.expression(inner, scope)?;
                let sql = SqlExpression::Collate(Box::new(inner.sql), name.clone());
                Ok(TypedSql::computed(sql, inner.kind))
            }
            Expression::Case { cases, default } => self.case(cases, default.as_deref(), scope),
            Expression::Q(condition) => {
                let sql = self.condition_as_value(condition, scope)?;
                Ok(TypedSql::computed(
                    sql,
                    OutputKind::Known(FieldKind::Boolean),
                ))
            }
            Expression::Query(expression) => self.query_expression(expression, scope),
        }
    }

    /// Several expressions.
    pub(super) fn expressions(
        &mut self,
        expressions: &[Expression],
        scope: &mut JoinScope,
    ) -> Result<Vec<TypedSql>, QueryError> {
        let compiled = expressions.iter();
        compiled
            .map(|expression| self.expression(expression, scope))
            .collect()
    }

    fn query_expression(
        &mut self,
        expression: &QueryExpression,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        match expression {
            QueryExpression::Aggregate(aggregate) => self.aggregate(aggregate, scope),
            QueryExpression::Typed(inner, field) => self.typed(inner, field, scope),
            QueryExpression::Extract { of, part, zone } => {
                self.extract(of, *part, zone.as_deref(), scope)
            }
            QueryExpression::Truncate {
                of,
                part,
                zone,
                output_field,
            } => {
                let output = output_field.as_deref().map(Field::value_kind);
                let of = self.expression(of, scope)?;
                self.truncate(of, *part, zone.as_deref(), output)
            }
            QueryExpression::JsonObject(entries) => self.json_object(entries, scope),
            QueryExpression::KeyText(path) => {
                let found = self.named_value(path, scope)?;
                if !matches!(found.origin, ValueOrigin::JsonKey) {
                    return Err(QueryError::WrongArgument {
                        function: "KT".to_owned(),
                        kind: found.known_kind()?.class_name(),
                    });
                }
                let text = FieldKind::Text { max_length: None };
                Ok(TypedSql::computed(found.sql, OutputKind::Known(text)))
            }
            QueryExpression::OuterRef { path, levels } => self.outer_value(path, *levels),
            QueryExpression::Subquery(query) => self.subquery(query),
            QueryExpression::Exists(query) => self.exists_query(query),
            QueryExpression::Window(window) => self.window(window, scope),
            QueryExpression::Template(template) => self.own_sql(template, scope),
            QueryExpression::FilteredRelation { .. } => Err(QueryError::RelationAsValue),
        }
    }

    /// SQL of somebody's own.
    fn own_sql(
        &mut self,
        template: &SqlTemplate,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let parts = self.expressions(&template.parts, scope)?;
        let kind = OutputKind::common(parts.iter().map(|part| &part.kind));
        let sql = SqlExpression::Template(Box::new(SqlOwn {
            texts: template.texts.clone(),
            parts: parts.into_iter().map(|part| part.sql).collect(),
            is_aggregate: template.kind == TemplateKind::Aggregate,
        }));
        Ok(match template.kind {
            TemplateKind::Function | TemplateKind::Aggregate => TypedSql::computed(sql, kind),
            TemplateKind::Condition => {
                TypedSql::computed(sql, OutputKind::Known(FieldKind::Boolean))
            }
            TemplateKind::Stored => TypedSql {
                sql,
                kind: OutputKind::Unknown,
                origin: ValueOrigin::Stored,
            },
        })
    }

    /// A value of which `field` says the kind.
    fn typed(
        &mut self,
        inner: &Expression,
        field: &Field,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let kind = field.value_kind();
        let sql = match inner {
            Expression::Value(literal) if *literal != Literal::Null => {
                let value = literal_column(kind, literal, self.registry.time_zone());
                SqlExpression::Value(value.ok_or_else(|| wrong_value(literal))?)
            }
            inner => self.expression(inner, scope)?.sql,
        };
        Ok(TypedSql::computed(sql, OutputKind::Known(kind.clone())))
    }

    fn case(
        &mut self,
        cases: &[(Condition, Expression)],
        default: Option<&Expression>,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let (mut when, mut kinds) = (Vec::new(), Vec::new());
        for (condition, value) in cases {
            let condition = self.condition_as_value(condition, scope)?;
            let value = self.expression(value, scope)?;
            kinds.push(value.kind);
            when.push((condition, value.sql));
        }
        let otherwise = match default {
            None => None,
            Some(default) => {
                let value = self.expression(default, scope)?;
                kinds.push(value.kind);
                Some(Box::new(value.sql))
            }
        };
        let sql = SqlExpression::Case { when, otherwise };
        Ok(TypedSql::computed(sql, OutputKind::common(&kinds)))
    }

    fn call(
        &mut self,
        function: Function,
        arguments: &[Expression],
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        if function == Function::Round
            && let Some(Expression::Value(Literal::Integer(..0))) = arguments.get(1)
        {
            let what = "Round to digits before the point".to_owned();
            return Err(QueryError::NotSupported(what));
        }
        let arguments = self.expressions(arguments, scope)?;
        let kinds: Vec<_> = arguments.iter().map(|part| part.kind.clone()).collect();
        let kind = OutputKind::of_function(function.signature().output, &kinds);
        let arguments = arguments.into_iter().map(|part| part.sql).collect();
        Ok(TypedSql::computed(function_sql(function, arguments), kind))
    }

    fn json_object(
        &mut self,
        entries: &[(String, Expression)],
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let mut parts = Vec::new();
        for (name, value) in entries {
            parts.push(SqlExpression::value(name));
            parts.push(self.expression(value, scope)?.sql);
        }
        let sql = SqlExpression::Function(SqlFunction::JsonObject, parts);
        Ok(TypedSql::computed(sql, OutputKind::Known(FieldKind::Json)))
    }
}

/// `NULL`.
fn nothing() -> TypedSql {
    TypedSql::computed(SqlExpression::Null, OutputKind::Unknown)
}

fn wrong_value(literal: &Literal) -> QueryError {
    QueryError::WrongValue {
        path: "Value".to_owned(),
        value: format!("{literal:?}"),
        kind: None,
    }
}

/// A value that no field says the kind of.
fn value(literal: &Literal) -> Result<TypedSql, QueryError> {
    let zone = Zone::utc();
    let kinds = match literal {
        Literal::Null => return Ok(nothing()),
        Literal::String(_) => vec![FieldKind::Char { max_length: None }],
        Literal::Integer(_) => vec![FieldKind::Integer],
        Literal::Float(_) => vec![FieldKind::Float],
        Literal::Boolean(_) => vec![FieldKind::Boolean],
        Literal::Datetime(_) => vec![
            FieldKind::Date(AutoNow::default()),
            FieldKind::Time(AutoNow::default()),
            FieldKind::DateTime(AutoNow::default()),
        ],
        Literal::List(_) | Literal::Map(_) => vec![FieldKind::Json],
    };
    let mut values = kinds.into_iter().filter_map(|kind| {
        let value = literal_column(&kind, literal, &zone)?;
        Some((value, kind))
    });
    let (value, kind) = values.next().ok_or_else(|| wrong_value(literal))?;
    let sql = SqlExpression::Value(value);
    Ok(TypedSql::computed(sql, OutputKind::Known(kind)))
}

/// `left` and `right` joined by `connector`: by functions where durations and moments are computed with.
fn combined(connector: Connector, left: TypedSql, right: TypedSql) -> TypedSql {
    let kind = OutputKind::combined(connector, &left.kind, &right.kind);
    let function = time_function(connector, left.kind.known(), right.kind.known());
    let pair = [left.sql, right.sql];
    let sql = match (function, connector) {
        (Some(function), _) => SqlExpression::Function(function, pair.into()),
        (None, Connector::Pow) => SqlExpression::Function(SqlFunction::Power, pair.into()),
        (None, Connector::BitXor) => SqlExpression::Function(SqlFunction::BitXor, pair.into()),
        _ => SqlExpression::Arithmetic(arithmetic(connector), Box::new(pair)),
    };
    TypedSql::computed(sql, kind)
}

/// The function that computes with values of time (`DurationExpression`, `TemporalSubtraction`).
fn time_function(
    connector: Connector,
    left: Option<&FieldKind>,
    right: Option<&FieldKind>,
) -> Option<SqlFunction> {
    let is_duration = |kind: Option<&FieldKind>| matches!(kind, Some(FieldKind::Duration));
    if is_duration(left) != is_duration(right) {
        return Some(match connector {
            Connector::Add => SqlFunction::DurationAdd,
            Connector::Sub => SqlFunction::DurationSubtract,
            Connector::Mul => SqlFunction::DurationMultiply,
            Connector::Div => SqlFunction::DurationDivide,
            _ => return None,
        });
    }
    match (connector, left?, right?) {
        (Connector::Sub, FieldKind::Time(_), FieldKind::Time(_)) => {
            Some(SqlFunction::TimeDifference)
        }
        (Connector::Sub, FieldKind::Date(_), FieldKind::Date(_))
        | (Connector::Sub, FieldKind::DateTime(_), FieldKind::DateTime(_)) => {
            Some(SqlFunction::MomentDifference)
        }
        _ => None,
    }
}

fn arithmetic(connector: Connector) -> Arithmetic {
    match connector {
        Connector::Add => Arithmetic::Add,
        Connector::Sub => Arithmetic::Subtract,
        Connector::Mul | Connector::Pow => Arithmetic::Multiply,
        Connector::Div => Arithmetic::Divide,
        Connector::Mod => Arithmetic::Modulo,
        Connector::BitAnd => Arithmetic::BitAnd,
        Connector::BitOr | Connector::BitXor => Arithmetic::BitOr,
        Connector::BitLeftShift => Arithmetic::ShiftLeft,
        Connector::BitRightShift => Arithmetic::ShiftRight,
    }
}

fn function_sql(function: Function, mut arguments: Vec<SqlExpression>) -> SqlExpression {
    match function {
        Function::Left => arguments.insert(1, SqlExpression::Integer(1)),
        Function::Right => {
            let length = arguments.get(1).cloned().unwrap_or(SqlExpression::Null);
            let pair = [length, SqlExpression::Integer(-1)];
            let from_end = SqlExpression::Arithmetic(Arithmetic::Multiply, Box::new(pair));
            arguments.insert(1, from_end);
        }
        Function::Replace if arguments.len() == 2 => arguments.push(SqlExpression::value("")),
        Function::LPad | Function::RPad if arguments.len() == 2 => {
            arguments.push(SqlExpression::value(" "));
        }
        _ => {}
    }
    SqlExpression::Function(sql_function(function), arguments)
}

fn sql_function(function: Function) -> SqlFunction {
    match function {
        Function::Abs => SqlFunction::Abs,
        Function::ACos => SqlFunction::ACos,
        Function::ASin => SqlFunction::ASin,
        Function::ATan => SqlFunction::ATan,
        Function::ATan2 => SqlFunction::ATan2,
        Function::Ceil => SqlFunction::Ceil,
        Function::Chr => SqlFunction::Chr,
        Function::Coalesce => SqlFunction::Coalesce,
        Function::Concat => SqlFunction::Concat,
        Function::Cos => SqlFunction::Cos,
        Function::Cot => SqlFunction::Cot,
        Function::Degrees => SqlFunction::Degrees,
        Function::Exp => SqlFunction::Exp,
        Function::Floor => SqlFunction::Floor,
        Function::Greatest => SqlFunction::Greatest,
        Function::JsonArray => SqlFunction::JsonArray,
        Function::LPad => SqlFunction::LPad,
        Function::LTrim => SqlFunction::LTrim,
        Function::Least => SqlFunction::Least,
        Function::Left | Function::Right | Function::Substr => SqlFunction::Substr,
        Function::Length => SqlFunction::Length,
        Function::Ln => SqlFunction::Ln,
        Function::Log => SqlFunction::Log,
        Function::Lower => SqlFunction::Lower,
        Function::Md5 => SqlFunction::Md5,
        Function::Mod => SqlFunction::Mod,
        Function::Now => SqlFunction::Now,
        Function::NullIf => SqlFunction::NullIf,
        Function::Ord => SqlFunction::Ord,
        Function::Pi => SqlFunction::Pi,
        Function::Power => SqlFunction::Power,
        Function::RPad => SqlFunction::RPad,
        Function::RTrim => SqlFunction::RTrim,
        Function::Radians => SqlFunction::Radians,
        Function::Random => SqlFunction::Random,
        Function::Repeat => SqlFunction::Repeat,
        Function::Replace => SqlFunction::Replace,
        Function::Reverse => SqlFunction::Reverse,
        Function::Round => SqlFunction::Round,
        Function::Sha1 => SqlFunction::Sha1,
        Function::Sha224 => SqlFunction::Sha224,
        Function::Sha256 => SqlFunction::Sha256,
        Function::Sha384 => SqlFunction::Sha384,
        Function::Sha512 => SqlFunction::Sha512,
        Function::Sign => SqlFunction::Sign,
        Function::Sin => SqlFunction::Sin,
        Function::Sqrt => SqlFunction::Sqrt,
        Function::StrIndex => SqlFunction::StrIndex,
        Function::Tan => SqlFunction::Tan,
        Function::Trim => SqlFunction::Trim,
        Function::Upper => SqlFunction::Upper,
    }
}

/// What a value becomes that is cast to a field of `kind`.
fn cast_type(kind: &FieldKind) -> SqlCastType {
    match kind {
        FieldKind::Date(_) => SqlCastType::Date,
        FieldKind::Time(_) => SqlCastType::Time,
        FieldKind::DateTime(_) => SqlCastType::DateTime,
        FieldKind::Decimal { .. } | FieldKind::Boolean => SqlCastType::Decimal,
        FieldKind::Float => SqlCastType::Float,
        FieldKind::Binary { .. } => SqlCastType::Binary,
        FieldKind::Duration => SqlCastType::Integer,
        kind if kind.is_integer() => SqlCastType::Integer,
        _ => SqlCastType::Text,
    }
}
