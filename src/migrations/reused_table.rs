//! A table that a plan drops although another model has it, or gets it.

use std::error::Error;
use std::fmt;

use crate::migrations::MigrationKey;
use crate::models::ModelKey;
use crate::schema::Direction;

/// A table with rows that a plan drops although another model has it, or gets it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReusedTable {
    /// The table.
    pub table: String,
    /// The migration that drops it.
    pub migration: MigrationKey,
    /// Whether that is applied or undone.
    pub direction: Direction,
    /// The model that loses it.
    pub former: ModelKey,
    /// The model that has it as well, or gets it.
    pub owner: ModelKey,
    /// Whether the other model has the table at the same time.
    pub is_shared: bool,
}

impl fmt::Display for ReusedTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.direction == Direction::Backwards {
            f.write_str("undoing ")?;
        }
        let Self {
            table,
            migration,
            former,
            owner,
            ..
        } = self;
        write!(
            f,
            "`{migration}` drops the table `{table}` of `{former}` with its rows, and "
        )?;
        if self.is_shared {
            write!(f, "`{owner}` has it too")
        } else {
            write!(f, "`{owner}` gets an empty one of that name")
        }
    }
}

impl Error for ReusedTable {}

impl ReusedTable {
    /// What to do about it.
    pub fn hints(&self) -> Vec<String> {
        let (former, owner) = (&self.former, &self.owner);
        let mut hints = vec![format!(
            "to keep the rows, change the state alone: `CreateModel` of `{owner}`, then `DeleteModel` of \
             `{former}`, each below `state_operations` of a `SeparateDatabaseAndState`"
        )];
        if !self.is_shared && self.direction == Direction::Forwards {
            let MigrationKey { app_label, name } = &self.migration;
            hints.push(format!(
                "to drop them, apply that one by itself: `djr migrate {app_label} {name}`"
            ));
        }
        hints
    }
}
