//! The generic views: pages of rows that `urls.toml` declares.
//!
//! * `model_view` is what they have in common: the model and which of its rows are meant, the template by
//!   convention (`posts/post_list.html`), `context`.
//! * `list` shows rows in pages, `detail` shows one, `archive` those of a year, a month, a week or a day.

mod archive;
mod archive_period;
mod detail;
mod list;
mod list_order;
mod list_search;
mod model_view;
mod single_object;

use crate::views::RegisteredView;

/// The generic views.
pub const VIEWS: &[RegisteredView] = &[
    ("generic.list", list::build),
    ("generic.detail", detail::build),
    ("generic.archive", archive::build),
];
