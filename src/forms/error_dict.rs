//! All errors of a form as templates see them: Django's `ErrorDict`.

use std::fmt;
use std::sync::Arc;

use crate::forms::error::ValidationError;
use crate::forms::error_list::{ErrorList, json_errors, json_values};
use crate::json::Json;
use crate::templates::escape;
use crate::templates::value::{Enumerator, Error, Object, ObjectRepr, State, Value, call_own, map};

/// The errors of each field that has some, then those of no field; a template that prints it gets a list in HTML.
#[derive(Debug)]
pub(super) struct ErrorDict(Vec<FieldErrors>);

/// The errors of a field.
#[derive(Debug)]
pub(super) struct FieldErrors {
    /// The name of the field; `__all__` for errors of no field.
    pub(super) name: String,
    pub(super) errors: Vec<ValidationError>,
    pub(super) list: ErrorList,
}

impl ErrorDict {
    /// Those of `fields` that have errors.
    pub(super) fn new(fields: impl IntoIterator<Item = FieldErrors>) -> Self {
        let fields = fields.into_iter();
        Self(fields.filter(|field| !field.errors.is_empty()).collect())
    }

    fn to_html(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let items = self.0.iter().map(|field| {
            let (name, list) = (escape(&field.name), field.list.to_html());
            format!("<li>{name}{list}</li>")
        });
        format!("<ul class=\"errorlist\">{}</ul>", items.collect::<String>())
    }

    fn to_text(&self) -> String {
        let mut lines = Vec::new();
        for field in &self.0 {
            lines.push(format!("* {}", field.name));
            let errors = field.errors.iter();
            lines.extend(errors.map(|error| format!("  * {}", error.message)));
        }
        lines.join("\n")
    }

    fn to_json(&self) -> Json {
        let fields = self.0.iter();
        let pairs = fields.map(|field| (field.name.clone(), json_errors(&field.errors)));
        Json::Object(pairs.collect())
    }

    /// What it has under this name, where it is not that of a field that is wrong.
    fn own(&self, name: &str) -> Option<Value> {
        let fields = self.0.iter();
        let lists = fields.map(|field| Value::from_object(field.list.clone()));
        let names = self.0.iter().map(|field| Value::from(field.name.as_str()));
        Some(match name {
            "keys" => names.collect(),
            "values" => lists.collect(),
            "items" => names
                .zip(lists)
                .map(|(name, list)| Value::from(vec![name, list]))
                .collect(),
            "as_text" => Value::from(self.to_text()),
            "as_json" => Value::from(self.to_json().to_python()),
            "as_ul" | "render" => Value::from_safe_string(self.to_html()),
            "get_json_data" => {
                let fields = self.0.iter();
                map(fields.map(|field| (field.name.clone(), json_values(&field.errors))))
            }
            _ => return None,
        })
    }

    /// The same as a value that a template goes through.
    fn as_map(&self) -> Value {
        let fields = self.0.iter();
        map(fields.map(|field| {
            let list = Value::from_object(field.list.clone());
            (field.name.clone(), list)
        }))
    }
}

impl Object for ErrorDict {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        if key == "__html__" {
            return Some(Value::from_safe_string(self.to_html()));
        }
        let found = self.0.iter().find(|field| field.name == key);
        match found {
            Some(found) => Some(Value::from_object(found.list.clone())),
            None => self.own(key),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let names = self.0.iter().map(|field| Value::from(field.name.as_str()));
        Enumerator::Values(names.collect())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.0.is_empty()
    }

    fn call_method(
        self: &Arc<Self>,
        state: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        if method == "get" {
            return self.as_map().call_method(state, method, args);
        }
        call_own("errors", method, args, |name| self.own(name))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_html())
    }
}
