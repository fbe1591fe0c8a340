//! Migrations: what they are, in which order they come, and their application.
//!
//! 1. [`unapplied`] compares the names of the files with the record; often that is all there is to do.
//! 2. [`Migrations::load`] reads the files of all apps.
//! 3. [`History`] joins them to a graph and to the record of one database.
//! 4. [`History::plan`] tells what leads to a [`MigrationTarget`].
//! 5. [`detect`] finds what `models.toml` declares beyond the migrations, and [`write()`] writes it down.
//! 6. [`migrate`] carries a plan out, in one transaction, made again under its lock; a migration that
//!    is not atomic parts it.

mod autodetector;
mod checksums;
mod collect_sql;
mod data_loss;
mod drift;
mod error;
mod executor;
mod graph;
mod history;
mod key;
mod loader;
mod merge;
mod migration;
mod new;
mod operation_metrics;
mod operation_step;
pub mod operations;
mod optimizer;
mod partial_progress;
mod plan;
mod prune;
mod recorder;
mod run;
mod run_progress;
mod soft_applied;
mod squash;
mod writer;

pub use autodetector::{
    AutodetectorOptions, DefaultAnswer, DetectedChanges, MigrationAnswers, MigrationQuestion,
    automatic_name, detect, number, timestamp,
};
pub(crate) use autodetector::{check_default, default_from};
pub use checksums::{accept, edited, edited_warning};
pub use collect_sql::statements;
pub use data_loss::DataLoss;
pub use drift::drift;
pub use error::{HookError, MigrationError};
pub use executor::{Company, FakeMode, Guard, Hook, MigrateRequest, MigrationEvent, migrate};
pub use history::History;
pub use key::MigrationKey;
pub use loader::{Migrations, names, unapplied};
pub use merge::{MergeMigration, MigrationBranch, merges};
pub use migration::{Migration, MigrationDependency};
pub use new::{empty, rewritten, updated};
pub use operation_metrics::OperationMetrics;
pub use optimizer::Optimizer;
pub use partial_progress::PartialProgress;
pub use plan::{MigrationPlan, MigrationTarget, PlanSegment, PlanStep};
pub use prune::prune;
pub use recorder::{AppliedMigration, applied};
pub use run_progress::{PartialMigration, RunProgress};
pub use squash::{SquashedMigration, squash};
pub use writer::write;
