//! What SQL means in terms of a model: conditions and expressions over its fields.

use crate::inspectdb::column_type::field_kind_of_cast;
use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::literal_for_class::{ANY_NUMBER, literal_for_class};
use crate::inspectdb::sql::{LIKE_ESCAPE, Sql, Token, affixes, ends, parse, unescaped};
use crate::models::expression::{
    Comparison, Condition, Connector, Expression, Function, IndexExpression, Lookup,
};
use crate::models::{AutoNow, Field, FieldKind, Literal};

/// Reads SQL over the columns of one table.
#[derive(Clone, Copy)]
pub(super) struct SqlToModel<'f> {
    fields: &'f [InspectedField],
    negated: bool,
}

impl<'f> SqlToModel<'f> {
    pub(super) fn new(fields: &'f [InspectedField]) -> Self {
        Self {
            fields,
            negated: false,
        }
    }

    /// The condition that `tokens` are, if a model can say it.
    pub(super) fn condition(self, tokens: &[Token]) -> Option<Condition> {
        self.rows(&parse(tokens)?)
    }

    /// The expression that `tokens` are, if a model can say it.
    pub(super) fn expression(self, tokens: &[Token]) -> Option<Expression> {
        self.value(&parse(tokens)?)
    }

    /// A part of an index: an expression, and which way it runs.
    pub(super) fn part(self, tokens: &[Token]) -> Option<IndexExpression> {
        let (tokens, descending) = match tokens {
            [rest @ .., last] if last.is("DESC") => (rest, Some(true)),
            [rest @ .., last] if last.is("ASC") => (rest, Some(false)),
            _ => (tokens, None),
        };
        Some(IndexExpression {
            expression: self.expression(tokens)?,
            descending,
        })
    }

