//! The file that a field names (Django's `FieldFile`).

use std::fmt;
use std::sync::Arc;

use crate::http::percent::{encode, safe};
use crate::templates::value::{Object, ObjectRepr, Value};

/// The file of a row; false where the field is empty.
#[derive(Debug)]
pub(super) struct FileValue {
    name: String,
    url: String,
}

impl FileValue {
    /// The file called `name`, which is served below `media_url`.
    pub(super) fn new(name: String, media_url: &str) -> Self {
        let path = encode(&name.replace('\\', "/"), safe::PATH);
        let url = format!("{media_url}{}", path.trim_start_matches('/'));
        Self { name, url }
    }
}

impl Object for FileValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "name" => Value::from(self.name.as_str()),
            "url" if !self.name.is_empty() => Value::from(self.url.as_str()),
            _ => return None,
        })
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.name.is_empty()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
