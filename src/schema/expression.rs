//! Expressions as SQL, as Django's schema editor writes them on SQLite.

use crate::clock::{Date, TimeOfDay, Zone};
use crate::db::quote_name;
use crate::models::expression::{Connector, Expression, Function, IndexExpression};
use crate::models::{
    AutoNow, Field, FieldKind, Literal, Model, ModelSet as _, ProjectState, StateError,
};
use crate::schema::SchemaError;
use crate::schema::changed_state::ChangedState;
use crate::schema::column_type::type_sql;
use crate::values::{checked_literal, quote_value, to_column};

/// The types of values that make a difference to SQL.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum ValueType {
    Integer,
    Float,
    Decimal,
    Other(&'static str),
}

/// Turns the expressions of a model into SQL.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExpressionCompiler<'m> {
    /// The state the model refers to others in.
    pub(super) state: &'m ProjectState,
    /// The model whose fields are named.
    pub(super) model: &'m Model,
}

impl<'m> ExpressionCompiler<'m> {
    /// The field of this name.
    pub(super) fn field(&self, name: &str) -> Result<&'m Field, SchemaError> {
        let field = match name {
            "pk" => self.model.primary_key(),
            _ => self.model.field(name),
        };
        let unknown = || StateError::UnknownField {
            model: self.model.key(),
            field: name.to_owned(),
        };
        Ok(field.ok_or_else(unknown)?)
    }

    /// The models that `model` refers to, itself as it is going to be.
    pub(super) fn models(&self) -> ChangedState<'m> {
        ChangedState {
            state: self.state,
            model: self.model,
        }
    }

    /// A literal as a value of `field`, in a statement.
    pub(super) fn literal_sql(
        &self,
        field: &Field,
        literal: &Literal,
    ) -> Result<String, SchemaError> {
        let models = self.models();
        let kind = models.value_kind(field)?;
        let value = checked_literal(field, kind, literal, models.time_zone())?;
        Ok(quote_value(&to_column(&value)))
    }

    /// The SQL of an expression.
    pub(super) fn expression(&self, expression: &Expression) -> Result<String, SchemaError> {
        let sql = match expression {
            Expression::F(name) => return Ok(quote_name(&self.field(name)?.column())),
            Expression::Value(literal) => return value(literal, self.state.time_zone()),
            Expression::Q(condition) => return self.condition(condition),
            Expression::Parameter(name) => return Err(SchemaError::Parameter(name.clone())),
            Expression::Query(_) => return Err(SchemaError::QueryExpression),
            Expression::Cast(inner, field) => return self.cast(inner, field),
            Expression::Function(function, arguments) => self.call(*function, arguments)?,
            Expression::Combined(connector, arguments) => {
                return self.combined(*connector, arguments).map(|(sql, _)| sql);
            }
            Expression::Collate(inner, name) => {
                format!("{} COLLATE {}", self.expression(inner)?, quote_name(name))
            }
            Expression::Case { cases, default } => {
                let mut sql = "CASE".to_owned();
                for (when, then) in cases {
                    let (when, then) = (self.condition(when)?, self.expression(then)?);
                    sql = format!("{sql} WHEN {when} THEN {then}");
                }
                let default = default.as_deref().map(|value| self.expression(value));
                let default = default.transpose()?.unwrap_or_else(|| "NULL".to_owned());
                format!("{sql} ELSE {default} END")
            }
        };
        Ok(cast_decimal(sql, self.type_of(expression)?))
    }

    fn call(&self, function: Function, arguments: &[Expression]) -> Result<String, SchemaError> {
        let mut parts = Vec::new();
        for argument in arguments {
            parts.push(self.expression(argument)?);
        }
        let name = match function {
            Function::Now => return Ok("STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')".to_owned()),
            Function::Concat => return Ok(concat(&parts)),
            Function::Left => {
                parts.insert(1, "1".to_owned());
                "SUBSTR"
            }
            Function::Greatest => "MAX",
            Function::Least => "MIN",
            Function::Round if parts.len() == 1 => {
                parts.push("0".to_owned());
                "ROUND"
            }
            Function::Replace if parts.len() == 2 => {
                parts.push("''".to_owned());
                "REPLACE"
            }
            other => &other.name().to_uppercase(),
        };
        Ok(format!("{name}({})", parts.join(", ")))
    }

    /// A calculation from left to right, and its type.
    fn combined(
        &self,
        connector: Connector,
        arguments: &[Expression],
    ) -> Result<(String, Option<ValueType>), SchemaError> {
        let operator = match connector {
            Connector::Add => "+",
            Connector::Sub => "-",
            Connector::Mul => "*",
            Connector::Div => "/",
            Connector::Mod => "%",
            _ => return Err(SchemaError::QueryExpression),
        };
        let mut found: Option<(String, Option<ValueType>)> = None;
        for argument in arguments {
            let (sql, kind) = (self.expression(argument)?, self.type_of(argument)?);
            found = Some(match found {
                None => (sql, kind),
                Some((left, before)) => {
                    let kind = combined_type(before, kind);
                    (
                        cast_decimal(format!("({left} {operator} {sql})"), kind),
                        kind,
                    )
                }
            });
        }
        Ok(found.unwrap_or_default())
    }

    fn cast(&self, inner: &Expression, field: &Field) -> Result<String, SchemaError> {
        let sql = self.expression(inner)?;
        Ok(match field.kind {
            FieldKind::DateTime(_) => format!("strftime('%Y-%m-%d %H:%M:%f', {sql})"),
            FieldKind::Time(_) => format!("strftime('%H:%M:%f', {sql})"),
            FieldKind::Date(_) => format!("date({sql})"),
            _ => {
                let kind = type_sql(self.state, self.model, field)?;
                format!("CAST({sql} AS {kind})")
            }
        })
    }

    /// The type of an expression, if its parts agree on one.
    fn type_of(&self, expression: &Expression) -> Result<Option<ValueType>, SchemaError> {
        Ok(match expression {
            Expression::F(name) => Some(value_type(self.models().value_kind(self.field(name)?)?)),
            Expression::Value(literal) => type_of_literal(literal),
            Expression::Parameter(_) | Expression::Query(_) => None,
            Expression::Cast(_, field) => Some(value_type(&field.kind)),
            Expression::Collate(inner, _) => self.type_of(inner)?,
            Expression::Q(_) => Some(ValueType::Other("BooleanField")),
            Expression::Combined(connector, arguments) => self.combined(*connector, arguments)?.1,
            Expression::Function(function, arguments) => match function {
                Function::Now => Some(ValueType::Other("DateTimeField")),
                Function::Length => Some(ValueType::Integer),
                Function::Left | Function::Substr => Some(ValueType::Other("CharField")),
                Function::Round => self.type_of(&arguments[0])?,
                _ => self.common_type(arguments.iter())?,
            },
            Expression::Case { cases, default } => {
                let values = cases.iter().map(|(_, value)| value);
                self.common_type(values.chain(default.as_deref()))?
            }
        })
    }

    fn common_type<'e>(
        &self,
        mut parts: impl Iterator<Item = &'e Expression>,
    ) -> Result<Option<ValueType>, SchemaError> {
        let Some(first) = parts.next() else {
            return Ok(None);
        };
        let first = self.type_of(first)?;
        for part in parts {
            if self.type_of(part)? != first {
                return Ok(None);
            }
        }
        Ok(first)
    }

    /// A part of an index: what is not a bare column stands in parentheses.
    pub(super) fn index_expression(&self, part: &IndexExpression) -> Result<String, SchemaError> {
        let (root, collation) = match &part.expression {
            Expression::Collate(inner, name) => (inner.as_ref(), Some(name)),
            other => (other, None),
        };
        let mut sql = self.expression(root)?;
        if !matches!(root, Expression::F(_)) {
            sql = cast_decimal(format!("({sql})"), self.type_of(root)?);
        }
        if let Some(name) = collation {
            sql = format!("{sql} COLLATE {}", quote_name(name));
        }
        Ok(match part.descending {
            Some(true) => format!("{sql} DESC"),
            Some(false) => format!("{sql} ASC"),
            None => sql,
        })
    }

    /// The default of a column, as it stands behind `DEFAULT`.
    pub(super) fn db_default(
        &self,
        field: &Field,
        expression: &Expression,
    ) -> Result<String, SchemaError> {
        let Expression::Value(literal) = expression else {
            return Ok(format!("({})", self.expression(expression)?));
        };
        let kind = value_type(self.models().value_kind(field)?);
        Ok(cast_decimal(self.literal_sql(field, literal)?, Some(kind)))
    }
}

