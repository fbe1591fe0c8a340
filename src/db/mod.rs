//! The SQLite database; no other module names `rusqlite`.
//!
//! * [`Database`] is a file and how long its locks are waited for; it opens connections.
//! * [`Connection`] runs statements with `?` placeholders over [`Value`]s and returns [`Row`]s.
//! * [`SchemaTransaction`] is the one way to change a schema; a [`SchemaEditor`](crate::schema::SchemaEditor) makes the statements.
//! * [`introspection`] tells what tables and indexes there are; [`operations`] is what else is SQLite's alone.

mod alias;
mod backup;
mod connection;
mod database;
mod error;
mod fingerprint;
mod fresh;
pub mod introspection;
mod offender;
pub mod operations;
mod row;
mod schema;
pub(crate) mod script;
mod shell;
mod transaction;
mod value;
mod wal;

pub use alias::Alias;
pub use backup::free_space;
pub use connection::Connection;
pub use database::{Database, Durability};
pub use error::{DatabaseError, SqliteError};
pub use fingerprint::Fingerprint;
pub use offender::offender;
pub use operations::quote_name;
pub use row::{FromValue, Row};
pub use schema::Schema;
pub use script::{Destruction, destructions, needs_no_transaction, pieces};
pub use shell::{Answer, Shell};
pub use transaction::{SchemaTransaction, Unlocked};
pub use value::Value;
