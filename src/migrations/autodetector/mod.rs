//! From what migrations lead to and what `models.toml` declares to the migrations between them
//! (`django.db.migrations.autodetector`).
//!
//! 1. [`comparable`] brings the models of both sides to one form.
//! 2. Renames come first, and the old side follows them, so that the rest is compared name by name.
//! 3. Operations are generated, each with its [`operation_dependency`]s.
//! 4. [`sort_operations`] orders them and [`build_migrations`] divides them into migrations, and those
//!    of apps that depend on each other into several.
//! 5. [`arrange_for_graph`] numbers and names the migrations.

mod answers;
mod arrange_for_graph;
mod build_migrations;
mod column_order;
mod comparable;
mod decided_renames;
mod default_answer;
mod detect;
mod detector;
mod earlier_names;
mod fields;
mod idle_decisions;
mod indexes;
mod models;
mod moved_model;
mod moves;
mod name_changes;
mod operation_dependency;
mod options;
mod questions;
mod refused_changes;
mod renames;
mod sort_operations;
mod through_models;

pub use answers::{DefaultAnswer, MigrationAnswers};
pub(crate) use default_answer::{check_default, parse_default};
pub use detect::detect_changes;
pub use options::{AutodetectorOptions, DetectedChanges};
pub use questions::MigrationQuestion;
