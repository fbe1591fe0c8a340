//! What views and the code of a project tell the site, and what they are told.

use crate::templates::Context;
use crate::templates::value::Value;

/// A user whom a backend of the project let in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuthenticatedKey {
    /// The key, as sessions write it.
    pub key: String,
    /// The dotted name of the backend.
    pub backend: String,
}

/// What happens on a page of accounts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AccountEvent {
    /// Somebody logged in.
    LoggedIn,
    /// Somebody logged out.
    LoggedOut,
    /// Nobody was let in.
    LoginFailed,
}

/// What a project adds to a page.
#[derive(Debug, Default)]
pub struct PageAddition {
    /// The names that its context processors give.
    pub context: Context,
    /// The request as its code sees it, with what its middleware has set on it.
    pub request: Option<Value>,
}

/// What a view asks of the middleware around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViewMarks {
    /// It takes forms without the secret of this site (Django's `csrf_exempt`).
    pub is_csrf_exempt: bool,
    /// It is for visitors, too, where the middleware `login_required` asks for a login everywhere (Django's `login_not_required`).
    pub is_open: bool,
    /// An address without a slash at its end does not lead to it (Django's `no_append_slash`).
    pub has_no_slash_added: bool,
}

impl ViewMarks {
    /// Those of a page that visitors see before they have logged in.
    pub fn open() -> Self {
        Self {
            is_open: true,
            ..Self::default()
        }
    }
}
