//! The scripts and styles of a form (`Media`): its widgets have none.

use std::fmt;
use std::sync::Arc;

use crate::templates::value::{Error, Object, ObjectRepr, State, Value, call_own};

/// What `{{ form.media }}` prints: nothing.
#[derive(Debug)]
pub(in crate::forms) struct FormMedia;

impl Object for FormMedia {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "css" | "js" => Some(Value::from_object(Self)),
            "render" | "__html__" => Some(Value::from_safe_string(String::new())),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        call_own("media", method, args, |name| {
            (name == "render").then(|| Value::from_safe_string(String::new()))
        })
    }

    fn render(self: &Arc<Self>, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
