//! What a plan takes from rows that are there: told from its operations, before it runs.

mod finder;
mod narrowing;
mod reused_table_search;
mod table_origins;

pub use finder::{DataLoss, data_losses};
pub(super) use reused_table_search::check_reused_tables;
