//! Migrations: what they are, in which order they come, and their application.
//!
//! 1. [`unapplied`] compares the names of the files with the record; often that is all there is to do.
//! 2. [`Migrations::load`] reads the files of all apps.
//! 3. [`History`] joins them to a graph and to the record of one database.
//! 4. [`History::plan`] tells what leads to a [`Target`].
//! 5. [`detect`] finds what `models.toml` declares beyond the migrations, and [`write()`] writes it down.
//! 6. [`migrate`] carries a plan out, in one transaction, made again under its lock; a migration that
//!    is not atomic parts it.

mod autodetector;
mod boundary;
mod checksums;
mod drift;
mod error;
mod executor;
mod fake;
mod graph;
mod history;
mod key;
mod loader;
mod loss;
mod measure;
mod merge;
mod migration;
mod new;
pub mod operations;
mod optimizer;
mod plan;
mod prune;
mod recorder;
mod run;
mod single;
mod sql;
mod squash;
mod standing;
mod writer;

pub use autodetector::{
    Answers, DefaultAnswer, Detected, Question, Wanted, automatic_name, detect, number, timestamp,
};
pub(crate) use autodetector::{check_default, default_from};
pub use boundary::{Boundary, Half};
pub use checksums::{accept, edited, edited_warning};
pub use drift::drift;
pub use error::{MigrationError, Refusal};
pub use executor::{Company, Event, Fake, Guard, Hook, Request, migrate};
pub use history::History;
pub use key::MigrationKey;
pub use loader::{Migrations, names, unapplied};
pub use loss::Loss;
pub use measure::Measured;
pub use merge::{Branch, Merge, merges};
pub use migration::{Dependency, Migration};
pub use new::{empty, rewritten, updated};
pub use optimizer::Optimizer;
pub use plan::{Plan, Segment, Step, Target};
pub use prune::prune;
pub use recorder::{Record, applied};
pub use sql::statements;
pub use squash::{Squashed, squash};
pub use standing::Standing;
pub use writer::write;
