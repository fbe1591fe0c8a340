//! `input` and `textarea`.

use std::borrow::Cow;

use crate::clock::LocalDateTime;
use crate::forms::form_value::FormInput;
use crate::forms::html::{HtmlAttributes, write_attribute};
use crate::forms::widget::context::WidgetContext;
use crate::forms::widget::{Widget, WidgetClass};
use crate::templates::escape;
use crate::values::FieldValue;

/// Writes `<input type= name= value= ...>`.
pub(super) fn write_input(
    out: &mut String,
    input_type: &str,
    name: &str,
    value: Option<&str>,
    attributes: &HtmlAttributes,
) {
    out.push_str("<input");
    write_attribute(out, "type", input_type);
    write_attribute(out, "name", name);
    if let Some(value) = value {
        write_attribute(out, "value", value);
    }
    attributes.write(out);
    out.push('>');
}

pub(super) fn write(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let mut attributes = widget.attributes.merged(&context.attributes);
    if widget.class == WidgetClass::CheckboxInput && is_checked(&context.value) {
        attributes.set("checked", true);
    }
    let value = shown(widget, context);
    write_input(
        out,
        widget.input_type(),
        context.name,
        value.as_deref(),
        &attributes,
    );
}

/// What the element shows; none where it has no `value`.
fn shown<'v>(widget: &Widget, context: &'v WidgetContext<'_>) -> Option<Cow<'v, str>> {
    let value = &context.value;
    match widget.class {
        _ if widget.is_key_list => key_list(context),
        WidgetClass::FileInput => None,
        WidgetClass::PasswordInput if !widget.render_value => None,
        WidgetClass::CheckboxInput if is_boolean(value) => None,
        WidgetClass::DateInput | WidgetClass::DateTimeInput | WidgetClass::TimeInput => {
            localized(widget, context)
        }
        _ => value.to_text(context.zone).filter(|text| !text.is_empty()),
    }
}

/// The keys with commas between them; none where there are none.
fn key_list<'v>(context: &WidgetContext<'_>) -> Option<Cow<'v, str>> {
    let FormInput::List(keys) = &context.value else {
        return None;
    };
    let keys = keys.iter().filter_map(|key| key.to_text(context.zone));
    let text = keys.collect::<Vec<_>>().join(",");
    (!text.is_empty()).then_some(Cow::Owned(text))
}

/// A day or time by the format of the widget; what is not one stays as it is.
fn localized<'v>(widget: &Widget, context: &'v WidgetContext<'_>) -> Option<Cow<'v, str>> {
    let usual = match widget.class {
        WidgetClass::DateInput => "%Y-%m-%d",
        WidgetClass::TimeInput => "%H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S",
    };
    let format = widget.format.as_deref().unwrap_or(usual);
    let FormInput::Value(value) = &context.value else {
        return context.value.to_text(context.zone);
    };
    let local = match **value {
        FieldValue::Moment(moment) => LocalDateTime::of_moment(moment, context.zone),
        FieldValue::Date(day) => LocalDateTime::of_day(day),
        FieldValue::Time(time) => LocalDateTime::of_time(time),
        _ => return context.value.to_text(context.zone),
    };
    Some(Cow::Owned(local.strftime(format)))
}

fn is_boolean(value: &FormInput<'_>) -> bool {
    match value {
        FormInput::Boolean(_) => true,
        FormInput::Value(value) => matches!(**value, FieldValue::Boolean(_)),
        _ => false,
    }
}

/// Whether a box with this value is ticked: all but nothing and `False`.
fn is_checked(value: &FormInput<'_>) -> bool {
    match value {
        FormInput::Missing | FormInput::ClearFile => false,
        FormInput::Boolean(value) => *value,
        FormInput::Text(text) => !text.is_empty(),
        FormInput::Value(value) => match &**value {
            FieldValue::Boolean(value) => *value,
            FieldValue::Text(text) => !text.is_empty(),
            value => *value != FieldValue::Null,
        },
        _ => true,
    }
}

pub(super) fn write_textarea(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    out.push_str("<textarea");
    write_attribute(out, "name", context.name);
    widget.attributes.merged(&context.attributes).write(out);
    // The line end is not part of the value: without it, one at its beginning would be lost.
    out.push_str(">\n");
    if let Some(text) = context.value.to_text(context.zone) {
        out.push_str(&escape(&text));
    }
    out.push_str("</textarea>");
}

/// A hidden element for each value.
pub(super) fn write_hidden(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let FormInput::List(values) = &context.value else {
        return;
    };
    let attributes = widget.attributes.merged(&context.attributes);
    let id = attributes.text("id").map(ToOwned::to_owned);
    for (index, value) in values.iter().enumerate() {
        let mut attributes = attributes.clone();
        if let Some(id) = &id {
            attributes.set("id", format!("{id}_{index}"));
        }
        let text = value.to_text(context.zone).filter(|text| !text.is_empty());
        write_input(out, "hidden", context.name, text.as_deref(), &attributes);
    }
}
