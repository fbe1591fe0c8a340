//! Asks whether a row is to go, with all that goes with it, and deletes it (`ModelAdmin.delete_view`).

use std::sync::Arc;

use crate::admin::log::{LogAction, LogEntry};
use crate::admin::options::ModelAdmin;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::{Method, Response};
use crate::messages::level;
use crate::query::{DeleteCollector, Query, QueryError, is_one_of};
use crate::templates::Context;
use crate::templates::value::{Value, map};
use crate::values::{FieldValue, to_column, to_text};
use crate::views::{HttpError, RowValue};

/// How many rows one statement names.
const CHUNK: usize = 10_000;

/// The page that deletes a row.
#[derive(Debug)]
pub(in crate::admin) struct DeletePage(pub(in crate::admin) Arc<ModelAdmin>);

impl AdminPage for DeletePage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let admin = &self.0;
        let row = request.row(admin)?;
        request.require(request.permissions(admin, row.as_ref())?.delete)?;
        let Some(row) = row else {
            return request.row_is_gone(admin);
        };
        let refusal = if request.request.method == Method::Post {
            let text = row.text().unwrap_or_default();
            match delete_rows(request, admin, std::slice::from_ref(&row)) {
                Ok(()) if request.is_popup()? => {
                    return request.popup_response(admin, &row, "delete");
                }
                Ok(()) => return done(request, admin, &text),
                Err(QueryError::Protected { .. }) => true,
                Err(error) => return Err(error.into()),
            }
        } else {
            false
        };
        let title = if refusal {
            "Cannot delete"
        } else {
            "Are you sure?"
        };
        let context = request.page_context(title)?;
        let keys = row.instance().map(|row| row.key().clone());
        let keys: Vec<_> = keys.into_iter().collect();
        let context = deletion_context(request, admin, &keys, context)?
            .with("object_name", admin.model.verbose_name())
            .with(
                "change_url",
                request.row_url(admin, "change", &request.object_id())?,
            )
            .with("list_url", request.list_url(admin)?)
            .with("object", Value::from_object(row));
        request.render_of_model(admin, "delete_confirmation.html", context)
    }
}

/// What goes with the rows of `admin` with these keys, counted by model, or what forbids it.
pub(super) fn deletion_context(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    keys: &[FieldValue],
    context: Context,
) -> Result<Context, HttpError> {
    let registry = &request.request.state.models;
    let found = request.request.connections.with(|connection| {
        let keys = keys.iter().map(to_column).collect();
        let collector = DeleteCollector::new(registry, connection, &admin.model, keys)?;
        collector.counts(connection)
    });
    let counts = match found {
        Ok(counts) => counts,
        Err(error @ QueryError::Protected { .. }) => {
            return Ok(context.with("protected", error.to_string()));
        }
        Err(error) => return Err(error.into()),
    };
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(label, count)| {
        let model = registry.get(&label);
        let name = model.map_or(label, crate::models::Model::verbose_name_plural);
        map([("name", Value::from(name)), ("count", Value::from(count))])
    });
    Ok(context
        .with("protected", Value::from(()))
        .with("model_count", counts.collect::<Value>()))
}

/// Deletes the rows and writes so into the history of each, in one transaction.
pub(super) fn delete_rows(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    rows: &[RowValue],
) -> Result<(), QueryError> {
    let registry = &request.request.state.models;
    request.request.connections.with(|connection| {
        connection.transaction(|connection| {
            for row in rows {
                let Some(instance) = row.instance() else {
                    continue;
                };
                let entry = LogEntry {
                    model: &admin.model,
                    object_id: to_text(instance.key()),
                    object_repr: row.text().unwrap_or_default(),
                    action: LogAction::Deletion,
                    messages: Vec::new(),
                };
                request.log(connection, &entry)?;
            }
            let keys = rows.iter().filter_map(RowValue::instance);
            let keys: Vec<_> = keys.map(|row| row.key().clone()).collect();
            for keys in keys.chunks(CHUNK) {
                let own = Query::of(&admin.model).filter(is_one_of("pk", keys));
                own.on(registry)?.delete(connection)?;
            }
            Ok(())
        })
    })
}

fn done(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    text: &str,
) -> Result<Response, HttpError> {
    let name = admin.model.verbose_name();
    let message = format!("The {name} “{text}” was deleted successfully.");
    request.tell(level::SUCCESS, &message);
    let may = request.permissions(admin, None)?;
    Ok(Response::redirect(
        &request.list_or_index(admin, may.change)?,
        false,
    ))
}
