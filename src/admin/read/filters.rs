//! `list_filter`: the path of a field, or a table that says more of it.
//!
//! `{ field = "author", filter = "related_only" }` chooses how; `{ title = "Length", name = "length", choices = [{ value =
//! "long", label = "Long", where = { words__gte = 1000 } }] }` are choices of its own.

use crate::admin::options::{FilterChoice, ListFilter, ListFilterKind};
use crate::admin::read::context::AdminContext;
use crate::admin::read::names;
use crate::diagnostic::Finding;
use crate::document::{Item, Table, TableReader};
use crate::models::read::unknown_name;
use crate::models::{Field, FieldKind, field_at_path};
use crate::text;

/// What a table may say under `filter`, and what it is.
const KINDS: [&str; 9] = [
    "boolean",
    "choices",
    "related",
    "related_only",
    "date",
    "empty",
    "all_values",
    "isnull",
    "range",
];

/// The filters that `items` describe; what is wrong with one is reported.
pub(super) fn filters(context: &AdminContext<'_>, items: &[Item]) -> Vec<ListFilter> {
    let mut found: Vec<ListFilter> = Vec::new();
    for item in items {
        let filter = match item.as_table() {
            Some(table) => of_table(context, item, table),
            None => of_name(context, item, None, None),
        };
        match filter {
            Ok(filter) if found.iter().any(|other| other.path == filter.path) => {
                let message = format!("there are two filters called `{}`", filter.path);
                context.problems.push(item.error("repeated", message));
            }
            Ok(filter) => found.push(filter),
            Err(finding) => context.problems.push(finding),
        }
    }
    found
}

fn of_table(context: &AdminContext<'_>, item: &Item, table: &Table) -> Result<ListFilter, Finding> {
    let keys = table.reader(context.problems);
    let field = keys.item("field");
    let kind = keys.item("filter");
    let title = keys.optional::<String>("title");
    let filter = match (field, keys.item("choices")) {
        (Some(_), Some(choices)) => {
            let message = "a filter has a `field`, or `choices` of its own";
            Err(choices.error("two-kinds", message))
        }
        (Some(field), None) => of_name(context, field, kind, title),
        (None, Some(choices)) => own(context, &keys, choices, title),
        (None, None) => {
            let message = "a filter needs a `field`, or `choices` of its own";
            Err(item.error("missing-key", message))
        }
    };
    keys.finish();
    filter
}

/// The filter of the field that `item` names.
fn of_name(
    context: &AdminContext<'_>,
    item: &Item,
    kind: Option<&Item>,
    title: Option<String>,
) -> Result<ListFilter, Finding> {
    let Some(path) = item.as_str() else {
        let message = format!(
            "a filter is the path of a field, not {}",
            item.value.type_name()
        );
        return Err(item.error("wrong-type", message));
    };
    let found = field_at_path(context.registry, context.model, path);
    let Some(found) = found.filter(|found| !found.is_transformed) else {
        let model = &context.model.name;
        let message = format!("`{path}` does not lead to a field of `{model}`");
        return Err(names::not_a_field(context, item, path, message, &[]));
    };
    Ok(ListFilter {
        title: title.unwrap_or_else(|| found.field.verbose_name()),
        kind: match kind {
            Some(kind) => named_kind(found.field, kind)?,
            None => usual_kind(found.field),
        },
        path: path.to_owned(),
    })
}

/// The filter of a field that asks for none by name (`FieldListFilter.create`).
pub(super) fn usual_kind(field: &Field) -> ListFilterKind {
    let is_relation = field.relation().is_some() || field.many_to_many().is_some();
    match &field.kind {
        _ if is_relation => ListFilterKind::Related {
            is_only_used: false,
        },
        FieldKind::Boolean => ListFilterKind::Boolean,
        _ if !field.choices.is_empty() => ListFilterKind::Choices,
        FieldKind::Date(_) | FieldKind::DateTime(_) => ListFilterKind::Date,
        _ => ListFilterKind::AllValues,
    }
}

fn named_kind(field: &Field, item: &Item) -> Result<ListFilterKind, Finding> {
    let name = item.as_str().unwrap_or_default();
    let is_relation = field.relation().is_some() || field.many_to_many().is_some();
    let is_date = matches!(field.kind, FieldKind::Date(_) | FieldKind::DateTime(_));
    let (kind, fits) = match name {
        "boolean" => (
            ListFilterKind::Boolean,
            matches!(field.kind, FieldKind::Boolean),
        ),
        "choices" => (ListFilterKind::Choices, !field.choices.is_empty()),
        "related" | "related_only" => {
            let is_only_used = name == "related_only";
            (ListFilterKind::Related { is_only_used }, is_relation)
        }
        "date" => (ListFilterKind::Date, is_date),
        "empty" => (ListFilterKind::Empty, true),
        "all_values" => (ListFilterKind::AllValues, !is_relation),
        "isnull" => (ListFilterKind::IsNull, true),
        "range" => (ListFilterKind::Range, is_date || is_number(field)),
        _ => return Err(unknown_name(item, "filter", name, KINDS.into_iter())),
    };
    if fits {
        return Ok(kind);
    }
    let message = format!(
        "the filter `{name}` does not fit the field `{}`",
        field.name
    );
    Err(item.error("wrong-filter", message))
}

fn is_number(field: &Field) -> bool {
    let kind = &field.kind;
    matches!(
        kind.class_name(),
        "DecimalField" | "FloatField" | "AutoField" | "BigAutoField" | "SmallAutoField"
    ) || kind.class_name().ends_with("IntegerField")
}

/// A filter with choices of its own.
fn own(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    item: &Item,
    title: Option<String>,
) -> Result<ListFilter, Finding> {
    let name = keys.required::<String>("name").unwrap_or_default();
    if !text::is_identifier(&name) {
        let message = "a filter with choices of its own needs a `name`, which addresses use";
        return Err(item.error("missing-key", message));
    }
    let items = item.listed();
    let choices = items.iter().filter_map(|item| choice(context, item));
    Ok(ListFilter {
        title: title.unwrap_or_else(|| name.replace('_', " ")),
        kind: ListFilterKind::Own(choices.collect()),
        path: name,
    })
}

fn choice(context: &AdminContext<'_>, item: &Item) -> Option<FilterChoice> {
    let Some(table) = item.as_table() else {
        let message = "a choice is a table with `value`, `label` and `where`";
        context.problems.push(item.error("wrong-type", message));
        return None;
    };
    let keys = table.reader(context.problems);
    let value = keys.required::<String>("value");
    let label = keys.optional::<String>("label");
    let condition = keys.item("where");
    if condition.is_none() {
        let message = "a choice needs a `where`: the condition on its rows";
        context.problems.push(item.error("missing-key", message));
    }
    keys.finish();
    let condition = context.queries().condition(condition?, &[])?;
    let value = value?;
    Some(FilterChoice {
        label: label.unwrap_or_else(|| text::capitalized(&value)),
        value,
        condition,
    })
}
