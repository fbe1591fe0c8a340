//! The widgets of `forms.toml`: a name, or a table with `type`, `attrs` and options.

use crate::document::{Item, Table, TableReader, Value};
use crate::forms::field::FormField;
use crate::forms::form_choices::FormChoice;
use crate::forms::html::AttributeValue;
use crate::forms::read::FormContext;
use crate::forms::widget::{DateParts, Widget, WidgetClass};
use crate::models::read::unknown_name;

/// The widget of a field that names none; a number with `localize` is a line of text, as in Django.
pub(super) fn default_widget(field: &FormField, localize: bool) -> Widget {
    let class = field.kind.widget();
    if localize && class == WidgetClass::NumberInput {
        return Widget::new(WidgetClass::TextInput);
    }
    field.widget.clone()
}

/// The widget in `item`.
pub(super) fn widget(context: &FormContext<'_>, item: &Item) -> Option<Widget> {
    match &item.value {
        Value::String(name) => class(context, item, name).map(Widget::new),
        Value::Table(table) => with_options(context, item, table),
        other => {
            let message = format!(
                "a widget is a name, or a table of its `type` and options, not {}",
                other.type_name()
            );
            let hint = "write `widget = { type = \"Textarea\", attrs = { rows = 4 } }`";
            context
                .problems
                .push(item.error("wrong-type", message).hint(hint));
            None
        }
    }
}

fn class(context: &FormContext<'_>, item: &Item, name: &str) -> Option<WidgetClass> {
    let found = WidgetClass::named(name);
    if found.is_none() {
        let names = WidgetClass::ALL.iter().map(|class| class.name());
        context
            .problems
            .push(unknown_name(item, "widget", name, names));
    }
    found
}

fn with_options(context: &FormContext<'_>, item: &Item, table: &Table) -> Option<Widget> {
    let fields = table.reader(context.problems);
    let name: String = fields.required("type")?;
    let class = class(context, fields.item("type").unwrap_or(item), &name);
    let mut widget = Widget::new(class.unwrap_or(WidgetClass::TextInput));
    match widget.class {
        WidgetClass::DateInput | WidgetClass::DateTimeInput | WidgetClass::TimeInput => {
            widget.format = fields.optional("format");
        }
        WidgetClass::PasswordInput => widget.render_value = fields.or("render_value", false),
        WidgetClass::SelectDateWidget => {
            widget.date_parts = Some(Box::new(date_parts(context, &fields)));
        }
        WidgetClass::SplitDateTimeWidget | WidgetClass::SplitHiddenDateTimeWidget => {
            split_options(&fields, &mut widget);
        }
        WidgetClass::MultiWidget => {
            let parts = fields.optional::<Vec<Item>>("widgets").unwrap_or_default();
            let parts = parts.iter().filter_map(|item| self::widget(context, item));
            widget = Widget::multi(parts.collect());
        }
        _ => {}
    }
    for attribute in attributes(&fields, "attrs") {
        widget.set_attribute(&attribute.name, attribute.value);
    }
    fields.finish();
    class.map(|_| widget)
}

struct ReadAttribute {
    name: String,
    value: AttributeValue,
}

/// `attrs = { rows = 4, class = "wide", hidden = true }`.
fn attributes<'t>(fields: &TableReader<'t>, key: &'t str) -> Vec<ReadAttribute> {
    let Some(table) = fields.table(key) else {
        return Vec::new();
    };
    let entries = table.source().entries().iter();
    let attributes = entries.filter_map(|entry| {
        let value = match &entry.item.value {
            Value::String(text) => AttributeValue::Text(text.clone()),
            Value::Integer(number) => AttributeValue::Text(number.to_string()),
            Value::Float(number) => AttributeValue::Text(number.to_string()),
            Value::Boolean(value) => AttributeValue::from(*value),
            other => {
                let message = format!(
                    "the attribute `{}` must be text, a number or a boolean, not {}",
                    entry.key,
                    other.type_name()
                );
                table
                    .problems()
                    .push(entry.item.error("wrong-type", message));
                return None;
            }
        };
        Some(ReadAttribute {
            name: entry.key.clone(),
            value,
        })
    });
    attributes.collect()
}

/// `date_format`, `time_format`, `date_attrs` and `time_attrs`.
fn split_options(fields: &TableReader<'_>, widget: &mut Widget) {
    let keys = [("date_format", "date_attrs"), ("time_format", "time_attrs")];
    for (part, (format, attrs)) in widget.parts.iter_mut().zip(keys) {
        part.widget.format = fields.optional(format);
        for attribute in attributes(fields, attrs) {
            part.widget.set_attribute(&attribute.name, attribute.value);
        }
    }
}

/// `years`, `months` and `empty_label` of a `SelectDateWidget`.
fn date_parts(context: &FormContext<'_>, fields: &TableReader<'_>) -> DateParts {
    let months = fields.table("months");
    let months = months.map(|months| {
        let entries = months.source().entries().iter();
        let months = entries.filter_map(|entry| {
            let label = months.optional::<String>(&entry.key)?;
            Some(FormChoice::option(entry.key.as_str(), label))
        });
        months.collect()
    });
    DateParts {
        years: fields.or("years", Vec::new()),
        months: months.unwrap_or_default(),
        empty_labels: empty_labels(context, fields),
    }
}

/// One label for all three lists, or one for each: year, month and day.
fn empty_labels(context: &FormContext<'_>, fields: &TableReader<'_>) -> Option<[String; 3]> {
    let item = fields.item("empty_label")?;
    let labels: Vec<String> = match &item.value {
        Value::String(label) => vec![label.clone(); 3],
        Value::Array(_) => fields.optional("empty_label")?,
        _ => Vec::new(),
    };
    let labels = <[String; 3]>::try_from(labels);
    if labels.is_err() {
        let message = "`empty_label` must be a label, or those of year, month and day";
        let hint = "write `empty_label = [\"Year\", \"Month\", \"Day\"]`";
        context
            .problems
            .push(item.error("wrong-type", message).hint(hint));
    }
    labels.ok()
}
