//! From models to SQL and from rows to values: the seed of the ORM.
//!
//! * [`ModelSelect`] compiles columns, order and conditions, with a join for every reference on the way.
//! * [`SaveStatement`] writes a row as Django's `save` does; [`DeleteCollector`] deletes rows and what refers to them.

mod delete_collector;
mod error;
mod key_fields;
mod save;
mod select;
mod through;

pub use delete_collector::DeleteCollector;
pub use error::QueryError;
pub use key_fields::key_fields;
pub use save::{OmittedValue, SaveStatement, omitted_value};
pub use select::{ModelSelect, SelectedColumn};
pub use through::Through;
