//! The log of a process, whose settings may be read again while it runs.

use std::sync::{Arc, PoisonError, RwLock};

use crate::logging::Logging;

/// The log as the settings were last read; clones share it.
#[derive(Clone, Debug, Default)]
pub struct CurrentLogging(Arc<RwLock<Option<Logging>>>);

impl CurrentLogging {
    /// The log; `None` before the settings were read.
    pub fn get(&self) -> Option<Logging> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Has `logging` take the place of the one before.
    pub fn set(&self, logging: Logging) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(logging);
    }
}
