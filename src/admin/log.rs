//! What was done in the admin, by whom and when: rows of `django_admin_log` in Django's format.

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::db::Connection;
use crate::json::Json;
use crate::models::{Model, ModelKey, Registry};
use crate::query::{FieldAssignment, ModelInstance, Query, QueryError, SaveOptions};
use crate::templates::value::{Value, map};
use crate::text;
use crate::values::FieldValue;
use crate::views::{HttpError, RowBatch, RowValue, equals};

/// Characters of `object_repr`.
const REPR_LENGTH: usize = 200;

/// What was done: `action_flag`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum LogAction {
    Addition = 1,
    Change = 2,
    Deletion = 3,
}

/// A part of `change_message`, as `construct_change_message` writes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct LogMessage {
    /// `added`, `changed` or `deleted`.
    pub(super) verb: &'static str,
    /// The labels of the fields that changed.
    pub(super) fields: Vec<String>,
    /// What the row of an inline is called, and the row as text; none for the row of the page.
    pub(super) inline: Option<(String, String)>,
}

impl LogMessage {
    fn json(&self) -> Json {
        let mut parts = Vec::new();
        if let Some((name, object)) = &self.inline {
            parts.push(("name".to_owned(), Json::from(name.as_str())));
            parts.push(("object".to_owned(), Json::from(object.as_str())));
        }
        if self.verb == "changed" {
            let fields = self.fields.iter().map(|field| Json::from(field.as_str()));
            parts.push(("fields".to_owned(), Json::Array(fields.collect())));
        }
        Json::Object(vec![(self.verb.to_owned(), Json::Object(parts))])
    }
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub(super) struct LogEntry<'e> {
    /// The model of the row.
    pub(super) model: &'e Arc<Model>,
    /// The key of the row, as text.
    pub(super) object_id: String,
    /// The row as text.
    pub(super) object_repr: String,
    /// What was done.
    pub(super) action: LogAction,
    /// What changed.
    pub(super) messages: Vec<LogMessage>,
}

impl AdminRequest<'_, '_> {
    /// Writes `entry` over `connection`, in the transaction of what it tells.
    pub(super) fn log(
        &self,
        connection: &Connection,
        entry: &LogEntry<'_>,
    ) -> Result<(), QueryError> {
        let registry = &self.request.state.models;
        let Some(model) = registry.shared(&log_key()) else {
            return Ok(());
        };
        let repr: String = entry.object_repr.chars().take(REPR_LENGTH).collect();
        let messages: Vec<_> = entry.messages.iter().map(LogMessage::json).collect();
        let text = |text: &str| FieldValue::Text(text.to_owned());
        let message = match entry.action {
            LogAction::Deletion => String::new(),
            LogAction::Addition | LogAction::Change => Json::Array(messages).to_python(),
        };
        let mut row = ModelInstance::new(registry, model)?;
        let user = FieldValue::Text(self.user.pk.text().to_owned());
        let values = vec![
            FieldAssignment::new("user_id", user),
            FieldAssignment::new(
                "content_type_id",
                content_type(registry, connection, entry.model)?,
            ),
            FieldAssignment::new("object_id", text(&entry.object_id)),
            FieldAssignment::new("object_repr", text(&repr)),
            FieldAssignment::new("action_flag", FieldValue::Integer(entry.action as i64)),
            FieldAssignment::new("change_message", text(&message)),
        ];
        row.assign(registry, values)?;
        row.save(registry, connection, &SaveOptions::default())
    }
}

fn log_key() -> ModelKey {
    ModelKey::new("admin", "LogEntry")
}

/// The key of the content type of `model`; null where it has none, which `migrate` makes.
fn content_type(
    registry: &Registry,
    connection: &Connection,
    model: &Model,
) -> Result<FieldValue, QueryError> {
    let types = ModelKey::new("contenttypes", "ContentType");
    let text = |text: String| FieldValue::Text(text);
    let query = Query::new(types)
        .filter(equals("app_label", &text(model.app_label.clone())))
        .filter(equals("model", &text(model.name.to_lowercase())));
    let keys = query.slice(0, Some(1)).on(registry)?.keys(connection)?;
    Ok(keys.into_iter().next().unwrap_or(FieldValue::Null))
}

/// What the person who asks did last.
pub(super) fn recent_actions(
    request: &AdminRequest<'_, '_>,
    count: u64,
) -> Result<Value, HttpError> {
    let user = FieldValue::Text(request.user.pk.text().to_owned());
    let query = Query::new(log_key())
        .filter(equals("user", &user))
        .slice(0, Some(count));
    entries(request, query)
}

