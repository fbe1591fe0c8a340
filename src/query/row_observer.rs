//! Who saves and deletes rows in the place of the query layer: the code of a project, where it wants to know.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::db::Connection;
use crate::models::{Model, Registry};
use crate::query::{DeletedRows, ModelInstance, QueryError, RelatedChange, SaveOptions};
use crate::values::FieldValue;

/// What is asked before rows are saved and deleted. What it writes itself it is not asked about.
pub trait RowObserver: fmt::Debug + Send + Sync {
    /// Whether it may care about any row at all.
    fn is_listening(&self) -> bool;

    /// Saves `row`, and changes it into what was saved; whether it did so.
    fn save(
        &self,
        row: &mut ModelInstance,
        options: &SaveOptions,
        connection: &Connection,
    ) -> Result<bool, QueryError>;

    /// Lets the rows of these keys, and no others, belong to `row` by its reference `name` to many; whether it did so.
    fn set_many(
        &self,
        row: &ModelInstance,
        name: &str,
        keys: &[FieldValue],
        connection: &Connection,
    ) -> Result<bool, QueryError>;

    /// Deletes the rows of these keys with what refers to them; `None` where it does not care.
    fn delete(
        &self,
        model: &Model,
        keys: &[FieldValue],
        connection: &Connection,
    ) -> Result<Option<DeletedRows>, QueryError>;

    /// The observer itself, for who knows its type.
    fn as_any(&self) -> &dyn Any;
}

/// The observer of the rows of a registry, as the registry keeps it.
#[derive(Debug)]
struct KeptObserver(Arc<dyn RowObserver>);

impl Registry {
    /// The same models, whose rows `observer` is asked about before they are saved and deleted.
    #[must_use]
    pub fn with_row_observer(self, observer: Arc<dyn RowObserver>) -> Self {
        self.with_observer(Arc::new(KeptObserver(observer)))
    }

    /// What is asked before rows are saved and deleted, if anything is.
    pub fn row_observer(&self) -> Option<&dyn RowObserver> {
        let kept = self.observer()?.downcast_ref::<KeptObserver>()?;
        Some(&*kept.0)
    }

    /// What is asked before rows are saved and deleted, where it may care about any.
    pub fn listening_observer(&self) -> Option<&dyn RowObserver> {
        self.row_observer()
            .filter(|observer| observer.is_listening())
    }
}

impl ModelInstance {
    /// Lets the rows of these primary keys, and no others, belong to it by its reference `name` to many.
    pub fn set_many(
        &self,
        registry: &Registry,
        connection: &Connection,
        name: &str,
        keys: &[FieldValue],
    ) -> Result<(), QueryError> {
        if let Some(observer) = registry.listening_observer()
            && observer.set_many(self, name, keys, connection)?
        {
            return Ok(());
        }
        RelatedChange::new(registry, connection, self, name)?.set(keys)
    }
}
