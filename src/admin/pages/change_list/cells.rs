//! The values of the columns, row by row (`items_for_result`).

use std::sync::Arc;

use crate::admin::options::{Column, ColumnSource, ModelAdmin, ValueKind};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::row_lookup::key_text;
use crate::admin::pages::users::password_value;
use crate::forms::{Form, ModelFormSet};
use crate::templates::value::{Value, map};
use crate::views::{HttpError, RowBatch, RowValue};

/// What the rows of a page are printed with.
#[derive(Debug)]
pub(super) struct RowCells<'c, 'r, 's> {
    /// The request.
    pub(super) request: &'c AdminRequest<'r, 's>,
    /// How the model is shown.
    pub(super) admin: &'c ModelAdmin,
    /// What the address of the form of a row ends with.
    pub(super) preserved: String,
    /// The forms of the rows, where fields of theirs can be changed.
    pub(super) forms: Option<&'c ModelFormSet>,
    /// Whether rows can be chosen.
    pub(super) has_checkboxes: bool,
}

impl RowCells<'_, '_, '_> {
    /// The rows of `batch` as the template prints them.
    pub(super) fn value(&self, batch: &Arc<RowBatch>) -> Result<Value, HttpError> {
        let rows = (0..batch.len()).map(|at| self.row(RowValue::new(Arc::clone(batch), at)));
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        Ok(Value::from(rows))
    }

    fn row(&self, row: RowValue) -> Result<Value, HttpError> {
        let (request, admin) = (self.request, self.admin);
        let key = row.instance().map(|row| key_text(&admin.model, row));
        let key = key.unwrap_or_default();
        let form = self.form(&row);
        let is_editable = |column: &Column| {
            let editable = admin.list.editable.as_ref().filter(|_| form.is_some());
            editable.is_some_and(|editable| editable.names.contains(&column.name))
        };
        let mut cells = Vec::new();
        for column in &admin.list.columns {
            if is_editable(column) {
                cells.push(map([
                    ("name", column.name.as_str()),
                    ("kind", "form"),
                    ("header", column.header.as_str()),
                ]));
                continue;
            }
            let is_link = admin.list.links.contains(&column.name);
            cells.push(cell(request, column, &row, is_link)?);
        }
        let url = request.row_url(admin, "change", &key)?;
        let text = if self.has_checkboxes {
            row.text()?
        } else {
            String::new()
        };
        let form = form.map(|form| Value::from_object(form.clone()));
        Ok(map([
            ("url", Value::from(format!("{url}{}", self.preserved))),
            ("key", Value::from(key)),
            ("text", Value::from(text)),
            ("cells", Value::from(cells)),
            ("form", form.unwrap_or_default()),
            ("object", Value::from_object(row)),
        ]))
    }

    /// The form of `row`.
    fn form(&self, row: &RowValue) -> Option<&Form> {
        let key = row.instance()?.key();
        let mut forms = self.forms?.set.forms.iter();
        let own = forms.find(|form| !form.is_new() && form.instance.key() == key);
        own.map(|form| &form.form)
    }
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
        ColumnSource::Password => (password_value(request, row)?, ValueKind::Password),
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
