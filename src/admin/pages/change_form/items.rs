//! What stands on the lines of a form: fields with all that their elements need, and values that cannot be changed.

use std::collections::HashMap;
use std::sync::Arc;

use crate::admin::options::{Column, ColumnSource, FieldOptions, Fieldset, FormRow, ValueKind};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_form::related::RelatedModel;
use crate::admin::pages::change_list::cell;
use crate::forms::{Form, WidgetClass};
use crate::models::{Field, FieldKind, Model};
use crate::templates::value::{Value, map};
use crate::text;
use crate::views::{HttpError, RowValue};

/// Makes the items of forms of one kind, of which a page may have many.
#[derive(Debug)]
pub(super) struct FormItems<'i, 'r, 's> {
    request: &'i AdminRequest<'r, 's>,
    model: &'i Arc<Model>,
    options: &'i FieldOptions,
    related: HashMap<&'i str, RelatedModel>,
    zone: String,
}

/// A form and the row that it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShownForm<'f> {
    /// The form.
    pub(super) form: &'f Form,
    /// The row; none of one that is not there yet.
    pub(super) row: Option<&'f RowValue>,
    /// Whether who asks may change it.
    pub(super) is_editable: bool,
}

impl<'i, 'r, 's> FormItems<'i, 'r, 's> {
    /// For forms of `model` with these fields.
    pub(super) fn new(
        request: &'i AdminRequest<'r, 's>,
        model: &'i Arc<Model>,
        options: &'i FieldOptions,
        names: impl Iterator<Item = &'i String>,
    ) -> Result<Self, HttpError> {
        let mut related = HashMap::new();
        for name in names {
            let field = model.field(name);
            let found = field.map(|field| RelatedModel::of(request, field));
            if let Some(found) = found.transpose()?.flatten() {
                related.insert(name.as_str(), found);
            }
        }
        let zone = &request.request.state.settings.project.time_zone;
        Ok(Self {
            request,
            model,
            options,
            related,
            zone: zone.name().to_owned(),
        })
    }

    /// The parts of a form.
    pub(super) fn parts(
        &self,
        parts: &[Fieldset],
        shown: ShownForm<'_>,
    ) -> Result<Value, HttpError> {
        let parts = parts.iter().map(|part| {
            Ok(map([
                ("name", Value::from(part.name.as_deref())),
                ("description", Value::from(part.description.as_str())),
                ("is_collapsed", Value::from(part.is_collapsed)),
                ("lines", self.lines(&part.rows, shown)?),
            ]))
        });
        Ok(Value::from(parts.collect::<Result<Vec<_>, HttpError>>()?))
    }

    /// The lines of a form.
    pub(super) fn lines(&self, rows: &[FormRow], shown: ShownForm<'_>) -> Result<Value, HttpError> {
        let lines = rows.iter().map(|row| {
            let items = row.iter().map(|name| self.item(name, shown));
            Ok(Value::from(items.collect::<Result<Vec<_>, HttpError>>()?))
        });
        Ok(Value::from(lines.collect::<Result<Vec<_>, HttpError>>()?))
    }

    fn item(&self, name: &str, shown: ShownForm<'_>) -> Result<Value, HttpError> {
        let mut readonly = self.options.readonly.iter();
        let column = match readonly.find(|column| column.name == name) {
            Some(column) => Some(column.clone()),
            None if !shown.is_editable => Some(value_column(self.model, name)),
            None => None,
        };
        match column {
            Some(column) => self.value_item(&column, shown.row),
            None => self.field_item(name, shown.form),
        }
    }

    /// A value that cannot be changed.
    fn value_item(&self, column: &Column, row: Option<&RowValue>) -> Result<Value, HttpError> {
        let cell = row.map(|row| cell(self.request, column, row, false));
        let field = self.model.field(&column.name);
        let help = field.map(|field| field.help_text.as_str());
        Ok(map([
            ("name", Value::from(column.name.as_str())),
            ("header", Value::from(text::capitalized(&column.header))),
            ("cell", cell.transpose()?.unwrap_or_default()),
            ("help", Value::from(help.unwrap_or_default())),
            ("is_readonly", Value::from(true)),
        ]))
    }

    /// A field of the form.
    fn field_item(&self, name: &str, form: &Form) -> Result<Value, HttpError> {
        let mut declared = form.definition().fields().iter();
        let Some(declared) = declared.find(|field| field.name() == name) else {
            return Ok(map([("name", Value::from(name))]));
        };
        let field = self.model.field(name);
        let keys = form.shown_texts(name);
        let nothing = || Value::from(());
        let related = self.related.get(name);
        let picker = self.options.pickers.iter();
        let picker = picker
            .filter(|picker| picker.field == name)
            .find_map(|picker| Some((related?, picker)));
        let picker =
            picker.map(|(related, picker)| related.picker(self.request, self.model, picker, &keys));
        let links = related.map(|related| related.links(self.request, &keys));
        let mut prepopulated = self.options.prepopulated.iter();
        let prepopulated = prepopulated.find(|known| known.field == name);
        let image = form.stored_file(name).filter(|_| is_image(field));
        let class = declared.widget_class();
        let is_moment = class == WidgetClass::DateTimeInput;
        Ok(map([
            ("name", Value::from(name)),
            ("header", Value::from(declared.label_text())),
            ("is_box", Value::from(class == WidgetClass::CheckboxInput)),
            (
                "is_choice",
                Value::from(class == WidgetClass::CheckboxSelectMultiple),
            ),
            ("related", links.transpose()?.unwrap_or_else(nothing)),
            ("picker", picker.transpose()?.unwrap_or_else(nothing)),
            (
                "prepopulated_from",
                Value::from(prepopulated.map(|found| found.sources.join(" "))),
            ),
            (
                "max_length",
                Value::from(prepopulated.and_then(|found| found.max_length)),
            ),
            ("is_unicode", Value::from(takes_all_letters(field))),
            ("image", Value::from(image.map(|file| file.url.as_str()))),
            ("zone", Value::from(is_moment.then_some(self.zone.as_str()))),
        ]))
    }
}

/// Whether slugs of the field have letters of all scripts.
fn takes_all_letters(field: Option<&Field>) -> bool {
    field.is_some_and(
        |field| matches!(field.kind, FieldKind::Slug { allow_unicode, .. } if allow_unicode),
    )
}

fn is_image(field: Option<&Field>) -> bool {
    field.is_some_and(|field| matches!(field.kind, FieldKind::Image { .. }))
}

/// The value of the field `name`, for those who may not change it.
pub(super) fn value_column(model: &Model, name: &str) -> Column {
    let field = model.field(name);
    Column {
        name: name.to_owned(),
        header: field.map_or_else(|| name.to_owned(), Field::verbose_name),
        source: ColumnSource::Field {
            path: vec![name.to_owned()],
            kind: field.map_or(ValueKind::Text, ValueKind::of),
        },
        order: Vec::new(),
        empty_value: "-".to_owned(),
    }
}
