//! How the list of a model's rows is shown: the options of `ModelAdmin` that concern its change list.

use std::num::NonZeroU64;

use crate::admin::options::{Column, ListFilter};
use crate::models::expression::OrderTerm;
use crate::views::SearchField;

/// The options of a list.
#[derive(Clone, Debug)]
pub(in crate::admin) struct ListOptions {
    /// Its columns: `list_display`.
    pub(in crate::admin) columns: Vec<Column>,
    /// The names of the columns that lead to the form of a row: `list_display_links`.
    pub(in crate::admin) links: Vec<String>,
    /// `list_filter`.
    pub(in crate::admin) filters: Vec<ListFilter>,
    /// `search_fields`.
    pub(in crate::admin) search: Vec<SearchField>,
    /// `search_help_text`.
    pub(in crate::admin) search_help_text: String,
    /// `ordering`.
    pub(in crate::admin) ordering: Vec<OrderTerm>,
    /// How many rows a page has: `list_per_page`.
    pub(in crate::admin) per_page: NonZeroU64,
    /// How many rows are shown at most where all are asked for: `list_max_show_all`.
    pub(in crate::admin) max_show_all: u64,
    /// Whether all rows are counted beside those that were filtered: `show_full_result_count`.
    pub(in crate::admin) show_full_result_count: bool,
}

/// A column that rows are sorted by, as a person chose it: the number of the column from 1, and whether downwards.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::admin) struct SortKey {
    /// The number of the column, from 1.
    pub(in crate::admin) column: usize,
    /// Whether the last comes first.
    pub(in crate::admin) is_descending: bool,
}

impl SortKey {
    /// The keys of the parameter `o`: `2.-1`; what is not a column of `columns` is left out.
    pub(in crate::admin) fn parse(text: &str, columns: usize) -> Vec<Self> {
        let keys = text.split('.').filter_map(|part| {
            let number = part.strip_prefix('-');
            let column = number.unwrap_or(part).parse().ok()?;
            let key = Self {
                column,
                is_descending: number.is_some(),
            };
            (1..=columns).contains(&column).then_some(key)
        });
        keys.collect()
    }

    /// The key as the parameter holds it.
    pub(in crate::admin) fn text(self) -> String {
        let sign = if self.is_descending { "-" } else { "" };
        format!("{sign}{}", self.column)
    }
}
