//! Content types whose models are gone.

use std::collections::BTreeSet;

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

/// Which content types without a model are deleted.
#[derive(Clone, Debug, Default)]
pub struct StaleSelection {
    /// The labels of the installed apps.
    pub labels: Vec<String>,
    /// The models that migrations ever made: what else has no model may be one that only Django
    /// knows, such as a proxy.
    pub made: BTreeSet<ModelKey>,
    /// Whether apps that are not installed count.
    pub all_apps: bool,
    /// Content types that are deleted whoever made them.
    pub named: BTreeSet<ModelKey>,
}

impl StaleSelection {
    fn has(&self, key: &ModelKey) -> bool {
        let is_installed = self.labels.contains(&key.app_label);
        let is_gone = if is_installed {
            self.made.contains(key)
        } else {
            self.all_apps
        };
        is_gone || self.named.contains(key)
    }
}

/// The content types without a model.
#[derive(Clone, Debug, Default)]
pub struct ContentTypesWithoutModel {
    /// Those that are deleted, by app.
    pub stale: Vec<StaleContentType>,
    /// Those that are left alone, by app.
    pub kept: Vec<ModelKey>,
}

/// The content types without a model.
pub fn find_stale(
    registry: &Registry,
    connection: &Connection,
    selection: &StaleSelection,
) -> Result<ContentTypesWithoutModel, QueryError> {
    let mut found = ContentTypesWithoutModel::default();
    let Some(own) = registry.get("contenttypes.ContentType") else {
        return Ok(found);
    };
    let by = |column| OrderBy::ascending(SqlExpression::column(column));
    let select = SelectStatement::from(own.db_table())
        .columns(["id", "app_label", "model"])
        .order_by(by("app_label"))
        .order_by(by("model"));
    for row in select.rows(connection)? {
        let (id, label, model): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let key = ModelKey::new(&label, &model);
        let lives = registry
            .find(&key)
            .is_some_and(|model| !registry.is_swapped(model));
        if lives {
            continue;
        }
        if !selection.has(&key) {
            found.kept.push(key);
            continue;
        }
        let cascade = DeleteCollector::new(registry, connection, own, vec![SqlValue::Integer(id)])?;
        let own_label = own.label();
        let dependents = cascade.counts(connection)?.into_iter();
        found.stale.push(StaleContentType {
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
        let collector = DeleteCollector::new(registry, connection, own, keys)?;
        collector.run(connection).map(drop)
    })
}
