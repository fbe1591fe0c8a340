//! Conditions as SQL, with Django's parentheses.

use crate::db::quote_name;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{Field, FieldKind, Literal};
use crate::schema::SchemaError;
use crate::schema::expression::ExpressionCompiler;
use crate::values::quote_value;

/// A condition on its way to SQL (`django.db.models.sql.where.WhereNode`).
enum Node {
    Sql(String),
    Branch {
        connector: &'static str,
        negated: bool,
        children: Vec<Self>,
    },
}

impl Node {
    fn branch(connector: &'static str, negated: bool) -> Self {
        Self::Branch {
            connector,
            negated,
            children: Vec::new(),
        }
    }

    /// Adds a part; what is joined in the same way, or alone, loses its own parentheses.
    fn add(&mut self, part: Self) {
        let Self::Branch {
            connector: own,
            children,
            ..
        } = self
        else {
            return;
        };
        match part {
            Self::Branch {
                connector,
                negated: false,
                children: parts,
            } if connector == *own || parts.len() == 1 => {
                children.extend(parts);
            }
            other => children.push(other),
        }
    }

    fn sql(&self) -> String {
        match self {
            Self::Sql(sql) => sql.clone(),
            Self::Branch {
                connector,
                negated,
                children,
            } => {
                let parts: Vec<_> = children.iter().map(Self::sql).collect();
                let joined = parts.join(&format!(" {connector} "));
                match (negated, parts.len()) {
                    (true, _) => format!("NOT ({joined})"),
                    (false, 0 | 1) => joined,
                    _ => format!("({joined})"),
                }
            }
        }
    }
}

