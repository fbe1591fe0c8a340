//! The dialect of SQLite (`django.db.backends.sqlite3`).

use crate::db::data_types::{AUTO_KEY, DATETIME};
use crate::db::dialect::{Dialect, FunctionTemplate};
use crate::db::quoting::write_quoted_name;
use crate::db::sql::{DatePart, SqlColumnType, SqlFunction, SqlLookup};

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
    fn lookup(&self, lookup: SqlLookup) -> &'static str {
        match lookup {
            SqlLookup::Exact => "{} = {}",
            SqlLookup::Gt => "{} > {}",
            SqlLookup::Gte => "{} >= {}",
            SqlLookup::Lt => "{} < {}",
            SqlLookup::Lte => "{} <= {}",
            SqlLookup::IsDistinctFrom => "{} IS NOT {}",
            SqlLookup::EqualIgnoringAsciiCase => "{} = {} COLLATE NOCASE",
            SqlLookup::IExact
            | SqlLookup::Contains
            | SqlLookup::IContains
            | SqlLookup::StartsWith
            | SqlLookup::IStartsWith
            | SqlLookup::EndsWith
            | SqlLookup::IEndsWith => r"{} LIKE {} ESCAPE '\'",
        }
    }

    fn pattern(&self) -> &'static str {
        r"REPLACE(REPLACE(REPLACE({}, '\', '\\'), '%', '\%'), '_', '\_')"
    }

    fn function(&self, function: SqlFunction) -> FunctionTemplate {
        match function {
            SqlFunction::Coalesce => FunctionTemplate::Name("coalesce"),
            SqlFunction::Concat => FunctionTemplate::Operator {
                operator: " || ",
                argument: "coalesce({}, '')",
            },
            SqlFunction::Length => FunctionTemplate::Name("length"),
            SqlFunction::Lower => FunctionTemplate::Name("lower"),
            SqlFunction::Upper => FunctionTemplate::Name("upper"),
            SqlFunction::Substr => FunctionTemplate::Name("substr"),
            SqlFunction::HasNonAscii => FunctionTemplate::Template("{} GLOB '*[^ -~]*'"),
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

    fn column_type(&self, column_type: SqlColumnType) -> String {
        match column_type {
            SqlColumnType::AutoKey => AUTO_KEY.to_owned(),
            SqlColumnType::Varchar(length) => format!("varchar({length})"),
            SqlColumnType::Text => "text".to_owned(),
            SqlColumnType::Integer => "integer".to_owned(),
            SqlColumnType::DateTime => DATETIME.to_owned(),
        }
    }

    fn clustered_table_suffix(&self) -> &'static str {
        " WITHOUT ROWID"
    }
}
