//! Queries, from their tables.

use super::{BareString, condition, expression};
use crate::document::{Item, Table, TableEntry, Value};
use crate::models::ModelRef;
use crate::models::expression::{OrderTerm, RowQuery, SetOperation, is_annotation_name};
use crate::models::read::{ReadContext, unknown_name};

/// The calls of a query, by Django's names.
const CALLS: [&str; 12] = [
    "filter",
    "exclude",
    "annotate",
    "alias",
    "values",
    "order_by",
    "distinct",
    "reverse",
    "union",
    "union_all",
    "intersection",
    "difference",
];

/// The keys that are not calls, but say of what and how many.
const OTHER_KEYS: [&str; 4] = ["model", "limit", "offset", "calls"];

/// The query in `item`: `{ model = "posts.Post", filter = { status = "PB" }, order_by = ["-id"], limit = 5 }`.
///
/// The calls are made in the order in which they stand; `calls = [{ filter = ... }, { annotate = ... }]` lists
/// those of which one is made twice. Which fields there are is not looked at.
pub fn query(context: &ReadContext<'_>, item: &Item) -> Option<RowQuery> {
    let others = &mut OtherCalls {
        names: &[],
        read: &mut |_| false,
    };
    query_with(context, item, others)
}

/// Calls of a query that are not about which rows are meant, and what reads them.
pub struct OtherCalls<'c> {
    /// Their names.
    pub names: &'static [&'static str],
    /// Reads one; returns whether it is sound, and reports what is wrong.
    pub read: &'c mut dyn FnMut(&TableEntry) -> bool,
}

impl OtherCalls<'_> {
    /// Reads the call, if it is one of these.
    fn take(&mut self, entry: &TableEntry) -> Option<bool> {
        let is_known = self.names.contains(&entry.key.as_str());
        is_known.then(|| (self.read)(entry))
    }
}

/// The query in `item`, whose other calls go to `others`.
pub fn query_with(
    context: &ReadContext<'_>,
    item: &Item,
    others: &mut OtherCalls<'_>,
) -> Option<RowQuery> {
    let Some(table) = item.as_table() else {
        let message = "a query must be a table".to_owned();
        let hint = "write `{ model = \"posts.Post\", filter = { .. } }`";
        context.report(item, "wrong-type", message, hint);
        return None;
    };
    let mut found = RowQuery::new(model(context, table)?);
    let mut is_sound = true;
    for entry in table.entries() {
        let called = match entry.key.as_str() {
            "model" | "limit" | "offset" => continue,
            "calls" => calls(context, &entry.item, found.clone(), others),
            _ => call(context, entry, found.clone(), others),
        };
        match called {
            Some(query) => found = query,
            None => is_sound = false,
        }
    }
    let sliced = sliced(context, table, found)?;
    is_sound.then_some(sliced)
}

fn model(context: &ReadContext<'_>, table: &Table) -> Option<crate::models::ModelKey> {
    let keys = table.reader(context.problems());
    if table.get("model").is_none() {
        keys.required::<String>("model");
        return None;
    }
    match context.reference(&keys, "model", "")? {
        ModelRef::Named(key) => Some(key),
        ModelRef::UserModel => {
            let message = "a query names its model".to_owned();
            context.report(
                table.get("model")?,
                "unknown-model",
                message,
                "write `auth.User`",
            );
            None
        }
    }
}

fn sliced(context: &ReadContext<'_>, table: &Table, query: RowQuery) -> Option<RowQuery> {
    let number = |key: &'static str| match table.get(key) {
        None => Some(None),
        Some(item) => match &item.value {
            Value::Integer(number) if *number >= 0 => Some(Some(number.unsigned_abs())),
            _ => {
                let message = format!("`{key}` must be a number of rows");
                context.report(item, "wrong-type", message, &format!("write `{key} = 5`"));
                None
            }
        },
    };
    let (limit, offset) = (number("limit"), number("offset"));
    let (limit, offset) = (limit?, offset?);
    if limit.is_none() && offset.is_none() {
        return Some(query);
    }
    let start = offset.unwrap_or(0);
    Some(query.slice(start, limit.map(|limit| start.saturating_add(limit))))
}

fn calls(
    context: &ReadContext<'_>,
    item: &Item,
    mut query: RowQuery,
    others: &mut OtherCalls<'_>,
) -> Option<RowQuery> {
    let Value::Array(items) = &item.value else {
        let message = "`calls` must be a list of tables".to_owned();
        context.report(
            item,
            "wrong-type",
            message,
            "write `calls = [{ filter = { .. } }]`",
        );
        return None;
    };
    for item in items {
        let Some(table) = item.as_table() else {
            let message = "a call must be a table".to_owned();
            context.report(item, "wrong-type", message, "write `{ filter = { .. } }`");
            return None;
        };
        for entry in table.entries() {
            query = match entry.key.as_str() {
                "limit" | "offset" => query,
                _ => call(context, entry, query, others)?,
            };
        }
        query = sliced(context, table, query)?;
    }
    Some(query)
}

