//! Indexes as their statements declare them.

use crate::db::introspection::TableIndex;
use crate::db::is_made_index_name;
use crate::inspectdb::sql::{Token, closing, split, tokens};

/// The longest name an index may have.
const INDEX_NAME: usize = 30;

/// An index, taken apart.
#[derive(Clone, Debug)]
pub(super) struct IndexDefinition {
    pub(super) parts: Vec<Vec<Token>>,
    /// What stands behind `WHERE`.
    pub(super) condition: Option<Vec<Token>>,
}

impl IndexDefinition {
    /// Reads `CREATE INDEX`; none for an index that a table's own declaration made.
    pub(super) fn of(index: &TableIndex) -> Option<Self> {
        let all = tokens(&index.sql);
        let on = all.iter().position(|token| token.is("ON"))?;
        let open = on + all[on..].iter().position(|token| token.is("("))?;
        let end = closing(&all, open)?;
        let parts = split(&all[open + 1..end]).into_iter();
        let condition = match &all[end + 1..] {
            [first, rest @ ..] if first.is("WHERE") => Some(rest.to_vec()),
            _ => None,
        };
        Some(Self {
            parts: parts.map(<[Token]>::to_vec).collect(),
            condition,
        })
    }

    /// The columns, each with whether it runs backwards, if it has columns alone.
    pub(super) fn columns(&self) -> Option<Vec<(&str, bool)>> {
        let column = |part: &'_ Vec<Token>| match part.as_slice() {
            [_] => Some(false),
            [_, order] if order.is("ASC") => Some(false),
            [_, order] if order.is("DESC") => Some(true),
            _ => None,
        };
        let parts = self.parts.iter();
        let parts = parts.map(|part| Some((part[0].name()?, column(part)?)));
        parts.collect()
    }

    /// The column of an index that the option of a field can stand for.
    pub(super) fn only_column(&self) -> Option<&str> {
        match self.columns()?.as_slice() {
            [(column, false)] if self.condition.is_none() => Some(column),
            _ => None,
        }
    }
}

/// Whether the option of a field stands for the index: one over a column, of no name of its own.
pub(super) fn is_field_index(index: &TableIndex, column: &str) -> bool {
    let declared = IndexDefinition::of(index);
    let only = declared.as_ref().and_then(IndexDefinition::only_column);
    !index.unique && only == Some(column) && is_made_index_name(&index.name)
}

/// Whether an index of a model can have this name.
pub(super) fn is_valid_index_name(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    starts_well && name.chars().count() <= INDEX_NAME
}
