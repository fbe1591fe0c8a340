//! The generic views: pages of rows that `urls.toml` declares.
//!
//! * `model_view` is what they have in common: the model and which of its rows are meant, the template by
//!   convention (`posts/post_list.html`), `context`.
//! * `list` shows rows in pages, `detail` shows one, in the version that the browser does not have (`row_version`), `archive` those of a year, a month, a week or a day.
//! * `create`, `update` and `delete` write rows: `form_definition` finds their form, `row_form` opens, checks and saves it;
//!   `inlines` are the rows that belong to it, `initial` is what it starts with, `assigned` what the site sets, `success`
//!   where it leads.
//! * `form_set` writes several rows on one page.
//! * `form` is any other page with a form; `form_mail` is what a form sends.

mod archive;
mod archive_period;
mod assigned;
mod create;
mod delete;
mod detail;
mod form;
mod form_definition;
mod form_mail;
mod form_set;
mod format_fields;
mod format_string;
mod initial;
mod inlines;
mod list;
mod list_order;
mod list_search;
mod model_view;
mod page;
mod row_form;
mod row_version;
mod set_field;
mod single_object;
mod success;
mod update;
mod value_source;

pub(crate) use set_field::SetField;

use crate::views::RegisteredView;

/// The generic views.
pub const VIEWS: &[RegisteredView] = &[
    ("generic.list", list::build),
    ("generic.detail", detail::build),
    ("generic.archive", archive::build),
    ("generic.create", create::build),
    ("generic.update", update::build),
    ("generic.delete", delete::build),
    ("generic.form", form::build),
    ("generic.formset", form_set::build),
];
