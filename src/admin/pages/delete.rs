//! Asks whether a row is to go, with all that goes with it, and deletes it (`ModelAdmin.delete_view`).

use std::sync::Arc;

use crate::admin::log::{LogAction, LogEntry};
use crate::admin::options::ModelAdmin;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::{Method, Response};
use crate::messages::level;
use crate::query::{DeleteCollector, QueryError};
use crate::templates::Context;
use crate::templates::value::{Value, map};
use crate::values::to_column;
use crate::views::{HttpError, RowValue};

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
            match delete(request, admin, &row) {
                Ok(text) => return done(request, admin, &text),
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
        let context = tree(request, &row, context)?
            .with("object_name", admin.model.verbose_name())
            .with(
                "change_url",
                request.row_url(admin, "change", &request.object_id())?,
            )
            .with("list_url", request.url(&admin.url_name("changelist"), &[])?)
            .with("object", Value::from_object(row));
        request.render_of_model(admin, "delete_confirmation.html", context)
    }
}

/// What goes with the row, counted by model, or what forbids it.
fn tree(
    request: &AdminRequest<'_, '_>,
    row: &RowValue,
    context: Context,
) -> Result<Context, HttpError> {
    let registry = &request.request.state.models;
    let Some(instance) = row.instance() else {
        return Ok(context);
    };
    let found = request.request.connections.with(|connection| {
        let keys = vec![to_column(instance.key())];
        let collector = DeleteCollector::new(registry, connection, instance.model(), keys)?;
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

/// Deletes the row and writes so into its history, in one transaction; returns the row as text.
fn delete(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: &RowValue,
) -> Result<String, QueryError> {
    let registry = &request.request.state.models;
    let text = row.text().unwrap_or_default();
    let Some(instance) = row.instance() else {
        return Ok(text);
    };
    request.request.connections.with(|connection| {
        connection.transaction(|connection| {
            let entry = LogEntry {
                model: &admin.model,
                object_id: request.object_id(),
                object_repr: text.clone(),
                action: LogAction::Deletion,
                messages: Vec::new(),
            };
            request.log(connection, &entry)?;
            instance.delete(registry, connection)?;
            Ok(text.clone())
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
