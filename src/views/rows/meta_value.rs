//! What a model is called (Django's `_meta`).

use std::sync::Arc;

use crate::models::{Field, Model};
use crate::templates::value::{Error, Object, ObjectRepr, State, Value, map, unknown_method};

/// The names of a model and of its fields.
#[derive(Debug)]
pub(in crate::views) struct MetaValue(pub(super) Arc<Model>);

impl Object for MetaValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let model = &self.0;
        Some(Value::from(match key.as_str()? {
            "verbose_name" => model.verbose_name(),
            "verbose_name_plural" => model.verbose_name_plural(),
            "app_label" => model.app_label.clone(),
            "object_name" => model.name.clone(),
            "model_name" => model.name.to_lowercase(),
            "label" => model.label(),
            "label_lower" => model.key().to_string(),
            "db_table" => model.db_table(),
            "fields" => return Some(model.fields.iter().map(field_value).collect()),
            _ => return None,
        }))
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let name = args.first().and_then(Value::as_str);
        match (method, name) {
            ("get_field", Some(name)) => {
                Ok(self.0.field(name).map_or(Value::UNDEFINED, field_value))
            }
            _ => Err(unknown_method("_meta", method)),
        }
    }
}

fn field_value(field: &Field) -> Value {
    map([
        ("name", Value::from(field.name.as_str())),
        ("verbose_name", Value::from(field.verbose_name())),
        ("help_text", Value::from(field.help_text.as_str())),
        ("null", Value::from(field.null)),
        ("blank", Value::from(field.blank)),
    ])
}
