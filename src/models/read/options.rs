//! The options of a model, its indexes and its constraints.

use std::path::Path;

use crate::diagnostic::Finding;
use crate::document::{Document, FromItem as _, Item, Problems, Table, TableReader, Value};
use crate::models::expression::read::{condition, index_expressions};
use crate::models::read::ReadContext;
use crate::models::{Constraint, ConstraintKind, Index, IndexField, ModelOptions, Permission};

/// The options among `fields`; the caller finishes them.
pub fn options(context: &ReadContext<'_>, fields: &TableReader<'_>, own: &str) -> ModelOptions {
    let usual = ModelOptions::default();
    ModelOptions {
        db_table: fields.optional("db_table"),
        ordering: fields.or("ordering", usual.ordering),
        unique_together: unique_together(context, fields),
        indexes: tables(context, fields, "indexes", index),
        constraints: tables(context, fields, "constraints", constraint),
        verbose_name: fields.optional("verbose_name"),
        verbose_name_plural: fields.optional("verbose_name_plural"),
        permissions: permissions(context, fields),
        default_permissions: fields.or("default_permissions", usual.default_permissions),
        managed: fields.or("managed", true),
        get_latest_by: text_or_list(fields, "get_latest_by"),
        default_related_name: fields.optional("default_related_name"),
        swappable: context.reference(fields, "swappable", own),
        proxy_for: context.reference(fields, "proxy_for", own),
        db_table_comment: fields.optional("db_table_comment"),
        str_template: fields.optional("str"),
        url_template: fields.optional("url"),
    }
}

