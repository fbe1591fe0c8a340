//! A request as templates see it, under Django's names.

use std::fmt;
use std::sync::Arc;

use crate::http::{Headers, QueryDict};
use crate::templates::value::{
    Enumerator, Error, Object, ObjectRepr, State, Value, unknown_method,
};
use crate::urls::UrlArgument;
use crate::views::Request;
use crate::views::page_visit::ReadHeaders;

impl From<&UrlArgument> for Value {
    fn from(argument: &UrlArgument) -> Self {
        match argument {
            UrlArgument::Integer(number) => Self::from(*number),
            UrlArgument::Text(text) => Self::from(text.as_str()),
            UrlArgument::Boolean(value) => Self::from(*value),
        }
    }
}

/// Whether `value` is a request as templates see it.
pub fn is_request(value: &Value) -> bool {
    value.downcast_object_ref::<RequestValue>().is_some()
}

/// A request as templates see it, under Django's names.
#[derive(Debug)]
pub(super) struct RequestValue {
    method: String,
    path: String,
    full_path: String,
    host: String,
    scheme: &'static str,
    query: Value,
    form: Value,
    headers: HeadersValue,
    user: Value,
    /// The request as the code of the project sees it, which knows all else.
    own: Option<Value>,
}

impl RequestValue {
    pub(super) fn new(request: &Request<'_>, user: Value, own: Option<Value>) -> Self {
        Self {
            own,
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
            headers: HeadersValue {
                headers: request.headers.clone(),
                read: request
                    .page
                    .as_ref()
                    .map(|page| Arc::clone(&page.read_headers)),
            },
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
            "headers" => Value::from_object(self.headers.clone()),
            "user" => self.user.clone(),
            _ => return self.own.as_ref()?.get_item(key).ok(),
        })
    }

    fn call_method(
        self: &Arc<Self>,
        state: &mut State<'_, '_>,
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
            _ => match &self.own {
                Some(own) => own.call_method(state, method, args),
                None => Err(unknown_method("request", method)),
            },
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
#[derive(Clone, Debug)]
struct HeadersValue {
    headers: Headers,
    /// Remembers what is read, where the page is kept for others.
    read: Option<Arc<ReadHeaders>>,
}

impl Object for HeadersValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        if let Some(read) = &self.read {
            read.add(name);
        }
        self.headers.get(name).map(Value::from)
    }
}
