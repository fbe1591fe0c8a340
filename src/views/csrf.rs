//! The secret that forms of this site know and others do not.

use std::sync::{Mutex, PoisonError};

use crate::crypto::csrf;
use crate::templates::value::Value;

/// A request's secret, made when a page first needs it.
#[derive(Debug, Default)]
pub struct Csrf(Mutex<CsrfState>);

#[derive(Debug, Default)]
struct CsrfState {
    secret: Option<String>,
    needs_cookie: bool,
    /// Why the request is not from this site, where the view is to say so.
    forgery: Option<String>,
}

impl Csrf {
    /// The secret that the cookie held, if it held one.
    pub fn new(secret: Option<String>) -> Self {
        Self(Mutex::new(CsrfState {
            secret,
            ..CsrfState::default()
        }))
    }

    /// Remembers why the request is taken for forged, for a view that asks itself.
    pub(crate) fn set_forgery(&self, reason: String) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.forgery = Some(reason);
    }

    /// Why the request is taken for forged, if it is.
    pub fn forgery(&self) -> Option<String> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.forgery.clone()
    }

    /// A token for a form or a script: the secret under a new mask. The cookie is then sent.
    pub fn token(&self) -> String {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.needs_cookie = true;
        csrf::mask(state.secret.get_or_insert_with(csrf::new_secret))
    }

    /// The token in a form's hidden field.
    pub fn input(&self) -> Value {
        let token = self.token();
        let name = FIELD;
        Value::from_safe_string(format!(
            r#"<input type="hidden" name="{name}" value="{token}">"#
        ))
    }

    /// Changes the secret, so that a token known before a login is of no use after it.
    pub fn rotate(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.secret = Some(csrf::new_secret());
        state.needs_cookie = true;
    }

    /// The secret, if the response is to send it.
    pub fn secret_to_send(&self) -> Option<String> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.secret.clone().filter(|_| state.needs_cookie)
    }
}

/// The name of the form's field.
pub const FIELD: &str = "csrfmiddlewaretoken";
