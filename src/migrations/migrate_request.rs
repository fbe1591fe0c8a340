//! What a run of migrations is asked for.

use crate::migrations::MigrationTarget;

/// Which migrations are only recorded, and not run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum FakeMode {
    /// None: all of them run.
    #[default]
    Never,
    /// All of them.
    All,
    /// The initial migrations of apps whose tables are there already.
    Initial,
}

/// What a run of migrations is asked for.
#[derive(Clone, Debug)]
pub struct MigrateRequest {
    /// Where the database is to be afterwards.
    pub target: MigrationTarget,
    /// Which migrations are only recorded.
    pub fake: FakeMode,
}
