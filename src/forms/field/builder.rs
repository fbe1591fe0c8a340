//! Fields made in Rust, as the pages of accounts have them, and by the reader of `forms.toml`.

use std::sync::Arc;

use crate::forms::field::kind::{FormFieldKind, MultiValue};
use crate::forms::field::{ErrorMessage, FieldLimits, FormField, FormInitial};
use crate::forms::form_choices::FormChoice;
use crate::forms::form_value::FormValue;
use crate::forms::html::AttributeValue;
use crate::forms::validator::{FieldValidator, ValidatorCheck};
use crate::forms::widget::{Widget, WidgetClass};
use crate::templates::escape;
use crate::text;
use crate::values::FieldValue;

/// The longest email address of Django's `EmailField`.
const MAX_EMAIL: u64 = 320;

/// The longest address of IPv6 as text.
const MAX_IP_ADDRESS: u64 = 39;

impl FormField {
    /// A field of this kind, to be filled in, with the widget of the kind.
    pub fn new(name: &str, kind: FormFieldKind) -> Self {
        let field = Self {
            name: name.to_owned(),
            widget: Widget::new(kind.widget()),
            label: pretty_name(name),
            label_suffix: None,
            help_text: String::new(),
            required: true,
            disabled: false,
            show_hidden_initial: false,
            initial: FormInitial::Value(FormValue::NULL),
            autofocus: false,
            choices: Arc::default(),
            strip: kind.strips(),
            empty_is_null: false,
            normalize: None,
            limits: FieldLimits::default(),
            validators: Vec::new(),
            model_validators: Vec::new(),
            is_finished: false,
            messages: Vec::new(),
            kind,
        };
        match field.kind {
            FormFieldKind::Email => field.max_length(MAX_EMAIL),
            FormFieldKind::GenericIpAddress { .. } => field.max_length(MAX_IP_ADDRESS),
            _ => field,
        }
    }

    /// A line of text; spaces around it are taken off.
    pub fn char(name: &str) -> Self {
        Self::new(name, FormFieldKind::Char)
    }

    /// An email address.
    pub fn email(name: &str) -> Self {
        Self::new(name, FormFieldKind::Email)
    }

    /// A password, taken as it is; `autocomplete` tells password managers which one.
    pub fn password(name: &str, autocomplete: &str) -> Self {
        let field = Self {
            strip: false,
            ..Self::char(name).widget(Widget::new(WidgetClass::PasswordInput))
        };
        field.attribute("autocomplete", autocomplete)
    }

    /// A box to tick, or not.
    pub fn boolean(name: &str) -> Self {
        Self::new(name, FormFieldKind::Boolean).optional()
    }

    /// A day with a time, in two elements.
    pub fn split_date_time(name: &str) -> Self {
        let part = |name, kind| Self::new(name, kind);
        let fields = vec![
            part(
                "date",
                FormFieldKind::Date {
                    input_formats: Vec::new(),
                },
            ),
            part(
                "time",
                FormFieldKind::Time {
                    input_formats: Vec::new(),
                },
            ),
        ];
        let parts = MultiValue {
            fields,
            require_all_fields: true,
            separator: " ".to_owned(),
        };
        Self::new(name, FormFieldKind::SplitDateTime(parts))
    }

    /// With this widget.
    #[must_use]
    pub fn widget(mut self, widget: Widget) -> Self {
        self.widget = widget;
        self
    }

    /// With the class of `other`, and its widget unless it has one of its own; one whose values are chosen stays as it is.
    #[must_use]
    pub(in crate::forms) fn of_class(mut self, other: &Self) -> Self {
        if let FormFieldKind::TypedChoice(_) = self.kind {
            return self;
        }
        // The model checks its values all the same.
        if let Some(check) = self.class_check() {
            self.model_validators.insert(0, check.into());
        }
        let is_alike = |of: fn(&FormFieldKind) -> bool| of(&self.kind) && of(&other.kind);
        let keeps_limits = is_alike(FormFieldKind::is_text) || is_alike(FormFieldKind::is_number);
        let has_own_widget = self.widget.class != self.kind.widget();
        Self {
            kind: other.kind.clone(),
            limits: if keeps_limits {
                self.limits
            } else {
                other.limits.clone()
            },
            widget: if has_own_widget {
                self.widget
            } else {
                other.widget.clone()
            },
            strip: other.strip,
            ..self
        }
    }

    /// With this label, in place of one made of its name.
    #[must_use]
    pub fn label(mut self, label: &str) -> Self {
        label.clone_into(&mut self.label);
        self
    }

    /// With this advice.
    #[must_use]
    pub fn help_text(mut self, text: &str) -> Self {
        self.help_text = escape(text);
        self
    }

    /// With this advice, a list.
    #[must_use]
    pub fn help_list(mut self, items: &[String]) -> Self {
        if !items.is_empty() {
            let items: Vec<_> = items.iter().map(|item| escape(item)).collect();
            self.help_text = format!("<ul><li>{}</li></ul>", items.join("</li><li>"));
        }
        self
    }

    /// Filled in with `value` at first.
    #[must_use]
    pub fn initial(mut self, value: impl Into<FormValue>) -> Self {
        self.initial = FormInitial::Value(value.into());
        self
    }

    /// May not be left empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Has the cursor when the page opens.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// With this attribute on its element.
    #[must_use]
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.widget
            .set_attribute(name, AttributeValue::Text(value.to_owned()));
        self
    }

    /// Chosen from these.
    #[must_use]
    pub fn choices(mut self, choices: Vec<FormChoice>) -> Self {
        self.choices = Arc::new(choices);
        self
    }

    /// With at most this many characters.
    #[must_use]
    pub fn max_length(mut self, characters: u64) -> Self {
        self.limits.max_length = Some(characters);
        self
    }

    /// Brought into this form; a text that is too long is refused as it is.
    #[must_use]
    pub fn normalize(mut self, form: fn(&str) -> String) -> Self {
        self.normalize = Some(form);
        self
    }

    /// With this check of what was filled in.
    #[must_use]
    pub fn validator(mut self, validator: FieldValidator) -> Self {
        self.validators
            .push(ValidatorCheck::Function(validator).into());
        self
    }

    /// With this message for errors of this code.
    #[must_use]
    pub(in crate::forms) fn message(mut self, code: &str, message: &str) -> Self {
        self.messages.push(ErrorMessage {
            code: code.to_owned(),
            message: message.to_owned(),
        });
        self
    }
}

impl From<&str> for FormValue {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<bool> for FormValue {
    fn from(value: bool) -> Self {
        Self::Value(FieldValue::Boolean(value))
    }
}

/// A label made of a name: `old_password` is `Old password`.
fn pretty_name(name: &str) -> String {
    text::capitalized(&name.replace('_', " "))
}
