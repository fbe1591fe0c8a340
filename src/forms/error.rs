//! What is wrong with a field or a form.

use std::borrow::Cow;
use std::fmt::Display;

/// Why something that was sent is refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ValidationError {
    /// A sentence for whoever sent it.
    pub message: String,
    /// A stable word for the kind of error.
    pub code: Cow<'static, str>,
    /// What a message of the project's own may name as `%(limit_value)s`.
    parameters: Vec<MessageParameter>,
}

/// A name in a message, and what stands in its place.
#[derive(Clone, Debug, Eq, PartialEq)]
struct MessageParameter {
    name: &'static str,
    value: String,
}

impl ValidationError {
    /// An error that says `message`.
    pub fn new(message: impl Into<String>, code: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            code: code.into(),
            parameters: Vec::new(),
        }
    }

    /// The same, with `value` in the place of `%(name)s` or `%(name)d` of its message.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Display) -> Self {
        let value = value.to_string();
        self.message = filled(&self.message, name, &value);
        self.parameters.push(MessageParameter { name, value });
        self
    }

    /// The same with the code `code`.
    #[must_use]
    pub(super) fn coded(mut self, code: &str) -> Self {
        self.code = Cow::Owned(code.to_owned());
        self
    }

    /// The same, saying `message`, in which its parameters are filled.
    #[must_use]
    pub(super) fn saying(mut self, message: &str) -> Self {
        let parameters = self.parameters.iter();
        self.message = parameters.fold(message.to_owned(), |message, parameter| {
            filled(&message, parameter.name, &parameter.value)
        });
        self
    }
}

fn filled(message: &str, name: &str, value: &str) -> String {
    if !message.contains("%(") {
        return message.to_owned();
    }
    let text = message.replace(&format!("%({name})s"), value);
    text.replace(&format!("%({name})d"), value)
}

/// The singular of a message for 1, else the plural.
pub(super) fn plural<'m>(number: u64, singular: &'m str, plural: &'m str) -> &'m str {
    if number == 1 { singular } else { plural }
}
