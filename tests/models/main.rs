//! The models of the parity corpus: djr makes the tables that Django's `migrate` makes.
//!
//! `tests/parity/record_models.py` recorded Django.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod across_apps;
mod attnames;
mod changes;
mod corpus;
mod coverage;
mod evolution;
mod model_errors;
mod option_changes;
mod patterns;
mod statements;
mod time_zones;
mod writer;
