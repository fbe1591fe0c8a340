//! The row that the path of a page names.

use std::fmt::Write as _;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::http::Response;
use crate::messages::{Message, level};
use crate::models::{FieldKind, Model};
use crate::query::{ModelInstance, Query, key_fields};
use crate::values::{FieldValue, to_text};
use crate::views::{HttpError, RowBatch, RowValue, equals};

impl AdminRequest<'_, '_> {
    /// The key that the path names, as text.
    pub(super) fn object_id(&self) -> String {
        let kwargs = self.request.kwargs().iter();
        let mut found = kwargs.filter(|(name, _)| name == "object_id");
        let found = found.next().map(|(_, argument)| argument.to_string());
        unquote(&found.unwrap_or_default())
    }

    /// The row of `admin` with the key that the path names; none where there is none.
    pub(super) fn row(&self, admin: &ModelAdmin) -> Result<Option<RowValue>, HttpError> {
        let query = Query::of(&admin.model).order_by::<String>([]);
        let Some(query) = with_key(query, &admin.model, &self.object_id()) else {
            return Ok(None);
        };
        let query = query.slice(0, Some(1));
        let batch = RowBatch::fetch_fitting(&self.request.state.rows, &query)?;
        let batch = batch.filter(|batch| batch.len() > 0);
        Ok(batch.map(|batch| RowValue::new(batch, 0)))
    }

    /// What is answered where the path does not name a row: the first page, which says so, as in Django.
    pub(super) fn row_is_gone(&self, admin: &ModelAdmin) -> Result<Response, HttpError> {
        let (name, key) = (admin.model.verbose_name(), self.object_id());
        let message = format!("{name} with ID “{key}” doesn’t exist. Perhaps it was deleted?");
        self.tell(level::WARNING, &message);
        Ok(Response::redirect(&self.url("index", &[])?, false))
    }

    /// Has the next page say `message`.
    pub(super) fn tell(&self, level: i64, message: &str) {
        if let Some(messages) = &self.request.messages {
            messages.add(Message::new(level, message));
        }
    }
}

/// The key of `row` as text, which the path of its pages holds; the columns of a composite one with commas.
pub(super) fn key_text(model: &Model, row: &ModelInstance) -> String {
    if !has_composite_key(model) {
        return to_text(row.key());
    }
    let fields = key_fields(model).unwrap_or_default().into_iter();
    let parts = fields.map(|field| row.get(&field.name).map(to_text).unwrap_or_default());
    let parts: Vec<_> = parts.map(|part| quote(&part)).collect();
    parts.join(",")
}

/// Whether the key of a row of `model` is several columns.
pub(in crate::admin) fn has_composite_key(model: &Model) -> bool {
    let key = model.primary_key();
    key.is_some_and(|key| matches!(key.kind, FieldKind::CompositePrimaryKey { .. }))
}

/// `query` for the row whose key is `text`; none where a text of that form is not a key of `model`.
fn with_key(query: Query, model: &Model, text: &str) -> Option<Query> {
    if !has_composite_key(model) {
        return Some(query.filter(equals("pk", &FieldValue::Text(text.to_owned()))));
    }
    let fields = key_fields(model).ok()?;
    let parts: Vec<_> = text.split(',').map(unquote).collect();
    if parts.len() != fields.len() {
        return None;
    }
    let pairs = fields.into_iter().zip(parts);
    Some(pairs.fold(query, |query, (field, part)| {
        query.filter(equals(&field.name, &FieldValue::Text(part)))
    }))
}

/// The characters that a path would take for something else.
const SPECIAL: &str = ":/_#?;@&=+$,\"[]<>%\n\\";

/// `key` as the path of a row holds it: `_2F` for a slash, and so on (`django.contrib.admin.utils.quote`).
pub(super) fn quote(key: &str) -> String {
    let mut quoted = String::new();
    // A browser takes these for a way up.
    let is_relative = matches!(key, "." | "..");
    for c in key.chars() {
        if SPECIAL.contains(c) || is_relative {
            // Writing to a string cannot fail.
            let _ = write!(quoted, "_{:02X}", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted
}

/// Undoes [`quote`]; what it did not write stands for itself.
fn unquote(text: &str) -> String {
    let mut parts = text.split('_');
    let mut key = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part
            .get(..2)
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        let c = code
            .and_then(char::from_u32)
            .filter(|c| SPECIAL.contains(*c) || *c == '.');
        if let Some(c) = c {
            key.push(c);
            key.push_str(&part[2..]);
        } else {
            key.push('_');
            key.push_str(part);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::{quote, unquote};

    #[test]
    fn keys_are_quoted_as_by_django() {
        for (key, quoted) in [
            ("12", "12"),
            ("a_b", "a_5Fb"),
            ("a/b?c", "a_2Fb_3Fc"),
            ("\\\n", "_5C_0A"),
            ("grün", "grün"),
            ("..", "_2E_2E"),
            ("a.b", "a.b"),
        ] {
            assert_eq!(quote(key), quoted);
            assert_eq!(unquote(quoted), key);
        }
        assert_eq!(unquote("a_zz_"), "a_zz_");
    }
}
