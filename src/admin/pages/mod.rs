//! The pages of the admin.
//!
//! * An [`AdminView`] lets staff in and hands an [`AdminRequest`] to an [`AdminPage`]; `page_context` is what every
//!   template of the admin knows, and `admin_render` finds the template of the model, of its app, or of all.
//! * `index` are the models; `change_list` the rows of one; `change_form` adds and changes one; `delete` and `history` are
//!   what else is done with it, `deletion` what goes with rows. `autocomplete` finds the rows that a relation may refer to,
//!   and `popup` tells another page of a row. `users` makes users and sets their passwords.

mod admin_render;
mod admin_view;
mod autocomplete;
mod change_form;
mod change_list;
mod delete;
mod deletion;
mod history;
mod index;
mod not_found;
mod page_context;
mod popup;
mod preserved_filters;
mod row_lookup;
mod theme;
mod users;

pub(super) use admin_view::{AdminPage, AdminRequest, AdminView};
pub(super) use autocomplete::AutocompletePage;
pub(super) use change_form::{ChangeFormPage, RedirectToChangePage};
pub(super) use change_list::ChangeListPage;
pub(super) use delete::DeletePage;
pub(super) use history::HistoryPage;
pub(super) use index::{AppIndexPage, IndexPage};
pub(super) use not_found::NotFoundPage;
pub(super) use popup::POPUP;
pub(super) use row_lookup::has_composite_key;
pub(super) use theme::ThemeView;
pub(super) use users::{AddUserPage, UserPasswordPage};
