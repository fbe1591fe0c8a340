//! What a form set is made of.

use std::sync::Arc;

use crate::forms::definition::FormDefinition;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::widget::{Widget, WidgetClass};

/// How many forms a set has at most where nothing is said.
const DEFAULT_MAX: usize = 1000;

/// The field for the place of a form.
pub(super) const ORDER: &str = "ORDER";
/// The box that deletes the row of a form.
pub(super) const DELETE: &str = "DELETE";

/// Of which form a set is made, and of how many.
#[derive(Clone, Debug)]
pub struct FormSetDefinition {
    /// The form.
    pub form: Arc<FormDefinition>,
    /// What stands before the numbers of the forms.
    pub prefix: String,
    /// Empty forms beside those that are filled in.
    pub extra: usize,
    /// Whether the forms can be put in order.
    pub can_order: bool,
    /// Whether forms can be deleted.
    pub can_delete: bool,
    /// Whether empty ones can.
    pub can_delete_extra: bool,
    /// The least forms that are shown.
    pub min_num: usize,
    /// The most forms that are shown.
    pub max_num: usize,
    /// The most forms that are read, however many were sent.
    pub absolute_max: usize,
    /// Whether fewer than `min_num` are refused.
    pub validate_min: bool,
    /// Whether more than `max_num` are refused.
    pub validate_max: bool,
}

impl FormSetDefinition {
    /// A set of `form` as Django's `formset_factory` makes it.
    pub fn new(form: &Arc<FormDefinition>) -> Self {
        Self {
            form: Arc::clone(form),
            prefix: "form".to_owned(),
            extra: 1,
            can_order: false,
            can_delete: false,
            can_delete_extra: true,
            min_num: 0,
            max_num: DEFAULT_MAX,
            absolute_max: 2 * DEFAULT_MAX,
            validate_min: false,
            validate_max: false,
        }
    }

    /// With at most `max_num` forms, and so many more that are read.
    #[must_use]
    pub fn max_num(mut self, max_num: usize) -> Self {
        self.max_num = max_num;
        self.absolute_max = max_num + DEFAULT_MAX;
        self
    }

    /// The form of one place: with the fields of the set behind its own.
    pub(super) fn form_at(&self, is_initial: bool) -> Arc<FormDefinition> {
        let mut more = Vec::new();
        if self.can_order {
            let order = FormField::new(ORDER, FormFieldKind::Integer);
            more.push(order.label("Order").optional());
        }
        if self.can_delete && (self.can_delete_extra || is_initial) {
            more.push(FormField::boolean(DELETE).label("Delete"));
        }
        self.form.with_fields(more)
    }

    /// The form that counts the others.
    pub(super) fn management_form() -> Arc<FormDefinition> {
        let field = |name: &str, required: bool| {
            let field = FormField::new(name, FormFieldKind::Integer);
            let mut field = field.widget(Widget::new(WidgetClass::HiddenInput));
            field.required = required;
            if required {
                field.limits.min_value = None;
            }
            field
        };
        let fields = vec![
            field("TOTAL_FORMS", true),
            field("INITIAL_FORMS", true),
            field("MIN_NUM_FORMS", false),
            field("MAX_NUM_FORMS", false),
        ];
        Arc::new(FormDefinition::new("", fields))
    }
}