/// What was done with the row of `admin` whose key is `object_id`, as text.
pub(super) fn history(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    object_id: &str,
) -> Result<Value, HttpError> {
    let registry = &request.request.state.models;
    let connections = request.request.connections;
    let content_type =
        connections.with(|connection| content_type(registry, connection, &admin.model))?;
    let query = Query::new(log_key())
        .filter(equals("object_id", &FieldValue::Text(object_id.to_owned())))
        .filter(equals("content_type", &content_type))
        .order_by(["action_time"]);
    entries(request, query)
}

/// The entries of `query`, as templates see them.
fn entries(request: &AdminRequest<'_, '_>, query: Query) -> Result<Value, HttpError> {
    let query = query.select_related(["user", "content_type"]);
    let batch = RowBatch::fetch(&request.request.state.rows, &query)?;
    let rows = (0..batch.len()).map(|at| RowValue::new(Arc::clone(&batch), at));
    let entries = rows.map(|row| {
        let message = row.instance().and_then(|row| row.get("change_message"));
        let message = match message {
            Some(FieldValue::Text(text)) => message_text(text),
            _ => String::new(),
        };
        map([
            ("entry", Value::from_object(row.clone())),
            ("message", Value::from(message)),
            ("url", entry_url(request, &row)),
        ])
    });
    Ok(entries.collect())
}

/// Where the row of an entry is changed; none where it is gone, or its model has no pages.
fn entry_url(request: &AdminRequest<'_, '_>, row: &RowValue) -> Value {
    let find = || {
        let text = |name: &str, of: &RowValue| match of.instance()?.get(name)? {
            FieldValue::Text(text) => Some(text.clone()),
            _ => None,
        };
        let is_deleted =
            row.instance()?.get("action_flag")? == &FieldValue::Integer(LogAction::Deletion as i64);
        if is_deleted {
            return None;
        }
        let types = row.attribute("content_type").ok()??;
        let types = types.downcast_object_ref::<RowValue>()?;
        let key = ModelKey::new(&text("app_label", types)?, &text("model", types)?);
        let admin = request.site.get(&key)?;
        request
            .row_url(admin, "change", &text("object_id", row)?)
            .ok()
    };
    find().map_or_else(|| Value::from(()), Value::from)
}

/// `change_message` in words, as Django's `get_change_message`; what is not its JSON stands as it is.
fn message_text(text: &str) -> String {
    let Some(Json::Array(parts)) = Json::parse(text) else {
        return text.to_owned();
    };
    let words: Vec<_> = parts.iter().filter_map(part_text).collect();
    if words.is_empty() {
        "No fields changed.".to_owned()
    } else {
        words.join(" ")
    }
}

fn part_text(part: &Json) -> Option<String> {
    let Json::Object(parts) = part else {
        return None;
    };
    let (verb, told) = parts.first()?;
    let text = |key: &str| told.get(key).and_then(Json::as_str);
    let named = text("name").map(|name| {
        let object = text("object").unwrap_or_default();
        format!("{name} “{object}”")
    });
    let fields = match told.get("fields") {
        Some(Json::Array(fields)) => fields.as_slice(),
        _ => &[],
    };
    let fields: Vec<_> = fields.iter().filter_map(Json::as_str).collect();
    let fields = text::joined_with_and(&fields);
    Some(match (verb.as_str(), named) {
        ("added", Some(named)) => format!("Added {named}."),
        ("added", None) => "Added.".to_owned(),
        ("changed", Some(named)) => format!("Changed {fields} for {named}."),
        ("changed", None) => format!("Changed {fields}."),
        ("deleted", Some(named)) => format!("Deleted {named}."),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{LogMessage, message_text};

    #[test]
    fn messages_read_as_in_django() {
        for (stored, shown) in [
            (r#"[{"added": {}}]"#, "Added."),
            (
                r#"[{"changed": {"fields": ["Title", "Body"]}}]"#,
                "Changed Title and Body.",
            ),
            (
                r#"[{"added": {"name": "comment", "object": "Hi"}}, {"deleted": {"name": "comment", "object": "No"}}]"#,
                "Added comment “Hi”. Deleted comment “No”.",
            ),
            ("[]", "No fields changed."),
            ("made by hand", "made by hand"),
            ("", ""),
        ] {
            assert_eq!(message_text(stored), shown);
        }
    }

    #[test]
    fn messages_are_written_as_by_django() {
        let message = LogMessage {
            verb: "changed",
            fields: vec!["Title".to_owned()],
            inline: Some(("comment".to_owned(), "Hi".to_owned())),
        };
        assert_eq!(
            message.json().to_python(),
            r#"{"changed": {"name": "comment", "object": "Hi", "fields": ["Title"]}}"#
        );
    }
}
