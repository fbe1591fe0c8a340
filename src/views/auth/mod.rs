//! The views of accounts.
//!
//! Each shows an [`account_page::AccountPage`]. Those with a form on it are a [`form_view::FormView`]: what is
//! sent is cleaned by `forms`, and what only the database knows is added by the view. None of their
//! pages is kept by a cache.

mod account_page;
mod done;
mod form_view;
mod login;
mod logout;
mod password_change;
mod password_fields;
mod password_reset;
mod reset_confirm;
mod reset_mail;
mod signup;
mod signup_form;
mod success_url;
mod throttle;

use crate::views::RegisteredView;

pub(crate) use password_change::keep_session;
pub(crate) use password_fields::{PasswordFields, hash as hash_password};

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
