//! What a path such as `author__username` leads to from a row.

use crate::document::Item;
use crate::templates::value::Value;
use crate::views::HttpError;
use crate::views::queries::QueryReader;
use crate::views::rows::RowValue;

/// Names of fields, one behind the other; relations to many lead to all of their rows.
#[derive(Clone, Debug)]
pub(in crate::views) struct RowPath(Vec<String>);

impl RowPath {
    /// The path in `item`; none, with the mistake reported, where it does not exist.
    pub(in crate::views) fn read(reader: &QueryReader<'_>, item: &Item) -> Option<Self> {
        let Some(path) = item.as_str() else {
            let message = format!("a path is a string, not {}", item.value.type_name());
            reader.problems.push(item.error("wrong-type", message));
            return None;
        };
        Self::parse(reader, path, item)
    }

    /// The path `path`, which stands in `item`; none, with the mistake reported, where it does not exist.
    pub(in crate::views) fn parse(
        reader: &QueryReader<'_>,
        path: &str,
        item: &Item,
    ) -> Option<Self> {
        if !reader.check_path(path, item) {
            return None;
        }
        Some(Self(path.split("__").map(ToOwned::to_owned).collect()))
    }

    /// The texts that it leads to from `row`, those left out that have no value.
    pub(in crate::views) fn texts(&self, row: &RowValue) -> Result<Vec<String>, HttpError> {
        let mut values = vec![Value::from_object(row.clone())];
        for name in &self.0 {
            let mut next = Vec::new();
            for value in values {
                let found = value.get_attr(name).map_err(|error| internal(&error))?;
                // Rows of many are rows; a text is one value, although it has characters.
                if found.as_object().is_some() && found.try_iter().is_ok() {
                    next.extend(found.try_iter().map_err(|error| internal(&error))?);
                } else if !found.is_none() && !found.is_undefined() {
                    next.push(found);
                }
            }
            values = next;
        }
        Ok(values.iter().map(Value::to_string).collect())
    }

    /// The text that it leads to; the first of several.
    pub(in crate::views) fn text(&self, row: &RowValue) -> Result<Option<String>, HttpError> {
        Ok(self.texts(row)?.into_iter().next())
    }
}

fn internal(error: &crate::templates::value::Error) -> HttpError {
    HttpError::internal(error.to_string(), Vec::new())
}
