//! The elements in which fields are filled in.

use std::fmt::Write as _;

use crate::templates::escape;

/// The element in which a field is filled in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Widget {
    /// A line of text.
    TextInput,
    /// An email address.
    EmailInput,
    /// A password; it is never shown again.
    PasswordInput,
    /// A box to tick.
    CheckboxInput,
}

/// An attribute: with a value, or, as `required`, without one.
pub(super) type HtmlAttribute = (String, Option<String>);

impl Widget {
    /// Its `type`.
    pub(super) fn input_type(self) -> &'static str {
        match self {
            Self::TextInput => "text",
            Self::EmailInput => "email",
            Self::PasswordInput => "password",
            Self::CheckboxInput => "checkbox",
        }
    }

    /// Django's word for it in templates (`widget_type`).
    pub(super) fn widget_type(self) -> &'static str {
        self.input_type()
    }

    /// Its HTML.
    pub(super) fn render(
        self,
        name: &str,
        value: Option<&str>,
        attributes: &[HtmlAttribute],
    ) -> String {
        let mut html = format!(r#"<input type="{}""#, self.input_type());
        let mut write = |name: &str, value: Option<&str>| {
            // Writing to a `String` cannot fail.
            let _ = match value {
                Some(value) => write!(html, r#" {}="{}""#, escape(name), escape(value)),
                None => write!(html, " {}", escape(name)),
            };
        };
        write("name", Some(name));
        let shows_value = matches!(self, Self::TextInput | Self::EmailInput);
        if let Some(value) = value.filter(|value| shows_value && !value.is_empty()) {
            write("value", Some(value));
        }
        for (name, value) in attributes {
            write(name, value.as_deref());
        }
        if self == Self::CheckboxInput && value.is_some_and(is_checked) {
            write("checked", None);
        }
        html + ">"
    }
}

/// Whether what a checkbox sent, or starts with, means that it is ticked.
pub(super) fn is_checked(value: &str) -> bool {
    !value.is_empty() && !value.eq_ignore_ascii_case("false")
}
