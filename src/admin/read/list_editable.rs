//! `list_editable`: fields that are changed in the list itself.

use std::sync::Arc;

use crate::admin::options::{Column, ColumnSource, EditableFields, FormOptions, ListOptions};
use crate::admin::read::context::{AdminContext, items};
use crate::document::{Item, TableReader};
use crate::forms::{
    FormSetDefinition, FormSetOptions, FormSetRows, ModelFormDeclaration, model_form_definition,
};
use crate::models::ModelSet as _;
use crate::query::Query;

/// The fields of `list_editable`, which are shown by columns of `list` and look as in the `form` of a row.
pub(super) fn editable(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    list: &ListOptions,
    form: &FormOptions,
) -> Option<EditableFields> {
    let items = items(keys, "list_editable");
    let first = items.first()?;
    let names = items
        .iter()
        .filter_map(|item| name(context, list, item))
        .collect::<Vec<_>>();
    let registry = context.registry;
    let rows = FormSetRows::new(registry, context.model, Query::of(context.model), None);
    let rows = match rows {
        Ok(rows) if !names.is_empty() => rows,
        Ok(_) => return None,
        Err(error) => {
            let finding = first.error("no-primary-key", error.to_string());
            context.problems.push(finding);
            return None;
        }
    };
    let of_form = form.definition.fields().iter();
    let of_form = of_form.filter(|field| names.iter().any(|name| name == field.name()));
    let declaration = ModelFormDeclaration {
        fields: Some(names.clone()),
        declared: of_form.cloned().collect(),
        ..ModelFormDeclaration::default()
    };
    let zone = registry.time_zone();
    let definition =
        model_form_definition(registry, context.model, &declaration, zone, |field| field);
    let most = list.max_show_all.max(list.per_page.get());
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let usual = FormSetOptions::default();
    let options = FormSetOptions {
        extra: 0,
        max_num: usual.max_num.max(most),
        absolute_max: usual.absolute_max.max(most),
        ..usual
    };
    Some(EditableFields {
        names,
        set: Arc::new(FormSetDefinition::of_rows(&definition, options, rows)),
    })
}

/// The field that `item` names; none, which is reported, where it cannot be changed in the list.
fn name(context: &AdminContext<'_>, list: &ListOptions, item: &Item) -> Option<String> {
    let name = item.as_str().unwrap_or_default();
    let field = context.model.field(name);
    let mut columns = list.columns.iter();
    let column = columns.find(|column| column.name == name);
    let problem = |code, message: String| {
        let finding = item.error(code, message);
        let known = list.columns.iter().filter(|column| is_own(column));
        let known = known.map(|column| column.name.as_str());
        context.problems.push(finding.suggest(name, known));
    };
    match (column, field) {
        (None, _) => {
            problem(
                "unknown-column",
                format!("`{name}` is not a column of `list_display`"),
            );
        }
        (Some(_), Some(field))
            if field.editable
                && !field.kind.is_auto()
                && !field.primary_key
                && is_shown(column) =>
        {
            if !list.links.iter().any(|link| link == name) {
                return Some(name.to_owned());
            }
            let message =
                format!("`{name}` leads to the form of the row, so that it cannot be changed here");
            let hint = "name another column in `list_display_links`";
            let finding = item.error("link-and-editable", message);
            context.problems.push(finding.hint(hint));
        }
        (Some(_), _) => {
            let model = &context.model.name;
            problem(
                "not-editable",
                format!("`{name}` is not a field of `{model}` that can be changed"),
            );
        }
    }
    None
}

fn is_shown(column: Option<&Column>) -> bool {
    column.is_some_and(is_own)
}

/// Whether a column shows a field of the row itself.
fn is_own(column: &Column) -> bool {
    matches!(&column.source, ColumnSource::Field { path, .. } if path.len() == 1)
}
