//! How the form of a row is shown: the options of `ModelAdmin` that concern its add and change pages.

use std::sync::Arc;

use crate::admin::options::Column;
use crate::forms::FormDefinition;

/// The options of a form.
#[derive(Clone, Debug)]
pub(in crate::admin) struct FormOptions {
    /// The fields that can be changed, in the order of the page.
    pub(in crate::admin) definition: Arc<FormDefinition>,
    /// What stands on the page, part by part: `fieldsets`, or `fields` as the only one.
    pub(in crate::admin) fieldsets: Vec<Fieldset>,
    /// What is shown and cannot be changed: `readonly_fields`.
    pub(in crate::admin) readonly: Vec<Column>,
    /// Whether the buttons stand above the form, too: `save_on_top`.
    pub(in crate::admin) save_on_top: bool,
    /// Whether a row with a page on the site has a link to it: `view_on_site`.
    pub(in crate::admin) view_on_site: bool,
}

/// A part of a form.
#[derive(Clone, Debug, Default)]
pub(in crate::admin) struct Fieldset {
    /// What stands above it; none for nothing.
    pub(in crate::admin) name: Option<String>,
    /// What is said of it.
    pub(in crate::admin) description: String,
    /// Whether it is folded away until a person opens it.
    pub(in crate::admin) is_collapsed: bool,
    /// Its lines.
    pub(in crate::admin) rows: Vec<FormRow>,
}

/// The names of fields that stand on one line of a form.
pub(in crate::admin) type FormRow = Vec<String>;
