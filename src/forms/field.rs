//! A field: what may be filled in, and how it is cleaned.

use crate::crypto::Secret;
use crate::forms::widget::{HtmlAttribute, is_checked};
use crate::forms::{ValidationError, Widget};
use crate::templates::escape;
use crate::text;
use crate::values::is_email;

/// Says what is wrong with a text, if anything is.
pub type FieldValidator = fn(&str) -> Option<ValidationError>;

/// The longest email address of Django's `EmailField`.
const MAX_EMAIL: usize = 320;

/// A field of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    pub(super) name: String,
    pub(super) widget: Widget,
    pub(super) label: String,
    /// As HTML.
    pub(super) help_text: String,
    pub(super) required: bool,
    pub(super) initial: String,
    pub(super) autofocus: bool,
    attributes: Vec<HtmlAttribute>,
    max_length: Option<usize>,
    strip: bool,
    normalize: Option<fn(&str) -> String>,
    validators: Vec<FieldValidator>,
}

/// What a field holds, once it is cleaned.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum CleanedValue {
    Text(Secret),
    Checked(bool),
}

impl FormField {
    /// A line of text; spaces around it are taken off.
    pub fn char(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            widget: Widget::TextInput,
            label: pretty_name(name),
            help_text: String::new(),
            required: true,
            initial: String::new(),
            autofocus: false,
            attributes: Vec::new(),
            max_length: None,
            strip: true,
            normalize: None,
            validators: Vec::new(),
        }
    }

    /// An email address.
    pub fn email(name: &str) -> Self {
        let field = Self {
            widget: Widget::EmailInput,
            ..Self::char(name)
        };
        field.max_length(MAX_EMAIL).validator(check_email)
    }

    /// A password, taken as it is; `autocomplete` tells password managers which one.
    pub fn password(name: &str, autocomplete: &str) -> Self {
        let field = Self {
            widget: Widget::PasswordInput,
            strip: false,
            ..Self::char(name)
        };
        field.attribute("autocomplete", autocomplete)
    }

    /// A box to tick, or not.
    pub fn boolean(name: &str) -> Self {
        Self {
            widget: Widget::CheckboxInput,
            required: false,
            ..Self::char(name)
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
    pub fn initial(mut self, value: &str) -> Self {
        value.clone_into(&mut self.initial);
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
        self.attributes
            .push((name.to_owned(), Some(value.to_owned())));
        self
    }

    /// With at most this many characters.
    #[must_use]
    pub fn max_length(mut self, characters: usize) -> Self {
        self.max_length = Some(characters);
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
        self.validators.push(validator);
        self
    }

    /// Its id in the page.
    pub(super) fn id(&self) -> String {
        format!("id_{}", self.name)
    }

    /// The attributes it always has.
    pub(super) fn attributes(&self) -> impl Iterator<Item = HtmlAttribute> {
        let length = self
            .max_length
            .map(|length| ("maxlength".to_owned(), Some(length.to_string())));
        self.attributes.iter().cloned().chain(length)
    }

    /// What was sent, cleaned, or all that is wrong with it.
    pub(super) fn clean(&self, sent: Option<&str>) -> Result<CleanedValue, Vec<ValidationError>> {
        if self.widget == Widget::CheckboxInput {
            let ticked = sent.is_some_and(is_checked);
            return self
                .check_required(ticked)
                .map(|()| CleanedValue::Checked(ticked));
        }
        let text = self.to_text(sent.unwrap_or_default());
        self.check_required(!text.is_empty())?;
        let errors = self.errors(&text);
        if errors.is_empty() || text.is_empty() {
            Ok(CleanedValue::Text(Secret::new(text)))
        } else {
            Err(errors)
        }
    }

    fn check_required(&self, present: bool) -> Result<(), Vec<ValidationError>> {
        if present || !self.required {
            return Ok(());
        }
        Err(vec![ValidationError::new(
            "This field is required.",
            "required",
        )])
    }

    fn to_text(&self, sent: &str) -> String {
        let text = if self.strip { sent.trim() } else { sent };
        match self.normalize {
            Some(normalize) if !self.is_too_long(text) => normalize(text),
            _ => text.to_owned(),
        }
    }

    fn is_too_long(&self, text: &str) -> bool {
        self.max_length
            .is_some_and(|limit| text.chars().count() > limit)
    }

    fn errors(&self, text: &str) -> Vec<ValidationError> {
        let checks = self.validators.iter();
        let own = checks.filter_map(|check| check(text));
        let too_long = self.max_length.filter(|_| self.is_too_long(text));
        let too_long = too_long.map(|limit| {
            let length = text.chars().count();
            ValidationError::new(
                format!(
                    "Ensure this value has at most {limit} character{} (it has {length}).",
                    if limit == 1 { "" } else { "s" }
                ),
                "max_length",
            )
        });
        let null = text.contains('\0').then(|| {
            ValidationError::new(
                "Null characters are not allowed.",
                "null_characters_not_allowed",
            )
        });
        own.chain(too_long).chain(null).collect()
    }
}

/// A label made of a name: `old_password` is `Old password`.
fn pretty_name(name: &str) -> String {
    text::capitalized(&name.replace('_', " "))
}

fn check_email(text: &str) -> Option<ValidationError> {
    let wrong = !text.is_empty() && !is_email(text);
    wrong.then(|| ValidationError::new("Enter a valid email address.", "invalid"))
}
