//! The views of accounts.
//!
//! Each shows a [`page::Page`], and most a form on it; what is sent is cleaned by `forms`, and what
//! only the database knows is added by the view. None of their pages is kept by a cache.

pub(super) mod done;
pub(super) mod login;
pub(super) mod logout;
mod page;
pub(super) mod password_change;
pub(super) mod password_reset;
mod passwords;
pub(super) mod reset_confirm;
mod reset_mail;
pub(super) mod signup;
mod target;
mod throttle;
