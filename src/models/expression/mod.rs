//! The one form of conditions and expressions: checks, indexes, defaults of the database, generated columns.
//!
//! * [`Condition`] is Django's `Q`: lookups, and what combines them.
//! * [`Expression`] is a value the database computes from a row.
//! * [`read`] turns tables into both, [`mod@write`] turns both into tables again.

mod aggregate;
mod aggregation;
mod function;
mod lookup;
mod query;
mod query_expression;
pub mod read;
mod visit;
pub mod write;

pub use aggregate::{AggregateFunction, DateComponent};
pub use function::{
    Connector, FUNCTIONS, Function, FunctionOutput, FunctionSignature, FunctionUse,
};
pub use lookup::Lookup;
pub(crate) use query::{CombinedQueries, QueryStep, is_annotation_name};
pub use query::{OrderTerm, RefusedCall, RowQuery, SetOperation};
pub use query_expression::{
    AggregateExpression, QueryExpression, SqlTemplate, TemplateKind, WindowExpression, WindowFrame,
    WindowFunction, WindowedFunction,
};

use crate::models::{Field, Literal};

/// Whether a row is meant: Django's `Q`.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of these hold.
    All(Vec<Self>),
    /// At least one of these holds.
    Any(Vec<Self>),
    /// An odd number of these holds; queries alone.
    Xor(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// A field compared with something.
    Compare(Comparison),
    /// This is true; queries alone.
    Holds(Box<Expression>),
}

/// A lookup: `price__gte = 0`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The field; with `__` between the steps where it is another model's.
    pub field: String,
    /// How it is compared.
    pub lookup: Lookup,
    /// With what: one value, except for `in` and `range`.
    pub operands: Vec<Expression>,
}

/// A value the database computes.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// What the row holds in this field.
    F(String),
    /// A value.
    Value(Literal),
    /// A value that is given before a query runs, such as `request.user`; no schema holds one.
    Parameter(String),
    /// A function of the database.
    Function(Function, Vec<Self>),
    /// A calculation, from left to right.
    Combined(Connector, Vec<Self>),
    /// A value as another type, that of the field.
    Cast(Box<Self>, Box<Field>),
    /// Text in another order.
    Collate(Box<Self>, String),
    /// The value of the first condition that holds.
    Case {
        /// Conditions and values.
        cases: Vec<(Condition, Self)>,
        /// The value where none holds; null if not given.
        default: Option<Box<Self>>,
    },
    /// Whether a condition holds.
    Q(Box<Condition>),
    /// What only a query can compute.
    Query(Box<QueryExpression>),
}

/// A part of an index over expressions.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexExpression {
    /// What is indexed.
    pub expression: Expression,
    /// Whether it runs from the last to the first, if that was said.
    pub descending: Option<bool>,
}

impl Comparison {
    /// That `field` has a value.
    pub fn is_there(field: &str) -> Self {
        Self {
            field: field.to_owned(),
            lookup: Lookup::IsNull,
            operands: vec![Expression::Value(Literal::Boolean(false))],
        }
    }
}

impl Condition {
    /// Calls `visit` with the name of every field.
    pub fn visit_fields(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::Xor(parts) => {
                for part in parts {
                    part.visit_fields(visit);
                }
            }
            Self::Not(part) => part.visit_fields(visit),
            Self::Compare(comparison) => {
                visit(&mut comparison.field);
                for operand in &mut comparison.operands {
                    operand.visit_fields(visit);
                }
            }
            Self::Holds(expression) => expression.visit_fields(visit),
        }
    }

    /// Gives the field `old` the name `new`.
    pub fn rename_field(&mut self, old: &str, new: &str) {
        self.visit_fields(&mut |name| rename(name, old, new));
    }

    /// Whether it has to do with the field `name`.
    pub fn names(&self, name: &str) -> bool {
        let mut found = false;
        self.clone()
            .visit_fields(&mut |field| found |= field == name);
        found
    }

    /// The names of the fields it has to do with.
    pub fn fields(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.clone()
            .visit_fields(&mut |field| found.push(field.clone()));
        found
    }
}

impl Expression {
    /// Calls `visit` with the name of every field.
    pub fn visit_fields(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::F(name) => visit(name),
            // What only a query computes names fields of rows, not of a schema.
            Self::Value(_) | Self::Parameter(_) | Self::Query(_) => {}
            Self::Function(_, arguments) | Self::Combined(_, arguments) => {
                for argument in arguments {
                    argument.visit_fields(visit);
                }
            }
            Self::Cast(inner, _) | Self::Collate(inner, _) => inner.visit_fields(visit),
            Self::Case { cases, default } => {
                for (condition, value) in cases {
                    condition.visit_fields(visit);
                    value.visit_fields(visit);
                }
                if let Some(value) = default {
                    value.visit_fields(visit);
                }
            }
            Self::Q(condition) => condition.visit_fields(visit),
        }
    }

    /// Gives the field `old` the name `new`.
    pub fn rename_field(&mut self, old: &str, new: &str) {
        self.visit_fields(&mut |name| rename(name, old, new));
    }

    /// The names of the fields it has to do with.
    pub fn fields(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.clone()
            .visit_fields(&mut |field| found.push(field.clone()));
        found
    }
}

fn rename(name: &mut String, old: &str, new: &str) {
    if name == old {
        new.clone_into(name);
    }
}
