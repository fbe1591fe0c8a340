//! What stands above the columns, and where a click on it leads.

use crate::admin::options::{ModelAdmin, SortKey};
use crate::admin::pages::change_list::list_query::sort_keys;
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::templates::value::{Value, map};
use crate::text;

/// What stands above the columns, and where a click on it leads.
pub(super) fn headers(admin: &ModelAdmin, asked: &ListRequest) -> Value {
    let keys = sort_keys(admin, asked);
    let columns = admin.list.columns.iter().enumerate();
    let headers = columns.map(|(at, column)| {
        let number = at + 1;
        let place = keys.iter().position(|key| key.column == number);
        let key = place.map(|place| keys[place]);
        let next = SortKey {
            column: number,
            is_descending: key.is_some_and(|key| !key.is_descending),
        };
        // A click makes the column the first that rows are sorted by.
        let others = keys.iter().copied().filter(|key| key.column != number);
        let order: Vec<_> = [next]
            .into_iter()
            .chain(others)
            .map(SortKey::text)
            .collect();
        let without = keys.iter().copied().filter(|key| key.column != number);
        let without: Vec<_> = without.map(SortKey::text).collect();
        let none = || Value::from(());
        map([
            ("text", Value::from(text::capitalized(&column.header))),
            ("name", Value::from(column.name.as_str())),
            ("is_sortable", Value::from(!column.order.is_empty())),
            ("is_sorted", Value::from(place.is_some())),
            (
                "is_descending",
                key.map_or_else(none, |key| Value::from(key.is_descending)),
            ),
            (
                "priority",
                place.map_or_else(none, |place| Value::from(place + 1)),
            ),
            ("query", Value::from(asked.with("o", &order.join(".")))),
            (
                "remove_query",
                Value::from(asked.with("o", &without.join("."))),
            ),
        ])
    });
    headers.collect()
}
