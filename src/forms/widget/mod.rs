//! The elements in which fields are filled in: what is read from them, and their HTML.
//!
//! A [`Widget`] is a [`WidgetClass`] with attributes and options. 1. `read` takes what was sent for it out of a form.
//! 2. `render` writes it with a value: `input`, `select`, `select_date`, `clearable_file` and `multi` are the kinds
//! of HTML.

mod class;
mod clearable_file;
mod context;
mod input;
mod multi;
mod read;
mod render;
mod select;
mod select_date;

pub use class::WidgetClass;
pub(super) use context::WidgetContext;
pub(super) use read::clear_name;
pub(super) use select::{RenderedOption, null_boolean_choices};
pub use select_date::DateParts;

use crate::forms::form_choices::FormChoice;
use crate::forms::html::HtmlAttributes;

/// An element, or several, in which a field is filled in.
#[derive(Clone, Debug)]
pub struct Widget {
    /// Its class.
    pub(super) class: WidgetClass,
    pub(super) attributes: HtmlAttributes,
    /// The `type` of its elements, where it is not that of its class.
    pub(super) input_type: Option<String>,
    /// How days and times are written in it (`strftime`).
    pub(super) format: Option<String>,
    /// Whether several keys are written in it, with commas.
    pub(super) is_key_list: bool,
    /// Whether a document is written in it with a line for each of its values.
    pub(super) is_indented: bool,
    /// Whether a password is shown again.
    pub(super) render_value: bool,
    /// The elements of a `MultiWidget`.
    pub(super) parts: Vec<WidgetPart>,
    /// What parts a text into those of a `MultiWidget`.
    pub(super) separator: String,
    /// What a `SelectDateWidget` offers.
    pub(super) date_parts: Option<Box<DateParts>>,
}

/// One of the elements of a `MultiWidget`.
#[derive(Clone, Debug)]
pub(super) struct WidgetPart {
    /// What follows the name of the field: `_0`.
    pub(super) suffix: String,
    pub(super) widget: Widget,
}

impl From<WidgetClass> for Widget {
    fn from(class: WidgetClass) -> Self {
        Self::new(class)
    }
}

impl Widget {
    /// A widget of this class without attributes of its own.
    pub fn new(class: WidgetClass) -> Self {
        let mut widget = Self {
            class,
            attributes: HtmlAttributes::default(),
            input_type: None,
            format: None,
            is_key_list: false,
            is_indented: false,
            render_value: false,
            parts: Vec::new(),
            separator: " ".to_owned(),
            date_parts: None,
        };
        match class {
            WidgetClass::Textarea => {
                widget.attributes.set("cols", "40");
                widget.attributes.set("rows", "10");
            }
            WidgetClass::SplitDateTimeWidget | WidgetClass::SplitHiddenDateTimeWidget => {
                widget.parts = split_parts(class);
            }
            WidgetClass::SelectDateWidget => widget.date_parts = Some(Box::default()),
            _ => {}
        }
        widget
    }

    /// A widget of these, one behind the other.
    pub fn multi(widgets: Vec<Self>) -> Self {
        let parts = widgets.into_iter().enumerate();
        Self {
            parts: parts
                .map(|(index, widget)| WidgetPart {
                    suffix: format!("_{index}"),
                    widget,
                })
                .collect(),
            ..Self::new(WidgetClass::MultiWidget)
        }
    }

    /// A line in which several keys are written, with commas between them (Django's `ManyToManyRawIdWidget`).
    pub fn key_list() -> Self {
        Self {
            is_key_list: true,
            ..Self::new(WidgetClass::TextInput)
        }
    }

    /// With days and times written as `format` says (`strftime`).
    #[must_use]
    pub fn format(mut self, format: &str) -> Self {
        self.format = Some(format.to_owned());
        self
    }

    /// With documents written in several lines.
    #[must_use]
    pub fn indented(mut self) -> Self {
        self.is_indented = true;
        self
    }

    /// With this attribute; `type` changes that of its elements.
    #[must_use]
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.set_attribute(name, value.to_owned().into());
        self
    }

    /// Sets an attribute: for a split date and time that of both elements.
    pub(super) fn set_attribute(&mut self, name: &str, value: super::html::AttributeValue) {
        if self.is_split() {
            for part in &mut self.parts {
                part.widget.set_attribute(name, value.clone());
            }
            return;
        }
        match value {
            super::html::AttributeValue::Text(text) if name == "type" => {
                self.input_type = Some(text);
            }
            value => self.attributes.set(name, value),
        }
    }

    pub(super) fn is_split(&self) -> bool {
        matches!(
            self.class,
            WidgetClass::SplitDateTimeWidget | WidgetClass::SplitHiddenDateTimeWidget
        )
    }

    pub(super) fn input_type(&self) -> &str {
        let own = self.input_type.as_deref();
        own.unwrap_or_else(|| self.class.input_type())
    }

    /// Whether nobody sees it.
    pub(super) fn is_hidden(&self) -> bool {
        if self.is_multi() {
            return self.parts.iter().all(|part| part.widget.is_hidden());
        }
        self.input_type() == "hidden"
    }

    pub(super) fn is_multi(&self) -> bool {
        self.class == WidgetClass::MultiWidget || self.is_split()
    }

    /// Whether a form with it is sent in several parts.
    pub(super) fn needs_multipart(&self) -> bool {
        self.class.is_file() || self.parts.iter().any(|part| part.widget.needs_multipart())
    }

    /// The id that a label points to, for the field's `id`; none where no single element is meant.
    pub(super) fn id_for_label(&self, id: &str) -> Option<String> {
        match self.class {
            _ if self.is_multi() => None,
            WidgetClass::RadioSelect | WidgetClass::CheckboxSelectMultiple => None,
            WidgetClass::SelectDateWidget => Some(format!("{id}_month")),
            _ => Some(id.to_owned()),
        }
    }

    /// Whether it may have the attribute `required`.
    pub(super) fn may_be_required(&self, has_initial: bool, choices: &[FormChoice]) -> bool {
        if self.is_hidden() {
            return false;
        }
        match self.class {
            WidgetClass::CheckboxSelectMultiple => false,
            WidgetClass::FileInput | WidgetClass::ClearableFileInput => !has_initial,
            // A list whose first option has a value is always filled in.
            WidgetClass::Select | WidgetClass::NullBooleanSelect => {
                let first = choices.first();
                first.is_some_and(
                    |first| matches!(first, FormChoice::Option(option) if option.value.is_empty()),
                )
            }
            _ => true,
        }
    }
}

fn split_parts(class: WidgetClass) -> Vec<WidgetPart> {
    let hidden = class == WidgetClass::SplitHiddenDateTimeWidget;
    let part = |index: usize, class| {
        let mut widget = Widget::new(class);
        widget.input_type = hidden.then(|| "hidden".to_owned());
        WidgetPart {
            suffix: format!("_{index}"),
            widget,
        }
    };
    vec![
        part(0, WidgetClass::DateInput),
        part(1, WidgetClass::TimeInput),
    ]
}
