//! The options of a model, its indexes and its constraints.

use crate::document::{Fields, FromItem as _, Item, Table, Value};
use crate::models::read::Context;
use crate::models::{Index, IndexField, ModelOptions, Permission, UniqueConstraint};

/// The options among `fields`; the caller finishes them.
pub fn options(context: &Context<'_>, fields: &Fields<'_>, own: &str) -> ModelOptions {
    let usual = ModelOptions::default();
    ModelOptions {
        db_table: fields.optional("db_table"),
        ordering: fields.or("ordering", usual.ordering),
        unique_together: string_lists(context, fields, "unique_together"),
        indexes: tables(context, fields, "indexes", index),
        constraints: tables(context, fields, "constraints", unique_constraint),
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
    }
}

/// `[["a", "b"], ["c", "d"]]`, or `["a", "b"]` for one.
pub fn string_lists(
    context: &Context<'_>,
    fields: &Fields<'_>,
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

/// An index: `{ fields = ["-published_at", "slug"], name = "..." }`.
pub fn index(context: &Context<'_>, table: &Table) -> Option<Index> {
    let fields = table.fields(context.problems());
    let names: Option<Vec<String>> = fields.required("fields");
    let name = fields.optional("name");
    fields.finish();
    let fields = names?.iter().map(|name| index_field(name)).collect();
    Some(Index { name, fields })
}

fn index_field(name: &str) -> IndexField {
    let bare = name.strip_prefix('-');
    IndexField {
        name: bare.unwrap_or(name).to_owned(),
        descending: bare.is_some(),
    }
}

/// A constraint: `{ name = "...", fields = ["a", "b"] }`.
pub fn unique_constraint(context: &Context<'_>, table: &Table) -> Option<UniqueConstraint> {
    let fields = table.fields(context.problems());
    let name = fields.required("name");
    let names = fields.required("fields");
    fields.finish();
    Some(UniqueConstraint {
        name: name?,
        fields: names?,
    })
}

fn tables<T>(
    context: &Context<'_>,
    fields: &Fields<'_>,
    key: &'static str,
    read: impl Fn(&Context<'_>, &Table) -> Option<T>,
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
fn permissions(context: &Context<'_>, fields: &Fields<'_>) -> Vec<Permission> {
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

fn text_or_list<'t>(fields: &Fields<'t>, key: &'t str) -> Vec<String> {
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