/// `a || (b || c)`, where null counts as the empty text.
fn concat(parts: &[String]) -> String {
    let coalesced = |sql: &str| format!("COALESCE({sql}, '')");
    match parts {
        [] => "''".to_owned(),
        [first] => first.clone(),
        [first, rest @ ..] => {
            format!("({} || {})", coalesced(first), coalesced(&concat(rest)))
        }
    }
}

/// A decimal is compared as a number, not as text.
fn cast_decimal(sql: String, kind: Option<ValueType>) -> String {
    if kind == Some(ValueType::Decimal) {
        format!("(CAST({sql} AS NUMERIC))")
    } else {
        sql
    }
}

/// A value that no field says the type of.
fn value(literal: &Literal, zone: &Zone) -> Result<String, SchemaError> {
    let kind = match literal {
        Literal::Integer(_) => FieldKind::Integer,
        Literal::Float(_) => FieldKind::Float,
        Literal::Boolean(_) => FieldKind::Boolean,
        Literal::Datetime(text) if Date::parse(text).is_some() => {
            FieldKind::Date(AutoNow::default())
        }
        Literal::Datetime(text) if TimeOfDay::parse(text).is_some() => {
            FieldKind::Time(AutoNow::default())
        }
        Literal::Datetime(_) => FieldKind::DateTime(AutoNow::default()),
        Literal::Null => return Ok("NULL".to_owned()),
        Literal::List(_) | Literal::Map(_) => FieldKind::Json,
        Literal::String(_) => FieldKind::Text { max_length: None },
    };
    let value = checked_literal(&Field::new("", kind.clone()), &kind, literal, zone)?;
    Ok(quote_value(&to_column(&value)))
}

