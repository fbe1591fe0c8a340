//! The values that a field may be chosen from.

/// A value and its label.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FormOption {
    /// What is sent for it.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// An option, or options below a common label.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FormChoice {
    /// An option.
    Option(FormOption),
    /// Options below a common label.
    Group {
        /// The label.
        label: String,
        /// The options.
        options: Vec<FormOption>,
    },
}

impl FormChoice {
    /// The option of this value and label.
    pub fn option(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self::Option(FormOption {
            value: value.into(),
            label: label.into(),
        })
    }

    /// The options in it.
    pub(super) fn options(&self) -> &[FormOption] {
        match self {
            Self::Option(option) => std::slice::from_ref(option),
            Self::Group { options, .. } => options,
        }
    }
}

/// Whether one of `choices` has this value.
pub(super) fn has_choice(choices: &[FormChoice], value: &str) -> bool {
    let mut options = choices.iter().flat_map(FormChoice::options);
    options.any(|option| option.value == value)
}
