//! A file, with the one that is stored and a box that removes it.

use crate::forms::form_value::FormInput;
use crate::forms::html::{AttributeValue, write_attribute};
use crate::forms::widget::Widget;
use crate::forms::widget::context::WidgetContext;
use crate::forms::widget::input::write_input;
use crate::forms::widget::read::clear_name;
use crate::templates::escape;

pub(super) fn write(out: &mut String, widget: &Widget, context: &WidgetContext<'_>) {
    let mut attributes = widget.attributes.merged(&context.attributes);
    attributes.set_default("disabled", AttributeValue::Absent);
    attributes.set("checked", context.is_cleared);
    if let FormInput::Stored(file) = &context.value
        && !file.url.is_empty()
    {
        out.push_str("Currently: <a");
        write_attribute(out, "href", &file.url);
        out.push('>');
        out.push_str(&escape(&file.name));
        out.push_str("</a>");
        if !context.is_required {
            let is_disabled = attributes.is_on("disabled");
            write_clear(out, context, is_disabled);
        }
        out.push_str("<br>\nChange:\n");
    }
    write_input(out, widget.input_type(), context.name, None, &attributes);
}

fn write_clear(out: &mut String, context: &WidgetContext<'_>, is_disabled: bool) {
    let name = clear_name(context.name);
    let id = format!("{name}_id");
    out.push_str("\n<input type=\"checkbox\"");
    write_attribute(out, "name", &name);
    write_attribute(out, "id", &id);
    if is_disabled {
        out.push_str(" disabled");
    }
    if context.is_cleared {
        out.push_str(" checked");
    }
    out.push_str(">\n<label");
    write_attribute(out, "for", &id);
    out.push_str(">Clear</label>");
}
