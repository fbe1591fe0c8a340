//! Rows that were read together: what one of them refers to is read for all of them at once.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::models::{Field, ModelKey, ModelSet as _};
use crate::query::{ModelInstance, Query, QueryError};
use crate::templates::value::Value;
use crate::values::{self, FieldValue};
use crate::views::HttpError;
use crate::views::rows::RowLoader;
use crate::views::rows::conditions::is_one_of;
use crate::views::rows::row_model::RowModel;

/// Rows of one query, in its order.
pub(crate) struct RowBatch {
    pub(super) loader: Arc<RowLoader>,
    pub(super) model: Arc<RowModel>,
    rows: BatchRows,
    /// What the rows refer to, by the place of the field.
    referred: Mutex<HashMap<usize, ReferredRows>>,
    /// The values of fields that were left out, by the place of the field.
    deferred: Mutex<HashMap<usize, DeferredValues>>,
    /// What else belongs to rows, by the place of the row.
    related: Mutex<HashMap<(usize, RowRelation), Value>>,
}

/// The rows of a batch: its own, or some that others hold, too.
#[derive(Debug)]
pub(super) enum BatchRows {
    Own(Vec<ModelInstance>),
    Shared(Arc<[Arc<ModelInstance>]>),
    One(Arc<ModelInstance>),
}

impl BatchRows {
    fn len(&self) -> usize {
        match self {
            Self::Own(rows) => rows.len(),
            Self::Shared(rows) => rows.len(),
            Self::One(_) => 1,
        }
    }

