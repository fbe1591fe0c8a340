//! The codes of the errors that a field can have: what `error_messages` may have another message for.

use std::collections::BTreeSet;

use crate::forms::field::FormField;
use crate::forms::field::kind::FormFieldKind;

impl FormField {
    /// The codes of all errors that it can have.
    pub(in crate::forms) fn error_codes(&self) -> BTreeSet<&str> {
        let mut codes = BTreeSet::from(["required"]);
        codes.extend(self.kind.error_codes());
        if self.kind.is_text() {
            codes.extend(["max_length", "min_length", "null_characters_not_allowed"]);
        }
        if self.kind.is_number() {
            codes.extend(["max_value", "min_value", "step_size"]);
        }
        let validators = self.validators.iter().chain(&self.model_validators);
        codes.extend(validators.flat_map(|validator| validator.error_codes()));
        let parts = match &self.kind {
            FormFieldKind::Combo(fields) => fields.as_slice(),
            FormFieldKind::MultiValue(several) | FormFieldKind::SplitDateTime(several) => {
                several.fields.as_slice()
            }
            _ => &[],
        };
        codes.extend(parts.iter().flat_map(Self::error_codes));
        codes
    }
}

impl FormFieldKind {
    /// The codes of the errors that fields of this kind have on top of those of all.
    fn error_codes(&self) -> &'static [&'static str] {
        match self {
            Self::Boolean | Self::NullBoolean | Self::Char | Self::Combo(_) => &[],
            Self::Choice | Self::TypedChoice(_) | Self::FilePath | Self::InlineForeignKey => {
                &["invalid_choice"]
            }
            Self::ModelChoice(_) | Self::RowKey(_) => &["invalid", "invalid_choice"],
            Self::MultipleChoice | Self::TypedMultipleChoice(_) => {
                &["invalid_choice", "invalid_list"]
            }
            Self::ModelMultipleChoice(_) => &["invalid_choice", "invalid_list", "invalid_pk_value"],
            Self::DateTime { .. } => &["invalid", "ambiguous_timezone"],
            Self::Duration => &["invalid", "overflow"],
            Self::Decimal => &[
                "invalid",
                "max_digits",
                "max_decimal_places",
                "max_whole_digits",
            ],
            Self::File(_) | Self::Image(_) => &[
                "contradiction",
                "empty",
                "invalid",
                "invalid_content_type",
                "invalid_extension",
                "invalid_image",
                "max_length",
                "max_size",
                "missing",
            ],
            Self::MultiValue(_) => &["invalid", "incomplete"],
            Self::SplitDateTime(_) => &[
                "ambiguous_timezone",
                "invalid",
                "incomplete",
                "invalid_date",
                "invalid_time",
            ],
            Self::Date { .. }
            | Self::Time { .. }
            | Self::Float
            | Self::Integer
            | Self::Email
            | Self::Url { .. }
            | Self::Slug { .. }
            | Self::Regex(_)
            | Self::GenericIpAddress { .. }
            | Self::Uuid
            | Self::Json => &["invalid"],
        }
    }
}
