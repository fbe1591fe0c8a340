//! The dialect of SQLite (`django.db.backends.sqlite3`).

use crate::db::dialect::{Dialect, FunctionTemplate};
use crate::db::operations::{AUTO_KEY, DATETIME, write_quoted_name};
use crate::db::sql::{ColumnType, DatePart, Function, Lookup};

/// SQLite.
#[derive(Clone, Copy, Debug)]
pub struct Sqlite;

impl Dialect for Sqlite {
    fn write_name(&self, sql: &mut String, name: &str) {
        write_quoted_name(sql, name);
    }

    fn write_placeholder(&self, sql: &mut String, _number: usize) {
        sql.push('?');
    }

    /// `LIKE` does not tell the case of ASCII letters apart, with or without the `i` of the lookup.
    fn lookup(&self, lookup: Lookup) -> &'static str {
        match lookup {
            Lookup::Exact => "{} = {}",
            Lookup::Gt => "{} > {}",
            Lookup::Gte => "{} >= {}",
            Lookup::Lt => "{} < {}",
            Lookup::Lte => "{} <= {}",
            Lookup::IsDistinctFrom => "{} IS NOT {}",
            Lookup::EqualIgnoringAsciiCase => "{} = {} COLLATE NOCASE",
            Lookup::IExact
            | Lookup::Contains
            | Lookup::IContains
            | Lookup::StartsWith
            | Lookup::IStartsWith
            | Lookup::EndsWith
            | Lookup::IEndsWith => r"{} LIKE {} ESCAPE '\'",
        }
    }

    fn pattern(&self) -> &'static str {
        r"REPLACE(REPLACE(REPLACE({}, '\', '\\'), '%', '\%'), '_', '\_')"
    }

    fn function(&self, function: Function) -> FunctionTemplate {
        match function {
            Function::Coalesce => FunctionTemplate::Name("coalesce"),
            Function::Concat => FunctionTemplate::Operator {
                operator: " || ",
                argument: "coalesce({}, '')",
            },
            Function::Length => FunctionTemplate::Name("length"),
            Function::Lower => FunctionTemplate::Name("lower"),
            Function::Upper => FunctionTemplate::Name("upper"),
            Function::Substr => FunctionTemplate::Name("substr"),
            Function::HasNonAscii => FunctionTemplate::Template("{} GLOB '*[^ -~]*'"),
        }
    }

    fn date_part(&self, part: DatePart) -> &'static str {
        match part {
            DatePart::Date => "date({})",
            DatePart::Time => "substr({}, 12)",
            DatePart::Year => "CAST(strftime('%Y', {}) AS INTEGER)",
            DatePart::IsoYear => "CAST(strftime('%G', {}) AS INTEGER)",
            DatePart::Quarter => "((CAST(strftime('%m', {}) AS INTEGER) + 2) / 3)",
            DatePart::Month => "CAST(strftime('%m', {}) AS INTEGER)",
            DatePart::Week => "CAST(strftime('%V', {}) AS INTEGER)",
            DatePart::WeekDay => "(CAST(strftime('%w', {}) AS INTEGER) + 1)",
            DatePart::IsoWeekDay => "CAST(strftime('%u', {}) AS INTEGER)",
            DatePart::Day => "CAST(strftime('%d', {}) AS INTEGER)",
            DatePart::Hour => "CAST(strftime('%H', {}) AS INTEGER)",
            DatePart::Minute => "CAST(strftime('%M', {}) AS INTEGER)",
            DatePart::Second => "CAST(strftime('%S', {}) AS INTEGER)",
        }
    }

    fn column_type(&self, column_type: ColumnType) -> String {
        match column_type {
            ColumnType::AutoKey => AUTO_KEY.to_owned(),
            ColumnType::Varchar(length) => format!("varchar({length})"),
            ColumnType::Text => "text".to_owned(),
            ColumnType::Integer => "integer".to_owned(),
            ColumnType::DateTime => DATETIME.to_owned(),
        }
    }

    fn clustered_table_suffix(&self) -> &'static str {
        " WITHOUT ROWID"
    }
}
