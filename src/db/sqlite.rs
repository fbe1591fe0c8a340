//! The dialect of SQLite (`django.db.backends.sqlite3`).

use crate::db::data_types::{AUTO_KEY, DATETIME};
use crate::db::dialect::{Dialect, FunctionTemplate};
use crate::db::quoting::write_quoted_name;
use crate::db::sql::{DatePart, SqlCastType, SqlColumnType, SqlFunction, SqlLookup, Temporal};
use crate::db::sqlite_functions;

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
            SqlLookup::Regex => "{} REGEXP {}",
            SqlLookup::IRegex => "{} REGEXP ('(?i)' || {})",
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
        sqlite_functions::template(function)
    }

    fn cast(&self, cast_type: SqlCastType) -> &'static str {
        match cast_type {
            SqlCastType::Binary => "CAST({} AS BLOB)",
            SqlCastType::Date => "date({})",
            SqlCastType::DateTime => "strftime('%Y-%m-%d %H:%M:%f', {})",
            SqlCastType::Decimal => "CAST({} AS NUMERIC)",
            SqlCastType::Float => "CAST({} AS REAL)",
            SqlCastType::Integer => "CAST({} AS INTEGER)",
            SqlCastType::Text => "CAST({} AS TEXT)",
            SqlCastType::Time => "strftime('%H:%M:%f', {})",
        }
    }

    /// Moments are stored in UTC. The functions are those of Django's connections.
    fn date_part(&self, part: DatePart, of: Temporal) -> String {
        let name = part.name();
        match (of, part) {
            (Temporal::Moment, DatePart::Date | DatePart::Time) => {
                format!("django_datetime_cast_{name}({{}}, {{}}, 'UTC')")
            }
            (Temporal::Moment, _) => {
                format!("django_datetime_extract('{name}', {{}}, {{}}, 'UTC')")
            }
            (Temporal::Date, _) => format!("django_date_extract('{name}', {{}})"),
            (Temporal::Time, _) => format!("django_time_extract('{name}', {{}})"),
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
