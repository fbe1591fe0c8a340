//! What was sent for a widget.

use std::borrow::Cow;

use crate::clock::Date;
use crate::forms::form_value::FormInput;
use crate::forms::widget::{Widget, WidgetClass};
use crate::http::FormData;

impl Widget {
    /// What was sent for it under `name`; `is_required` says whether the field has to be filled in.
    pub(in crate::forms) fn read<'d>(
        &self,
        data: &'d FormData,
        name: &str,
        is_required: bool,
    ) -> FormInput<'d> {
        if self.is_multi() {
            let parts = self.parts.iter().map(|part| {
                let name = format!("{name}{}", part.suffix);
                part.widget.read(data, &name, is_required)
            });
            return FormInput::List(parts.collect());
        }
        match self.class {
            WidgetClass::CheckboxInput => FormInput::Boolean(is_ticked(data, name)),
            WidgetClass::NullBooleanSelect => null_boolean(data.fields.get(name)),
            WidgetClass::FileInput => file(data, name),
            WidgetClass::ClearableFileInput => clearable_file(data, name, is_required),
            WidgetClass::SelectDateWidget => date_of_parts(data, name),
            class if class.is_multiple() => {
                let all = data.fields.get_all(name);
                FormInput::List(all.map(|text| FormInput::Text(text.into())).collect())
            }
            _ if self.is_key_list => keys(data.fields.get(name).unwrap_or_default()),
            _ => text(data, name),
        }
    }

    /// Whether nothing at all was sent for it, as by a program that leaves a field out.
    pub(in crate::forms) fn is_omitted(&self, data: &FormData, name: &str) -> bool {
        if self.is_multi() {
            let mut parts = self.parts.iter();
            return parts.all(|part| {
                let name = format!("{name}{}", part.suffix);
                part.widget.is_omitted(data, &name)
            });
        }
        match self.class {
            // A box that is not ticked sends nothing.
            WidgetClass::CheckboxInput
            | WidgetClass::CheckboxSelectMultiple
            | WidgetClass::SelectMultiple => false,
            WidgetClass::FileInput => data.files.get(name).is_none(),
            WidgetClass::ClearableFileInput => {
                data.files.get(name).is_none() && !data.has(&clear_name(name))
            }
            WidgetClass::SelectDateWidget => {
                let mut parts = ["year", "month", "day"].into_iter();
                !parts.any(|part| data.has(&format!("{name}_{part}")))
            }
            _ => !data.has(name),
        }
    }
}

/// The name of the box that removes the file of the field `name`.
pub(in crate::forms) fn clear_name(name: &str) -> String {
    format!("{name}-clear")
}

fn text<'d>(data: &'d FormData, name: &str) -> FormInput<'d> {
    let sent = data.fields.get(name);
    sent.map_or(FormInput::Missing, |text| FormInput::Text(text.into()))
}

/// The keys in `text`, between its commas.
fn keys(text: &str) -> FormInput<'_> {
    let keys = text.split(',').map(str::trim);
    let keys = keys.filter(|key| !key.is_empty());
    FormInput::List(keys.map(|key| FormInput::Text(key.into())).collect())
}

fn file<'d>(data: &'d FormData, name: &str) -> FormInput<'d> {
    let sent = data.files.get(name);
    sent.map_or(FormInput::Missing, FormInput::File)
}

fn is_ticked(data: &FormData, name: &str) -> bool {
    let sent = data.fields.get(name);
    sent.is_some_and(|value| !value.is_empty() && !value.eq_ignore_ascii_case("false"))
}

fn clearable_file<'d>(data: &'d FormData, name: &str, is_required: bool) -> FormInput<'d> {
    let upload = file(data, name);
    if is_required || !is_ticked(data, &clear_name(name)) {
        return upload;
    }
    match upload {
        FormInput::File(_) => FormInput::Contradiction,
        _ => FormInput::ClearFile,
    }
}

fn null_boolean(sent: Option<&str>) -> FormInput<'static> {
    match sent {
        Some("True" | "true" | "2") => FormInput::Boolean(true),
        Some("False" | "false" | "3") => FormInput::Boolean(false),
        _ => FormInput::Missing,
    }
}

/// The day that three lists name, as text; with zeros where one of them names nothing.
fn date_of_parts<'d>(data: &'d FormData, name: &str) -> FormInput<'d> {
    let part = |part| data.fields.get(&format!("{name}_{part}"));
    let (Some(year), Some(month), Some(day)) = (part("year"), part("month"), part("day")) else {
        return text(data, name);
    };
    if [year, month, day].iter().all(|part| part.is_empty()) {
        return FormInput::Missing;
    }
    let number = |text: &str| text.trim().parse::<i64>().ok();
    if let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) {
        if [year, month, day]
            .iter()
            .any(|part| i32::try_from(*part).is_err())
        {
            return FormInput::Text(Cow::Borrowed("0-0-0"));
        }
        if let Some(date) = Date::parse(&format!("{year:04}-{month}-{day}")) {
            return FormInput::Text(Cow::Owned(date.to_string()));
        }
    }
    let or_zero = |text: &'d str| if text.is_empty() { "0" } else { text };
    let (year, month, day) = (or_zero(year), or_zero(month), or_zero(day));
    FormInput::Text(Cow::Owned(format!("{year}-{month}-{day}")))
}
