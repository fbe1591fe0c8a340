//! The views of accounts.
//!
//! Each shows a [`account_page::Page`], and most a form on it; what is sent is cleaned by `forms`, and what
//! only the database knows is added by the view. None of their pages is kept by a cache.

mod account_page;
pub(super) mod done;
pub(super) mod login;
pub(super) mod logout;
pub(super) mod password_change;
mod password_fields;
pub(super) mod password_reset;
pub(super) mod reset_confirm;
mod reset_mail;
pub(super) mod signup;
mod success_url;
mod throttle;
