//! Rows deleted, with what refers to them (`QuerySet.delete`).

use crate::db::Connection;
use crate::db::sql::{DeleteStatement, SqlStatement as _};
use crate::models::Registry;
use crate::query::dropped_files::are_observed;
use crate::query::one_of::is_one_of;
use crate::query::{DeleteCollector, ModelInstance, Query, QueryError, QuerySet};
use crate::values::to_column;

/// What a deletion did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DeletedRows {
    /// How many rows are gone.
    pub total: usize,
    /// How many of which model, such as `blog.Post`.
    pub by_model: Vec<(String, usize)>,
}

impl DeletedRows {
    /// Of counts by model, those without rows left out.
    pub(super) fn new(counts: Vec<(String, usize)>) -> Self {
        let by_model: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        Self {
            total: by_model.iter().map(|(_, count)| count).sum(),
            by_model,
        }
    }
}

impl QuerySet<'_> {
    /// Deletes the rows, and does with those that refer to them what their `on_delete` says.
    ///
    /// Fails with [`QueryError::Protected`] where rows forbid it, and where a part of the rows was taken.
    pub fn delete(&self, connection: &Connection) -> Result<DeletedRows, QueryError> {
        self.refuse_part("delete")?;
        if self.query.rows.has_values() {
            return Err(QueryError::RefusedCall {
                call: "delete",
                after: "values",
            });
        }
        let (registry, model) = (self.registry(), self.model());
        if let Some(observer) = registry.row_observer() {
            let keys = self.narrowed(Query::without_order).keys(connection)?;
            if let Some(deleted) = observer.delete(model, &keys, connection)? {
                return Ok(deleted);
            }
        }
        let is_fast = DeleteCollector::can_fast_delete(registry, model);
        if is_fast && !are_observed(registry, model) {
            return self.delete_alone(connection);
        }
        connection.transaction(|connection| {
            let unordered = self.narrowed(Query::without_order);
            let keys = unordered.keys(connection)?;
            let keys = keys.iter().map(to_column).collect();
            let collector = DeleteCollector::new(registry, connection, model, keys)?;
            Ok(DeletedRows::new(collector.run(connection)?))
        })
    }
}

impl QuerySet<'_> {
    /// Deletes the rows and nothing else: what refers to them is the business of whoever asks.
    pub fn delete_alone(&self, connection: &Connection) -> Result<DeletedRows, QueryError> {
        self.refuse_part("delete")?;
        let (alias, condition) = self.rows_condition()?;
        let mut statement = DeleteStatement::from_alias(self.model().db_table(), alias);
        if let Some(condition) = condition {
            statement = statement.filter(condition);
        }
        let count = statement.execute(connection)?;
        Ok(DeletedRows::new(vec![(self.model().label(), count)]))
    }
}

impl ModelInstance {
    /// Deletes the row, and does with those that refer to it what their `on_delete` says.
    pub fn delete(
        &self,
        registry: &Registry,
        connection: &Connection,
    ) -> Result<DeletedRows, QueryError> {
        let own = Query::of(self.model());
        let own = own.filter(is_one_of("pk", &[self.key().clone()]));
        own.on(registry)?.delete(connection)
    }
}
