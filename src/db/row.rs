//! A row of a result, read column by column.

use crate::clock::Moment;
use crate::db::literal::sql_literal;
use crate::db::{DatabaseError, SqlValue};

/// One row of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(Vec<SqlValue>);

impl Row {
    pub(super) fn new(values: Vec<SqlValue>) -> Self {
        Self(values)
    }

    /// The value of the column at `index`, counted from 0.
    ///
    /// Fails where the column holds another type: SQLite keeps any value in any column.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, DatabaseError> {
        let value = self.0.get(index).unwrap_or(&SqlValue::Null);
        T::from_value(value).ok_or_else(|| DatabaseError::ColumnType {
            place: format!("column {} of a row", index + 1),
            expected: T::NAME,
            found: sql_literal(value),
        })
    }

    /// All values.
    pub fn into_values(self) -> Vec<SqlValue> {
        self.0
    }
}

/// A type that a column's value can become.
pub trait FromValue: Sized {
    /// What the type is called in an error.
    const NAME: &'static str;

    /// The value, if it is of this type.
    fn from_value(value: &SqlValue) -> Option<Self>;
}

impl FromValue for SqlValue {
    const NAME: &'static str = "a value";

    fn from_value(value: &SqlValue) -> Option<Self> {
        Some(value.clone())
    }
}

impl FromValue for String {
    const NAME: &'static str = "text";

    fn from_value(value: &SqlValue) -> Option<Self> {
        match value {
            SqlValue::Text(text) => Some(text.clone()),
            // A text column with a numeric affinity, and keys of any kind, read as text too.
            SqlValue::Integer(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

impl FromValue for i64 {
    const NAME: &'static str = "an integer";

    fn from_value(value: &SqlValue) -> Option<Self> {
        match value {
            SqlValue::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

impl FromValue for bool {
    const NAME: &'static str = "a boolean";

    fn from_value(value: &SqlValue) -> Option<Self> {
        i64::from_value(value).map(|number| number != 0)
    }
}

impl FromValue for Moment {
    const NAME: &'static str = "a date and time";

    fn from_value(value: &SqlValue) -> Option<Self> {
        String::from_value(value).and_then(|text| Self::from_sql(&text))
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const NAME: &'static str = T::NAME;

    fn from_value(value: &SqlValue) -> Option<Self> {
        match value {
            SqlValue::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}
