//! Receivers of signals hear of rows that djr's own pages write.

use std::any::Any;
use std::sync::{Arc, OnceLock, Weak};

use crate::db::Connection;
use crate::models::Model;
use crate::query::{DeletedRows, ModelInstance, QueryError, RowObserver, SaveOptions};
use crate::script::{PythonSite, engine};
use crate::values::FieldValue;

/// Has rows saved and deleted by the classes of a project's models, where something in its `signals.py` listens.
#[derive(Debug, Default)]
pub struct RowReceivers(OnceLock<Weak<PythonSite>>);

impl RowReceivers {
    /// Tells those of the models of `site` that its receivers are theirs; until then nobody hears anything.
    pub fn listen(site: &Arc<PythonSite>) {
        let observer = site.models.row_observer().map(RowObserver::as_any);
        let receivers = observer.and_then(|observer| observer.downcast_ref::<Self>());
        if let Some(receivers) = receivers.filter(|_| site.has_receivers()) {
            receivers.0.set(Arc::downgrade(site)).ok();
        }
    }

    fn site(&self) -> Option<Arc<PythonSite>> {
        self.0.get()?.upgrade()
    }
}

impl RowObserver for RowReceivers {
    fn is_listening(&self) -> bool {
        self.site().is_some()
    }

    fn save(
        &self,
        row: &mut ModelInstance,
        options: &SaveOptions,
        connection: &Connection,
    ) -> Result<bool, QueryError> {
        match self.site() {
            Some(site) => engine::save_row(&site, row, options, connection.alias()),
            None => Ok(false),
        }
    }

    fn set_many(
        &self,
        row: &ModelInstance,
        name: &str,
        keys: &[FieldValue],
        connection: &Connection,
    ) -> Result<bool, QueryError> {
        match self.site() {
            Some(site) => engine::set_many(&site, row, name, keys, connection.alias()),
            None => Ok(false),
        }
    }

    fn delete(
        &self,
        model: &Model,
        keys: &[FieldValue],
        connection: &Connection,
    ) -> Result<Option<DeletedRows>, QueryError> {
        match self.site() {
            Some(site) => engine::delete_rows(&site, model, keys, connection.alias()),
            None => Ok(None),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
