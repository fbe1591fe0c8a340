//! What a plan takes from rows that are there: told from its operations, before it runs.

mod finder;
mod narrowing;
mod table_origins;

pub use finder::DataLoss;
pub(super) use finder::data_losses;
