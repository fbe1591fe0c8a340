//! Forms that a text may be wanted in.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::forms::error::ValidationError;
use crate::forms::validator::{ValidatorCheck, argument, texts};
use crate::models::{Literal, Validator};
use crate::text::PythonPattern;
use crate::values::{self, FieldValue, IMAGE_EXTENSIONS, URL_SCHEMES};

/// The check of a text that a declared validator stands for.
pub(super) fn declared(validator: &Validator) -> Option<ValidatorCheck> {
    let or = |parameter, usual: &[&str]| {
        let usual = || usual.iter().map(|text| (*text).to_owned()).collect();
        texts(validator, parameter).unwrap_or_else(usual)
    };
    Some(match validator.name {
        "unicode_username" => ValidatorCheck::Username { ascii: false },
        "ascii_username" => ValidatorCheck::Username { ascii: true },
        "validate_comma_separated_integer_list" => ValidatorCheck::IntegerList,
        "validate_domain_name" => ValidatorCheck::DomainName,
        "validate_email" => ValidatorCheck::Email(vec!["localhost".to_owned()]),
        "EmailValidator" => ValidatorCheck::Email(or("allowlist", &["localhost"])),
        "validate_integer" => ValidatorCheck::Integer,
        "validate_ipv4_address" => ValidatorCheck::Ipv4,
        "validate_ipv6_address" => ValidatorCheck::Ipv6,
        "validate_ipv46_address" => ValidatorCheck::Ip,
        "validate_slug" => ValidatorCheck::Slug,
        "validate_unicode_slug" => ValidatorCheck::UnicodeSlug,
        "validate_image_file_extension" => ValidatorCheck::image_extension(),
        "FileExtensionValidator" => {
            let allowed = or("allowed_extensions", &[]).into_iter();
            ValidatorCheck::FileExtension(allowed.map(|text| text.to_lowercase()).collect())
        }
        "RegexValidator" => {
            let pattern = argument(validator, "regex").and_then(Literal::as_str)?;
            ValidatorCheck::Pattern {
                pattern: PythonPattern::parse(pattern).ok()?,
                inverse: argument(validator, "inverse_match") == Some(&Literal::Boolean(true)),
            }
        }
        "URLValidator" => ValidatorCheck::Url(or("schemes", &URL_SCHEMES)),
        _ => return None,
    })
}

impl ValidatorCheck {
    /// The URLs of the usual schemes.
    pub(in crate::forms) fn url() -> Self {
        Self::Url(
            URL_SCHEMES
                .iter()
                .map(|scheme| (*scheme).to_owned())
                .collect(),
        )
    }

    /// The names of images.
    pub(in crate::forms) fn image_extension() -> Self {
        let extensions = IMAGE_EXTENSIONS.iter();
        Self::FileExtension(extensions.map(|text| (*text).to_owned()).collect())
    }
}

/// What is wrong with the form of a text.
pub(super) fn check(check: &ValidatorCheck, value: &FieldValue) -> Option<ValidationError> {
    let text = match value {
        FieldValue::Text(text) => text.clone(),
        value => values::to_text(value),
    };
    let text = text.as_str();
    if let ValidatorCheck::Function(function) = check {
        return function(text);
    }
    if let ValidatorCheck::FileExtension(allowed) = check {
        return check_extension(text, allowed);
    }
    let error = |code| ValidationError::new(message(check), code).with("value", text);
    match check {
        ValidatorCheck::NoNullCharacters => text
            .contains('\0')
            .then(|| error("null_characters_not_allowed")),
        check => (!fits(check, text)).then(|| error("invalid")),
    }
}

fn fits(check: &ValidatorCheck, text: &str) -> bool {
    match check {
        // What takes too long to find out is not found.
        ValidatorCheck::Pattern { pattern, inverse } => {
            pattern.is_match(text).unwrap_or(false) != *inverse
        }
        ValidatorCheck::Email(allowed) => values::is_email_of(text, allowed),
        ValidatorCheck::Url(schemes) => values::is_url(text, schemes),
        ValidatorCheck::Slug => values::is_slug(text, false),
        ValidatorCheck::UnicodeSlug => values::is_slug(text, true),
        ValidatorCheck::Integer => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            is_digits(digits)
        }
        ValidatorCheck::IntegerList => text.split(',').all(is_digits),
        ValidatorCheck::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        ValidatorCheck::Ipv6 => is_ipv6(text),
        ValidatorCheck::Ip => text.parse::<Ipv4Addr>().is_ok() || is_ipv6(text),
        ValidatorCheck::DomainName => values::is_domain_name(text),
        ValidatorCheck::Username { ascii } => values::is_username(text, *ascii),
        _ => true,
    }
}

/// Whether `text` is an address of IPv6; it may name a zone (`fe80::1%eth0`), as in Python.
fn is_ipv6(text: &str) -> bool {
    let (address, zone) = text.split_once('%').unwrap_or((text, "-"));
    address.parse::<Ipv6Addr>().is_ok() && !zone.is_empty() && !zone.contains('%')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_numeric)
}

fn message(check: &ValidatorCheck) -> &'static str {
    match check {
        ValidatorCheck::NoNullCharacters => "Null characters are not allowed.",
        ValidatorCheck::Email(_) => "Enter a valid email address.",
        ValidatorCheck::Url(_) => "Enter a valid URL.",
        ValidatorCheck::Slug => {
            "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."
        }
        ValidatorCheck::UnicodeSlug => {
            "Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."
        }
        ValidatorCheck::Integer => "Enter a valid integer.",
        ValidatorCheck::IntegerList => "Enter only digits separated by commas.",
        ValidatorCheck::Ipv4 => "Enter a valid IPv4 address.",
        ValidatorCheck::Ipv6 => "Enter a valid IPv6 address.",
        ValidatorCheck::Ip => "Enter a valid IPv4 or IPv6 address.",
        ValidatorCheck::DomainName => "Enter a valid domain name.",
        ValidatorCheck::Username { ascii: false } => {
            "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."
        }
        ValidatorCheck::Username { ascii: true } => {
            "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z \
             letters, numbers, and @/./+/-/_ characters."
        }
        _ => "Enter a valid value.",
    }
}

fn check_extension(name: &str, allowed: &[String]) -> Option<ValidationError> {
    let file = name.rsplit('/').next().unwrap_or_default();
    let bare = file.trim_start_matches('.');
    let extension = bare
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    let extension = extension.unwrap_or_default();
    if allowed.contains(&extension) {
        return None;
    }
    let message = "File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s.";
    let error = ValidationError::new(message, "invalid_extension").with("extension", extension);
    Some(
        error
            .with("allowed_extensions", allowed.join(", "))
            .with("value", name),
    )
}
