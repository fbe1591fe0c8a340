//! One of the elements of a field in a template: Django's `BoundWidget`.

use std::fmt;
use std::sync::Arc;

use crate::forms::widget::{RenderedOption, Widget};
use crate::templates::value::{
    Error, Object, ObjectRepr, State, Value, from_args, map, unknown_method,
};

/// One of the elements of a field.
#[derive(Debug)]
pub(super) struct BoundWidget {
    pub(super) widget: Widget,
    pub(super) name: String,
    pub(super) option: RenderedOption,
}

impl BoundWidget {
    fn html(&self, wrap: bool) -> String {
        let mut out = String::new();
        let is_select = self.widget.class.input_type() == "select";
        if is_select {
            self.widget.write_select_option(&mut out, &self.option);
        } else {
            self.widget
                .write_option(&mut out, &self.name, &self.option, wrap);
        }
        out
    }

    fn data(&self) -> Value {
        let option = &self.option;
        map([
            ("name", Value::from(self.name.as_str())),
            ("value", Value::from(option.option.value.as_str())),
            ("label", Value::from(option.option.label.as_str())),
            ("selected", Value::from(option.is_selected)),
            ("index", Value::from(option.index.as_str())),
            ("attrs", Value::from_pairs(option.attributes.values())),
            ("wrap_label", Value::from(true)),
            ("type", Value::from(self.widget.input_type())),
        ])
    }
}

impl Object for BoundWidget {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "__html__" => Value::from_safe_string(self.html(true)),
            "tag" => Value::from_safe_string(self.html(false)),
            "choice_label" => Value::from(self.option.option.label.as_str()),
            "id_for_label" => {
                let id = self.option.attributes.text("id");
                id.map_or_else(|| Value::from(()), Value::from)
            }
            "data" => self.data(),
            _ => return None,
        })
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        if method != "tag" {
            return Err(unknown_method("widget", method));
        }
        let (wrap,): (Option<bool>,) = from_args(args)?;
        Ok(Value::from_safe_string(self.html(wrap.unwrap_or(false))))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.html(true))
    }
}
