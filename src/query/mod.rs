//! From models to SQL and from rows to values.
//!
//! * [`Query`] is Django's query set as plain data: conditions, order and slices.
//! * [`QuerySet`] is one among the models of a project, and runs it. 1. `field_path` follows the names of a path;
//!   2. `join_graph` joins the tables on the way; 3. `condition`, `expression` and `order` write the SQL.
//!   4. `compiled_query` keeps the statement for all queries of one shape (`query_shape`), whose values are bound.
//! * [`ModelInstance`] is a row.
//! * [`ModelSelect`] compiles columns and order for fixtures and commands.
//! * [`SaveStatement`] writes a row as Django's `save` does; [`DeleteCollector`] deletes rows and what refers to them;
//!   [`ConstraintCheck`] says before whether a row breaks a rule of its model.

mod aggregates;
mod aggregation;
mod bind;
mod bulk;
mod column_value;
mod column_values;
mod combined;
mod compiled_query;
mod compiler;
mod condition;
mod constraint_check;
mod create;
mod date_functions;
mod dates;
mod delete;
mod delete_collector;
mod dropped_files;
mod error;
mod expression;
mod field_loading;
mod field_path;
mod filtered_relation;
mod given;
mod instance;
mod instance_plan;
mod instance_save;
mod join_graph;
mod json_lookup;
mod json_path;
mod kept_plans;
mod key_fields;
mod late_joins;
mod lookup;
mod merge;
mod name_tree;
mod one_of;
mod operand_value;
mod order;
mod part_of_each;
mod pick;
mod plan_reader;
mod prefetch;
mod query_builder;
mod query_plans;
mod query_set;
mod query_shape;
mod question;
mod raw;
mod read_query;
mod read_value;
mod related;
mod related_change;
mod relation_key;
mod relation_path;
mod row_observer;
mod save;
mod select;
mod selection;
mod steps;
mod subquery;
mod through;
mod transform;
mod typed_sql;
mod update;
mod write_plans;
mod year_lookup;

#[cfg(test)]
mod computed_tests;
#[cfg(test)]
mod instance_tests;
#[cfg(test)]
mod naive_evaluation;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod property_groups;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod random_models;
#[cfg(test)]
mod shape_tests;
#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod write_tests;

pub use aggregation::NamedExpression;
pub use bulk::{BulkConflict, BulkOptions};
pub use constraint_check::ConstraintCheck;
pub use create::CreatedRow;
pub use delete::DeletedRows;
pub use delete_collector::{BlockingRows, DeleteCollector, RowsOfModel};
pub use error::QueryError;
pub use instance::{ModelInstance, RelatedRows};
pub use instance_save::{FieldAssignment, SaveOptions};
pub use key_fields::key_fields;
pub use one_of::is_one_of;
pub use query_builder::{Prefetch, Query};
pub use query_set::{QuerySet, ValueRows};
pub use read_query::read_query;
pub use related::RelatedAccessor;
pub use related_change::RelatedChange;
pub use row_observer::RowObserver;
pub use save::{OmittedValue, SaveStatement, omitted_value};
pub use select::{ModelSelect, SelectedColumn};
pub use through::Through;
pub use update::FieldUpdate;
