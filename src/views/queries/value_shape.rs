//! What the rows of a query are: rows, or values of them in one of their forms.

use crate::document::{Item, Table, TableReader, Value};
use crate::query::Query;
use crate::views::rows::RowShape;

/// What the rows of `query` are; `flat = true` makes single values of lists of one.
pub(super) fn shape(query: &Query, keys: &TableReader<'_>) -> RowShape {
    let flat = keys.source().get("flat");
    let is_flat = keys.or("flat", false);
    let listed = values_list(keys.source());
    if !query.has_values() || listed.is_none() {
        if let Some(item) = flat {
            let message = "`flat` belongs to `values_list`";
            keys.problems().push(item.error("wrong-key", message));
        }
        return if query.has_values() {
            RowShape::Mappings
        } else {
            RowShape::Rows
        };
    }
    let is_one = listed.is_some_and(|item| match &item.value {
        Value::Array(items) => items.len() == 1,
        _ => true,
    });
    match (is_flat, is_one) {
        (true, true) => RowShape::Values,
        (true, false) => {
            let message = "`flat` needs a `values_list` of one field";
            if let Some(item) = flat {
                keys.problems().push(item.error("wrong-value", message));
            }
            RowShape::Tuples
        }
        (false, _) => RowShape::Tuples,
    }
}

/// What `values_list` selects, among the keys or in their `calls`.
fn values_list(table: &Table) -> Option<&Item> {
    const KEY: &str = "values_list";
    let in_calls = || {
        let Value::Array(calls) = &table.get("calls")?.value else {
            return None;
        };
        calls.iter().find_map(|call| call.as_table()?.get(KEY))
    };
    table.get(KEY).or_else(in_calls)
}
