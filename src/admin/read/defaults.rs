//! How the list of a model is shown that no file names: what a person would write first.

use crate::admin::options::{ListFilter, ListOptions};
use crate::admin::read::columns::{STR, column_of};
use crate::admin::read::context::AdminContext;
use crate::admin::read::filters::usual_kind;
use crate::models::{Field, FieldKind};
use crate::views::SearchField;

/// How many columns a list has at most, beside the row as text.
const MAX_COLUMNS: usize = 5;

/// How many filters stand beside it at most.
const MAX_FILTERS: usize = 4;

/// `list` with columns, filters and a search that suit the model.
pub(super) fn list_of(context: &AdminContext<'_>, list: ListOptions) -> ListOptions {
    let model = context.model;
    let shown = model.fields.iter().filter(|field| is_short(field));
    let names = shown.map(|field| field.name.as_str()).take(MAX_COLUMNS);
    let columns = match model.options.str_template {
        Some(_) => [STR].into_iter().chain(names).collect::<Vec<_>>(),
        None => names.collect(),
    };
    let columns: Vec<_> = columns
        .into_iter()
        .filter_map(|name| column_of(context, name))
        .collect();
    if columns.is_empty() {
        return list;
    }
    let filters = model.fields.iter().filter(|field| is_common(field));
    let filters = filters.take(MAX_FILTERS).map(|field| ListFilter {
        title: field.verbose_name(),
        kind: usual_kind(field),
        path: field.name.clone(),
    });
    let texts = model.fields.iter().filter(|field| is_text(field));
    ListOptions {
        links: columns
            .first()
            .map(|column| column.name.clone())
            .into_iter()
            .collect(),
        filters: filters.collect(),
        search: texts.map(|field| SearchField::parse(&field.name)).collect(),
        columns,
        ..list
    }
}

/// Whether the value of a field fits into a column.
fn is_short(field: &Field) -> bool {
    let is_long = matches!(
        field.kind,
        FieldKind::Text { .. } | FieldKind::Json | FieldKind::Binary { .. }
    );
    field.has_column() && !is_long && !field.primary_key && field.name != "password"
}

/// Whether many rows have the same value of a field, one of few.
fn is_common(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Boolean) || !field.choices.is_empty()
}

/// Whether a person would look for words in a field.
fn is_text(field: &Field) -> bool {
    matches!(
        field.kind,
        FieldKind::Char { .. }
            | FieldKind::Text { .. }
            | FieldKind::Slug { .. }
            | FieldKind::Email { .. }
    ) && field.choices.is_empty()
        && field.name != "password"
}
