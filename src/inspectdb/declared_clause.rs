//! A piece of SQL in the definition of a table, compared by what it means.

use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::options::written;
use crate::inspectdb::sql::Token;
use crate::inspectdb::sql_to_model::SqlToModel;
use crate::models::expression::{Condition, Expression, IndexExpression};

/// A condition or an expression of a table.
#[derive(Clone, Debug)]
pub struct DeclaredClause {
    /// Its SQL.
    pub sql: String,
    tokens: Vec<Token>,
    meaning: Option<ClauseMeaning>,
}

/// What a clause says in terms of a model.
#[derive(Clone, Debug, PartialEq)]
enum ClauseMeaning {
    Condition(Condition),
    Value(Expression),
    Part(IndexExpression),
}

impl DeclaredClause {
    /// A condition over the columns of `fields`.
    pub(super) fn condition(tokens: &[Token], fields: &[InspectedField]) -> Self {
        let condition = SqlToModel::new(fields).condition(tokens);
        Self::new(tokens, condition.map(ClauseMeaning::Condition))
    }

    /// What a column is computed from.
    pub(super) fn value(tokens: &[Token], fields: &[InspectedField]) -> Self {
        let value = SqlToModel::new(fields).expression(tokens);
        Self::new(tokens, value.map(ClauseMeaning::Value))
    }

    /// A default, which means `value` if anything that a model can say.
    pub(super) fn default(tokens: &[Token], value: Option<Expression>) -> Self {
        Self::new(tokens, value.map(ClauseMeaning::Value))
    }

    /// A part of an index.
    pub(super) fn part(tokens: &[Token], fields: &[InspectedField]) -> Self {
        let part = SqlToModel::new(fields).part(tokens);
        let part = part.map(|part| IndexExpression {
            // Forwards is the way without a word.
            descending: part.descending.filter(|descending| *descending),
            ..part
        });
        Self::new(tokens, part.map(ClauseMeaning::Part))
    }

    fn new(tokens: &[Token], meaning: Option<ClauseMeaning>) -> Self {
        Self {
            sql: written(tokens),
            tokens: tokens.iter().map(Token::normalized).collect(),
            meaning,
        }
    }

    /// Whether a model could say the same.
    pub fn is_sayable(&self) -> bool {
        self.meaning.is_some()
    }

    /// Whether both mean the same, or are written in the same way.
    pub fn is_same(&self, other: &Self) -> bool {
        let by_meaning = self.meaning.is_some() && self.meaning == other.meaning;
        by_meaning || self.tokens == other.tokens
    }
}
