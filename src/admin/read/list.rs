//! The options of the list of a model.

use std::num::NonZeroU64;

use crate::admin::options::{Column, DateHierarchy, FormOptions, ListOptions, ShowFacets};
use crate::admin::read::actions::action_options;
use crate::admin::read::columns::{STR, column_of, columns};
use crate::admin::read::context::{AdminContext, items};
use crate::admin::read::filters::filters;
use crate::admin::read::list_editable::editable;
use crate::admin::read::names;
use crate::document::{Item, TableReader, Value};
use crate::models::read::one_of;
use crate::models::{FieldKind, field_at_path};
use crate::views::SearchField;

/// How many rows a page has where nothing is said.
pub(super) const PER_PAGE: NonZeroU64 = NonZeroU64::new(100).unwrap();

/// How many rows are shown at most where all are asked for and nothing is said.
pub(super) const MAX_SHOW_ALL: u64 = 200;

/// Reads the options of a list.
pub(super) fn list(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    form: &FormOptions,
) -> ListOptions {
    let columns = display(context, keys);
    let links = links(context, keys, &columns);
    let ordering = keys.item("ordering");
    let facets = one_of(keys, "show_facets", &ShowFacets::ALL);
    let mut list = ListOptions {
        links,
        filters: filters(context, &items(keys, "list_filter")),
        search: search(context, &items(keys, "search_fields")),
        search_help_text: keys.or("search_help_text", String::new()),
        ordering: ordering.map_or_else(Vec::new, |item| context.queries().order(item)),
        per_page: per_page(context, keys),
        max_show_all: keys.or("list_max_show_all", MAX_SHOW_ALL),
        show_full_result_count: keys.or("show_full_result_count", true),
        date_hierarchy: date_hierarchy(context, keys),
        select_related: select_related(context, keys),
        facets: facets.unwrap_or_default(),
        preserve_filters: keys.or("preserve_filters", true),
        actions: action_options(context, keys),
        editable: None,
        columns,
    };
    list.editable = editable(context, keys, &list, form);
    list
}

/// `date_hierarchy`: the path of a field of days or moments.
fn date_hierarchy(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Option<DateHierarchy> {
    let item = keys.item("date_hierarchy")?;
    let path = item.as_str().unwrap_or_default();
    let found = field_at_path(context.registry, context.model, path);
    let kind = found.map(|found| &found.field.kind);
    let is_moment = match kind {
        Some(FieldKind::Date(_)) => false,
        Some(FieldKind::DateTime(_)) => true,
        _ => {
            let message = format!("`{path}` does not lead to a field of days or moments");
            let finding = names::not_a_field(context, item, path, message, &[]);
            context.problems.push(finding);
            return None;
        }
    };
    Some(DateHierarchy {
        path: path.to_owned(),
        is_moment,
    })
}

/// The paths of `list_select_related`; `true` and `false` say nothing that columns do not say themselves.
fn select_related(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Vec<String> {
    let Some(item) = keys.item("list_select_related") else {
        return Vec::new();
    };
    if matches!(item.value, Value::Boolean(_)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for item in item.listed() {
        let path = item.as_str().unwrap_or_default();
        let of_one = field_at_path(context.registry, context.model, path)
            .is_some_and(|found| found.field.relation().is_some() && !found.is_many);
        if of_one {
            found.push(path.to_owned());
            continue;
        }
        let message = format!("`{path}` does not lead to one row of another model");
        context
            .problems
            .push(names::not_a_field(context, item, path, message, &[]));
    }
    found
}

fn display(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Vec<Column> {
    let found = columns(context, &items(keys, "list_display"), "list_display");
    let found = sortable(context, keys, found);
    if found.is_empty() {
        column_of(context, STR).into_iter().collect()
    } else {
        found
    }
}

/// `columns`, of which only those that `sortable_by` names can be sorted by, where it is there.
fn sortable(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    mut columns: Vec<Column>,
) -> Vec<Column> {
    let Some(item) = keys.item("sortable_by") else {
        return columns;
    };
    let wanted = column_names(context, item, &columns);
    for column in &mut columns {
        if !wanted.contains(&column.name) {
            column.order.clear();
        }
    }
    columns
}

fn links(context: &AdminContext<'_>, keys: &TableReader<'_>, columns: &[Column]) -> Vec<String> {
    match keys.item("list_display_links") {
        Some(item) => column_names(context, item, columns),
        None => columns
            .first()
            .map(|first| first.name.clone())
            .into_iter()
            .collect(),
    }
}

/// The names of columns in `item`; those that are not of one are reported.
fn column_names(context: &AdminContext<'_>, item: &Item, columns: &[Column]) -> Vec<String> {
    let mut names = Vec::new();
    for item in item.listed() {
        let name = item.as_str().unwrap_or_default();
        let known = || columns.iter().map(|column| column.name.as_str());
        if known().any(|known| known == name) {
            names.push(name.to_owned());
            continue;
        }
        let message = format!("`{name}` is not a column of `list_display`");
        let finding = item.error("unknown-column", message);
        context.problems.push(finding.suggest(name, known()));
    }
    names
}

fn search(context: &AdminContext<'_>, items: &[Item]) -> Vec<SearchField> {
    let mut found = Vec::new();
    for item in items {
        let Some(text) = item.as_str() else {
            let message = "an item of `search_fields` is the path of a field";
            context.problems.push(item.error("wrong-type", message));
            continue;
        };
        let field = SearchField::parse(text);
        if context.queries().check_path(&field.path, item) {
            found.push(field);
        }
    }
    found
}

fn per_page(context: &AdminContext<'_>, keys: &TableReader<'_>) -> NonZeroU64 {
    let Some(item) = keys.item("list_per_page") else {
        return PER_PAGE;
    };
    if matches!(item.value, Value::Integer(0)) {
        let message = "a page holds one row at least";
        context.problems.push(item.error("wrong-value", message));
        return PER_PAGE;
    }
    keys.optional::<u64>("list_per_page")
        .and_then(NonZeroU64::new)
        .unwrap_or(PER_PAGE)
}
