//! Django's query sets in Python over the query layer.
//!
//! 1. [`native`] is the module `_djr_db`: what `django.db` asks for. A [`native_query`] is a query set's native half.
//! 2. [`conditions`] and [`expressions`] read what Python says (`Q`, `F`, functions, lookups) into the trees of
//!    `models::expression`; [`value`] turns values both ways.
//! 3. [`rows`] makes instances of what was read; [`writes`] saves rows.
//! 4. [`database`] is the connection of the thread; [`errors`] has Python see what went wrong.

mod arguments;
mod change_values;
mod conditions;
mod cursor;
mod database;
mod errors;
mod expressions;
mod fields;
mod known_paths;
mod native;
mod native_query;
mod on_commit;
mod order_terms;
mod prefetches;
mod query_forms;
mod query_methods;
mod query_results;
#[cfg(test)]
mod query_set_tests;
mod recorded;
mod related;
mod rows;
mod slotted_object;
mod times;
mod transactions;
pub(super) mod value;
mod writes;

pub(super) use database::{begin_of_call, end_of_call, site, with};
pub(super) use native::module_def;
pub(super) use native_query::NativeQuery;
pub(super) use times::{isoformat, plain_isoformat};
pub(super) use writes::known_row;
