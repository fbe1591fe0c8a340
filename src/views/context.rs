//! The names that every page knows: `request`, `user`, `perms`, `csrf_input`, `csrf_token`, `messages`, `site`, `can_sign_up`.

use std::fmt;
use std::sync::Arc;

use crate::http::{self, QueryDict};
use crate::templates::Context;
use crate::templates::value::{
    Enumerator, Error, Object, ObjectRepr, State, Value, unknown_method,
};
use crate::urls::Argument;
use crate::views::{AppState, Request, permissions};

/// The names that every page of `request` knows.
pub(super) fn of(request: &Request<'_>) -> Context {
    let mut context = Context::default();
    context.set("site", request.state.site_settings.clone());
    context.set("can_sign_up", can_sign_up(request.state));
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
fn can_sign_up(site: &AppState) -> bool {
    site.settings.auth.signup && site.urls().names().any(|name| name == "signup")
}

impl From<&Argument> for Value {
    fn from(argument: &Argument) -> Self {
        match argument {
            Argument::Integer(number) => Self::from(*number),
            Argument::Text(text) => Self::from(text.as_str()),
            Argument::Boolean(value) => Self::from(*value),
        }
    }
}

/// A request as templates see it, under Django's names.
#[derive(Debug)]
struct RequestValue {
    method: String,
    path: String,
    full_path: String,
    host: String,
    scheme: &'static str,
    query: Value,
    form: Value,
    headers: http::Headers,
    user: Value,
}

impl RequestValue {
    fn new(request: &Request<'_>, user: Value) -> Self {
        Self {
            method: request.method.as_str().to_owned(),
            path: request.path.clone(),
            full_path: request.full_path(),
            host: request.host.clone(),
            scheme: request.scheme(),
            query: fields(request.get().unwrap_or_default()),
            form: fields(
                request
                    .post()
                    .map_or_else(|_| QueryDict::default(), |form| (*form).clone()),
            ),
            headers: request.headers.clone(),
            user,
        }
    }

    fn absolute(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.host)
    }
}

impl Object for RequestValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "method" => Value::from(self.method.as_str()),
            "path" | "path_info" => Value::from(self.path.as_str()),
            "full_path" => Value::from(self.full_path.as_str()),
            "host" => Value::from(self.host.as_str()),
            "scheme" => Value::from(self.scheme),
            "GET" => self.query.clone(),
            "POST" => self.form.clone(),
            "headers" => Value::from_object(HeadersValue(self.headers.clone())),
            "user" => self.user.clone(),
            _ => return None,
        })
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        match method {
            "get_full_path" => Ok(Value::from(self.full_path.as_str())),
            "get_host" => Ok(Value::from(self.host.as_str())),
            "is_secure" => Ok(Value::from(self.scheme == "https")),
            "build_absolute_uri" => {
                let path = args.first().and_then(Value::as_str);
                Ok(Value::from(self.absolute(path.unwrap_or(&self.full_path))))
            }
            _ => Err(unknown_method("request", method)),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<Request: {} '{}'>", self.method, self.path)
    }
}

fn fields(fields: QueryDict) -> Value {
    Value::from_object(FieldsValue(fields))
}

#[derive(Debug)]
struct FieldsValue(QueryDict);

impl Object for FieldsValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).map(Value::from)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| name).collect();
        names.dedup();
        Enumerator::Values(names.into_iter().map(Value::from).collect())
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let name = args.first().and_then(Value::as_str).unwrap_or_default();
        match method {
            "get" => {
                let default = args.get(1).cloned().unwrap_or_else(|| Value::from(()));
                Ok(self.0.get(name).map_or(default, Value::from))
            }
            "getlist" => Ok(self.0.get_all(name).map(Value::from).collect()),
            "urlencode" => Ok(Value::from(self.encoded())),
            _ => Err(unknown_method("request.GET", method)),
        }
    }
}

impl FieldsValue {
    fn encoded(&self) -> String {
        use crate::http::percent::{encode, safe};
        let pair = |(name, value)| {
            format!(
                "{}={}",
                encode(name, safe::NOTHING),
                encode(value, safe::NOTHING)
            )
        };
        self.0.iter().map(pair).collect::<Vec<_>>().join("&")
    }
}

/// Header fields, looked up without case.
#[derive(Debug)]
struct HeadersValue(http::Headers);

impl Object for HeadersValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).map(Value::from)
    }
}
