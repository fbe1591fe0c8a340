//! The statements over the table of a database cache, each compiled once.

use crate::cache::table::{EXPIRES, KEY, VALUE};
use crate::db::sql::{
    CompiledSql, DeleteStatement, InsertStatement, OrderBy, SelectStatement, SqlExpression,
    SqlLookup, SqlStatement as _, UpdateStatement,
};
use crate::db::{Dialect, ROWS_PER_STATEMENT};

/// What a database cache runs.
#[derive(Debug)]
pub(super) struct CacheStatements {
    /// The value and the end of the key that is given.
    pub(super) select: CompiledSql,
    /// Writes a key, a value and its end, over those of the same key.
    pub(super) upsert: CompiledSql,
    /// Writes a value and its end for a key that did not end before the moment given.
    pub(super) replace: CompiledSql,
    /// Writes a value and its end for a key that has the value given and did not end before the moment given.
    pub(super) replace_value: CompiledSql,
    /// Writes an end for a key that did not end before the moment given.
    pub(super) touch: CompiledSql,
    /// How many rows there are.
    pub(super) count: CompiledSql,
    /// Deletes the key that is given.
    pub(super) delete: CompiledSql,
    /// Deletes all rows.
    pub(super) delete_all: CompiledSql,
}

impl CacheStatements {
    pub(super) fn new(table: &str, dialect: &dyn Dialect) -> Self {
        let column = SqlExpression::column;
        let is_key = || column(KEY).equals(SqlExpression::Given);
        let ends = |lookup| column(EXPIRES).compare(lookup, SqlExpression::Given);
        let select = SelectStatement::from(table)
            .columns([VALUE, EXPIRES])
            .filter(is_key());
        let touch = UpdateStatement::new(table)
            .set(EXPIRES, SqlExpression::Given)
            .filter(is_key())
            .filter(ends(SqlLookup::Gt));
        let replace = || {
            UpdateStatement::new(table)
                .set(VALUE, SqlExpression::Given)
                .set(EXPIRES, SqlExpression::Given)
                .filter(is_key())
                .filter(ends(SqlLookup::Gt))
        };
        let has_value = column(VALUE).equals(SqlExpression::Given);
        let delete = || DeleteStatement::from(table);
        let upsert = InsertStatement::given(table, [KEY, VALUE, EXPIRES]).or_update([KEY]);
        Self {
            select: select.compile(dialect),
            upsert: upsert.compile(dialect),
            replace: replace().compile(dialect),
            replace_value: replace().filter(has_value).compile(dialect),
            touch: touch.compile(dialect),
            count: SelectStatement::from(table)
                .select(SqlExpression::count_rows())
                .compile(dialect),
            delete: delete().filter(is_key()).compile(dialect),
            delete_all: delete().compile(dialect),
        }
    }
}

/// Deletes `count` rows of `table`, those with the smallest keys.
pub(super) fn delete_smallest(table: &str, count: u64) -> DeleteStatement {
    let smallest = by_key(table).limit(count);
    DeleteStatement::from(table).filter(SqlExpression::column(KEY).is_in_query(smallest))
}

/// Deletes a few of the rows of `table` whose keys are at most the one that is given, those with the smallest.
pub(super) fn delete_up_to(table: &str) -> DeleteStatement {
    let key = || SqlExpression::column(KEY);
    let is_meant = key().compare(SqlLookup::Lte, SqlExpression::Given);
    let smallest = by_key(table).filter(is_meant).limit(ROWS_PER_STATEMENT);
    DeleteStatement::from(table).filter(key().is_in_query(smallest))
}

/// The key of `table` before which `count` smaller ones stand.
pub(super) fn key_after(table: &str, count: i64) -> SelectStatement {
    let select = by_key(table).limit(1);
    SelectStatement {
        offset: Some(SqlExpression::Integer(count)),
        ..select
    }
}

fn by_key(table: &str) -> SelectStatement {
    SelectStatement::from(table)
        .columns([KEY])
        .order_by(OrderBy::ascending(SqlExpression::column(KEY)))
}
