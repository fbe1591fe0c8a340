//! Rows that are changed on the page of the row that they belong to: `inlines`.

use std::sync::Arc;

use crate::admin::options::{FieldOptions, FormRow};
use crate::forms::FormSetDefinition;

/// The rows of another model on the page of a row.
#[derive(Clone, Debug)]
pub(in crate::admin) struct InlineOptions {
    /// How they are laid out.
    pub(in crate::admin) style: InlineStyle,
    /// What one of them is called.
    pub(in crate::admin) verbose_name: String,
    /// What several are called.
    pub(in crate::admin) verbose_name_plural: String,
    /// The set of their forms.
    pub(in crate::admin) set: Arc<FormSetDefinition>,
    /// The lines of one of them.
    pub(in crate::admin) rows: Vec<FormRow>,
    /// What is said of single fields.
    pub(in crate::admin) fields: FieldOptions,
    /// Whether a row has a link to its own form: `show_change_link`.
    pub(in crate::admin) show_change_link: bool,
    /// Whether they are folded away until a person opens them.
    pub(in crate::admin) is_collapsed: bool,
}

/// How the rows of an inline are laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::admin) enum InlineStyle {
    /// A line for each, below common headers.
    Tabular,
    /// A form for each.
    Stacked,
}
