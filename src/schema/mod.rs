//! Changes of the schema, statement for statement as Django makes them on SQLite.
//!
//! * [`SchemaEditor`] turns a change of a model into statements, and runs or collects them.
//! * Indexes wait until the end of a migration, or until the remake of their table.
//! * What `ALTER TABLE` cannot do is done by a remake: a new table, a copy, a drop, a rename.

mod alter;
mod alter_table;
mod altered_model;
mod altered_values;
mod auto_created_through;
mod carried_definition;
mod changed_state;
mod column;
mod column_type;
mod condition;
mod declared_uniques;
mod default;
mod dependents;
mod dependents_watch;
mod direction;
mod editor;
mod error;
mod expression;
mod index_statement;
mod indexes;
mod live_definition;
mod live_model;
mod many_to_many;
mod model_indexes;
mod names;
mod remake_plan;
mod remake_table;
mod run_remake;
mod table_attachments;
mod table_change;
mod table_statement;

pub use altered_model::AlteredModel;
pub use direction::Direction;
pub use editor::SchemaEditor;
pub use error::SchemaError;
pub use names::index_name_of;
