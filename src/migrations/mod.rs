//! Migrations: what they are, in which order they come, and their application.
//!
//! 1. [`unapplied`] compares the names of the files with the record; often that is all there is to do.
//! 2. [`Migrations::load`] reads the files of all apps.
//! 3. [`History`] joins them to a graph and to the record of one database.
//! 4. [`History::plan`] tells what leads to a [`Target`].
//! 5. [`migrate`] carries a plan out, in one transaction, made again under its lock.

mod error;
mod executor;
mod fake;
mod graph;
mod history;
mod key;
mod loader;
mod migration;
pub mod operations;
mod plan;
mod recorder;
mod sql;

pub use error::MigrationError;
pub use executor::{Event, Fake, Hook, Request, migrate};
pub use history::History;
pub use key::MigrationKey;
pub use loader::{Migrations, names, unapplied};
pub use migration::{Dependency, Migration};
pub use plan::{Plan, Step, Target};
pub use recorder::{Record, applied};
pub use sql::statements;
