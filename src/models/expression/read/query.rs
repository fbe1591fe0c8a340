//! Queries, from their tables.

use std::cell::Cell;

use super::order::order_terms;
use super::{BareString, condition, expression};
use crate::document::{Item, Origin, Table, TableEntry, TableReader, Value};
use crate::models::expression::{RowQuery, SetOperation, is_annotation_name};
use crate::models::read::{ReadContext, ReadStep, unknown_name};
use crate::models::{ModelKey, ModelRef};

/// The calls of a query, by Django's names.
const CALLS: [&str; 13] = [
    "filter",
    "exclude",
    "annotate",
    "alias",
    "values",
    "values_list",
    "order_by",
    "distinct",
    "reverse",
    "union",
    "union_all",
    "intersection",
    "difference",
];

/// What lists calls of which one is made twice.
const CALL_LIST: &str = "calls";

/// The keys that are not calls, but say of what and how many.
const OTHER_KEYS: [&str; 4] = ["model", "limit", "offset", CALL_LIST];

/// The query in `item`: `{ model = "posts.Post", filter = { status = "PB" }, order_by = ["-id"], limit = 5 }`.
///
/// The calls are made in the order in which they stand; `calls = [{ filter = ... }, { annotate = ... }]` lists
/// those of which one is made twice. Which fields there are is looked at where the context has a check.
pub fn query(context: &ReadContext<'_>, item: &Item) -> Option<RowQuery> {
    query_with(context, item, &mut OtherCalls::none(&mut |_| false))
}

/// Calls of a query that are not about which rows are meant, and what reads them.
pub struct OtherCalls<'c> {
    /// Their names.
    pub names: &'static [&'static str],
    /// Reads one; returns whether it is sound, and reports what is wrong.
    pub read: &'c mut dyn FnMut(&TableEntry) -> bool,
}

impl<'c> OtherCalls<'c> {
    fn none(read: &'c mut dyn FnMut(&TableEntry) -> bool) -> Self {
        Self { names: &[], read }
    }

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
    let mark = context.count_field_references();
    let reader = CallReader::new(context, true);
    let found = reader.query(table, RowQuery::new(model(context, table)?), others);
    context.leave_query(mark);
    found
}

/// What the calls among `keys` make of `query`, without `limit` and `offset`; other keys are left to others.
///
/// Calls with a mistake, which is reported, are left out.
pub fn query_calls(
    context: &ReadContext<'_>,
    keys: &TableReader<'_>,
    mut query: RowQuery,
) -> RowQuery {
    let reader = CallReader::new(context, false);
    for key in CALLS.into_iter().chain([CALL_LIST]) {
        keys.item(key);
    }
    for entry in keys.source().entries() {
        let key = entry.key.as_str();
        if key == CALL_LIST || CALLS.contains(&key) {
            query = reader.called(entry, query, &mut OtherCalls::none(&mut |_| false));
        }
    }
    query
}

