//! What a widget is written with.

use crate::clock::Zone;
use crate::forms::form_choices::FormChoice;
use crate::forms::form_value::FormInput;
use crate::forms::html::HtmlAttributes;

/// What a widget is written with.
#[derive(Clone, Debug)]
pub(in crate::forms) struct WidgetContext<'c> {
    pub(in crate::forms) name: &'c str,
    pub(in crate::forms) value: FormInput<'c>,
    /// What the field adds to the widget's attributes.
    pub(in crate::forms) attributes: HtmlAttributes,
    pub(in crate::forms) choices: &'c [FormChoice],
    pub(in crate::forms) is_required: bool,
    /// Whether the box was ticked that removes a file.
    pub(in crate::forms) is_cleared: bool,
    pub(in crate::forms) zone: &'c Zone,
}
