//! How the list of a model's rows is shown: the options of `ModelAdmin` that concern its change list.

use std::num::NonZeroU64;
use std::sync::Arc;

use crate::admin::options::{Column, ListAction, ListFilter};
use crate::forms::FormSetDefinition;
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
    /// The fields that are changed in the list itself: `list_editable`; none where there are none.
    pub(in crate::admin) editable: Option<EditableFields>,
    /// The field whose years, months and days lead through the rows: `date_hierarchy`.
    pub(in crate::admin) date_hierarchy: Option<DateHierarchy>,
    /// The relations whose rows are read along beside those of the columns: `list_select_related`.
    pub(in crate::admin) select_related: Vec<String>,
    /// Whether choices of filters tell how many rows they leave: `show_facets`.
    pub(in crate::admin) facets: ShowFacets,
    /// Whether the form of a row leads back to the same part of the list: `preserve_filters`.
    pub(in crate::admin) preserve_filters: bool,
    /// What can be done with the rows that were chosen.
    pub(in crate::admin) actions: ActionOptions,
}

/// The fields that are changed in a list.
#[derive(Clone, Debug)]
pub(in crate::admin) struct EditableFields {
    /// Their names.
    pub(in crate::admin) names: Vec<String>,
    /// A form with them for each row.
    pub(in crate::admin) set: Arc<FormSetDefinition>,
}

/// A field of days or moments.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::admin) struct DateHierarchy {
    /// Its path.
    pub(in crate::admin) path: String,
    /// Whether it holds moments rather than days.
    pub(in crate::admin) is_moment: bool,
}

/// When choices of filters tell how many rows they leave (`ShowFacets`).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::admin) enum ShowFacets {
    /// Never.
    Never,
    /// Where a person asks for it.
    #[default]
    Allow,
    /// Always.
    Always,
}

impl ShowFacets {
    /// All of them, by name.
    pub(in crate::admin) const ALL: [(&'static str, Self); 3] = [
        ("never", Self::Never),
        ("allow", Self::Allow),
        ("always", Self::Always),
    ];
}

/// What can be done with the rows that were chosen, and where that is offered.
#[derive(Clone, Debug, Default)]
pub(in crate::admin) struct ActionOptions {
    /// The actions: those of all models first.
    pub(in crate::admin) actions: Vec<ListAction>,
    /// Whether they are offered above the list: `actions_on_top`.
    pub(in crate::admin) on_top: bool,
    /// Whether they are offered below the list: `actions_on_bottom`.
    pub(in crate::admin) on_bottom: bool,
    /// Whether the chosen rows are counted: `actions_selection_counter`.
    pub(in crate::admin) has_counter: bool,
    /// The paths whose values a file of rows has: `export_fields`.
    pub(in crate::admin) export_fields: Vec<String>,
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
