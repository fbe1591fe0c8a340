//! The classes of widgets, by Django's names.

/// Which element a field is filled in with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's widget classes")]
pub enum WidgetClass {
    TextInput,
    NumberInput,
    EmailInput,
    UrlInput,
    ColorInput,
    SearchInput,
    TelInput,
    PasswordInput,
    HiddenInput,
    MultipleHiddenInput,
    FileInput,
    ClearableFileInput,
    Textarea,
    DateInput,
    DateTimeInput,
    TimeInput,
    CheckboxInput,
    Select,
    NullBooleanSelect,
    SelectMultiple,
    RadioSelect,
    CheckboxSelectMultiple,
    MultiWidget,
    SplitDateTimeWidget,
    SplitHiddenDateTimeWidget,
    SelectDateWidget,
}

impl WidgetClass {
    /// All classes.
    pub const ALL: [Self; 26] = [
        Self::TextInput,
        Self::NumberInput,
        Self::EmailInput,
        Self::UrlInput,
        Self::ColorInput,
        Self::SearchInput,
        Self::TelInput,
        Self::PasswordInput,
        Self::HiddenInput,
        Self::MultipleHiddenInput,
        Self::FileInput,
        Self::ClearableFileInput,
        Self::Textarea,
        Self::DateInput,
        Self::DateTimeInput,
        Self::TimeInput,
        Self::CheckboxInput,
        Self::Select,
        Self::NullBooleanSelect,
        Self::SelectMultiple,
        Self::RadioSelect,
        Self::CheckboxSelectMultiple,
        Self::MultiWidget,
        Self::SplitDateTimeWidget,
        Self::SplitHiddenDateTimeWidget,
        Self::SelectDateWidget,
    ];

    /// The class that Django calls `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Django's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::TextInput => "TextInput",
            Self::NumberInput => "NumberInput",
            Self::EmailInput => "EmailInput",
            Self::UrlInput => "URLInput",
            Self::ColorInput => "ColorInput",
            Self::SearchInput => "SearchInput",
            Self::TelInput => "TelInput",
            Self::PasswordInput => "PasswordInput",
            Self::HiddenInput => "HiddenInput",
            Self::MultipleHiddenInput => "MultipleHiddenInput",
            Self::FileInput => "FileInput",
            Self::ClearableFileInput => "ClearableFileInput",
            Self::Textarea => "Textarea",
            Self::DateInput => "DateInput",
            Self::DateTimeInput => "DateTimeInput",
            Self::TimeInput => "TimeInput",
            Self::CheckboxInput => "CheckboxInput",
            Self::Select => "Select",
            Self::NullBooleanSelect => "NullBooleanSelect",
            Self::SelectMultiple => "SelectMultiple",
            Self::RadioSelect => "RadioSelect",
            Self::CheckboxSelectMultiple => "CheckboxSelectMultiple",
            Self::MultiWidget => "MultiWidget",
            Self::SplitDateTimeWidget => "SplitDateTimeWidget",
            Self::SplitHiddenDateTimeWidget => "SplitHiddenDateTimeWidget",
            Self::SelectDateWidget => "SelectDateWidget",
        }
    }

    /// The `type` of its elements; `select` and nothing for those that are not an `input`.
    pub(in crate::forms) fn input_type(self) -> &'static str {
        match self {
            Self::TextInput | Self::DateInput | Self::DateTimeInput | Self::TimeInput => "text",
            Self::NumberInput => "number",
            Self::EmailInput => "email",
            Self::UrlInput => "url",
            Self::ColorInput => "color",
            Self::SearchInput => "search",
            Self::TelInput => "tel",
            Self::PasswordInput => "password",
            Self::HiddenInput | Self::MultipleHiddenInput => "hidden",
            Self::FileInput | Self::ClearableFileInput => "file",
            Self::CheckboxInput | Self::CheckboxSelectMultiple => "checkbox",
            Self::RadioSelect => "radio",
            Self::Select
            | Self::NullBooleanSelect
            | Self::SelectMultiple
            | Self::SelectDateWidget => "select",
            Self::Textarea
            | Self::MultiWidget
            | Self::SplitDateTimeWidget
            | Self::SplitHiddenDateTimeWidget => "",
        }
    }

    /// Django's word for it in templates: its name without `input` or `widget` at the end.
    pub(in crate::forms) fn widget_type(self) -> String {
        let name = self.name().to_lowercase();
        let end = name
            .strip_suffix("widget")
            .or_else(|| name.strip_suffix("input"));
        end.map_or_else(|| name.clone(), ToOwned::to_owned)
    }

    /// Whether it takes choices.
    pub fn has_choices(self) -> bool {
        matches!(
            self,
            Self::Select | Self::SelectMultiple | Self::RadioSelect | Self::CheckboxSelectMultiple
        )
    }

    /// Whether several values are sent for it.
    pub(in crate::forms) fn is_multiple(self) -> bool {
        matches!(
            self,
            Self::SelectMultiple | Self::CheckboxSelectMultiple | Self::MultipleHiddenInput
        )
    }

    /// Whether files are sent for it.
    pub(in crate::forms) fn is_file(self) -> bool {
        matches!(self, Self::FileInput | Self::ClearableFileInput)
    }

    /// Whether it is made of several elements, which stand in a `fieldset`.
    pub(in crate::forms) fn use_fieldset(self) -> bool {
        matches!(
            self,
            Self::RadioSelect
                | Self::CheckboxSelectMultiple
                | Self::MultiWidget
                | Self::SplitDateTimeWidget
                | Self::SplitHiddenDateTimeWidget
                | Self::SelectDateWidget
        )
    }

    /// Whether it shows fractions of a second.
    pub(in crate::forms) fn supports_microseconds(self) -> bool {
        !matches!(
            self,
            Self::DateInput
                | Self::DateTimeInput
                | Self::TimeInput
                | Self::SplitDateTimeWidget
                | Self::SplitHiddenDateTimeWidget
        )
    }
}
