//! The file that a field names (Django's `FieldFile`).

use std::fmt;
use std::sync::Arc;

use crate::storage::FileStorage;
use crate::templates::value::{Object, ObjectRepr, Value};

/// The file of a row; false where the field is empty.
#[derive(Debug)]
pub(super) struct FileValue {
    name: String,
    /// What has it; none where the settings do not have the storage of its field.
    storage: Option<FileStorage>,
}

impl FileValue {
    /// The file called `name` in `storage`.
    pub(super) fn new(name: String, storage: Option<FileStorage>) -> Self {
        Self { name, storage }
    }
}

impl Object for FileValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let storage = || self.storage.as_ref().filter(|_| !self.name.is_empty());
        Some(match key.as_str()? {
            "name" => Value::from(self.name.as_str()),
            "url" => Value::from(storage()?.url(&self.name).ok()?),
            "size" => Value::from(storage()?.metadata(&self.name).ok()?.size),
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
