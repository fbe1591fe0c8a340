//! Checks of cleaned values, with Django's messages.
//!
//! A [`FormValidator`] is made once, when a form is loaded, and shared by all requests: `limits` compares values,
//! `patterns` looks at texts.

mod limits;
mod patterns;

pub(super) use limits::literal_value;

use crate::forms::error::ValidationError;
use crate::models::{Literal, Validator};
use crate::text::PythonPattern;
use crate::values::FieldValue;

/// Says what is wrong with a text, if anything is.
pub type FieldValidator = fn(&str) -> Option<ValidationError>;

/// A check of a value.
#[derive(Clone, Debug)]
pub struct FormValidator {
    check: ValidatorCheck,
    /// The message of the project's own.
    message: Option<String>,
    /// The code of the project's own.
    code: Option<String>,
}

/// What is checked.
#[derive(Clone, Debug)]
pub(super) enum ValidatorCheck {
    Function(FieldValidator),
    MaxLength(u64),
    MinLength(u64),
    MaxValue(FieldValue),
    MinValue(FieldValue),
    StepSize {
        step: FieldValue,
        offset: Option<FieldValue>,
    },
    Digits {
        max_digits: Option<u32>,
        decimal_places: Option<u32>,
    },
    NoNullCharacters,
    Pattern {
        pattern: PythonPattern,
        inverse: bool,
    },
    Email(Vec<String>),
    Url(Vec<String>),
    Slug,
    UnicodeSlug,
    Integer,
    IntegerList,
    Ipv4,
    Ipv6,
    Ip,
    DomainName,
    FileExtension(Vec<String>),
    Username {
        ascii: bool,
    },
}

impl ValidatorCheck {
    /// The codes of the errors that it can find, in Django's words.
    fn error_codes(&self) -> &'static [&'static str] {
        match self {
            Self::MaxLength(_) => &["max_length"],
            Self::MinLength(_) => &["min_length"],
            Self::MaxValue(_) => &["max_value"],
            Self::MinValue(_) => &["min_value"],
            Self::StepSize { .. } => &["step_size"],
            Self::Digits { .. } => &[
                "invalid",
                "max_digits",
                "max_decimal_places",
                "max_whole_digits",
            ],
            Self::NoNullCharacters => &["null_characters_not_allowed"],
            Self::FileExtension(_) => &["invalid_extension"],
            Self::Function(_)
            | Self::Pattern { .. }
            | Self::Email(_)
            | Self::Url(_)
            | Self::Slug
            | Self::UnicodeSlug
            | Self::Integer
            | Self::IntegerList
            | Self::Ipv4
            | Self::Ipv6
            | Self::Ip
            | Self::DomainName
            | Self::Username { .. } => &["invalid"],
        }
    }
}

impl From<ValidatorCheck> for FormValidator {
    fn from(check: ValidatorCheck) -> Self {
        Self {
            check,
            message: None,
            code: None,
        }
    }
}

impl FormValidator {
    /// The validator that a model or a form declares; none for a pattern that cannot be used, which `check` reports.
    pub fn of(declared: &Validator) -> Option<Self> {
        let text = |name: &str| argument(declared, name).and_then(Literal::as_str);
        Some(Self {
            check: patterns::declared(declared).or_else(|| limits::declared(declared))?,
            message: text("message").map(ToOwned::to_owned),
            code: text("code").map(ToOwned::to_owned),
        })
    }

    /// The codes of the errors that it can find.
    pub(super) fn error_codes(&self) -> Vec<&str> {
        match &self.code {
            Some(code) => vec![code],
            None => self.check.error_codes().to_vec(),
        }
    }

    /// What is wrong with `value`, which is not empty.
    pub fn check(&self, value: &FieldValue) -> Vec<ValidationError> {
        let found = match &self.check {
            ValidatorCheck::Digits { .. } => limits::check_digits(&self.check, value),
            check => limits::check(check, value).or_else(|| patterns::check(check, value)),
        };
        let found = found.map(|error| match &self.message {
            Some(message) => error.saying(message),
            None => error,
        });
        let coded = found.map(|error| match &self.code {
            Some(code) => error.coded(code),
            None => error,
        });
        coded.into_iter().collect()
    }
}

/// The value that a validator was given for `parameter`.
fn argument<'v>(validator: &'v Validator, parameter: &str) -> Option<&'v Literal> {
    let mut arguments = validator.arguments.iter();
    let (_, value) = arguments.find(|(name, _)| name == parameter)?;
    Some(value)
}

/// The texts that a validator was given for `parameter`.
fn texts(validator: &Validator, parameter: &str) -> Option<Vec<String>> {
    let Some(Literal::List(items)) = argument(validator, parameter) else {
        return None;
    };
    let texts = items.iter().filter_map(Literal::as_str);
    Some(texts.map(ToOwned::to_owned).collect())
}