fn unique_together(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Vec<Vec<String>> {
    let lists = string_lists(context, fields, "unique_together");
    if let Some(item) = fields.source().get("unique_together") {
        for name in lists.iter().flatten() {
            context.note_field(name, &item.origin, None);
        }
    }
    lists
}

/// The options a model may have beside those of its inheritance, in the order they are read.
pub fn known_model_options() -> Vec<String> {
    let Ok(document) = Document::parse(Path::new("models.toml"), "") else {
        return Vec::new();
    };
    let problems = Problems::default();
    let fields = document.root().reader(&problems);
    options(&ReadContext::new("app", &problems), &fields, "Model");
    fields
        .requested()
        .into_iter()
        .map(ToOwned::to_owned)
        .collect()
}

/// `[["a", "b"], ["c", "d"]]`, or `["a", "b"]` for one.
pub fn string_lists(
    context: &ReadContext<'_>,
    fields: &TableReader<'_>,
    key: &'static str,
) -> Vec<Vec<String>> {
    let Some(item) = fields.item(key) else {
        return Vec::new();
    };
    if let Ok(names) = Vec::<String>::from_item(key, item)
        && !names.is_empty()
    {
        return vec![names];
    }
    let lists = items(item).map(|items| {
        let lists = items.iter().map(|item| Vec::<String>::from_item(key, item));
        lists.collect::<Result<Vec<_>, _>>()
    });
    if let Some(Ok(lists)) = lists {
        return lists;
    }
    let message = format!("`{key}` must be a list of lists of field names");
    let hint = format!("write `{key} = [[\"first\", \"second\"]]`");
    context.report(item, "wrong-type", message, &hint);
    Vec::new()
}

/// An index: `{ fields = ["-published_at", "slug"], name = "..." }`, or over `expressions`.
pub fn index(context: &ReadContext<'_>, table: &Table) -> Option<Index> {
    let keys = table.reader(context.problems());
    let names = field_names(context, &keys, "fields");
    let index = Index {
        name: keys.optional("name"),
        fields: names.iter().map(|name| index_field(name)).collect(),
        expressions: index_expressions(context, &keys),
        condition: keys
            .item("condition")
            .and_then(|item| condition(context, item)),
    };
    refuse(context, &keys, &UNSUPPORTED);
    keys.finish();
    if !has_one_of_two(context, table) {
        return None;
    }
    let needs_name = !index.expressions.is_empty() || table.get("condition").is_some();
    if needs_name && index.name.is_none() {
        let message = "an index over expressions or with a condition needs a `name`";
        let place = table.origin().location();
        let finding = Finding::error("missing-key", message).at(place);
        context.problems().push(finding);
    }
    Some(index)
}

/// What other databases know of indexes and SQLite does not.
const UNSUPPORTED: [(&str, &str); 5] = [
    (
        "include",
        "SQLite has no covering indexes: add the fields to `fields`",
    ),
    ("opclasses", "SQLite has no operator classes: leave it out"),
    ("db_tablespace", "SQLite has no tablespaces: leave it out"),
    ("deferrable", "SQLite cannot defer it: leave it out"),
    (
        "nulls_distinct",
        "SQLite takes every null as different: leave it out",
    ),
];

fn refuse(context: &ReadContext<'_>, keys: &TableReader<'_>, unsupported: &[(&'static str, &str)]) {
    for (key, hint) in unsupported {
        let entries = keys.source().entries().iter();
        for entry in entries.filter(|entry| entry.key == *key) {
            keys.item(key);
            let message = format!("`{key}` does nothing on SQLite");
            let finding = entry.error("unsupported", message).hint(*hint);
            context.problems().push(finding);
        }
    }
}

/// Whether the table has fields or expressions, and not both.
fn has_one_of_two(context: &ReadContext<'_>, table: &Table) -> bool {
    let message = match (table.get("fields"), table.get("expressions")) {
        (Some(_), Some(_)) => "`fields` and `expressions` exclude each other",
        (None, None) => "missing key `fields`",
        _ => return true,
    };
    let finding = Finding::error("missing-key", message).at(table.origin().location());
    context
        .problems()
        .push(finding.hint("write one of `fields` and `expressions`"));
    false
}

/// The names of fields under `key`, a `-` before one left in place.
fn field_names<'t>(context: &ReadContext<'_>, keys: &TableReader<'t>, key: &'t str) -> Vec<String> {
    let names: Vec<String> = keys.or(key, Vec::new());
    let listed = keys.source().get(key).and_then(items).unwrap_or_default();
    for (item, name) in listed.iter().zip(&names) {
        let bare = name.strip_prefix('-').unwrap_or(name);
        context.note_field(bare, &item.origin, None);
    }
    names
}

fn index_field(name: &str) -> IndexField {
    let bare = name.strip_prefix('-');
    IndexField {
        name: bare.unwrap_or(name).to_owned(),
        descending: bare.is_some(),
    }
}

/// A constraint: `{ name = "...", fields = ["a", "b"] }` or `{ name = "...", check = { a__gt = 0 } }`.
pub fn constraint(context: &ReadContext<'_>, table: &Table) -> Option<Constraint> {
    let keys = table.reader(context.problems());
    let name = keys.required("name");
    let kind = match keys.item("check") {
        Some(item) => condition(context, item).map(ConstraintKind::Check),
        None => unique(context, &keys),
    };
    let constraint = Constraint {
        name: name.unwrap_or_default(),
        kind: kind.unwrap_or(ConstraintKind::Unique(Vec::new())),
        violation_error_message: keys.optional("violation_error_message"),
        violation_error_code: keys.optional("violation_error_code"),
    };
    refuse(context, &keys, &UNSUPPORTED);
    keys.finish();
    let is_empty = constraint.kind == ConstraintKind::Unique(Vec::new());
    (!is_empty && !constraint.name.is_empty()).then_some(constraint)
}

fn unique(context: &ReadContext<'_>, keys: &TableReader<'_>) -> Option<ConstraintKind> {
    let table = keys.source();
    let fields = field_names(context, keys, "fields");
    let expressions = index_expressions(context, keys);
    let condition = keys.item("condition").map(|item| condition(context, item));
    if !has_one_of_two(context, table) {
        return None;
    }
    if expressions.is_empty() && condition.is_none() {
        return Some(ConstraintKind::Unique(fields));
    }
    Some(ConstraintKind::UniqueIndex {
        fields,
        expressions,
        condition: match condition {
            Some(found) => Some(found?),
            None => None,
        },
    })
}

fn tables<T>(
    context: &ReadContext<'_>,
    fields: &TableReader<'_>,
    key: &'static str,
    read: impl Fn(&ReadContext<'_>, &Table) -> Option<T>,
) -> Vec<T> {
    let Some(item) = fields.item(key) else {
        return Vec::new();
    };
    let tables: Option<Vec<_>> =
        items(item).and_then(|items| items.iter().map(Item::as_table).collect());
    let Some(tables) = tables else {
        let message = format!("`{key}` must be a list of tables");
        context.problems().push(item.error("wrong-type", message));
        return Vec::new();
    };
    tables
        .into_iter()
        .filter_map(|table| read(context, table))
        .collect()
}

/// `[["publish", "Can publish"]]`.
fn permissions(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Vec<Permission> {
    let pairs = string_lists(context, fields, "permissions");
    let mut found = Vec::new();
    for pair in pairs {
        if let [codename, name] = pair.as_slice() {
            found.push(Permission {
                codename: codename.clone(),
                name: name.clone(),
            });
        } else if let Some(item) = fields.source().get("permissions") {
            let message = "a permission must be a codename and a name".to_owned();
            let hint = r#"write `permissions = [["publish_post", "Can publish post"]]`"#;
            context.report(item, "wrong-type", message, hint);
        }
    }
    found
}

fn text_or_list<'t>(fields: &TableReader<'t>, key: &'t str) -> Vec<String> {
    match fields.source().get(key).map(|item| &item.value) {
        Some(Value::String(_)) => fields.optional(key).into_iter().collect(),
        _ => fields.or(key, Vec::new()),
    }
}

fn items(item: &Item) -> Option<&[Item]> {
    match &item.value {
        Value::Array(items) => Some(items),
        _ => None,
    }
}
