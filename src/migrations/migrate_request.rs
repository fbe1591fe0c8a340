//! What a run of migrations is asked for.

use crate::migrations::MigrationTarget;
use crate::migrations::fake_mode::FakeMode;

/// What a run of migrations is asked for.
#[derive(Clone, Debug)]
pub struct MigrateRequest {
    /// Where the database is to be afterwards.
    pub target: MigrationTarget,
    /// Which migrations are only recorded.
    pub fake: FakeMode,
}
