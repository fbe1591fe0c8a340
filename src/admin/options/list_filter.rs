//! What a list can be narrowed by: `list_filter`.

use crate::models::expression::Condition;

/// A filter beside a list.
#[derive(Clone, Debug)]
pub(in crate::admin) struct ListFilter {
    /// What stands above its choices: `By status`.
    pub(in crate::admin) title: String,
    /// The path of the field, which its parameters begin with; the name of one with choices of its own.
    pub(in crate::admin) path: String,
    /// What can be chosen.
    pub(in crate::admin) kind: ListFilterKind,
}

/// What can be chosen of a filter (`django.contrib.admin.filters`).
#[derive(Clone, Debug)]
pub(in crate::admin) enum ListFilterKind {
    /// Yes or no, and unknown where the field may be empty.
    Boolean,
    /// One of the choices of the field.
    Choices,
    /// A row of the model that the field refers to.
    Related {
        /// Whether only rows that are referred to can be chosen (`RelatedOnlyFieldListFilter`).
        is_only_used: bool,
    },
    /// Today, this week, this month, this year.
    Date,
    /// Empty or not (`EmptyFieldListFilter`).
    Empty,
    /// One of all values that there are (`AllValuesFieldListFilter`).
    AllValues,
    /// Whether the field is null (`__isnull`).
    IsNull,
    /// From one value to another.
    Range,
    /// Choices of the file's own (`SimpleListFilter`).
    Own(Vec<FilterChoice>),
}

/// A choice that `admin.toml` declares.
#[derive(Clone, Debug)]
pub(in crate::admin) struct FilterChoice {
    /// The value in the address.
    pub(in crate::admin) value: String,
    /// What people read.
    pub(in crate::admin) label: String,
    /// Which rows it leaves.
    pub(in crate::admin) condition: Condition,
}
