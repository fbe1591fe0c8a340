//! From models to SQL and from rows to values: the seed of the ORM.
//!
//! * [`ModelSelect`] compiles columns, order and conditions, with a join for every reference on the way.
//! * [`FieldValue`] is a value as a program sees it; [`read`] and [`store`] lead from and to a column.
//! * [`SaveStatement`] writes a row as Django's `save` does; [`DeleteCollector`] deletes rows and what refers to them.

mod cascade;
mod data;
mod decimal;
mod error;
mod kind;
mod save;
mod select;
mod storage;

pub use cascade::DeleteCollector;
pub use data::{FieldValue, Uuid};
pub use decimal::Decimal;
pub use error::QueryError;
pub use kind::{Through, key_fields, value_kind};
pub use save::{OmittedValue, SaveStatement, omitted_value};
pub use select::{ModelSelect, SelectedColumn};
pub use storage::{read, store};
