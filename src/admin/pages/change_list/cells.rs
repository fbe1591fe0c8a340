//! The values of the columns, row by row (`items_for_result`).

use std::sync::Arc;

use crate::admin::options::{Column, ColumnSource, ModelAdmin, ValueKind};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::row_lookup::key_text;
use crate::templates::value::{Value, map};
use crate::views::{HttpError, RowBatch, RowValue};

/// The rows of `batch` as the template prints them.
pub(super) fn rows_value(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    batch: &Arc<RowBatch>,
) -> Result<Value, HttpError> {
    let mut rows = Vec::new();
    for at in 0..batch.len() {
        let row = RowValue::new(Arc::clone(batch), at);
        let key = row.instance().map(|row| key_text(&admin.model, row));
        let cells = admin.list.columns.iter().map(|column| {
            let is_link = admin.list.links.contains(&column.name);
            cell(request, column, &row, is_link)
        });
        let cells: Vec<_> = cells.collect::<Result<_, _>>()?;
        rows.push(map([
            (
                "url",
                Value::from(request.row_url(admin, "change", &key.unwrap_or_default())?),
            ),
            ("cells", Value::from(cells)),
            ("object", Value::from_object(row)),
        ]));
    }
    Ok(Value::from(rows))
}

/// The value of `column` for `row`.
pub(in crate::admin::pages) fn cell(
    request: &AdminRequest<'_, '_>,
    column: &Column,
    row: &RowValue,
    is_link: bool,
) -> Result<Value, HttpError> {
    let (value, kind) = match &column.source {
        ColumnSource::Str => (Value::from(row.text()?), ValueKind::Text),
        ColumnSource::Field { path, kind } => (at_path(row, path)?, *kind),
        ColumnSource::Template {
            template,
            is_boolean,
        } => {
            let templates = &request.request.state.templates;
            let html = templates.render_object(&template.name, Value::from_object(row.clone()))?;
            let kind = if *is_boolean {
                ValueKind::Boolean
            } else {
                ValueKind::Text
            };
            let value = match (html.trim(), *is_boolean) {
                ("", false) => Value::from(()),
                (text, true) => Value::from(matches!(text, "True" | "true" | "1")),
                _ => Value::from_safe_string(html),
            };
            (value, kind)
        }
    };
    let is_file = kind == ValueKind::File;
    let is_empty = value.is_none() || value.is_undefined() || value.as_str() == Some("");
    let is_empty = is_empty || is_file && !value.is_true();
    let (kind, shown) = match kind {
        ValueKind::Boolean => (kind, value),
        _ if is_empty => (ValueKind::Empty, Value::from(column.empty_value.as_str())),
        _ => (kind, value),
    };
    Ok(map([
        ("name", Value::from(column.name.as_str())),
        ("kind", Value::from(kind.name())),
        ("value", shown),
        ("is_link", Value::from(is_link)),
    ]))
}

/// The value at `path` from `row`, by its label where it is one of choices; the texts of many rows with commas.
fn at_path(row: &RowValue, path: &[String]) -> Result<Value, HttpError> {
    let mut value = Value::from_object(row.clone());
    for (at, name) in path.iter().enumerate() {
        let is_last = at + 1 == path.len();
        let label = format!("get_{name}_display");
        let of_row = value.downcast_object_ref::<RowValue>().cloned();
        let labelled = of_row.filter(|_| is_last);
        let labelled = labelled
            .map(|row| row.attribute(&label))
            .transpose()?
            .flatten();
        let found = match labelled {
            Some(label) => label,
            None => value.get_attr(name).map_err(|error| internal(&error))?,
        };
        if found.is_none() || found.is_undefined() {
            return Ok(Value::from(()));
        }
        value = found;
    }
    let is_row = value.downcast_object_ref::<RowValue>().is_some();
    if is_row || value.as_object().is_none() {
        return Ok(value);
    }
    match value.try_iter() {
        Ok(rows) => Ok(Value::from(
            rows.map(|row| row.to_string())
                .collect::<Vec<_>>()
                .join(", "),
        )),
        Err(_) => Ok(value),
    }
}

fn internal(error: &crate::templates::value::Error) -> HttpError {
    HttpError::internal(error.to_string(), Vec::new())
}
