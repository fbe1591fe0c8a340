//! The SQLite database; no other module names `rusqlite`.
//!
//! * [`Database`] is a file and how long its locks are waited for; it opens connections.
//! * [`Connection`] runs statements with `?` placeholders over [`SqlValue`]s and returns [`Row`]s.
//! * [`Connections`] keeps the connections of each thread, by the alias of their database.
//! * [`SchemaTransaction`] is the one way to change a schema; a [`SchemaEditor`](crate::schema::SchemaEditor) makes the statements.
//! * [`sql`] builds statements as trees, which a [`Dialect`] writes.
//! * [`introspection`] tells what tables and indexes there are; [`quote_name`] writes a name in SQL.

mod affinity;
mod alias;
mod atomic;
mod backup;
mod broken_references;
mod commit_hooks;
mod connection;
mod connections;
mod create_table_parts;
mod data_types;
mod database;
mod dependent_objects;
mod dialect;
mod error;
mod error_kind;
mod expiring_rows;
mod fingerprint;
mod foreign_key_check;
mod functions;
mod held_log;
mod index_identity;
pub mod introspection;
mod lent_connections;
mod literal;
mod maintenance;
mod new_database_file;
mod open_for_migrations;
mod open_transaction;
mod operations;
mod planner;
mod quoting;
mod row;
mod row_ref;
mod schema_copy;
pub mod schema_objects;
pub(crate) mod script;
mod shell;
pub mod sql;
mod sqlite;
mod sqlite_functions;
mod statement_watch;
mod table_objects;
mod transaction;
mod undecodable_text;
mod value;
mod violated_constraint;
mod violating_row;
mod wal;
mod write_batches;

pub use affinity::Affinity;
pub use alias::DatabaseAlias;
pub use backup::free_space;
pub use broken_references::{BrokenReference, BrokenReferences};
pub use connection::{Connection, NamedRows};
pub use connections::{ConnectionHandle, Connections};
pub use create_table_parts::{CreateTableParts, DefinitionPart};
pub use data_types::{AUTO_KEY, DATETIME};
pub use database::{Database, Durability};
pub use dependent_objects::{BrokenObject, DependentObjects};
pub use dialect::{Dialect, FunctionTemplate};
pub use error::{DatabaseError, SqliteError};
pub use error_kind::DatabaseErrorKind;
pub use expiring_rows::{ExpiringRows, ROWS_PER_STATEMENT};
pub use fingerprint::DatabaseFingerprint;
pub use foreign_key_check::{broken_reference, broken_references};
pub use index_identity::{index_identity, is_made_index_name};
pub use maintenance::{FreePages, MovedLog};
pub use quoting::quote_name;
pub use row::{FromValue, Row};
pub use row_ref::RowRef;
pub use script::{
    DestructiveStatement, destructive_statements, must_run_outside_transaction, quoted_name_among,
    tokens_without_comments,
};
pub use shell::{SqlShell, SqlShellOutput};
pub use sqlite::Sqlite;
pub use statement_watch::{
    ExecutedStatement, record_statements, watch_statements, with_recorded_statements,
    with_statement_cause,
};
pub use table_objects::{DeclaredObject, TableObjects};
pub use transaction::{BetweenTransactions, SchemaTransaction};
pub use undecodable_text::UndecodableText;
pub use value::{SqlValue, SqlValueRef};
pub use violated_constraint::ViolatedConstraint;
pub use violating_row::violating_row;
pub use write_batches::Batch;
