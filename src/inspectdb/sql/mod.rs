//! The expressions of SQL, as far as a model can say them.

mod like;
mod parse;
mod token;

pub(super) use like::{LIKE_ESCAPE, affixes, ends, unescaped};
pub(super) use parse::parse;
pub(super) use token::{Token, closing, default_tokens, split, tokens};

use crate::models::Literal;

/// An expression, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sql {
    Column(String),
    Value(Literal),
    Null,
    /// A function by its name in upper case.
    Call(String, Vec<Self>),
    /// A value and the type it is made.
    Cast(Box<Self>, String),
    Collate(Box<Self>, String),
    /// Conditions and values, and the value where none holds.
    Case(Vec<(Self, Self)>, Option<Box<Self>>),
    /// An operator in upper case and its sides.
    Binary(String, Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// Whether there is no value: `true` for `IS NULL`.
    IsNull(Box<Self>, bool),
    In(Box<Self>, Vec<Self>),
    Between(Box<Self>, Box<Self>, Box<Self>),
}
