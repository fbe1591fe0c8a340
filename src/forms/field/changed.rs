//! Whether what was sent differs from what a field started with.

use crate::forms::field::context::CleanContext;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::form_value::{FormInput, FormValue, is_empty_value};
use crate::json::Json;
use crate::values::{FieldValue, to_text};

impl FormField {
    /// Whether `sent` differs from `initial`.
    pub(in crate::forms) fn has_changed(
        &self,
        initial: &FormInput<'_>,
        sent: &FormInput<'_>,
        context: CleanContext<'_>,
    ) -> bool {
        if self.disabled {
            return false;
        }
        match &self.kind {
            FormFieldKind::File(_) | FormFieldKind::Image(_) => !matches!(sent, FormInput::Missing),
            FormFieldKind::MultipleChoice
            | FormFieldKind::TypedMultipleChoice(_)
            | FormFieldKind::ModelMultipleChoice(_) => {
                texts(initial, context) != texts(sent, context)
            }
            FormFieldKind::MultiValue(parts) | FormFieldKind::SplitDateTime(parts) => {
                let mut widget = self.widget.clone();
                widget.separator.clone_from(&parts.separator);
                let (before, after) = (
                    widget.parts_of(initial, context.zone),
                    widget.parts_of(sent, context.zone),
                );
                let missing = FormInput::Missing;
                parts.fields.iter().enumerate().any(|(index, field)| {
                    let before = before.get(index).unwrap_or(&missing);
                    field.has_changed(before, after.get(index).unwrap_or(&missing), context)
                })
            }
            FormFieldKind::InlineForeignKey => false,
            FormFieldKind::ModelChoice(_) | FormFieldKind::RowKey(_) => {
                let text = |input: &FormInput<'_>| {
                    input.to_text(context.zone).unwrap_or_default().into_owned()
                };
                text(initial) != text(sent)
            }
            _ => self.value_has_changed(initial, sent, context),
        }
    }

    fn value_has_changed(
        &self,
        initial: &FormInput<'_>,
        sent: &FormInput<'_>,
        context: CleanContext<'_>,
    ) -> bool {
        let is_text = matches!(
            self.kind,
            FormFieldKind::Char
                | FormFieldKind::Email
                | FormFieldKind::Slug { .. }
                | FormFieldKind::Url { .. }
                | FormFieldKind::Regex(_)
        );
        let before = if is_text {
            // What the field takes from the text that was sent, as spaces around it, is a change.
            let text = initial.to_text(context.zone);
            Ok(FieldValue::Text(text.unwrap_or_default().into_owned()))
        } else {
            self.to_python(initial, context)
        };
        let (Ok(before), Ok(after)) = (before, self.to_python(sent, context)) else {
            return true;
        };
        if let FormFieldKind::Json = self.kind {
            return document_text(&before) != document_text(&after);
        }
        if is_empty_value(&before) && is_empty_value(&after) {
            return false;
        }
        let shown = |value| self.without_hidden_parts(value);
        let (before, after) = (shown(before), shown(after));
        before != after && to_text(&before) != to_text(&after)
    }

    /// A moment without the fraction of a second that the widget does not show.
    fn without_hidden_parts(&self, value: FieldValue) -> FieldValue {
        match value {
            FieldValue::Moment(moment) if !self.widget.class.supports_microseconds() => {
                FieldValue::Moment(crate::clock::Moment::from_unix_seconds(
                    moment.unix_seconds(),
                ))
            }
            FieldValue::Decimal(number) => FieldValue::Text(number.shortest()),
            value => value,
        }
    }
}

fn texts(input: &FormInput<'_>, context: CleanContext<'_>) -> Vec<String> {
    let FormInput::List(items) = input else {
        return Vec::new();
    };
    let texts = items
        .iter()
        .map(|item| item.to_text(context.zone).unwrap_or_default());
    let mut texts: Vec<_> = texts.map(std::borrow::Cow::into_owned).collect();
    texts.sort();
    texts.dedup();
    texts
}

/// A document with its keys in order, for comparing.
fn document_text(value: &FieldValue) -> String {
    fn sorted(document: &Json) -> Json {
        match document {
            Json::Array(items) => Json::Array(items.iter().map(sorted).collect()),
            Json::Object(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(key, value)| (key.clone(), sorted(value)));
                let mut pairs: Vec<_> = pairs.collect();
                pairs.sort_by(|(left, _), (right, _)| left.cmp(right));
                Json::Object(pairs)
            }
            other => other.clone(),
        }
    }
    match value {
        FieldValue::Json(document) => sorted(document).to_python(),
        FieldValue::Null => "null".to_owned(),
        other => to_text(other),
    }
}

impl FormValue {
    /// What is written into a column for it; none for what is not one value.
    pub fn into_value(self) -> Option<FieldValue> {
        match self {
            Self::Value(value) => Some(value),
            Self::Secret(secret) => Some(FieldValue::Text(secret.expose().to_owned())),
            Self::List(_) | Self::File(_) | Self::Stored(_) | Self::ClearFile => None,
        }
    }
}
