//! A slice of rows that are read along for many others: so many for each of them.

use crate::db::sql::{OrderBy, SqlExpression, SqlFunction, SqlLookup, SqlWindow};

/// Which of the rows that have something in common are meant, by their places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PartOfEach {
    /// The column of the rows that says what they have in common; none where a table between says it.
    pub(super) column: Option<String>,
    pub(super) offset: u64,
    pub(super) limit: Option<u64>,
}

impl PartOfEach {
    /// Whether a row is meant, by its place in `order` among those that have the same in `column`.
    pub(super) fn condition(
        &self,
        column: Option<SqlExpression>,
        order: &[OrderBy],
    ) -> SqlExpression {
        let place = SqlExpression::Window(Box::new(SqlWindow {
            function: SqlExpression::Function(SqlFunction::RowNumber, Vec::new()),
            partition_by: column.into_iter().collect(),
            order_by: order.to_vec(),
            frame: None,
        }));
        let mut parts = vec![
            place
                .clone()
                .compare(SqlLookup::Gt, SqlExpression::count(self.offset)),
        ];
        parts.extend(self.limit.map(|limit| {
            let last = SqlExpression::count(self.offset.saturating_add(limit));
            place.compare(SqlLookup::Lte, last)
        }));
        SqlExpression::All(parts)
    }
}
