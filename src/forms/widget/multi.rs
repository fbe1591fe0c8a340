//! Several widgets for one value.

use std::borrow::Cow;

use crate::clock::{LocalDateTime, Zone};
use crate::forms::form_value::FormInput;
use crate::forms::widget::Widget;
use crate::forms::widget::context::WidgetContext;
use crate::values::FieldValue;

/// Writes the widgets one behind the other, each with its part of the value.
pub(super) fn write(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let mut attributes = widget.attributes.merged(&context.attributes);
    let input_type = attributes.remove("type");
    let id = attributes.text("id").map(ToOwned::to_owned);
    let values = widget.parts_of(&context.value, context.zone);
    let mut all = String::new();
    for (index, part) in widget.parts.iter().enumerate() {
        let mut attributes = attributes.clone();
        if let Some(id) = &id {
            attributes.set("id", format!("{id}_{index}"));
        }
        let mut inner = Cow::Borrowed(&part.widget);
        if input_type.is_some() {
            inner.to_mut().input_type.clone_from(&input_type);
        }
        let name = format!("{}{}", context.name, part.suffix);
        inner.render(
            &mut all,
            &WidgetContext {
                name: &name,
                value: values.get(index).cloned().unwrap_or(FormInput::Missing),
                attributes,
                ..context.clone()
            },
        );
    }
    out.push_str(&spaceless(&all));
}

/// `html` without space between two elements, as Django's tag `spaceless`.
pub(super) fn spaceless(html: &str) -> String {
    let mut pieces = html.split('>').peekable();
    let mut out = String::with_capacity(html.len());
    while let Some(piece) = pieces.next() {
        let bare = piece.trim_start();
        let follows_element = !out.is_empty() && bare.starts_with('<');
        out.push_str(if follows_element { bare } else { piece });
        if pieces.peek().is_some() {
            out.push('>');
        }
    }
    out
}

impl Widget {
    /// The parts of a value, as they were sent, or as a moment falls into them.
    pub(in crate::forms) fn parts_of<'v>(
        &self,
        value: &FormInput<'v>,
        zone: &Zone,
    ) -> Vec<FormInput<'v>> {
        match value {
            FormInput::List(parts) => parts.clone(),
            FormInput::Value(value) => match &**value {
                FieldValue::Moment(moment) if self.is_split() => {
                    let local = LocalDateTime::of_moment(*moment, zone);
                    let (day, time) = (local.date(), local.time().without_microseconds());
                    let parts = [FieldValue::Date(day), FieldValue::Time(time)];
                    parts
                        .map(|part| FormInput::Value(Cow::Owned(part)))
                        .to_vec()
                }
                FieldValue::Text(text) => {
                    let parts = text.split(self.separator.as_str());
                    parts
                        .map(|part| FormInput::Text(Cow::Owned(part.to_owned())))
                        .collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}
