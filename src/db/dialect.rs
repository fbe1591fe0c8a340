//! What one database writes in another way than the next.

use std::fmt::Debug;

use crate::db::sql::{DatePart, SqlCastType, SqlColumnType, SqlFunction, SqlLookup, Temporal};

/// How a database writes names, placeholders, comparisons, functions and types.
///
/// What is the same everywhere is in [`SqlCompiler`](crate::db::sql::SqlCompiler) and the
/// statements. A template has a `{}` for each operand, as Django's `operators` and `pattern_ops`.
pub trait Dialect: Debug + Sync {
    /// Writes an identifier, quoted.
    fn write_name(&self, sql: &mut String, name: &str);

    /// Writes the placeholder of the value that is the `number`th, from 1.
    fn write_placeholder(&self, sql: &mut String, number: usize);

    /// The comparison of two expressions; for a lookup of patterns, the second is one.
    fn lookup(&self, lookup: SqlLookup) -> &'static str;

    /// An expression as a pattern that matches nothing but its text, for `LIKE`.
    fn pattern(&self) -> &'static str;

    /// The call of a function.
    fn function(&self, function: SqlFunction) -> FunctionTemplate;

    /// A value as one of another type.
    fn cast(&self, cast_type: SqlCastType) -> &'static str;

    /// A part of a date, a time of day or a moment: of the first operand, in the time zone that is the second.
    fn date_part(&self, part: DatePart, of: Temporal) -> String;

    /// The type of a column.
    fn column_type(&self, column_type: SqlColumnType) -> String;

    /// What stands behind the definition of a table that is found by its primary key alone.
    fn clustered_table_suffix(&self) -> &'static str;
}

/// How a function is called.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FunctionTemplate {
    /// By its name, the arguments in parentheses.
    Name(&'static str),
    /// By an operator between the arguments, each written by a template.
    Operator {
        /// The operator.
        operator: &'static str,
        /// One argument.
        argument: &'static str,
    },
    /// By a template.
    Template(&'static str),
}
