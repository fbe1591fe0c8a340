//! Queries as TOML writes them, with what is read along with their rows.

use crate::document::{Item, TableEntry, Value};
use crate::models::expression::read::{self, OtherCalls};
use crate::models::read::ReadContext;
use crate::query::{Prefetch, Query};

/// The calls that say how rows are read, and not which.
const CALLS: [&str; 4] = ["select_related", "prefetch_related", "only", "defer"];

/// One of these calls.
enum LoadingCall {
    SelectRelated(Vec<String>),
    PrefetchRelated(Vec<Prefetch>),
    Only(Vec<String>),
    Defer(Vec<String>),
}

/// The query in `item`: [`read::query`] with `select_related`, `prefetch_related`, `only` and `defer`.
///
/// `prefetch_related` lists paths, and tables `{ path = "comments", query = { .. }, to_attr = "good" }`.
/// Which fields there are is not looked at; [`QuerySet::check`](crate::query::QuerySet::check) does.
pub fn read_query(context: &ReadContext<'_>, item: &Item) -> Option<Query> {
    let mut calls = Vec::new();
    let mut read = |entry: &TableEntry| {
        let read = call(context, entry);
        let is_sound = read.is_some();
        calls.extend(read);
        is_sound
    };
    let mut others = OtherCalls {
        names: &CALLS,
        read: &mut read,
    };
    let rows = read::query_with(context, item, &mut others)?;
    let query = calls
        .into_iter()
        .fold(Query::from(rows), |query, call| match call {
            LoadingCall::SelectRelated(paths) => query.select_related(paths),
            LoadingCall::PrefetchRelated(prefetches) => query.prefetch_related(prefetches),
            LoadingCall::Only(names) => query.only(names),
            LoadingCall::Defer(names) => query.defer(names),
        });
    Some(query)
}

fn call(context: &ReadContext<'_>, entry: &TableEntry) -> Option<LoadingCall> {
    let item = &entry.item;
    let name = entry.key.as_str();
    let Value::Array(items) = &item.value else {
        let message = format!("`{name}` must be a list");
        let hint = format!("write `{name} = [\"author\"]`");
        context.report(item, "wrong-type", message, &hint);
        return None;
    };
    if name == "prefetch_related" {
        let read: Vec<_> = items.iter().map(|item| prefetch(context, item)).collect();
        let prefetches = read.into_iter().collect::<Option<_>>()?;
        return Some(LoadingCall::PrefetchRelated(prefetches));
    }
    let read: Vec<_> = items.iter().map(|item| text(context, name, item)).collect();
    let names = read.into_iter().collect::<Option<_>>()?;
    Some(match name {
        "select_related" => LoadingCall::SelectRelated(names),
        "only" => LoadingCall::Only(names),
        _ => LoadingCall::Defer(names),
    })
}

fn text(context: &ReadContext<'_>, name: &str, item: &Item) -> Option<String> {
    let text = item.as_str().filter(|text| !text.is_empty());
    if text.is_none() {
        let message = format!("`{name}` lists names");
        let hint = format!("write `{name} = [\"author\"]`");
        context.report(item, "wrong-type", message, &hint);
    }
    text.map(ToOwned::to_owned)
}

fn prefetch(context: &ReadContext<'_>, item: &Item) -> Option<Prefetch> {
    let Some(table) = item.as_table() else {
        return text(context, "prefetch_related", item).map(Prefetch::new);
    };
    let keys = table.reader(context.problems());
    let (path, to_attr) = (keys.required::<String>("path"), keys.optional("to_attr"));
    let query = keys.item("query").map(|item| read_query(context, item));
    keys.finish();
    let query = match query {
        Some(read) => Some(read?),
        None => None,
    };
    Some(Prefetch {
        query,
        to_attr,
        ..Prefetch::new(path?)
    })
}
