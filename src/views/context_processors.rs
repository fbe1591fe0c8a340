//! The names that every page knows: `request`, `user`, `perms`, `csrf_input`, `csrf_token`, `messages`, `site`,
//! `can_sign_up`, as far as `[templates] context_processors` asks for them; and `admin_site`, how the admin looks.

use std::sync::Arc;

use crate::settings::ContextProcessor;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::request_value::RequestValue;
use crate::views::{Request, permissions};

/// The names that every page of `request` knows; `own` is the request as the code of the project sees it.
pub(super) fn page_context(request: &Request<'_>, own: Option<&Value>) -> Context {
    let mut context = Context::default();
    context.set("admin_site", request.state.admin_site.clone());
    for processor in &request.state.settings.templates.context_processors {
        match processor {
            ContextProcessor::Request => {
                let value = RequestValue::new(request, user(request), own.cloned());
                context.set("request", Value::from_object(value));
            }
            processor => process(&mut context, processor, request),
        }
    }
    context
}

fn process(context: &mut Context, processor: &ContextProcessor, request: &Request<'_>) {
    let settings = &request.state.settings;
    match processor {
        ContextProcessor::Auth => auth(context, request),
        ContextProcessor::Csrf => csrf(context, request),
        ContextProcessor::Debug => context.set("debug", settings.project.debug),
        ContextProcessor::Media => context.set("MEDIA_URL", settings.media.url.as_str()),
        ContextProcessor::Messages => {
            if let Some(messages) = &request.messages {
                context.set("messages", Value::from_dyn_object(Arc::clone(messages)));
            }
        }
        // The project adds its own itself, and the request was set above.
        ContextProcessor::Request | ContextProcessor::Own(_) => {}
        ContextProcessor::Site => {
            context.set("site", request.state.site_settings.clone());
            context.set("can_sign_up", can_sign_up(request));
        }
        ContextProcessor::Static => {
            context.set("STATIC_URL", settings.static_files.url.as_str());
        }
        ContextProcessor::Tz => context.set("TIME_ZONE", settings.project.time_zone.name()),
    }
}

fn user(request: &Request<'_>) -> Value {
    let user = request.user.as_ref();
    user.map_or_else(Value::default, |user| {
        Value::from_dyn_object(Arc::clone(user))
    })
}

fn auth(context: &mut Context, request: &Request<'_>) {
    context.set("user", user(request));
    if let Some(user) = &request.user {
        context.set("perms", permissions::perms(user));
    }
}

fn csrf(context: &mut Context, request: &Request<'_>) {
    if let Some(csrf) = &request.csrf {
        let (for_input, for_token) = (Arc::clone(csrf), Arc::clone(csrf));
        context.set_lazy("csrf_input", move || for_input.input());
        context.set_lazy("csrf_token", move || Value::from(for_token.token()));
    }
}

/// Whether visitors may make accounts, and there is a page for it.
fn can_sign_up(request: &Request<'_>) -> bool {
    request.state.settings.auth.signup && request.urls.names().any(|name| name == "signup")
}
