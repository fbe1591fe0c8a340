//! Terms of an order, from their tables.

use super::{BareString, expression};
use crate::document::Item;
use crate::models::expression::OrderTerm;
use crate::models::read::ReadContext;

/// The terms of an order: `["-published", { desc = "pages", nulls_last = true }, { Lower = "title" }]`.
pub fn order_terms(context: &ReadContext<'_>, item: &Item) -> Option<Vec<OrderTerm>> {
    let items = item.listed().iter();
    let read: Vec<_> = items.map(|item| order_term(context, item)).collect();
    read.into_iter().collect()
}

fn order_term(context: &ReadContext<'_>, item: &Item) -> Option<OrderTerm> {
    if let Some(path) = item.as_str() {
        let bare = path.strip_prefix('-').unwrap_or(path);
        if bare != "?" {
            context.note_field(bare, &item.origin, None);
        }
        return Some(OrderTerm::Path(path.to_owned()));
    }
    let table = item.as_table();
    let direction = |key: &str| table.and_then(|table| table.get(key));
    let (inner, descending) = match (direction("asc"), direction("desc")) {
        (Some(inner), _) => (inner, false),
        (_, Some(inner)) => (inner, true),
        _ => {
            let expression = expression(context, item, BareString::Field)?;
            return Some(OrderTerm::Expression {
                expression,
                descending: false,
                nulls_first: None,
            });
        }
    };
    let keys = table?.reader(context.problems());
    keys.item(if descending { "desc" } else { "asc" });
    let (first, last) = (keys.or("nulls_first", false), keys.or("nulls_last", false));
    keys.finish();
    if first && last {
        let message = "rows without a value are first or last, not both".to_owned();
        context.report(item, "wrong-order", message, "leave one of them out");
        return None;
    }
    Some(OrderTerm::Expression {
        expression: expression(context, inner, BareString::Field)?,
        descending,
        nulls_first: (first || last).then_some(first),
    })
}
