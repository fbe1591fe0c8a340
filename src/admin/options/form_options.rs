//! How the form of a row is shown: the options of `ModelAdmin` that concern its add and change pages.

use std::sync::Arc;

use crate::admin::options::{AdminTemplate, FieldOptions};
use crate::forms::FormDefinition;

/// The options of a form.
#[derive(Clone, Debug)]
pub(in crate::admin) struct FormOptions {
    /// The fields that can be changed, in the order of the page.
    pub(in crate::admin) definition: Arc<FormDefinition>,
    /// What stands on the page, part by part: `fieldsets`, or `fields` as the only one.
    pub(in crate::admin) fieldsets: Vec<Fieldset>,
    /// What is said of single fields.
    pub(in crate::admin) fields: FieldOptions,
    /// Whether a row can be saved as a new one: `save_as`.
    pub(in crate::admin) save_as: bool,
    /// Whether the form of that row follows, in place of the list: `save_as_continue`.
    pub(in crate::admin) save_as_continue: bool,
    /// Whether the buttons stand above the form, too: `save_on_top`.
    pub(in crate::admin) save_on_top: bool,
    /// Where the link to the page of a row on the site leads: `view_on_site`.
    pub(in crate::admin) view_on_site: ViewOnSite,
}

/// Where the link to the page of a row on the site leads.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::admin) enum ViewOnSite {
    /// There is no such link.
    No,
    /// To the `url` of the model, if it has one.
    ModelUrl,
    /// To the path that a template writes whose names are those of the row.
    Template(AdminTemplate),
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