fn call(
    context: &ReadContext<'_>,
    entry: &TableEntry,
    query: RowQuery,
    others: &mut OtherCalls<'_>,
) -> Option<RowQuery> {
    if let Some(is_sound) = others.take(entry) {
        return is_sound.then_some(query);
    }
    let item = &entry.item;
    match entry.key.as_str() {
        "filter" => conditions(context, item, query, RowQuery::filter),
        "exclude" => conditions(context, item, query, RowQuery::exclude),
        "annotate" => annotations(context, item, query, RowQuery::annotate),
        "alias" => annotations(context, item, query, RowQuery::alias),
        "values" => {
            let paths = texts(context, item, "values")?;
            Some(query.values(paths))
        }
        "order_by" => Some(query.order_by(order_terms(context, item)?)),
        "distinct" => flag(context, item, "distinct", query, RowQuery::distinct),
        "reverse" => flag(context, item, "reverse", query, RowQuery::reverse),
        "union" => combined(context, item, query, SetOperation::Union),
        "union_all" => combined(context, item, query, SetOperation::UnionAll),
        "intersection" => combined(context, item, query, SetOperation::Intersection),
        "difference" => combined(context, item, query, SetOperation::Difference),
        key => {
            let names = CALLS.into_iter().chain(OTHER_KEYS);
            let names = names.chain(others.names.iter().copied());
            let problem = unknown_name(item, "call of a query", key, names);
            context.problems().push(problem.at(entry.origin.location()));
            None
        }
    }
}

/// One condition, or several, each of a call of its own.
fn conditions(
    context: &ReadContext<'_>,
    item: &Item,
    query: RowQuery,
    call: fn(RowQuery, super::Condition) -> RowQuery,
) -> Option<RowQuery> {
    let items = match &item.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(item),
    };
    let read: Vec<_> = items.iter().map(|item| condition(context, item)).collect();
    let found = read.into_iter().collect::<Option<Vec<_>>>()?;
    Some(found.into_iter().fold(query, call))
}

fn annotations(
    context: &ReadContext<'_>,
    item: &Item,
    mut query: RowQuery,
    call: fn(RowQuery, String, super::Expression) -> RowQuery,
) -> Option<RowQuery> {
    let Some(table) = item.as_table() else {
        let message = "annotations must be a table of names".to_owned();
        let hint = "write `annotate = { total = { Sum = \"price\" } }`";
        context.report(item, "wrong-type", message, hint);
        return None;
    };
    for entry in table.entries() {
        if !is_annotation_name(&entry.key) {
            let message = format!("an annotation cannot be called `{}`", entry.key);
            let problem = entry.item.error("annotation-name", message);
            let problem = problem.hint("use letters, digits and `_`");
            context.problems().push(problem.at(entry.origin.location()));
            return None;
        }
        let found = expression(context, &entry.item, BareString::Field)?;
        query = call(query, entry.key.clone(), found);
    }
    Some(query)
}

fn texts(context: &ReadContext<'_>, item: &Item, key: &str) -> Option<Vec<String>> {
    let wrong = |item: &Item| {
        let message = format!("`{key}` must be a list of fields");
        context.report(
            item,
            "wrong-type",
            message,
            &format!("write `{key} = [\"id\"]`"),
        );
    };
    let Value::Array(items) = &item.value else {
        wrong(item);
        return None;
    };
    let mut found = Vec::new();
    for item in items {
        let Some(text) = item.as_str() else {
            wrong(item);
            return None;
        };
        context.note_field(text, &item.origin, None);
        found.push(text.to_owned());
    }
    Some(found)
}

fn flag(
    context: &ReadContext<'_>,
    item: &Item,
    key: &str,
    query: RowQuery,
    call: fn(RowQuery) -> RowQuery,
) -> Option<RowQuery> {
    match item.value {
        Value::Boolean(true) => Some(call(query)),
        Value::Boolean(false) => Some(query),
        _ => {
            let message = format!("`{key}` must be `true` or `false`");
            context.report(
                item,
                "wrong-type",
                message,
                &format!("write `{key} = true`"),
            );
            None
        }
    }
}

fn combined(
    context: &ReadContext<'_>,
    item: &Item,
    first: RowQuery,
    operation: SetOperation,
) -> Option<RowQuery> {
    let items = match &item.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(item),
    };
    let read: Vec<_> = items.iter().map(|item| query(context, item)).collect();
    let others = read.into_iter().collect::<Option<Vec<_>>>()?;
    Some(first.combine(operation, others))
}

/// The terms of an order: `["-published", { desc = "pages", nulls_last = true }, { Lower = "title" }]`.
pub(super) fn order_terms(context: &ReadContext<'_>, item: &Item) -> Option<Vec<OrderTerm>> {
    let items = match &item.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(item),
    };
    let read: Vec<_> = items.iter().map(|item| order_term(context, item)).collect();
    read.into_iter().collect()
}

fn order_term(context: &ReadContext<'_>, item: &Item) -> Option<OrderTerm> {
    if let Some(path) = item.as_str() {
        let bare = path.strip_prefix('-').unwrap_or(path);
        context.note_field(bare, &item.origin, None);
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
