//! A query in a template: it runs when it is iterated, and remembers its rows.

use std::sync::{Arc, OnceLock};

use crate::query::Query;
use crate::templates::value::{Error, Value};
use crate::views::HttpError;
use crate::views::rows::{RowBatch, RowLoader, RowValue};

/// The rows of a query, read when they are asked for.
#[derive(Debug)]
pub(in crate::views) struct QueryValue {
    loader: Arc<RowLoader>,
    /// None where it is known that no row is meant.
    query: Option<Query>,
    rows: OnceLock<Result<Arc<RowBatch>, HttpError>>,
    count: OnceLock<Result<i64, HttpError>>,
}

impl QueryValue {
    /// The rows of `query`; no rows where there is none.
    pub(in crate::views) fn new(loader: &Arc<RowLoader>, query: Option<Query>) -> Self {
        Self {
            loader: Arc::clone(loader),
            query,
            rows: OnceLock::new(),
            count: OnceLock::new(),
        }
    }

    /// The rows of `query`, which were read already.
    pub(super) fn loaded(rows: Arc<RowBatch>, query: Query) -> Self {
        let value = Self::new(&rows.loader, Some(query));
        value.rows.set(Ok(rows)).ok();
        value
    }

    /// The query that `change` makes of this.
    pub(super) fn changed(
        &self,
        change: impl FnOnce(Query) -> Result<Query, Error>,
    ) -> Result<Value, Error> {
        let query = self.query.clone().map(change).transpose()?;
        Ok(Value::from_object(Self::new(&self.loader, query)))
    }

    /// The same rows, with what `change` makes of the query.
    pub(super) fn changed_query(&self, change: impl FnOnce(Query) -> Query) -> Self {
        Self::new(&self.loader, self.query.clone().map(change))
    }

    pub(super) fn query(&self) -> Option<&Query> {
        self.query.as_ref()
    }

    pub(super) fn loader(&self) -> &Arc<RowLoader> {
        &self.loader
    }

    /// The rows; read at the first call. None where no row is meant.
    pub(in crate::views) fn rows(&self) -> Result<Option<Arc<RowBatch>>, HttpError> {
        let Some(query) = &self.query else {
            return Ok(None);
        };
        let rows = self
            .rows
            .get_or_init(|| RowBatch::fetch(&self.loader, query));
        rows.clone().map(Some)
    }

    /// Whether its rows are read.
    pub(super) fn is_loaded(&self) -> bool {
        matches!(self.rows.get(), Some(Ok(_)))
    }

    /// How many rows there are: counted by the database, unless they are read already.
    pub(in crate::views) fn count(&self) -> Result<i64, HttpError> {
        let Some(query) = &self.query else {
            return Ok(0);
        };
        if let Some(Ok(rows)) = self.rows.get() {
            return Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX));
        }
        let count = self.count.get_or_init(|| {
            self.loader
                .ask(query, |set, connection| set.count(connection))
        });
        count.clone()
    }

    /// Whether there is a row.
    pub(in crate::views) fn exists(&self) -> Result<bool, HttpError> {
        let Some(query) = &self.query else {
            return Ok(false);
        };
        match self.rows.get() {
            Some(Ok(rows)) => Ok(rows.len() > 0),
            _ => self
                .loader
                .ask(query, |set, connection| set.exists(connection)),
        }
    }

    pub(super) fn row(&self, index: usize) -> Result<Option<Value>, HttpError> {
        let rows = self.rows()?;
        let found = rows.filter(|rows| index < rows.len());
        Ok(found.map(|rows| Value::from_object(RowValue::new(rows, index))))
    }

    pub(super) fn len(&self) -> Result<usize, HttpError> {
        Ok(self.rows()?.map_or(0, |rows| rows.len()))
    }
}
