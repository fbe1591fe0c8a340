//! A field of a form and its widget as they were declared: `form.fields.title`, `form.title.field.widget`.

use crate::forms::field::{FormField, REQUIRED};
use crate::forms::form::Form;
use crate::forms::form_choices::{FormChoice, FormOption};
use crate::forms::objects::form_media::FormMedia;
use crate::forms::objects::form_values::value_of;
use crate::forms::widget::Widget;
use crate::templates::value::{Value, from_field, map, tuple};
use crate::values::FieldValue;

/// What `field` is, as a mapping.
pub(super) fn declared_field(form: &Form, field: &FormField) -> Value {
    let zone = &form.definition.zone;
    let mut pairs = vec![
        ("required", Value::from(field.required)),
        ("disabled", Value::from(field.disabled)),
        ("label", Value::from(field.label.as_str())),
        ("label_suffix", Value::from(field.label_suffix.clone())),
        (
            "help_text",
            Value::from_safe_string(field.help_text.clone()),
        ),
        ("initial", value_of(&field.initial.value(), zone)),
        (
            "show_hidden_initial",
            Value::from(field.show_hidden_initial),
        ),
        ("error_messages", messages(field)),
        ("widget", declared_widget(field, &field.widget)),
        ("widget_type", Value::from(field.widget.class.widget_type())),
    ];
    let limits = &field.limits;
    let number = |limit: &Option<FieldValue>| match limit {
        Some(limit) => from_field(limit, zone),
        None => Value::from(()),
    };
    if field.kind.is_text() {
        pairs.push(("max_length", Value::from(limits.max_length)));
        pairs.push(("min_length", Value::from(limits.min_length)));
        pairs.push(("strip", Value::from(field.strip)));
        pairs.push(("empty_value", empty_value(field)));
    }
    if field.kind.is_number() {
        pairs.push(("max_value", number(&limits.max_value)));
        pairs.push(("min_value", number(&limits.min_value)));
        pairs.push(("step_size", number(&limits.step_size)));
    }
    if !field.choices.is_empty() || field.widget.class.has_choices() {
        pairs.push(("choices", field.choices.iter().map(choice).collect()));
    }
    map(pairs)
}

/// What `widget` is, as a mapping.
fn declared_widget(field: &FormField, widget: &Widget) -> Value {
    let attributes = widget.attributes.values();
    map([
        ("attrs", Value::from_pairs(attributes)),
        ("input_type", Value::from(widget.input_type())),
        ("is_hidden", Value::from(widget.is_hidden())),
        ("is_required", Value::from(field.required)),
        ("media", Value::from_object(FormMedia)),
        (
            "needs_multipart_form",
            Value::from(widget.needs_multipart()),
        ),
        (
            "supports_microseconds",
            Value::from(widget.class.supports_microseconds()),
        ),
        ("use_fieldset", Value::from(widget.class.use_fieldset())),
    ])
}

fn empty_value(field: &FormField) -> Value {
    if field.empty_is_null {
        Value::from(())
    } else {
        Value::from("")
    }
}

/// The messages by the codes of the errors; the last of a code counts.
fn messages(field: &FormField) -> Value {
    let required = ("required", Value::from(REQUIRED));
    let own = field.messages.iter();
    let own = own.map(|own| (own.code.as_str(), Value::from(own.message.as_str())));
    map(std::iter::once(required).chain(own))
}

/// A choice as Django's pair of value and label; of a group the label and its pairs.
fn choice(choice: &FormChoice) -> Value {
    let option = |option: &FormOption| {
        tuple([
            Value::from(option.value.as_str()),
            Value::from(option.label.as_str()),
        ])
    };
    match choice {
        FormChoice::Option(found) => option(found),
        FormChoice::Group { label, options } => tuple([
            Value::from(label.as_str()),
            options.iter().map(option).collect(),
        ]),
    }
}