    fn field(self, column: &Sql) -> Option<&'f InspectedField> {
        let Sql::Column(name) = column else {
            return None;
        };
        let mut fields = self.fields.iter();
        fields.find(|field| field.column.eq_ignore_ascii_case(name))
    }

    fn rows(self, sql: &Sql) -> Option<Condition> {
        match sql {
            Sql::Binary(name, left, right) if name == "AND" => {
                Some(Condition::All(self.parts(name, left, right)?))
            }
            Sql::Binary(name, left, right) if name == "OR" => {
                Some(Condition::Any(self.parts(name, left, right)?))
            }
            Sql::Binary(name, left, right) if name == "LIKE" => {
                // What an expression holds may have a `\`, which a model would take for an escape.
                let is_plain = matches!(**right, Sql::Value(_));
                is_plain.then(|| self.pattern(left, right, false))?
            }
            Sql::Binary(name, left, right) if name == LIKE_ESCAPE => {
                self.pattern(left, right, true)
            }
            Sql::Binary(name, left, right) if name == "REGEXP" => self.regex(left, right),
            Sql::Binary(name, left, right) => self.compared(name, left, right),
            Sql::Not(inner) => self.negated(inner),
            Sql::Column(_) => {
                let field = self
                    .field(sql)
                    .filter(|field| field.class == "BooleanField")?;
                let operand = Expression::Value(Literal::Boolean(true));
                Some(compare(field, Lookup::Exact, vec![operand]))
            }
            Sql::IsNull(inner, is_null) => {
                let operand = Expression::Value(Literal::Boolean(*is_null));
                Some(compare(self.field(inner)?, Lookup::IsNull, vec![operand]))
            }
            Sql::In(left, items) if !items.is_empty() => {
                let field = self.field(left)?;
                let items = items.iter().map(|item| self.operand(field, item));
                Some(compare(field, Lookup::In, items.collect::<Option<_>>()?))
            }
            Sql::Between(left, from, to) => {
                let field = self.field(left)?;
                let operands = vec![self.operand(field, from)?, self.operand(field, to)?];
                Some(compare(field, Lookup::Range, operands))
            }
            _ => None,
        }
    }

    /// The conditions that one operator joins.
    fn parts(self, name: &str, left: &Sql, right: &Sql) -> Option<Vec<Condition>> {
        let mut found = match left {
            Sql::Binary(inner, a, b) if inner == name => self.parts(name, a, b)?,
            other => vec![self.rows(other)?],
        };
        found.push(self.rows(right)?);
        Some(found)
    }

    /// The opposite of a condition. What compares a column that may be null says so beside it, as
    /// Django does: without, such a row is neither in nor out, which a model cannot say.
    fn negated(self, inner: &Sql) -> Option<Condition> {
        if let Some(field) = self.field(inner) {
            let operand = Expression::Value(Literal::Boolean(false));
            let is_flag = field.class == "BooleanField";
            return is_flag.then(|| compare(field, Lookup::Exact, vec![operand]));
        }
        let turned = Self {
            negated: !self.negated,
            ..self
        };
        let mut found = turned.rows(inner)?;
        if turned.negated {
            found = self.without_nulls(found)?;
        }
        Some(match found {
            Condition::Not(inner) => *inner,
            other => Condition::Not(Box::new(other)),
        })
    }

    /// The condition without the `IS NOT NULL` that a negation writes anew.
    fn without_nulls(self, condition: Condition) -> Option<Condition> {
        match condition {
            Condition::All(parts) => {
                let mut kept: Vec<Condition> = Vec::new();
                let mut parts = parts.into_iter().peekable();
                while let Some(part) = parts.next() {
                    let nullable = self.nullable(&part);
                    kept.push(self.without_nulls_within(part)?);
                    for name in nullable {
                        parts.next_if(|next| is_not_null(next, name))?;
                    }
                }
                Some(if kept.len() == 1 {
                    kept.remove(0)
                } else {
                    Condition::All(kept)
                })
            }
            other if self.nullable(&other).is_empty() => self.without_nulls_within(other),
            _ => None,
        }
    }

    fn without_nulls_within(self, condition: Condition) -> Option<Condition> {
        match condition {
            Condition::Any(parts) => {
                let parts = parts.into_iter().map(|part| self.without_nulls(part));
                Some(Condition::Any(parts.collect::<Option<_>>()?))
            }
            Condition::All(_) => self.without_nulls(condition),
            other => Some(other),
        }
    }

    /// The fields that are compared and may be null.
    fn nullable(self, condition: &Condition) -> Vec<&'f str> {
        let Condition::Compare(comparison) = condition else {
            return Vec::new();
        };
        let mut names = vec![&comparison.field];
        if let [Expression::F(other)] = comparison.operands.as_slice() {
            names.push(other);
        }
        let field = |name: &&String| self.fields.iter().find(|field| field.name == **name);
        let fields = names.iter().filter_map(field).filter(|field| field.null);
        let names = fields.map(|field| field.name.as_str());
        names
            .filter(|_| comparison.lookup != Lookup::IsNull)
            .collect()
    }

    fn compared(self, operator: &str, left: &Sql, right: &Sql) -> Option<Condition> {
        let (field, operator, right) = match (self.field(left), self.field(right)) {
            (Some(field), _) => (field, operator, right),
            (None, Some(field)) => (field, turned(operator), left),
            (None, None) => return None,
        };
        let lookup = match operator {
            "=" | "<>" => Lookup::Exact,
            "<" => Lookup::Lt,
            "<=" => Lookup::Lte,
            ">" => Lookup::Gt,
            ">=" => Lookup::Gte,
            _ => return None,
        };
        let found = compare(field, lookup, vec![self.operand(field, right)?]);
        match operator {
            "<>" if field.null => None,
            "<>" => Some(Condition::Not(Box::new(found))),
            _ => Some(found),
        }
    }

    /// What a field is compared with.
    fn operand(self, field: &InspectedField, sql: &Sql) -> Option<Expression> {
        match self.value(sql)? {
            Expression::Value(literal) => {
                literal_for_class(&field.class, literal).map(Expression::Value)
            }
            other => Some(other),
        }
    }

    fn pattern(self, left: &Sql, right: &Sql, has_escape: bool) -> Option<Condition> {
        let field = self.field(left)?;
        let (before, inner, after) = ends(right);
        let lookup = |any: Lookup, start: Lookup, end: Lookup, none: Lookup| match (before, after) {
            (true, true) => any,
            (false, true) => start,
            (true, false) => end,
            (false, false) => none,
        };
        if let Sql::Value(Literal::String(text)) = right {
            let (before, text, after) = affixes(text, has_escape)?;
            let lookup = match (before, after) {
                (true, true) => Lookup::IContains,
                (false, true) => Lookup::IStartsWith,
                (true, false) => Lookup::IEndsWith,
                (false, false) => Lookup::IExact,
            };
            let operand = Expression::Value(Literal::String(text));
            return Some(compare(field, lookup, vec![operand]));
        }
        let (inner, upper) = match inner {
            Sql::Call(name, arguments)
                if name == "UPPER" && arguments.iter().any(|inner| unescaped(inner).is_some()) =>
            {
                (&arguments[0], true)
            }
            other => (other, false),
        };
        let lookup = match (unescaped(inner), upper) {
            (None, _) => lookup(
                Lookup::IExact,
                Lookup::IExact,
                Lookup::IExact,
                Lookup::IExact,
            ),
            (Some(_), true) => lookup(
                Lookup::IContains,
                Lookup::IStartsWith,
                Lookup::IEndsWith,
                Lookup::IExact,
            ),
            (Some(_), false) => lookup(
                Lookup::Contains,
                Lookup::StartsWith,
                Lookup::EndsWith,
                Lookup::IExact,
            ),
        };
        let inner = match unescaped(inner) {
            Some(inner) => inner,
            None if before || after => return None,
            None => inner,
        };
        Some(compare(field, lookup, vec![self.value(inner)?]))
    }

    fn regex(self, left: &Sql, right: &Sql) -> Option<Condition> {
        let any_case = Sql::Value(Literal::String("(?i)".to_owned()));
        let (lookup, pattern) = match right {
            Sql::Binary(name, flag, inner) if name == "||" && **flag == any_case => {
                (Lookup::IRegex, inner.as_ref())
            }
            other => (Lookup::Regex, other),
        };
        let operand = self.value(pattern)?;
        Some(compare(self.field(left)?, lookup, vec![operand]))
    }

    fn value(self, sql: &Sql) -> Option<Expression> {
        Some(match sql {
            Sql::Column(_) => Expression::F(self.field(sql)?.name.clone()),
            Sql::Value(literal) => Expression::Value(literal.clone()),
            Sql::Null => return None,
            Sql::Collate(inner, name) => {
                Expression::Collate(Box::new(self.value(inner)?), name.clone())
            }
            Sql::Case(cases, default) => {
                let cases = cases
                    .iter()
                    .map(|(when, then)| Some((self.rows(when)?, self.value(then)?)));
                let default = default.as_deref().map(|value| self.value(value));
                let default = match default {
                    Some(value) => Some(Box::new(value?)),
                    None => None,
                };
                Expression::Case {
                    cases: cases.collect::<Option<_>>()?,
                    default,
                }
            }
            Sql::Cast(inner, kind) if kind == "numeric" && self.is_decimal(inner) => {
                self.value(inner)?
            }
            Sql::Cast(inner, kind) => {
                let kind = field_kind_of_cast(kind)?;
                Expression::Cast(Box::new(self.value(inner)?), Box::new(Field::new("", kind)))
            }
            Sql::Call(name, arguments) => return self.call(name, arguments),
            Sql::Binary(name, left, right) if name == "||" => {
                let parts = concatenated(left, right)?;
                let parts = parts.into_iter().map(|part| self.value(part));
                Expression::Function(Function::Concat, parts.collect::<Option<_>>()?)
            }
            Sql::Binary(name, left, right) if connector(name).is_some() => {
                let sides = vec![self.value(left)?, self.value(right)?];
                Expression::Combined(connector(name)?, sides)
            }
            other => Expression::Q(Box::new(self.rows(other)?)),
        })
    }

    /// Whether Django would compare this as a number although it is kept as text.
    fn is_decimal(self, sql: &Sql) -> bool {
        match sql {
            Sql::Column(_) => self
                .field(sql)
                .is_some_and(|field| field.class == "DecimalField" || field.class == ANY_NUMBER),
            Sql::Value(literal) => matches!(literal, Literal::String(_)),
            Sql::Binary(_, left, right) => self.is_decimal(left) || self.is_decimal(right),
            Sql::Call(_, arguments) => arguments.iter().any(|part| self.is_decimal(part)),
            Sql::Cast(inner, kind) => kind == "decimal" || self.is_decimal(inner),
            Sql::Case(cases, _) => cases.iter().any(|(_, value)| self.is_decimal(value)),
            _ => false,
        }
    }

    fn call(self, name: &str, arguments: &[Sql]) -> Option<Expression> {
        let cast = |inner: &Sql, kind: FieldKind| {
            let field = Box::new(Field::new("", kind));
            Some(Expression::Cast(Box::new(self.value(inner)?), field))
        };
        let text = |sql: &Sql, text: &str| *sql == Sql::Value(Literal::String(text.to_owned()));
        let stamp = AutoNow::default();
        match (name, arguments) {
            ("CURRENT_TIMESTAMP", []) => {
                return Some(Expression::Function(Function::Now, Vec::new()));
            }
            ("STRFTIME", [format, now]) if text(format, MOMENT) && text(now, "NOW") => {
                return Some(Expression::Function(Function::Now, Vec::new()));
            }
            ("STRFTIME", [format, inner]) if text(format, MOMENT) => {
                return cast(inner, FieldKind::DateTime(stamp));
            }
            ("STRFTIME", [format, inner]) if text(format, "%H:%M:%f") => {
                return cast(inner, FieldKind::Time(stamp));
            }
            ("DATE", [inner]) => return cast(inner, FieldKind::Date(stamp)),
            _ => {}
        }
        let name = match name {
            "MAX" => "GREATEST",
            "MIN" => "LEAST",
            "CONCAT" | "LEFT" | "NOW" | "GREATEST" | "LEAST" => return None,
            other => other,
        };
        let mut functions = Function::of_schemas();
        let found = functions.find(|known| known.name.eq_ignore_ascii_case(name))?;
        let arity = found.least..=found.most;
        arity.contains(&arguments.len()).then_some(())?;
        let arguments = arguments.iter().map(|argument| self.value(argument));
        Some(Expression::Function(
            found.function,
            arguments.collect::<Option<_>>()?,
        ))
    }
}

