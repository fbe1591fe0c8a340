//! Rows that stand far behind the first are found by their keys alone, before what is read along is joined.
//!
//! `OFFSET` counts rows that are joined already: a database would look up the author and the category of each post on
//! all pages before. An index of the order serves for the keys, and the joins are made for the rows of the page.

use crate::db::sql::{OrderBy, SelectStatement};
use crate::models::Field;
use crate::query::compiler::{Grouping, QueryCompiler};

impl QueryCompiler<'_> {
    /// A statement that selects the same rows in the same order as `statement`, whose joins are made late.
    ///
    /// It is `statement` itself where conditions or the order need the joins, where these add or take away rows, and
    /// where the order leaves open which of two rows comes first: pages must not depend on how each was read.
    pub(super) fn joined_late(&self, mut statement: SelectStatement) -> SelectStatement {
        let keys = self.keys().unwrap_or_default();
        let [key] = keys.as_slice() else {
            return statement;
        };
        if !self.can_join_late(&statement) {
            return statement;
        }
        let found = SelectStatement {
            columns: vec![key.clone()],
            from: Some(self.joins.source()),
            filter: statement.filter.take(),
            order_by: statement.order_by.clone(),
            limit: statement.limit.take(),
            offset: statement.offset.take(),
            ..SelectStatement::default()
        };
        statement.filter = Some(key.clone().is_in_query(found));
        statement
    }

    fn can_join_late(&self, statement: &SelectStatement) -> bool {
        let is_own = |term: &OrderBy| self.joins.is_own_column(&term.expression);
        statement.offset.is_some()
            && statement.limit.is_some()
            && !statement.joins.is_empty()
            && !statement.distinct
            && matches!(self.grouping, Grouping::Ungrouped)
            && self.tables_of_steps == 0
            && self.joins.keeps_rows()
            && statement.order_by.iter().all(is_own)
            && self.is_total(&statement.order_by)
    }

    /// Whether no two rows have the same place in `order`.
    fn is_total(&self, order: &[OrderBy]) -> bool {
        let mut fields = self.model.columns();
        fields.any(|field: &Field| {
            let column = self.joins.column(0, &field.column());
            let is_one_row = field.primary_key || (field.unique && !field.null);
            is_one_row && order.iter().any(|term| term.expression.is_column(&column))
        })
    }
}
