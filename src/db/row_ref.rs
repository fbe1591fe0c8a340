//! A row of a result, read where it stands.

use std::fmt;

use crate::db::undecodable_text::read_value;
use crate::db::{DatabaseError, Row, SqlValue, SqlValueRef};

/// A row that its statement is at: what is not asked for is not read, and nothing is copied.
pub struct RowRef<'r> {
    row: &'r rusqlite::Row<'r>,
    width: usize,
    failed: &'r dyn Fn(rusqlite::Error) -> DatabaseError,
}

impl<'r> RowRef<'r> {
    /// `row` of `width` columns; `failed` says where what cannot be read stands.
    pub(super) fn new(
        row: &'r rusqlite::Row<'r>,
        width: usize,
        failed: &'r dyn Fn(rusqlite::Error) -> DatabaseError,
    ) -> Self {
        Self { row, width, failed }
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The value of the column at `index`, counted from 0; null beyond the last.
    ///
    /// Fails at text that is not in the encoding of the database.
    pub fn value(&self, index: usize) -> Result<SqlValueRef<'r>, DatabaseError> {
        if index >= self.width {
            return Ok(SqlValueRef::Null);
        }
        read_value(self.row, index).map_err(self.failed)
    }

    /// A copy of all of it.
    pub fn to_row(&self) -> Result<Row, DatabaseError> {
        let mut values = Vec::with_capacity(self.width);
        for index in 0..self.width {
            values.push(SqlValue::from(self.value(index)?));
        }
        Ok(Row::new(values))
    }
}

impl fmt::Debug for RowRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = (0..self.width).map(|index| self.value(index));
        f.debug_list().entries(values).finish()
    }
}