/// How SQLite writes a moment in the form Django stores.
const MOMENT: &str = "%Y-%m-%d %H:%M:%f";

fn compare(field: &InspectedField, lookup: Lookup, operands: Vec<Expression>) -> Condition {
    Condition::Compare(Comparison {
        field: field.name.clone(),
        lookup,
        operands,
    })
}

fn is_not_null(condition: &Condition, name: &str) -> bool {
    let not_null = [Expression::Value(Literal::Boolean(false))];
    matches!(condition, Condition::Compare(found)
        if found.field == name && found.lookup == Lookup::IsNull && found.operands == not_null)
}

/// The operator for the sides the other way round.
fn turned(operator: &str) -> &str {
    match operator {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        other => other,
    }
}

fn connector(name: &str) -> Option<Connector> {
    Some(match name {
        "+" => Connector::Add,
        "-" => Connector::Sub,
        "*" => Connector::Mul,
        "/" => Connector::Div,
        "%" => Connector::Mod,
        _ => return None,
    })
}

/// The parts of `COALESCE(a, '') || COALESCE((COALESCE(b, '') || COALESCE(c, '')), '')`.
fn concatenated<'s>(left: &'s Sql, right: &'s Sql) -> Option<Vec<&'s Sql>> {
    let mut found = vec![coalesced(left)?];
    match coalesced(right)? {
        Sql::Binary(name, left, right) if name == "||" => found.extend(concatenated(left, right)?),
        other => found.push(other),
    }
    Some(found)
}

fn coalesced(sql: &Sql) -> Option<&Sql> {
    match sql {
        Sql::Call(name, arguments) if name == "COALESCE" => match arguments.as_slice() {
            [inner, empty] if *empty == Sql::Value(Literal::String(String::new())) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}
