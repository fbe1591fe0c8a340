//! A query in a template: it runs when it is iterated, and remembers its rows.

use std::sync::{Arc, OnceLock};

use crate::db::with_statement_cause;
use crate::query::Query;
use crate::templates::value::{Error, Value, from_field, tuple};
use crate::values::FieldValue;
use crate::views::HttpError;
use crate::views::rows::{RowBatch, RowLoader, RowShape, RowValue};

/// The rows of a query, read when they are asked for.
#[derive(Debug)]
pub(in crate::views) struct QueryValue {
    loader: Arc<RowLoader>,
    /// None where it is known that no row is meant.
    query: Option<Query>,
    shape: RowShape,
    /// Why its statements run, where rows of a list are asked one by one.
    cause: Option<Arc<str>>,
    rows: OnceLock<Result<ReadRows, HttpError>>,
    count: OnceLock<Result<i64, HttpError>>,
}

/// What was read.
#[derive(Clone, Debug)]
enum ReadRows {
    Rows(Arc<RowBatch>),
    /// Values of rows.
    Values(Arc<[Value]>),
}

impl ReadRows {
    /// Reads the rows of `query`.
    fn fetch(loader: &Arc<RowLoader>, query: &Query, shape: RowShape) -> Result<Self, HttpError> {
        if shape == RowShape::Rows {
            return RowBatch::fetch(loader, query).map(Self::Rows);
        }
        let found = loader.ask(query, |set, connection| set.values(connection))?;
        let read = |value: &FieldValue| from_field(value, loader.zone());
        let names = &found.names;
        let rows = found.rows.iter().map(|row| match shape {
            RowShape::Mappings => {
                let names = names.iter().map(String::as_str);
                Value::from_pairs(names.zip(row.iter().map(read)))
            }
            RowShape::Values => row.first().map_or_else(Value::default, read),
            RowShape::Rows | RowShape::Tuples => tuple(row.iter().map(read)),
        });
        Ok(Self::Values(rows.collect()))
    }

    fn len(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Values(values) => values.len(),
        }
    }

    fn row(&self, index: usize) -> Option<Value> {
        match self {
            Self::Rows(rows) if index < rows.len() => {
                let row = RowValue::new(Arc::clone(rows), index);
                Some(Value::from_object(row))
            }
            Self::Rows(_) => None,
            Self::Values(values) => values.get(index).cloned(),
        }
    }
}

impl QueryValue {
    /// The rows of `query`; no rows where there is none.
    pub(in crate::views) fn new(loader: &Arc<RowLoader>, query: Option<Query>) -> Self {
        Self::shaped(loader, query, RowShape::Rows)
    }

    /// The rows of `query` in this shape; no rows where there is none.
    pub(in crate::views) fn shaped(
        loader: &Arc<RowLoader>,
        query: Option<Query>,
        shape: RowShape,
    ) -> Self {
        Self {
            loader: Arc::clone(loader),
            query,
            shape,
            cause: None,
            rows: OnceLock::new(),
            count: OnceLock::new(),
        }
    }

    /// The rows of `query`, of whose statements who watches is told `cause`.
    pub(super) fn caused(
        loader: &Arc<RowLoader>,
        query: Option<Query>,
        cause: Option<Arc<str>>,
    ) -> Self {
        Self {
            cause,
            ..Self::new(loader, query)
        }
    }

    /// The rows of `query`, which were read already.
    pub(super) fn loaded(rows: Arc<RowBatch>, query: Query) -> Self {
        let value = Self::new(&rows.loader, Some(query));
        value.rows.set(Ok(ReadRows::Rows(rows))).ok();
        value
    }

    /// The query that `change` makes of this.
    pub(super) fn changed(
        &self,
        change: impl FnOnce(Query) -> Result<Query, Error>,
    ) -> Result<Value, Error> {
        let query = self.query.clone().map(change).transpose()?;
        Ok(Value::from_object(self.of_query(query)))
    }

    /// The same rows, with what `change` makes of the query.
    pub(super) fn changed_query(&self, change: impl FnOnce(Query) -> Query) -> Self {
        self.of_query(self.query.clone().map(change))
    }

    fn of_query(&self, query: Option<Query>) -> Self {
        Self {
            cause: self.cause.clone(),
            ..Self::shaped(&self.loader, query, self.shape)
        }
    }

    /// Does `work`, in which its statements run.
    fn asking<T>(&self, work: impl FnOnce() -> T) -> T {
        with_statement_cause(self.cause.as_ref(), work)
    }

    /// The first row of `query` in the shape of these.
    pub(super) fn first_of(&self, query: Query) -> Result<Option<Value>, HttpError> {
        let one = query.slice(0, Some(1));
        let read = self.asking(|| ReadRows::fetch(&self.loader, &one, self.shape));
        Ok(read?.row(0))
    }

    pub(super) fn query(&self) -> Option<&Query> {
        self.query.as_ref()
    }

    pub(super) fn loader(&self) -> &Arc<RowLoader> {
        &self.loader
    }

    /// The rows; read at the first call. None where no row is meant, or values of rows.
    pub(in crate::views) fn rows(&self) -> Result<Option<Arc<RowBatch>>, HttpError> {
        Ok(self.read()?.and_then(|read| match read {
            ReadRows::Rows(rows) => Some(rows),
            ReadRows::Values(_) => None,
        }))
    }

    fn read(&self) -> Result<Option<ReadRows>, HttpError> {
        let Some(query) = &self.query else {
            return Ok(None);
        };
        let read = || self.asking(|| ReadRows::fetch(&self.loader, query, self.shape));
        self.rows.get_or_init(read).clone().map(Some)
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
            self.asking(|| {
                self.loader
                    .ask(query, |set, connection| set.count(connection))
            })
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
            _ => self.asking(|| {
                self.loader
                    .ask(query, |set, connection| set.exists(connection))
            }),
        }
    }

    pub(super) fn row(&self, index: usize) -> Result<Option<Value>, HttpError> {
        Ok(self.read()?.and_then(|rows| rows.row(index)))
    }

    pub(super) fn len(&self) -> Result<usize, HttpError> {
        Ok(self.read()?.map_or(0, |rows| rows.len()))
    }
}
