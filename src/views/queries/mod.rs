//! Queries in `urls.toml`: read once, with every mistake in them, and given the values of each request.
//!
//! 1. A [`QueryReader`] reads what an entry says of rows, in the one form that queries have
//!    (`models::expression::read`), and what a page reads along; a `QueryChecker` looks at every call of it.
//! 2. A [`RequestQuery`] is kept. Its conditions may take values of the request (`request_parameters`).
//! 3. For each request `parameter_values` puts them in.
//! 4. [`ContextQueries`] are those that an entry tells its template.

mod aggregate_query;
mod choice_check;
mod condition_parts;
mod context_queries;
mod parameter_values;
mod query_checker;
mod query_reader;
mod request_parameters;
mod request_query;
mod rows_read_along;
mod search;
mod value_queries;
mod value_shape;

#[cfg(test)]
mod doc_tests;
#[cfg(test)]
mod tests;

pub(in crate::views) use context_queries::ContextQueries;
pub(in crate::views) use query_checker::QueryChecker;
pub(crate) use query_reader::QueryReader;
pub(crate) use request_parameters::{GUARDING_SOURCES, ParameterValue, parameter};
pub(in crate::views) use request_parameters::{SOURCES, argument_value};
pub(crate) use request_query::{RequestQuery, fitting};
pub(crate) use search::{SearchField, SearchTerms};
