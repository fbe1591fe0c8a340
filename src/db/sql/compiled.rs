//! A statement as text, with its values.

use std::borrow::Cow;

use crate::db::{Connection, DatabaseError, FromValue, Row, RowRef, SqlValue};

/// A compiled statement: made once, it runs any number of times.
///
/// Values that it does not hold itself stand in it as placeholders and are given for every run, in
/// their order.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledSql {
    text: String,
    values: Vec<SqlValue>,
    /// Where, among all values, those stand that are given for each run, in the order of the places.
    given: Vec<GivenPlace>,
}

/// Where a value stands that is given for each run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct GivenPlace {
    /// Its place among all values of the statement.
    pub(super) place: usize,
    /// Its number among those that are given.
    pub(super) number: usize,
}

impl CompiledSql {
    pub(super) fn new(text: String, values: Vec<SqlValue>, given: Vec<GivenPlace>) -> Self {
        Self {
            text,
            values,
            given,
        }
    }

    /// The statement.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How its rows are found, a line for each step; nothing is given for the run.
    pub fn query_plan(&self, connection: &Connection) -> Result<Vec<String>, DatabaseError> {
        connection.query_plan(&self.text, &self.values)
    }

    /// Runs it with `given`; returns how many rows it changed.
    pub fn execute(
        &self,
        connection: &Connection,
        given: &[SqlValue],
    ) -> Result<usize, DatabaseError> {
        connection.execute(&self.text, &self.all_values(given))
    }

    /// Runs it with `given`; returns the rows.
    pub fn rows(
        &self,
        connection: &Connection,
        given: &[SqlValue],
    ) -> Result<Vec<Row>, DatabaseError> {
        connection.query(&self.text, &self.all_values(given))
    }

    /// Runs it with `given`; returns the first row.
    pub fn first_row(
        &self,
        connection: &Connection,
        given: &[SqlValue],
    ) -> Result<Option<Row>, DatabaseError> {
        connection.query_one(&self.text, &self.all_values(given))
    }

    /// Runs it with `given`; returns the first column of every row.
    pub fn column<T: FromValue>(
        &self,
        connection: &Connection,
        given: &[SqlValue],
    ) -> Result<Vec<T>, DatabaseError> {
        connection.column(&self.text, &self.all_values(given))
    }

    /// Runs it with `given` and hands every row to `each`, one at a time, until it fails.
    pub fn for_each<E: From<DatabaseError>>(
        &self,
        connection: &Connection,
        given: &[SqlValue],
        each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        connection.for_each(&self.text, &self.all_values(given), each)
    }

    /// The same; of each row only what `each` asks for is read, and nothing is copied.
    pub fn for_each_in_place<E: From<DatabaseError>>(
        &self,
        connection: &Connection,
        given: &[SqlValue],
        each: impl FnMut(&RowRef<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        connection.for_each_in_place(&self.text, &self.all_values(given), each)
    }

    fn all_values<'v>(&'v self, given: &'v [SqlValue]) -> Cow<'v, [SqlValue]> {
        if self.given.is_empty() {
            return Cow::Borrowed(&self.values);
        }
        if self.values.is_empty() && self.takes_in_order(given) {
            return Cow::Borrowed(given);
        }
        let mut own = self.values.iter();
        let mut places = self.given.iter().peekable();
        let all = (0..self.values.len() + self.given.len()).filter_map(|place| {
            match places.next_if(|next| next.place == place) {
                Some(next) => given.get(next.number),
                None => own.next(),
            }
        });
        Cow::Owned(all.cloned().collect())
    }

    /// Whether `given` are its values as they stand.
    fn takes_in_order(&self, given: &[SqlValue]) -> bool {
        let mut places = self.given.iter().enumerate();
        self.given.len() == given.len() && places.all(|(index, next)| next.number == index)
    }
}
