//! Does something with the rows that were chosen (`ModelAdmin.response_action`).

use crate::admin::log::{LogAction, LogEntry, LogMessage};
use crate::admin::options::{ActionKind, ActionPermission, ListAction};
use crate::admin::pages::change_list::action_rows::{
    ACROSS, ActionRows, SELECTED, key_texts, require_for_each,
};
use crate::admin::pages::change_list::export::export;
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::open_list::OpenList;
use crate::admin::pages::deletion::DeletedObjects;
use crate::admin::pages::has_composite_key;
use crate::http::{QueryDict, Response};
use crate::messages::level;
use crate::models::ModelSet as _;
use crate::models::expression::Expression;
use crate::query::{FieldUpdate, Query, QueryError, is_one_of};
use crate::templates::value::{Value, map};
use crate::text;
use crate::values::{FieldValue, to_literal, to_text};
use crate::views::{HttpError, RowValue, SetField};

/// How many values one statement compares with.
const CHUNK: usize = 1000;

impl OpenList<'_, '_, '_> {
    /// Does what was sent; leads back to the list where there is nothing else to be shown.
    pub(super) fn run_action(&self) -> Result<Response, ListError> {
        let post = self.request.request.post()?;
        let name = action_name(&post);
        let actions = self.admin.list.actions.actions.iter();
        let mut actions = actions.filter(|action| action.name == name);
        let action = match actions.next() {
            Some(action) if self.may_do(action)? => action,
            _ => return Ok(self.nothing_done("No action selected.")),
        };
        let Some(rows) = ActionRows::chosen(&post, self.query()) else {
            return Ok(self.nothing_done(
                "Items must be selected in order to perform actions on them. No items have been changed.",
            ));
        };
        match &action.kind {
            ActionKind::Delete => self.delete(&post, &rows),
            ActionKind::Export(format) => export(self.request, self.admin, *format, &rows),
            ActionKind::Set(fields) => self.set(action, fields, &rows),
            ActionKind::Code(code) => {
                let query = rows.query.without_select_related();
                Ok(code.run(self.request.request, query)?)
            }
        }
    }

    /// The actions that who asks may do, as the template prints them.
    pub(super) fn allowed_actions(&self) -> Result<Vec<Value>, HttpError> {
        let mut found = Vec::new();
        for action in &self.admin.list.actions.actions {
            if self.may_do(action)? {
                let label = self.label(action);
                found.push(map([("name", action.name.clone()), ("label", label)]));
            }
        }
        Ok(found)
    }

    /// What people read of `action`.
    fn label(&self, action: &ListAction) -> String {
        let plural = self.admin.model.verbose_name_plural();
        let label = action.label.replace("%(verbose_name_plural)s", &plural);
        label.replace("%(verbose_name)s", &self.admin.model.verbose_name())
    }

    /// Whether who asks has one of the permissions of `action`, or it asks for none.
    fn may_do(&self, action: &ListAction) -> Result<bool, HttpError> {
        if has_composite_key(&self.admin.model) {
            // No form can name such a row by one value.
            return Ok(false);
        }
        for permission in &action.permissions {
            let is_given = match permission {
                ActionPermission::View => self.may.view,
                ActionPermission::Add => self.may.add,
                ActionPermission::Change => self.may.change,
                ActionPermission::Delete => self.may.delete,
                ActionPermission::Named(name) => self.request.request.user()?.has_perm(name)?,
            };
            if is_given {
                return Ok(true);
            }
        }
        Ok(action.permissions.is_empty())
    }

    /// Leads back to the list, which says why nothing was done.
    pub(super) fn nothing_done(&self, message: &str) -> Response {
        self.request.tell(level::WARNING, message);
        self.back()
    }

    /// Leads to the same list.
    pub(super) fn back(&self) -> Response {
        Response::redirect(&self.request.request.full_path(), false)
    }

    /// `1 post`, `2 posts`.
    fn counted(&self, count: usize) -> String {
        let name = match count {
            1 => self.admin.model.verbose_name(),
            _ => self.admin.model.verbose_name_plural(),
        };
        format!("{count} {name}")
    }

    /// Asks whether the rows are to go, and deletes them.
    fn delete(&self, post: &QueryDict, chosen: &ActionRows) -> Result<Response, ListError> {
        let (request, admin) = (self.request, self.admin);
        let rows = chosen.read(request)?;
        require_for_each(request, admin, "delete", &rows)?;
        if rows.is_empty() {
            return Ok(self.back());
        }
        // Rows that came since somebody was asked are asked about again.
        let is_confirmed = post.get("post").is_some()
            && (!chosen.is_across || post.get("count") == Some(&*rows.len().to_string()));
        let mut deleted = request.deleted_objects(admin, &rows)?;
        if is_confirmed && deleted.protected.is_empty() {
            request.require(deleted.perms_needed.is_empty())?;
            match request.delete_rows(admin, &rows) {
                Ok(()) => {
                    let message = format!("Successfully deleted {}.", self.counted(rows.len()));
                    request.tell(level::SUCCESS, &message);
                    return Ok(self.back());
                }
                // Somebody has just added a row that forbids it: the page names it.
                Err(QueryError::Protected { .. }) => {
                    deleted = request.deleted_objects(admin, &rows)?;
                }
                Err(error) => return Err(HttpError::from(error).into()),
            }
        }
        self.deletion_page(chosen, &rows, deleted)
    }

    fn deletion_page(
        &self,
        chosen: &ActionRows,
        rows: &[RowValue],
        deleted: DeletedObjects,
    ) -> Result<Response, ListError> {
        let (request, admin) = (self.request, self.admin);
        let context = request.page_context("Delete multiple objects")?;
        let across = (ACROSS.to_owned(), "1".to_owned());
        let sent = if chosen.is_across {
            vec![across, ("count".to_owned(), rows.len().to_string())]
        } else {
            let keys = key_texts(rows).into_iter();
            keys.map(|key| (SELECTED.to_owned(), key)).collect()
        };
        let sent = sent.into_iter();
        let sent = sent.map(|(name, value)| map([("name", name), ("value", value)]));
        let context = deleted.add_to(context);
        let context = context
            .with("objects_name", self.counted(rows.len()))
            .with("sent", sent.collect::<Value>())
            .with("list_url", request.request.full_path());
        let template = "delete_selected_confirmation.html";
        Ok(request.render_of_model(admin, template, context)?)
    }

    /// Gives fields of the rows the values of the file.
    fn set(
        &self,
        action: &ListAction,
        fields: &[SetField],
        chosen: &ActionRows,
    ) -> Result<Response, ListError> {
        let (request, admin) = (self.request, self.admin);
        let registry = &request.request.state.models;
        let zone = registry.time_zone();
        let rows = chosen.read(request)?;
        require_for_each(request, admin, "change", &rows)?;
        let updates = fields.iter().map(|set| {
            let value = set.value(zone);
            let value = value.map_err(|error| HttpError::internal(error, Vec::new()))?;
            let value = Expression::Value(to_literal(&value));
            Ok(FieldUpdate::new(&set.field.name, value))
        });
        let updates: Vec<_> = updates.collect::<Result<_, HttpError>>()?;
        let keys = rows.iter().filter_map(RowValue::instance);
        let keys: Vec<FieldValue> = keys.map(|row| row.key().clone()).collect();
        let written: Result<(), QueryError> = request.request.connections.with(|connection| {
            connection.transaction(|connection| {
                for keys in keys.chunks(CHUNK) {
                    let part = Query::of(&admin.model).filter(is_one_of("pk", keys));
                    part.on(registry)?.update(connection, &updates)?;
                }
                for row in &rows {
                    request.log(connection, &self.changed_entry(row, fields))?;
                }
                Ok(())
            })
        });
        written.map_err(HttpError::from)?;
        let label = self.label(action);
        let message = format!("{label}: {} changed.", self.counted(rows.len()));
        request.tell(level::SUCCESS, &message);
        Ok(self.back())
    }

    fn changed_entry(&self, row: &RowValue, fields: &[SetField]) -> LogEntry<'_> {
        let labels = fields.iter();
        let labels = labels.map(|set| text::capitalized(&set.field.verbose_name()));
        LogEntry {
            model: &self.admin.model,
            object_id: row
                .instance()
                .map(|row| to_text(row.key()))
                .unwrap_or_default(),
            object_repr: row.text().unwrap_or_default(),
            action: LogAction::Change,
            messages: vec![LogMessage {
                verb: "changed",
                fields: labels.collect(),
                inline: None,
            }],
        }
    }
}

/// The name of the action that was sent; with several forms on a page that of the button that was pressed.
fn action_name(post: &QueryDict) -> &str {
    let index = post.get("index").and_then(|index| index.parse().ok());
    let mut all = post.get_all("action");
    let at_index = index.and_then(|index: usize| post.get_all("action").nth(index));
    at_index.or_else(|| all.next()).unwrap_or_default()
}
