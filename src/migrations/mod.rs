//! Migrations: what they are, in which order they come, and how they are applied.
//!
//! 1. [`unapplied_migrations`] compares the names of the files with the record; often that is all there is to do.
//! 2. [`Migrations::load`] reads the files of all apps.
//! 3. [`History`] joins them to a graph and to the record of one database.
//! 4. [`History::plan`] tells what leads to a [`MigrationTarget`].
//! 5. [`detect_changes`] finds what `models.toml` declares beyond the migrations, and [`write_migration`] writes it down.
//! 6. [`migrate`] carries a plan out, in one transaction, made again under its lock; a migration that
//!    is not atomic divides it into several.

mod autodetector;
mod checksums;
mod collect_sql;
mod data_loss;
mod drift;
mod empty_migration;
mod error;
mod executor;
mod fake_mode;
mod graph;
mod graph_builder;
mod half_squashed;
mod history;
mod hooks;
mod key;
mod key_mismatch;
mod loader;
mod merge;
mod migrate_request;
mod migration;
mod migration_event;
mod migration_row;
mod migration_runner;
mod naming;
mod operation_metrics;
mod operation_step;
pub mod operations;
mod optimizer;
mod partial_progress;
mod plan;
mod plan_transitions;
mod planner;
mod prune;
mod recorder;
mod reused_table;
mod run;
mod run_operations;
mod run_progress;
mod schema_rehearsal;
mod soft_applied;
mod squash;
mod state;
mod table_owners;
mod target;
mod update_migration;
mod writer;

pub use autodetector::{
    AutodetectorOptions, DefaultAnswer, DetectedChanges, MigrationAnswers, MigrationQuestion,
    detect_changes,
};
pub(crate) use autodetector::{check_default, parse_default};
pub use checksums::{accept_edits, edited_migrations, edited_warning};
pub use collect_sql::collect_sql;
pub use data_loss::{DataLoss, data_losses};
pub use drift::{DifferenceKind, SchemaDifference, schema_drift};
pub use empty_migration::empty_migration;
pub use error::{HookError, MigrationError};
pub use executor::migrate;
pub use fake_mode::FakeMode;
pub use history::History;
pub use hooks::{MigrationHooks, PendingChanges};
pub use key::MigrationKey;
pub use loader::{Migrations, migration_names};
pub use merge::{MergeMigration, MigrationBranch, merge_migrations};
pub use migrate_request::MigrateRequest;
pub use migration::{Migration, MigrationDependency};
pub use migration_event::{MigrationEvent, OnMigrationEvent};
pub use operation_metrics::OperationMetrics;
pub use optimizer::Optimizer;
pub use partial_progress::PartialProgress;
pub use plan::{MigrationPlan, PlanSegment, PlanStep};
pub use prune::prune_migrations;
pub use recorder::{AppliedMigration, applied_migrations, unapplied_migrations};
pub use run_progress::{PartialMigration, RunProgress};
pub use schema_rehearsal::plan_refusal;
pub use squash::{SquashRange, SquashedMigration, squash_migrations};
pub use target::MigrationTarget;
pub use update_migration::{optimized_migration, updated_migration};
pub use writer::write_migration;
