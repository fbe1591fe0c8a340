//! Caches: for now the table that the database backend keeps its entries in.

mod table;

pub use table::{CacheTable, CacheTableError, tables};
