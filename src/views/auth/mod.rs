//! The views of accounts.
//!
//! Each shows a [`account_page::Page`], and most a form on it; what is sent is cleaned by `forms`, and what
//! only the database knows is added by the view. None of their pages is kept by a cache.

mod account_page;
mod done;
mod login;
mod logout;
mod password_change;
mod password_fields;
mod password_reset;
mod reset_confirm;
mod reset_mail;
mod signup;
mod success_url;
mod throttle;

use crate::views::RegisteredView;

/// The views of accounts.
pub const VIEWS: &[RegisteredView] = &[
    ("auth.login", login::build),
    ("auth.logout", logout::build),
    ("auth.signup", signup::build),
    ("auth.password_change", password_change::build),
    ("auth.password_change_done", done::password_change),
    ("auth.password_reset", password_reset::build),
    ("auth.password_reset_done", done::password_reset),
    ("auth.password_reset_confirm", reset_confirm::build),
    ("auth.password_reset_complete", done::reset_complete),
];
