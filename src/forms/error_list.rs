//! Lists of errors as templates see them.

use std::fmt;
use std::sync::Arc;

use crate::forms::bound_field::{ErrorListStyle, write_errors};
use crate::forms::error::ValidationError;
use crate::json::Json;
use crate::templates::value::{Enumerator, Error, Object, ObjectRepr, State, Value, call_own, map};

/// The errors of a field, or those of no field; a template that prints it gets a list in HTML.
#[derive(Clone, Debug)]
pub struct ErrorList {
    errors: Vec<ValidationError>,
    style: ErrorListStyle,
}

impl ErrorList {
    pub(super) fn new(errors: Vec<ValidationError>, style: ErrorListStyle) -> Self {
        Self { errors, style }
    }

    pub(super) fn to_html(&self) -> String {
        let mut html = String::new();
        write_errors(&mut html, &self.errors, &self.style);
        html
    }

    fn own(&self, name: &str) -> Option<Value> {
        let lines = self.errors.iter();
        let lines = lines.map(|error| format!("* {}", error.message));
        Some(match name {
            "as_ul" | "render" => Value::from_safe_string(self.to_html()),
            "as_text" => Value::from(lines.collect::<Vec<_>>().join("\n")),
            "as_json" => Value::from(json_errors(&self.errors).to_python()),
            "get_json_data" => json_values(&self.errors),
            _ => return None,
        })
    }
}

/// Errors as values: for each its message and its code.
pub(super) fn json_values(errors: &[ValidationError]) -> Value {
    let errors = errors.iter();
    errors
        .map(|error| map([("message", error.message.as_str()), ("code", &*error.code)]))
        .collect()
}

/// Errors as JSON: for each its message and its code.
pub(super) fn json_errors(errors: &[ValidationError]) -> Json {
    let errors = errors.iter().map(|error| {
        Json::Object(vec![
            ("message".to_owned(), error.message.as_str().into()),
            ("code".to_owned(), error.code.as_ref().into()),
        ])
    });
    Json::Array(errors.collect())
}

impl Object for ErrorList {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str() {
            Some("__html__") => Some(Value::from_safe_string(self.to_html())),
            Some(name) => self.own(name),
            None => {
                let error = self.errors.get(key.as_usize()?)?;
                Some(Value::from(error.message.as_str()))
            }
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.errors.len())
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        call_own("errors", method, args, |name| self.own(name))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_html())
    }
}
