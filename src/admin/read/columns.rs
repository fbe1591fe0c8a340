//! What is shown of a row: the items of `list_display` and `readonly_fields`.
//!
//! An item is the name of a field, a path to a field of another model, `__str__`, or a table with a template:
//! `{ header = "Words", value = "{{ body|wordcount }}", ordering = "title" }`.

use crate::admin::options::{AdminTemplate, Column, ColumnSource, ValueKind};
use crate::admin::read::context::AdminContext;
use crate::admin::read::names;
use crate::diagnostic::Finding;
use crate::document::{Item, Table};
use crate::models::expression::OrderTerm;
use crate::models::{Field, field_at_path};
use crate::text;

/// What stands for the row as text.
pub(super) const STR: &str = "__str__";

/// The columns that `items` describe; what is wrong with one is reported.
pub(super) fn columns(context: &AdminContext<'_>, items: &[Item], place: &str) -> Vec<Column> {
    let mut found: Vec<Column> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let column = match item.as_table() {
            Some(table) => computed(context, item, table, &format!("{place}.{number}")),
            None => named(context, item),
        };
        match column {
            Ok(column) if found.iter().any(|other| other.name == column.name) => {
                let message = format!("`{}` is listed twice", column.name);
                context.problems.push(item.error("repeated", message));
            }
            Ok(column) => found.push(column),
            Err(finding) => context.problems.push(finding),
        }
    }
    found
}

fn named(context: &AdminContext<'_>, item: &Item) -> Result<Column, Finding> {
    let Some(name) = item.as_str() else {
        let message = format!(
            "a column is the name of a field, or a table, not {}",
            item.value.type_name()
        );
        let hint = "write `{ header = \"Words\", value = \"{{ body|wordcount }}\" }`";
        return Err(item.error("wrong-type", message).hint(hint));
    };
    column_of(context, name).ok_or_else(|| {
        let message = format!("`{name}` is not a field of `{}`", context.model.name);
        names::not_a_field(context, item, name, message, &[STR])
    })
}

/// The column of the field at `name`, or of the row as text; none where there is no such field.
pub(super) fn column_of(context: &AdminContext<'_>, name: &str) -> Option<Column> {
    if name == STR {
        return Some(Column {
            name: STR.to_owned(),
            header: context.model.verbose_name(),
            source: ColumnSource::Str,
            order: Vec::new(),
            empty_value: context.empty_value.clone(),
        });
    }
    let found = field_at_path(context.registry, context.model, name)?;
    if found.is_transformed || is_secret(context, found.field, name) {
        return None;
    }
    Some(Column {
        name: name.to_owned(),
        header: header(found.field, name),
        source: ColumnSource::Field {
            path: name.split("__").map(ToOwned::to_owned).collect(),
            kind: ValueKind::of(found.field),
        },
        order: if found.is_many {
            Vec::new()
        } else {
            vec![OrderTerm::from(name)]
        },
        empty_value: context.empty_value.clone(),
    })
}

/// What is shown of the password of a user: how its hash was made; none where the model has none.
pub(super) fn password_column(context: &AdminContext<'_>) -> Option<Column> {
    let field = context.model.field("password")?;
    Some(Column {
        name: field.name.clone(),
        header: field.verbose_name(),
        source: ColumnSource::Password,
        order: Vec::new(),
        empty_value: context.empty_value.clone(),
    })
}

/// What stands above the column of the field `name` (`label_for_field`): of another model's, the path in words.
fn header(field: &Field, name: &str) -> String {
    if name.contains("__") {
        text::capitalized(&name.replace("__", " ").replace('_', " "))
    } else {
        field.verbose_name()
    }
}

/// Whether the value of a field is not for anybody's eyes: the hash of a password.
fn is_secret(context: &AdminContext<'_>, field: &Field, path: &str) -> bool {
    let users = context.registry.user_model();
    let is_password = field.name == "password";
    is_password && users.is_some_and(|users| path != "password" || context.model.is(&users.key()))
}

/// A column that a template writes.
fn computed(
    context: &AdminContext<'_>,
    item: &Item,
    table: &Table,
    place: &str,
) -> Result<Column, Finding> {
    let keys = table.reader(context.problems);
    let value = keys.item("value");
    let name = keys.optional::<String>("name");
    let header = keys.optional::<String>("header");
    let is_boolean = keys.or("boolean", false);
    let empty_value = keys.or("empty_value_display", context.empty_value.clone());
    let order = keys.item("ordering");
    let order = order.map_or_else(Vec::new, |item| context.queries().order(item));
    keys.finish();
    let source = value.and_then(|value| Some((value.origin.location(), value.as_str()?)));
    let Some((location, source)) = source else {
        let message = "a column needs a `value`: a template whose names are those of the row";
        return Err(item.error("missing-key", message));
    };
    let named = name.or_else(|| header.clone());
    let name = named.map_or_else(|| place.replace('.', "_"), |name| text::slugify(&name));
    let model = context.model;
    Ok(Column {
        header: header.unwrap_or_else(|| text::capitalized(&name.replace(['_', '-'], " "))),
        source: ColumnSource::Template {
            template: AdminTemplate {
                // HTML: what the values hold is escaped.
                name: format!("{}.{}.{place}.html", model.app_label, model.name),
                source: source.to_owned(),
                location,
                model: Some(model.key()),
            },
            is_boolean,
        },
        name,
        order,
        empty_value,
    })
}
