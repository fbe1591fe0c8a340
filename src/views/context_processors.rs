//! The names that every page knows: `request`, `user`, `perms`, `csrf_input`, `csrf_token`, `messages`, `site`, `can_sign_up`.

use std::sync::Arc;

use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::request_value::RequestValue;
use crate::views::{Request, permissions};

/// The names that every page of `request` knows.
pub(super) fn page_context(request: &Request<'_>) -> Context {
    let mut context = Context::default();
    context.set("site", request.state.site_settings.clone());
    context.set("can_sign_up", can_sign_up(request));
    context.set("debug", request.state.settings.project.debug);
    let user = request.user.as_ref();
    let user = user.map_or_else(Value::default, |user| {
        Value::from_dyn_object(Arc::clone(user))
    });
    context.set("user", user.clone());
    if let Some(user) = &request.user {
        context.set("perms", permissions::perms(user));
    }
    if let Some(messages) = &request.messages {
        context.set("messages", Value::from_dyn_object(Arc::clone(messages)));
    }
    if let Some(csrf) = &request.csrf {
        let (for_input, for_token) = (Arc::clone(csrf), Arc::clone(csrf));
        context.set_lazy("csrf_input", move || for_input.input());
        context.set_lazy("csrf_token", move || Value::from(for_token.token()));
    }
    context.set(
        "request",
        Value::from_object(RequestValue::new(request, user)),
    );
    context
}

/// Whether visitors may make accounts, and there is a page for it.
fn can_sign_up(request: &Request<'_>) -> bool {
    request.state.settings.auth.signup && request.urls.names().any(|name| name == "signup")
}
