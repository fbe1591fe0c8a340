//! What `admin.toml` says of single fields of a form: how they are filled in, and with what they start.

use crate::admin::options::{FieldOptions, Picker, PickerKind, Prepopulated};
use crate::admin::read::columns::columns;
use crate::admin::read::context::{AdminContext, items};
use crate::admin::read::names;
use crate::document::{Item, TableReader};
use crate::forms::{FormField, Widget, WidgetClass};
use crate::models::read::unknown_name;
use crate::models::{Field, FieldKind};

/// Reads the options of the fields of a form.
pub(super) fn field_options(context: &AdminContext<'_>, keys: &TableReader<'_>) -> FieldOptions {
    let raw = pickers(context, keys, "raw_id_fields", PickerKind::RawId);
    let found = pickers(
        context,
        keys,
        "autocomplete_fields",
        PickerKind::Autocomplete,
    );
    FieldOptions {
        readonly: columns(context, &items(keys, "readonly_fields"), "readonly_fields"),
        prepopulated: prepopulated(context, keys),
        pickers: raw.chain(found).collect(),
    }
}

fn pickers(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    key: &'static str,
    kind: PickerKind,
) -> impl Iterator<Item = Picker> {
    let items = items(keys, key).into_iter();
    items.filter_map(move |item| {
        let field = names::field(context, &item, "a relation", |field| {
            field.kind.target().is_some()
        })?;
        Some(Picker { field, kind, item })
    })
}

/// `prepopulated_fields`: `{ slug = ["title"] }`.
fn prepopulated(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Vec<Prepopulated> {
    let Some(table) = keys.table("prepopulated_fields") else {
        return Vec::new();
    };
    let entries = table.source().entries().iter();
    let found = entries.filter_map(|entry| {
        let key = Item::text(entry.key.clone(), entry.origin.clone());
        let what = "a field that can be filled in from others";
        let field = names::field(context, &key, what, is_text)?;
        let sources = entry.item.listed().iter();
        let sources = sources.filter_map(|item| names::field(context, item, "a field", |_| true));
        let max_length = context.model.field(&field);
        let max_length = max_length.and_then(|field| field.kind.max_length());
        Some(Prepopulated {
            field,
            sources: sources.collect(),
            max_length,
        })
    });
    found.collect()
}

/// Whether a slug can stand in a field: days with a time and relations cannot hold one, as in Django.
fn is_text(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::DateTime(_)) && field.kind.target().is_none()
}

/// The widgets of `raw_id_fields`, `autocomplete_fields`, `filter_horizontal`, `filter_vertical` and `radio_fields`, by
/// the names of their fields.
pub(super) fn option_widgets(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    options: &FieldOptions,
) -> Vec<(String, Widget)> {
    let pickers = options.pickers.iter().map(|picker| {
        let field = context.model.field(&picker.field);
        let is_many = field.is_some_and(|field| field.many_to_many().is_some());
        let widget = if is_many {
            Widget::key_list()
        } else {
            Widget::new(WidgetClass::TextInput)
        };
        (
            picker.field.clone(),
            widget.attribute("autocomplete", "off"),
        )
    });
    let mut found: Vec<_> = pickers.collect();
    for key in ["filter_horizontal", "filter_vertical"] {
        let is_many = |field: &Field| field.many_to_many().is_some();
        let names = names::fields(context, keys, key, "a relation to many", is_many);
        let boxes = Widget::new(WidgetClass::CheckboxSelectMultiple);
        let boxes = boxes.attribute("class", key);
        found.extend(names.into_iter().map(|name| (name, boxes.clone())));
    }
    found.extend(radio_widgets(context, keys));
    found
}

/// `radio_fields`: `{ status = "horizontal" }`.
fn radio_widgets(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Vec<(String, Widget)> {
    let Some(table) = keys.table("radio_fields") else {
        return Vec::new();
    };
    let entries = table.source().entries().iter();
    let found = entries.filter_map(|entry| {
        let key = Item::text(entry.key.clone(), entry.origin.clone());
        let what = "a foreign key, nor does it have choices";
        let is_meant = |field: &Field| field.relation().is_some() || !field.choices.is_empty();
        let field = names::field(context, &key, what, is_meant)?;
        let name = entry.item.as_str().unwrap_or_default();
        let ways = ["horizontal", "vertical"];
        if !ways.contains(&name) {
            let finding = unknown_name(&entry.item, "direction", name, ways.into_iter());
            context.problems.push(finding);
            return None;
        }
        let widget = Widget::new(WidgetClass::RadioSelect).attribute("class", name);
        Some((field, widget))
    });
    found.collect()
}

/// `field` with the widget that the admin has for its kind: browsers choose days and times, documents have lines.
pub(super) fn with_usual_widget(field: FormField) -> FormField {
    let picked = |class, input_type: &str, format: &str| {
        let widget = Widget::new(class).attribute("type", input_type);
        widget.format(format).attribute("step", "1")
    };
    let widget = match field.widget_class() {
        WidgetClass::DateInput => Widget::new(WidgetClass::DateInput).attribute("type", "date"),
        WidgetClass::TimeInput => picked(WidgetClass::TimeInput, "time", "%H:%M:%S"),
        WidgetClass::DateTimeInput => {
            let format = "%Y-%m-%dT%H:%M:%S";
            picked(WidgetClass::DateTimeInput, "datetime-local", format)
        }
        WidgetClass::Textarea if field.is_json() => Widget::new(WidgetClass::Textarea)
            .indented()
            .attribute("class", "json"),
        _ => return field,
    };
    field.widget(widget)
}