impl ExpressionCompiler<'_> {
    /// The SQL of a condition.
    pub(super) fn condition(&self, condition: &Condition) -> Result<String, SchemaError> {
        let mut root = Node::branch("AND", false);
        root.add(self.node(condition, false)?);
        Ok(root.sql())
    }

    fn node(&self, condition: &Condition, in_negation: bool) -> Result<Node, SchemaError> {
        match condition {
            Condition::All(parts) => self.joined("AND", false, parts, in_negation),
            Condition::Any(parts) => self.joined("OR", false, parts, in_negation),
            Condition::Compare(comparison) => self.compared(comparison, in_negation),
            Condition::Holds(_) | Condition::Xor(_) => Err(SchemaError::QueryExpression),
            Condition::Not(part) => match part.as_ref() {
                Condition::All(parts) => self.joined("AND", true, parts, !in_negation),
                Condition::Any(parts) => self.joined("OR", true, parts, !in_negation),
                part => self.joined("AND", true, std::slice::from_ref(part), !in_negation),
            },
        }
    }

    fn joined(
        &self,
        connector: &'static str,
        negated: bool,
        parts: &[Condition],
        in_negation: bool,
    ) -> Result<Node, SchemaError> {
        let mut node = Node::branch(connector, negated);
        for part in parts {
            node.add(self.node(part, in_negation)?);
        }
        Ok(node)
    }

    /// A comparison; within a negation a null must not count as "the other way".
    fn compared(&self, comparison: &Comparison, in_negation: bool) -> Result<Node, SchemaError> {
        let mut node = Node::branch("AND", false);
        let field = self.field(&comparison.field)?;
        node.add(Node::Sql(self.comparison(field, comparison)?));
        if !in_negation || comparison.lookup == Lookup::IsNull {
            return Ok(node);
        }
        let mut not_null = |field: &Field| {
            if field.null {
                let column = quote_name(&field.column());
                node.add(Node::Sql(format!("{column} IS NOT NULL")));
            }
        };
        not_null(field);
        if let [Expression::F(name)] = comparison.operands.as_slice() {
            not_null(self.field(name)?);
        }
        Ok(node)
    }

    fn comparison(&self, field: &Field, comparison: &Comparison) -> Result<String, SchemaError> {
        let column = quote_name(&field.column());
        let Comparison {
            lookup, operands, ..
        } = comparison;
        match (lookup, operands.as_slice()) {
            (Lookup::IsNull, [Expression::Value(Literal::Boolean(is_null))]) => {
                let not = if *is_null { "" } else { "NOT " };
                return Ok(format!("{column} IS {not}NULL"));
            }
            (Lookup::Exact, [Expression::Value(Literal::Boolean(value))])
                if *field.value_kind() == FieldKind::Boolean =>
            {
                let not = if *value { "" } else { "NOT " };
                return Ok(format!("{not}{column}"));
            }
            (Lookup::In, operands) => {
                let mut values = Vec::new();
                for operand in operands {
                    let value = self.operand_sql(field, operand)?;
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                return Ok(format!("{column} IN ({})", values.join(", ")));
            }
            (Lookup::Range, [from, to]) => {
                let (from, to) = (self.operand_sql(field, from)?, self.operand_sql(field, to)?);
                return Ok(format!("{column} BETWEEN {from} AND {to}"));
            }
            _ => {}
        }
        let Some(operand) = operands.first() else {
            return Ok(column);
        };
        if lookup.is_pattern() || *lookup == Lookup::IExact {
            return Ok(format!("{column} {}", self.pattern(*lookup, operand)?));
        }
        let operator = match lookup {
            Lookup::Gt => ">",
            Lookup::Gte => ">=",
            Lookup::Lt => "<",
            Lookup::Lte => "<=",
            Lookup::Regex => "REGEXP",
            Lookup::IRegex => "REGEXP '(?i)' ||",
            _ => "=",
        };
        let value = match operand {
            Expression::Value(_) => self.operand_sql(field, operand)?,
            other => self.parenthesized(other)?,
        };
        Ok(format!("{column} {operator} {value}"))
    }

    /// A value as the column holds it, or an expression.
    fn operand_sql(&self, field: &Field, operand: &Expression) -> Result<String, SchemaError> {
        match operand {
            Expression::Value(literal) => self.literal_sql(field, literal),
            other => self.expression(other),
        }
    }

    fn parenthesized(&self, expression: &Expression) -> Result<String, SchemaError> {
        let sql = self.expression(expression)?;
        Ok(if sql.starts_with('(') {
            sql
        } else {
            format!("({sql})")
        })
    }

    /// `LIKE` with what stands for anything, in a value or around an expression.
    fn pattern(&self, lookup: Lookup, operand: &Expression) -> Result<String, SchemaError> {
        let (before, after) = match lookup {
            Lookup::Contains | Lookup::IContains => ("%", "%"),
            Lookup::StartsWith | Lookup::IStartsWith => ("", "%"),
            Lookup::EndsWith | Lookup::IEndsWith => ("%", ""),
            _ => ("", ""),
        };
        if let Expression::Value(literal) = operand {
            let text = escaped(&plain(literal));
            let pattern = quote_value(&format!("{before}{text}{after}").into());
            return Ok(format!("LIKE {pattern} ESCAPE '\\'"));
        }
        let sql = self.parenthesized(operand)?;
        if lookup == Lookup::IExact {
            return Ok(format!("LIKE {sql} ESCAPE '\\'"));
        }
        let value = format!(r"REPLACE(REPLACE(REPLACE({sql}, '\', '\\'), '%', '\%'), '_', '\_')");
        let insensitive = matches!(
            lookup,
            Lookup::IContains | Lookup::IStartsWith | Lookup::IEndsWith
        );
        let value = if insensitive {
            format!("UPPER({value})")
        } else {
            value
        };
        let before = if before.is_empty() { "" } else { "'%' || " };
        let after = if after.is_empty() { "" } else { " || '%'" };
        Ok(format!("LIKE {before}{value}{after} ESCAPE '\\'"))
    }
}

fn plain(literal: &Literal) -> String {
    match literal {
        Literal::String(text) | Literal::Datetime(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::Boolean(true) => "True".to_owned(),
        Literal::Boolean(false) => "False".to_owned(),
        Literal::Null | Literal::List(_) | Literal::Map(_) => String::new(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