fn model(context: &ReadContext<'_>, table: &Table) -> Option<ModelKey> {
    let keys = table.reader(context.problems());
    let Some(item) = table.get("model") else {
        keys.required::<String>("model");
        return None;
    };
    match context.reference(&keys, "model", "")? {
        ModelRef::Named(key) => {
            let mut check = context.query_check().into_iter();
            check
                .all(|check| check.has_model(&key, item))
                .then_some(key)
        }
        ModelRef::UserModel => {
            let message = "a query names its model".to_owned();
            context.report(item, "unknown-model", message, "write `auth.User`");
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

/// Reads the calls of one query, one after the other.
struct CallReader<'c, 'p> {
    context: &'c ReadContext<'p>,
    /// Whether the query stands in another.
    is_within: bool,
    is_sound: Cell<bool>,
    /// Whether later calls may name what a call with a mistake would have added.
    knows_all_names: Cell<bool>,
}

impl<'c, 'p> CallReader<'c, 'p> {
    fn new(context: &'c ReadContext<'p>, is_within: bool) -> Self {
        Self {
            context,
            is_within,
            is_sound: Cell::new(true),
            knows_all_names: Cell::new(true),
        }
    }

    /// The whole query that `table` describes; none where it has a mistake.
    fn query(
        &self,
        table: &Table,
        mut query: RowQuery,
        others: &mut OtherCalls<'_>,
    ) -> Option<RowQuery> {
        for entry in table.entries() {
            match entry.key.as_str() {
                "model" | "limit" | "offset" => {}
                _ => query = self.called(entry, query, others),
            }
        }
        let sliced = sliced(self.context, table, query)?;
        self.is_sound.get().then_some(sliced)
    }

    /// The query behind a call, or as it was where that has a mistake.
    fn called(&self, entry: &TableEntry, query: RowQuery, others: &mut OtherCalls<'_>) -> RowQuery {
        let called = match entry.key.as_str() {
            CALL_LIST => self.calls(&entry.item, query.clone(), others),
            _ => self.call(entry, query.clone(), others),
        };
        called.unwrap_or_else(|| {
            self.is_sound.set(false);
            let adds_no_names = ["filter", "exclude", "order_by", "distinct", "reverse"];
            if !adds_no_names.contains(&entry.key.as_str()) {
                self.knows_all_names.set(false);
            }
            query
        })
    }

    fn calls(
        &self,
        item: &Item,
        mut query: RowQuery,
        others: &mut OtherCalls<'_>,
    ) -> Option<RowQuery> {
        let Value::Array(items) = &item.value else {
            let message = "`calls` must be a list of tables".to_owned();
            let hint = "write `calls = [{ filter = { .. } }]`";
            self.context.report(item, "wrong-type", message, hint);
            return None;
        };
        for item in items {
            let Some(table) = item.as_table() else {
                let message = "a call must be a table".to_owned();
                let hint = "write `{ filter = { .. } }`";
                self.context.report(item, "wrong-type", message, hint);
                return None;
            };
            for entry in table.entries() {
                query = match entry.key.as_str() {
                    "limit" | "offset" => query,
                    _ => self.call(entry, query, others)?,
                };
            }
            query = sliced(self.context, table, query)?;
        }
        Some(query)
    }

    fn call(
        &self,
        entry: &TableEntry,
        query: RowQuery,
        others: &mut OtherCalls<'_>,
    ) -> Option<RowQuery> {
        if let Some(is_sound) = others.take(entry) {
            return is_sound.then_some(query);
        }
        let item = &entry.item;
        match entry.key.as_str() {
            "filter" => self.conditions(item, query, RowQuery::filter),
            "exclude" => self.conditions(item, query, RowQuery::exclude),
            "annotate" => self.annotations(item, query, RowQuery::annotate),
            "alias" => self.annotations(item, query, RowQuery::alias),
            key @ ("values" | "values_list") => self.step(&query, &item.origin, || {
                let paths = texts(self.context, item, key)?;
                Some(query.clone().values(paths))
            }),
            "order_by" => self.step(&query, &item.origin, || {
                let terms = order_terms(self.context, item)?;
                Some(query.clone().order_by(terms))
            }),
            "distinct" => self.flag(entry, query, RowQuery::distinct),
            "reverse" => self.flag(entry, query, RowQuery::reverse),
            "union" => self.combined(item, &query, SetOperation::Union),
            "union_all" => self.combined(item, &query, SetOperation::UnionAll),
            "intersection" => self.combined(item, &query, SetOperation::Intersection),
            "difference" => self.combined(item, &query, SetOperation::Difference),
            key => {
                let names = CALLS.into_iter().chain(OTHER_KEYS);
                let names = names.chain(others.names.iter().copied());
                let problem = unknown_name(item, "call of a query", key, names);
                self.context
                    .problems()
                    .push(problem.at(entry.origin.location()));
                None
            }
        }
    }

    /// What `call` makes of `before`, looked at by the check of the context.
    fn step(
        &self,
        before: &RowQuery,
        origin: &Origin,
        call: impl FnOnce() -> Option<RowQuery>,
    ) -> Option<RowQuery> {
        let mark = self.context.count_field_references();
        let after = call();
        let Some(check) = self.context.query_check() else {
            return after;
        };
        let fields = self.context.take_own_fields(mark);
        let after = after?;
        let step = ReadStep {
            before,
            after: &after,
            origin,
            fields: &fields,
            is_within: self.is_within,
        };
        let is_sound = !self.knows_all_names.get() || check.accepts(&step);
        is_sound.then_some(after)
    }

    /// One condition, or several, each of a call of its own.
    fn conditions(
        &self,
        item: &Item,
        mut query: RowQuery,
        call: fn(RowQuery, super::Condition) -> RowQuery,
    ) -> Option<RowQuery> {
        let mut is_sound = true;
        for item in item.listed() {
            let found = self.step(&query, &item.origin, || {
                Some(call(query.clone(), condition(self.context, item)?))
            });
            match found {
                Some(found) => query = found,
                None => is_sound = false,
            }
        }
        is_sound.then_some(query)
    }

    fn annotations(
        &self,
        item: &Item,
        mut query: RowQuery,
        call: fn(RowQuery, String, super::Expression) -> RowQuery,
    ) -> Option<RowQuery> {
        let Some(table) = item.as_table() else {
            let message = "annotations must be a table of names".to_owned();
            let hint = "write `annotate = { total = { Sum = \"price\" } }`";
            self.context.report(item, "wrong-type", message, hint);
            return None;
        };
        for entry in table.entries() {
            self.check_annotation(entry)?;
            query = self.step(&query, &entry.origin, || {
                let found = expression(self.context, &entry.item, BareString::Field)?;
                Some(call(query.clone(), entry.key.clone(), found))
            })?;
        }
        Some(query)
    }

    /// Reports a name that cannot be that of an annotation.
    fn check_annotation(&self, entry: &TableEntry) -> Option<()> {
        if is_annotation_name(&entry.key) {
            return Some(());
        }
        let message = format!("an annotation cannot be called `{}`", entry.key);
        let problem = entry.item.error("annotation-name", message);
        let problem = problem.hint("use letters, digits and `_`");
        let problems = self.context.problems();
        problems.push(problem.at(entry.origin.location()));
        None
    }

    fn flag(
        &self,
        entry: &TableEntry,
        query: RowQuery,
        call: fn(RowQuery) -> RowQuery,
    ) -> Option<RowQuery> {
        let (key, item) = (&entry.key, &entry.item);
        match item.value {
            Value::Boolean(true) => self.step(&query, &entry.origin, || Some(call(query.clone()))),
            Value::Boolean(false) => Some(query),
            _ => {
                let message = format!("`{key}` must be `true` or `false`");
                let hint = format!("write `{key} = true`");
                self.context.report(item, "wrong-type", message, &hint);
                None
            }
        }
    }

    fn combined(&self, item: &Item, first: &RowQuery, operation: SetOperation) -> Option<RowQuery> {
        self.step(first, &item.origin, || {
            let items = item.listed().iter();
            let read: Vec<_> = items.map(|item| query(self.context, item)).collect();
            let others = read.into_iter().collect::<Option<Vec<_>>>()?;
            Some(first.clone().combine(operation, others))
        })
    }
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