fn type_of_literal(literal: &Literal) -> Option<ValueType> {
    match literal {
        Literal::Integer(_) => Some(ValueType::Integer),
        Literal::Float(_) => Some(ValueType::Float),
        Literal::Boolean(_) => Some(ValueType::Other("BooleanField")),
        Literal::String(_) => Some(ValueType::Other("CharField")),
        Literal::Datetime(text) if Date::parse(text).is_some() => {
            Some(ValueType::Other("DateField"))
        }
        Literal::Datetime(text) if TimeOfDay::parse(text).is_some() => {
            Some(ValueType::Other("TimeField"))
        }
        Literal::Datetime(_) => Some(ValueType::Other("DateTimeField")),
        Literal::Null | Literal::List(_) | Literal::Map(_) => None,
    }
}

fn value_type(kind: &FieldKind) -> ValueType {
    match kind {
        FieldKind::Decimal { .. } => ValueType::Decimal,
        FieldKind::Float => ValueType::Float,
        kind if kind.is_integer() => ValueType::Integer,
        other => ValueType::Other(other.class_name()),
    }
}

/// The type of a calculation with numbers of two types, if Django knows one.
fn combined_type(left: Option<ValueType>, right: Option<ValueType>) -> Option<ValueType> {
    match (left?, right?) {
        (
            ValueType::Integer,
            other @ (ValueType::Integer | ValueType::Decimal | ValueType::Float),
        )
        | (other @ (ValueType::Decimal | ValueType::Float), ValueType::Integer) => Some(other),
        (ValueType::Decimal, ValueType::Decimal) => Some(ValueType::Decimal),
        (ValueType::Float, ValueType::Float) => Some(ValueType::Float),
        _ => None,
    }
}
