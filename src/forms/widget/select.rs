//! `select`, and the boxes and buttons of several options.

use crate::forms::form_choices::{FormChoice, FormOption};
use crate::forms::form_value::FormInput;
use crate::forms::html::{HtmlAttributes, write_attribute};
use crate::forms::widget::context::WidgetContext;
use crate::forms::widget::input::write_input;
use crate::forms::widget::{Widget, WidgetClass};
use crate::templates::escape;
use crate::values::FieldValue;

/// An option as it is written.
#[derive(Clone, Debug)]
pub(in crate::forms) struct RenderedOption {
    /// The label of its group.
    pub(in crate::forms) group: Option<String>,
    /// The place of its choice, and its own among those of its group: `0`, `1_2`.
    pub(in crate::forms) index: String,
    pub(in crate::forms) option: FormOption,
    pub(in crate::forms) is_selected: bool,
    pub(in crate::forms) attributes: HtmlAttributes,
}

/// What `NullBooleanSelect` offers.
pub(in crate::forms) fn null_boolean_choices() -> Vec<FormChoice> {
    vec![
        FormChoice::option("unknown", "Unknown"),
        FormChoice::option("true", "Yes"),
        FormChoice::option("false", "No"),
    ]
}

/// Writes a `select`.
pub(super) fn write_select(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let mut attributes = widget.attributes.merged(&context.attributes);
    if widget.class == WidgetClass::SelectMultiple {
        attributes.set("multiple", true);
    }
    out.push_str("<select");
    write_attribute(out, "name", context.name);
    attributes.write(out);
    out.push('>');
    write_groups(
        out,
        &widget.options(context),
        ["\n<optgroup label=\"", "\">", "\n</optgroup>"],
        |out, option| {
            out.push('\n');
            widget.write_select_option(out, option);
        },
    );
    out.push_str("\n</select>");
}

/// Writes an `input` for each option, in a `div`.
pub(super) fn write_inputs(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let attributes = widget.attributes.merged(&context.attributes);
    out.push_str("<div");
    for name in ["id", "class"] {
        if let Some(text) = attributes.text(name) {
            write_attribute(out, name, text);
        }
    }
    out.push('>');
    write_groups(
        out,
        &widget.options(context),
        ["\n<div><label>", "</label>", "\n</div>"],
        |out, option| {
            out.push_str("<div>\n");
            widget.write_option(out, context.name, option, true);
            out.push_str("\n</div>");
        },
    );
    out.push_str("\n</div>");
}

/// Writes options, those of a group between `marks`: before its label, behind it, at its end.
fn write_groups(
    out: &mut String,
    options: &[RenderedOption],
    marks: [&str; 3],
    write: impl Fn(&mut String, &RenderedOption),
) {
    let place = |option: &RenderedOption| {
        let index = option.index.split('_').next().unwrap_or_default();
        option.group.clone().map(|group| (index.to_owned(), group))
    };
    let mut open = None;
    for option in options {
        let group = place(option);
        if group != open {
            if open.is_some() {
                out.push_str(marks[2]);
            }
            if let Some((_, label)) = &group {
                out.push_str(marks[0]);
                out.push_str(&escape(label));
                out.push_str(marks[1]);
            }
            open = group;
        }
        write(out, option);
    }
    if open.is_some() {
        out.push_str(marks[2]);
    }
}

impl Widget {
    /// Its options, those that are chosen marked.
    pub(in crate::forms) fn options(&self, context: &WidgetContext<'_>) -> Vec<RenderedOption> {
        let chosen = self.chosen(context);
        let attributes = self.attributes.merged(&context.attributes);
        let mut options: Vec<RenderedOption> = Vec::new();
        let mut has_selected = false;
        for (index, choice) in context.choices.iter().enumerate() {
            for (subindex, option) in choice.options().iter().enumerate() {
                let may_be_selected = !has_selected || self.class.is_multiple();
                let is_selected = may_be_selected && chosen.contains(&option.value);
                has_selected |= is_selected;
                let (group, index) = match choice {
                    FormChoice::Option(_) => (None, index.to_string()),
                    FormChoice::Group { label, .. } => {
                        let label = Some(label.clone()).filter(|label| !label.is_empty());
                        (label, format!("{index}_{subindex}"))
                    }
                };
                options.push(RenderedOption {
                    group,
                    attributes: self.option_attributes(&attributes, &index, is_selected),
                    index,
                    option: option.clone(),
                    is_selected,
                });
            }
        }
        options
    }

    fn option_attributes(
        &self,
        attributes: &HtmlAttributes,
        index: &str,
        is_selected: bool,
    ) -> HtmlAttributes {
        let is_select = self.input_type() == "select";
        let mut own = if is_select {
            HtmlAttributes::default()
        } else {
            attributes.clone()
        };
        if is_selected {
            own.set(if is_select { "selected" } else { "checked" }, true);
        }
        if let Some(id) = own.text("id").map(|id| format!("{id}_{index}")) {
            own.set("id", id);
        }
        own
    }

    /// Writes an option of a `select`.
    #[expect(clippy::unused_self, reason = "the sibling of `write_option`")]
    pub(in crate::forms) fn write_select_option(&self, out: &mut String, option: &RenderedOption) {
        out.push_str("<option");
        write_attribute(out, "value", &option.option.value);
        option.attributes.write(out);
        out.push('>');
        out.push_str(&escape(&option.option.label));
        out.push_str("</option>");
    }

    /// Writes the element of an option, in its label if `wrap` says so.
    pub(in crate::forms) fn write_option(
        &self,
        out: &mut String,
        name: &str,
        option: &RenderedOption,
        wrap: bool,
    ) {
        if wrap {
            out.push_str("<label");
            if let Some(id) = option.attributes.text("id") {
                write_attribute(out, "for", id);
            }
            out.push('>');
        }
        let value = Some(option.option.value.as_str());
        write_input(out, self.input_type(), name, value, &option.attributes);
        if wrap {
            out.push_str("\n ");
            out.push_str(&escape(&option.option.label));
            out.push_str("</label>");
        }
    }

    /// The values that are chosen, as text.
    fn chosen(&self, context: &WidgetContext<'_>) -> Vec<String> {
        let text = |value: &FormInput<'_>| {
            let text = value.to_text(context.zone);
            text.unwrap_or_default().into_owned()
        };
        match &context.value {
            value if self.class == WidgetClass::NullBooleanSelect => vec![null_boolean(value)],
            FormInput::Missing if self.class.is_multiple() => Vec::new(),
            FormInput::List(values) => values.iter().map(text).collect(),
            value => vec![text(value)],
        }
    }
}

fn null_boolean(value: &FormInput<'_>) -> String {
    let known = match value {
        FormInput::Boolean(value) => Some(*value),
        FormInput::Value(value) => match &**value {
            FieldValue::Boolean(value) => Some(*value),
            FieldValue::Text(text) => boolean_of(text),
            _ => None,
        },
        FormInput::Text(text) => boolean_of(text),
        _ => None,
    };
    match known {
        Some(true) => "true",
        Some(false) => "false",
        None => "unknown",
    }
    .to_owned()
}

fn boolean_of(text: &str) -> Option<bool> {
    match text {
        "true" | "2" => Some(true),
        "false" | "3" => Some(false),
        _ => None,
    }
}
