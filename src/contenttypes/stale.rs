//! Content types whose models are gone.

use crate::db::sql::{OrderBy, SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::models::{ModelKey, ModelSet as _, Registry};
use crate::query::{DeleteCollector, QueryError};

/// A content type whose model is gone, and the rows that would go with it.
#[derive(Clone, Debug)]
pub struct StaleContentType {
    /// Its primary key.
    pub id: i64,
    /// The app and the model it stands for.
    pub key: ModelKey,
    /// How many rows of which other model go with it.
    pub dependents: Vec<(String, usize)>,
}

/// The content types without a model, by app; those of apps that are not in `labels` only with `all_apps`.
pub fn find_stale(
    registry: &Registry,
    labels: &[&str],
    connection: &Connection,
    all_apps: bool,
) -> Result<Vec<StaleContentType>, QueryError> {
    let Some(own) = registry.get("contenttypes.ContentType") else {
        return Ok(Vec::new());
    };
    let by = |column| OrderBy::ascending(SqlExpression::column(column));
    let select = SelectStatement::from(own.db_table())
        .columns(["id", "app_label", "model"])
        .order_by(by("app_label"))
        .order_by(by("model"));
    let mut found = Vec::new();
    for row in select.rows(connection)? {
        let (id, label, model): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let key = ModelKey::new(&label, &model);
        let installed = labels.contains(&label.as_str());
        let lives = registry
            .find(&key)
            .is_some_and(|model| !registry.is_swapped(model));
        if lives || !installed && !all_apps {
            continue;
        }
        let cascade = DeleteCollector::new(registry, connection, own, vec![SqlValue::Integer(id)])?;
        let own_label = format!("{}.{}", own.app_label, own.name);
        let dependents = cascade.counts().into_iter();
        found.push(StaleContentType {
            id,
            key,
            dependents: dependents
                .filter(|(label, _)| *label != own_label)
                .collect(),
        });
    }
    Ok(found)
}

/// Deletes these content types and all that depends on them, in one transaction.
pub fn delete_stale(
    registry: &Registry,
    connection: &Connection,
    found: &[&StaleContentType],
) -> Result<(), QueryError> {
    let Some(own) = registry.get("contenttypes.ContentType") else {
        return Ok(());
    };
    connection.transaction(|connection| {
        let keys = found
            .iter()
            .map(|content_type| SqlValue::Integer(content_type.id))
            .collect();
        // Found again under the lock: rows may have come since.
        DeleteCollector::new(registry, connection, own, keys)?.run(connection)
    })
}
