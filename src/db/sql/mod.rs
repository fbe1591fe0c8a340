//! Statements as trees, written in the [`Dialect`](crate::db::Dialect) of a database.
//!
//! * A [`SelectStatement`], [`InsertStatement`], [`UpdateStatement`] or [`DeleteStatement`] is built of [`SqlExpression`]s.
//! * [`SqlStatement`] runs it, or compiles it to a [`CompiledSql`] that runs again and again.
//! * [`CreateTable`] makes the tables that no model declares.

mod column_type;
mod compiled;
mod compiler;
mod expression;
mod function;
mod insert;
mod lookup;
mod parts;
mod select;
mod statement;
mod table;
#[cfg(test)]
mod tests;
mod update;
mod write_expression;

pub use column_type::SqlColumnType;
pub use compiled::CompiledSql;
pub use compiler::{SqlCompiler, SqlNode};
pub use expression::{
    Arithmetic, OrderBy, SqlAggregate, SqlExpression, SqlExtract, SqlFrame, SqlOwn, SqlSubquery,
    SqlWindow,
};
pub use function::{Aggregate, DatePart, SqlCastType, SqlFunction, Temporal};
pub use insert::{InsertStatement, OnConflict};
pub use lookup::SqlLookup;
pub use select::{Join, JoinKind, SelectStatement, SetOperator, TableSource};
pub use statement::SqlStatement;
pub use table::{CreateIndex, CreateTable, DropTable};
pub use update::{DeleteStatement, UpdateStatement};