    fn get(&self, index: usize) -> Option<&ModelInstance> {
        match self {
            Self::Own(rows) => rows.get(index),
            Self::Shared(rows) => rows.get(index).map(Arc::as_ref),
            Self::One(row) => (index == 0).then_some(&**row),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &ModelInstance> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// What belongs to a row.
#[derive(Debug, Eq, Hash, PartialEq)]
pub(super) enum RowRelation {
    /// The row that the field at this place refers to, and that was read along.
    Field(usize),
    /// What a relation of this name leads to.
    Named(String),
}

/// A row as templates see it: one of a batch.
#[derive(Clone, Debug)]
pub(crate) struct RowValue {
    pub(super) batch: Arc<RowBatch>,
    pub(super) index: usize,
}

/// The rows that a field refers to, by the text of the value that it refers by.
type ReferredRows = Arc<HashMap<String, RowValue>>;

/// The values of a field that was left out, by the text of the key of the row.
type DeferredValues = Arc<HashMap<String, FieldValue>>;

/// How many values one query compares with: SQLite takes no more than 32,766 parameters.
const MAX_VALUES: usize = 10_000;

impl RowValue {
    /// The row at `index` of `batch`.
    pub(crate) fn new(batch: Arc<RowBatch>, index: usize) -> Self {
        Self { batch, index }
    }

    /// `row` alone.
    pub(crate) fn alone(loader: &Arc<RowLoader>, row: ModelInstance) -> Result<Self, HttpError> {
        let model = row.model().key();
        Ok(Self::new(RowBatch::new(loader, &model, vec![row])?, 0))
    }

    /// The row itself; none where the batch has fewer rows.
    pub(crate) fn instance(&self) -> Option<&ModelInstance> {
        self.batch.row(self.index)
    }
}

impl RowBatch {
    /// Reads the rows of `query`.
    pub(crate) fn fetch(loader: &Arc<RowLoader>, query: &Query) -> Result<Arc<Self>, HttpError> {
        let rows = loader.ask(query, |set, connection| set.instances(connection))?;
        Self::new(loader, query.model(), rows)
    }

    /// The same; none where `query` compares a field with something that it cannot hold, so that no row fits.
    pub(crate) fn fetch_fitting(
        loader: &Arc<RowLoader>,
        query: &Query,
    ) -> Result<Option<Arc<Self>>, HttpError> {
        let rows = loader.answer(query, |set, connection| set.instances(connection));
        match rows {
            Ok(rows) => Self::new(loader, query.model(), rows).map(Some),
            Err(QueryError::WrongValue { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// `rows`, of the model of this key.
    pub(crate) fn new(
        loader: &Arc<RowLoader>,
        model: &ModelKey,
        rows: Vec<ModelInstance>,
    ) -> Result<Arc<Self>, HttpError> {
        Self::shared(loader, model, BatchRows::Own(rows))
    }

    /// The same of rows that others may hold, too.
    pub(super) fn shared(
        loader: &Arc<RowLoader>,
        model: &ModelKey,
        rows: BatchRows,
    ) -> Result<Arc<Self>, HttpError> {
        Ok(Arc::new(Self {
            loader: Arc::clone(loader),
            model: Arc::clone(loader.model(model)?),
            rows,
            referred: Mutex::default(),
            deferred: Mutex::default(),
            related: Mutex::default(),
        }))
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row at `index`.
    pub(crate) fn row(&self, index: usize) -> Option<&ModelInstance> {
        self.rows.get(index)
    }

    /// The row that the field at `place` of the row at `index` refers to; none where it refers to none.
    pub(super) fn referred(
        &self,
        index: usize,
        place: usize,
    ) -> Result<Option<RowValue>, HttpError> {
        let (Some(row), Some(field)) = (self.row(index), self.model.field(place)) else {
            return Ok(None);
        };
        let value = match row.at(place) {
            None | Some(FieldValue::Null) => return Ok(None),
            Some(value) => values::to_text(value),
        };
        Ok(self.all_referred(place, field)?.get(&value).cloned())
    }

    /// The rows that the field at `place` of all rows refers to, read at once.
    fn all_referred(&self, place: usize, field: &Field) -> Result<ReferredRows, HttpError> {
        kept_once(&self.referred, place, || {
            Ok(Arc::new(self.read_referred(field)?))
        })
    }

    fn read_referred(&self, field: &Field) -> Result<HashMap<String, RowValue>, HttpError> {
        let Some(relation) = field.relation() else {
            return Ok(HashMap::new());
        };
        let (target, to) = self.loader.registry().target_field(relation)?;
        let mut read = HashMap::new();
        for part in self.different_values(field).chunks(MAX_VALUES) {
            let query = Query::of(target).filter(is_one_of(&to.name, part.iter().copied()));
            let batch = Self::fetch(&self.loader, &query.order_by::<String>([]))?;
            for index in 0..batch.len() {
                let key = batch.row(index).and_then(|row| row.get(&to.name));
                if let Some(key) = key.map(values::to_text) {
                    read.insert(key, RowValue::new(Arc::clone(&batch), index));
                }
            }
        }
        Ok(read)
    }

    /// What the field at `place` of the row at `index` holds, which was left out; read for all rows at once.
    pub(super) fn deferred(&self, index: usize, place: usize) -> Result<FieldValue, HttpError> {
        let (Some(row), Some(field)) = (self.row(index), self.model.field(place)) else {
            return Ok(FieldValue::Null);
        };
        let values = kept_once(&self.deferred, place, || {
            Ok(Arc::new(self.read_deferred(field)?))
        })?;
        let found = values.get(&values::to_text(row.key())).cloned();
        Ok(found.unwrap_or(FieldValue::Null))
    }

    fn read_deferred(&self, field: &Field) -> Result<HashMap<String, FieldValue>, HttpError> {
        let keys: Vec<_> = self.rows.iter().map(ModelInstance::key).collect();
        let mut read = HashMap::new();
        for part in keys.chunks(MAX_VALUES) {
            let query = Query::of(&self.model.model).filter(is_one_of("pk", part.iter().copied()));
            let query = query
                .order_by::<String>([])
                .values(["pk", &field.attname()]);
            let rows = self
                .loader
                .ask(&query, |set, connection| set.values(connection))?
                .rows;
            for row in rows {
                let mut row = row.into_iter();
                if let (Some(key), Some(value)) = (row.next(), row.next()) {
                    read.insert(values::to_text(&key), value);
                }
            }
        }
        Ok(read)
    }

    /// The values by which rows refer in `field`, each once.
    fn different_values(&self, field: &Field) -> Vec<&FieldValue> {
        let mut found = HashMap::new();
        for value in self.rows.iter().filter_map(|row| row.get(&field.name)) {
            if *value != FieldValue::Null {
                found.entry(values::to_text(value)).or_insert(value);
            }
        }
        found.into_values().collect()
    }

    /// What `make` makes, once for each row and relation.
    pub(super) fn kept(
        &self,
        index: usize,
        relation: RowRelation,
        make: impl FnOnce() -> Result<Value, HttpError>,
    ) -> Result<Value, HttpError> {
        kept_once(&self.related, (index, relation), make)
    }
}

/// What is kept under `key`; `make` makes it where nothing is.
///
/// Nothing is locked meanwhile, as what is made may ask for more of the same rows.
fn kept_once<K: Eq + Hash, V: Clone>(
    kept: &Mutex<HashMap<K, V>>,
    key: K,
    make: impl FnOnce() -> Result<V, HttpError>,
) -> Result<V, HttpError> {
    if let Some(found) = locked(kept).get(&key) {
        return Ok(found.clone());
    }
    let value = make()?;
    locked(kept).insert(key, value.clone());
    Ok(value)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for RowBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows.iter()).finish()
    }
}
