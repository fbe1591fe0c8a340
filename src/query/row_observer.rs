//! Who saves and deletes rows in the place of the query layer: the code of a project, where it wants to know.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::models::{Model, Registry};
use crate::query::{DeletedRows, ModelInstance, QueryError, SaveOptions};
use crate::values::FieldValue;

/// What is asked before rows are saved and deleted. What it writes itself it is not asked about.
pub trait RowObserver: fmt::Debug + Send + Sync {
    /// Saves `row`, and changes it into what was saved; whether it did so.
    fn save(&self, row: &mut ModelInstance, options: &SaveOptions) -> Result<bool, QueryError>;

    /// Deletes the rows of these keys with what refers to them; `None` where it does not care.
    fn delete(&self, model: &Model, keys: &[FieldValue])
    -> Result<Option<DeletedRows>, QueryError>;

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
}
