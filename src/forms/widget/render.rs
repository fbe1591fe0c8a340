//! A widget with a value, written.

use crate::forms::widget::context::WidgetContext;
use crate::forms::widget::{
    Widget, WidgetClass, clearable_file, input, multi, select, select_date,
};

impl Widget {
    /// Writes it.
    pub(in crate::forms) fn render(&self, out: &mut String, context: &WidgetContext<'_>) {
        if self.is_multi() {
            return multi::write(out, self, context);
        }
        match self.class {
            WidgetClass::Textarea => input::write_textarea(out, self, context),
            WidgetClass::MultipleHiddenInput => input::write_hidden(out, self, context),
            WidgetClass::ClearableFileInput => clearable_file::write(out, self, context),
            WidgetClass::SelectDateWidget => select_date::write(out, self, context),
            WidgetClass::RadioSelect | WidgetClass::CheckboxSelectMultiple => {
                select::write_inputs(out, self, context);
            }
            WidgetClass::Select | WidgetClass::SelectMultiple | WidgetClass::NullBooleanSelect => {
                select::write_select(out, self, context);
            }
            _ => input::write(out, self, context),
        }
    }
}
