//! Values of TOML files as templates see them.

use minijinja::value::Value;

use crate::document::Value as TomlValue;
use crate::templates::value::map;

/// A TOML value as templates see it.
pub fn from_toml(value: &TomlValue) -> Value {
    match value {
        TomlValue::String(text) | TomlValue::Datetime(text) => Value::from(text.as_str()),
        TomlValue::Integer(number) => Value::from(*number),
        TomlValue::Float(number) => Value::from(*number),
        TomlValue::Boolean(value) => Value::from(*value),
        TomlValue::Array(items) => items.iter().map(|item| from_toml(&item.value)).collect(),
        TomlValue::Table(table) => {
            let entries = table.entries().iter();
            map(entries.map(|entry| (entry.key.as_str(), from_toml(&entry.item.value))))
        }
    }
}
