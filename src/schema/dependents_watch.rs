//! What is known of the views, triggers and search tables of a database while its schema changes.

use crate::db::{BrokenObject, Connection, DatabaseError, DependentObjects};

/// What is known of the views, triggers and search tables of a database while its schema changes.
#[derive(Debug, Default)]
pub(super) struct DependentsWatch {
    /// How they were before the operation that runs; none where that is not known.
    before: Option<DependentObjects>,
    /// Whether the operation that runs changes what they may name.
    is_watching: bool,
}

impl DependentsWatch {
    /// Remembers which of them work, before the first change of an operation.
    pub(super) fn begin(&mut self, connection: &Connection) -> Result<(), DatabaseError> {
        if self.before.is_none() {
            self.before = Some(DependentObjects::read(connection)?);
        }
        self.is_watching = true;
        Ok(())
    }

    /// Whether there are any.
    pub(super) fn has_any(&self) -> bool {
        let before = self.before.as_ref();
        before.is_some_and(|before| !before.is_empty())
    }

    /// Whether any of them did not work before, and no trigger of `table` is among these.
    pub(super) fn has_broken_beside(&self, table: &str) -> bool {
        let before = self.before.as_ref();
        before.is_some_and(|before| before.has_broken_beside(table))
    }

    /// Those that worked before the operation that ran and do not now.
    pub(super) fn end(
        &mut self,
        connection: &Connection,
    ) -> Result<Vec<BrokenObject>, DatabaseError> {
        let is_watching = std::mem::take(&mut self.is_watching);
        let Some(before) = self
            .before
            .as_mut()
            .filter(|before| is_watching && !before.is_empty())
        else {
            return Ok(Vec::new());
        };
        let after = DependentObjects::read(connection)?;
        let broken = after.newly_broken(before);
        *before = after;
        Ok(broken)
    }
}
