//! The rows that an action is done with.

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::list_error::ListError;
use crate::http::QueryDict;
use crate::query::{Query, QueryError, is_one_of};
use crate::values::{FieldValue, to_text};
use crate::views::{HttpError, RowBatch, RowValue};

/// The name of the checkboxes of rows.
pub(super) const SELECTED: &str = "_selected_action";

/// What says that all rows are meant, those of other pages, too.
pub(super) const ACROSS: &str = "select_across";

/// The rows that an action is done with.
#[derive(Clone, Debug)]
pub(super) struct ActionRows {
    /// The rows.
    pub(super) query: Query,
    /// Whether they are all that are found, those of other pages, too.
    pub(super) is_across: bool,
}

impl ActionRows {
    /// Those of `found` that `post` chooses; none where it chooses none.
    pub(super) fn chosen(post: &QueryDict, found: Query) -> Option<Self> {
        let is_across = post.get(ACROSS).is_some_and(|value| value != "0");
        if is_across {
            return Some(Self {
                query: found,
                is_across,
            });
        }
        let keys = post.get_all(SELECTED);
        let keys: Vec<_> = keys.map(|key| FieldValue::Text(key.to_owned())).collect();
        (!keys.is_empty()).then(|| Self {
            query: found.filter(is_one_of("pk", &keys)),
            is_across,
        })
    }

    /// The rows themselves, in their order.
    pub(super) fn read(&self, request: &AdminRequest<'_, '_>) -> Result<Vec<RowValue>, ListError> {
        let registry = &request.request.state.models;
        let connections = request.request.connections;
        let rows: Result<_, QueryError> =
            connections.with(|connection| self.query.clone().on(registry)?.instances(connection));
        let batch = RowBatch::new(&request.request.state.rows, self.query.model(), rows?)?;
        let rows = (0..batch.len()).map(|at| RowValue::new(Arc::clone(&batch), at));
        Ok(rows.collect())
    }

    /// Their keys, in their order.
    pub(super) fn keys(
        &self,
        request: &AdminRequest<'_, '_>,
    ) -> Result<Vec<FieldValue>, ListError> {
        let registry = &request.request.state.models;
        let connections = request.request.connections;
        let keys: Result<_, QueryError> =
            connections.with(|connection| self.query.clone().on(registry)?.keys(connection));
        Ok(keys?)
    }
}

/// Fails with 403 where the rules of the file forbid `action` for one of `rows`.
pub(super) fn require_for_each(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    action: &str,
    rows: &[RowValue],
) -> Result<(), HttpError> {
    let mut rules = admin.rules.0.iter();
    if !rules.any(|rule| rule.action == action) {
        return Ok(());
    }
    for row in rows {
        request.require(request.is_ruled_in(admin, action, Some(row))?)?;
    }
    Ok(())
}

/// The keys of `rows` as text.
pub(super) fn key_texts(rows: &[RowValue]) -> Vec<String> {
    let instances = rows.iter().filter_map(RowValue::instance);
    instances.map(|row| to_text(row.key())).collect()
}
