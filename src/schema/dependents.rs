//! Views, triggers and search tables, which an operation must not leave behind broken.

use crate::schema::{SchemaEditor, SchemaError};

impl SchemaEditor<'_> {
    /// Remembers which of them work, before the first change of an operation.
    pub(super) fn watch_dependents(&mut self) -> Result<(), SchemaError> {
        if let Some(transaction) = self.transaction {
            self.dependents.begin(transaction)?;
        }
        Ok(())
    }

    /// Fails if one of them worked before the operation that ran and does not now.
    pub fn check_dependents(&mut self) -> Result<(), SchemaError> {
        let Some(transaction) = self.transaction else {
            return Ok(());
        };
        let broken = self.dependents.end(transaction)?;
        if broken.is_empty() {
            return Ok(());
        }
        Err(SchemaError::DependentsBroken(broken))
    }
}
