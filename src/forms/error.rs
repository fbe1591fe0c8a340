//! What is wrong with a field or a form.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::templates::escape;
use crate::templates::value::{Enumerator, Object, ObjectRepr, Value};

/// Why something that was sent is refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ValidationError {
    /// A sentence for whoever sent it.
    pub message: String,
    /// A stable word for the kind of error.
    pub code: &'static str,
}

impl ValidationError {
    /// An error that says `message`.
    pub fn new(message: impl Into<String>, code: &'static str) -> Self {
        Self {
            message: message.into(),
            code,
        }
    }
}

/// The errors of a field, or those of no field; a template that prints it gets a list in HTML.
#[derive(Clone, Debug)]
pub struct ErrorList {
    pub(super) errors: Vec<ValidationError>,
    /// The id of the field, empty for errors of no field.
    pub(super) field_id: String,
}

impl ErrorList {
    fn to_html(&self) -> String {
        if self.errors.is_empty() {
            return String::new();
        }
        let mut html = match self.field_id.as_str() {
            "" => r#"<ul class="errorlist nonfield">"#.to_owned(),
            id => format!(r#"<ul class="errorlist" id="{}_error">"#, escape(id)),
        };
        for error in &self.errors {
            // Writing to a `String` cannot fail.
            let _ = write!(html, "<li>{}</li>", escape(&error.message));
        }
        html + "</ul>"
    }
}

impl Object for ErrorList {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if key.as_str() == Some("__html__") {
            return Some(Value::from_safe_string(self.to_html()));
        }
        let error = self.errors.get(key.as_usize()?)?;
        Some(Value::from(error.message.as_str()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.errors.len())
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_html())
    }
}
