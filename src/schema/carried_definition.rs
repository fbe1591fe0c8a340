//! What a table is made with beyond what its model declares.

use std::collections::{BTreeMap, BTreeSet};

use crate::db::DefinitionPart;

/// What a table is made with beyond what its model declares.
#[derive(Debug, Default)]
pub(super) struct CarriedDefinition {
    /// The definitions of columns that promise more than the model, by the column's name.
    pub(super) columns: BTreeMap<String, String>,
    /// The columns among these that the database computes, and no model says how; in lower case.
    pub(super) generated: BTreeSet<String>,
    /// The key of a model whose table has none, and numbers its rows by that name; in lower case.
    pub(super) row_number: Option<String>,
    /// The columns that the model does not have.
    pub(super) extra_columns: Vec<ExtraColumn>,
    /// Constraints that the model does not have.
    pub(super) constraints: Vec<String>,
    /// The options of the table, such as `STRICT`.
    pub(super) options: String,
}

/// A column that the model does not have.
#[derive(Debug)]
pub(super) struct ExtraColumn {
    pub(super) name: String,
    /// Its definition.
    pub(super) sql: String,
    /// Whether the database computes it.
    pub(super) generated: bool,
}

impl CarriedDefinition {
    /// Whether there is nothing beyond the model.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
            && self.extra_columns.is_empty()
            && self.constraints.is_empty()
            && self.options.is_empty()
    }

    /// Whether the database computes the column, though its field does not say so.
    pub(super) fn is_generated(&self, column: &str) -> bool {
        self.generated.contains(&column.to_lowercase())
    }

    /// Whether the table has no such column, though its model does.
    pub(super) fn is_row_number(&self, column: &str) -> bool {
        let name = self.row_number.as_ref();
        name.is_some_and(|name| name.eq_ignore_ascii_case(column))
    }

    /// Its parts that name one of `columns`, or else all of it, for people.
    pub(super) fn sql_naming(&self, columns: &[String]) -> String {
        let parts = self.parts();
        let names = |part: &&&str| {
            let words = DefinitionPart::of(part);
            columns
                .iter()
                .any(|column| words.has_word(&column.to_lowercase()))
        };
        let naming: Vec<_> = parts.iter().filter(names).copied().collect();
        let shown = if naming.is_empty() { parts } else { naming };
        shown.join(", ")
    }

    /// What is carried over, each in its own words.
    pub(super) fn parts(&self) -> Vec<&str> {
        let extra = self.extra_columns.iter().map(|column| &column.sql);
        let parts = self.columns.values().chain(extra).chain(&self.constraints);
        let options = Some(&self.options).filter(|options| !options.is_empty());
        parts.chain(options).map(String::as_str).collect()
    }
}
