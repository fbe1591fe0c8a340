//! What the validators of a field say of a value: those of its kind, as Django has them, and those it names.
//!
//! Each problem is a clause without capital and period, such as `this is not an email address`, unless the
//! project wrote the message.

mod email;
mod limits;
mod pattern;
mod url;

pub use email::{is_domain_name, is_email, is_email_of};
pub use url::{SCHEMES as URL_SCHEMES, is_url};

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::models::{Field, FieldKind, Literal, Validator};
use crate::values::FieldValue;
use crate::values::validators::limits::{check_decimal, check_limits, check_range};
use crate::values::validators::pattern::matches_pattern;
use crate::values::validators::url::SCHEMES;

/// Extensions that an image has, as Pillow knows them best.
pub const IMAGE_EXTENSIONS: [&str; 8] = ["bmp", "gif", "ico", "jpeg", "jpg", "png", "tiff", "webp"];

/// What `validate_*` and the usernames of Django's `User` are called in messages.
const USERNAME: &str = "a username has only letters, digits and `@`, `.`, `+`, `-`, `_`";

/// A value that a person gave, as it was written and as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'v> {
    pub(super) text: &'v str,
    pub(super) value: &'v FieldValue,
}

/// The first thing that is wrong with a value of `field`, whose values are of `kind`.
pub(super) fn check(field: &Field, kind: &FieldKind, written: Written<'_>) -> Result<(), String> {
    check_kind(kind, written)?;
    let mut validators = field.validators.iter();
    validators.try_for_each(|validator| check_validator(validator, written))
}

/// What is wrong with the pattern of a validator, and the validator's name; none where it can be used, or there
/// is none.
pub fn pattern_mistake(validator: &Validator) -> Option<(&'static str, String)> {
    let pattern = argument(validator, "regex").and_then(Literal::as_str)?;
    Some((validator.name, pattern::mistake(pattern)?))
}

/// What Django checks for every field of this kind.
fn check_kind(kind: &FieldKind, written: Written<'_>) -> Result<(), String> {
    let text = written.text;
    match kind {
        FieldKind::Email { .. } => demand(is_email(text), "this is not an email address")?,
        FieldKind::Url { .. } => demand(is_url(text, &SCHEMES), "this is not a URL")?,
        FieldKind::Slug { allow_unicode, .. } => {
            demand(is_slug(text, *allow_unicode), &slug_problem(*allow_unicode))?;
        }
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => check_decimal(*max_digits, *decimal_places, text)?,
        _ => check_range(kind, written.value)?,
    }
    demand(!text.contains('\0'), "null characters are not allowed")
}

fn check_validator(validator: &Validator, written: Written<'_>) -> Result<(), String> {
    let own_message = argument(validator, "message").and_then(Literal::as_str);
    let found = run(validator, written);
    found.map_err(|problem| own_message.map_or(problem, ToOwned::to_owned))
}

fn run(validator: &Validator, written: Written<'_>) -> Result<(), String> {
    let text = written.text;
    match validator.name {
        "unicode_username" => demand(is_username(text, false), USERNAME),
        "ascii_username" => demand(is_username(text, true), USERNAME),
        "validate_comma_separated_integer_list" => {
            let numbers = text.split(',').all(is_digits);
            demand(numbers, "this is not a list of digits with commas between")
        }
        "validate_domain_name" => demand(is_domain_name(text), "this is not a domain name"),
        "validate_email" => demand(is_email(text), "this is not an email address"),
        "EmailValidator" => {
            let allowed = texts(validator, "allowlist").unwrap_or(vec!["localhost"]);
            demand(is_email_of(text, &allowed), "this is not an email address")
        }
        "validate_integer" => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            demand(is_digits(digits), "this is not a whole number")
        }
        "validate_ipv4_address" => demand(
            text.parse::<Ipv4Addr>().is_ok(),
            "this is not an IPv4 address",
        ),
        "validate_ipv6_address" => demand(
            text.parse::<Ipv6Addr>().is_ok(),
            "this is not an IPv6 address",
        ),
        "validate_ipv46_address" => {
            demand(text.parse::<IpAddr>().is_ok(), "this is not an IP address")
        }
        "validate_slug" => demand(is_slug(text, false), &slug_problem(false)),
        "validate_unicode_slug" => demand(is_slug(text, true), &slug_problem(true)),
        "validate_image_file_extension" => check_extension(text, &IMAGE_EXTENSIONS),
        "FileExtensionValidator" => {
            let allowed = texts(validator, "allowed_extensions").unwrap_or_default();
            check_extension(text, &allowed)
        }
        "RegexValidator" => {
            let pattern = argument(validator, "regex").and_then(Literal::as_str);
            let inverse = argument(validator, "inverse_match") == Some(&Literal::Boolean(true));
            let found = pattern.is_none_or(|pattern| matches_pattern(pattern, text));
            demand(found != inverse, "this is not of the form that is wanted")
        }
        "URLValidator" => {
            let schemes = texts(validator, "schemes").unwrap_or(SCHEMES.to_vec());
            demand(is_url(text, &schemes), "this is not a URL")
        }
        _ => check_limits(validator, written),
    }
}

/// The value that a validator was given for `parameter`.
fn argument<'v>(validator: &'v Validator, parameter: &str) -> Option<&'v Literal> {
    let mut arguments = validator.arguments.iter();
    let (_, value) = arguments.find(|(name, _)| name == parameter)?;
    Some(value)
}

/// The texts that a validator was given for `parameter`.
fn texts<'v>(validator: &'v Validator, parameter: &str) -> Option<Vec<&'v str>> {
    let Some(Literal::List(items)) = argument(validator, parameter) else {
        return None;
    };
    Some(items.iter().filter_map(Literal::as_str).collect())
}

/// Fails with `problem` unless `holds`.
fn demand(holds: bool, problem: &str) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(problem.to_owned())
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit())
}

/// Whether `text` has only letters, digits and `@`, `.`, `+`, `-`, `_`; with `ascii` no letters beyond those.
pub fn is_username(text: &str, ascii: bool) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && (c.is_ascii() || !ascii);
    text.chars().all(|c| is_letter(c) || "_@.+-".contains(c))
}

/// Whether `text` has only letters, digits, `_` and `-`; with `allow_unicode` letters of all scripts.
pub fn is_slug(text: &str, allow_unicode: bool) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && (allow_unicode || c.is_ascii());
    !text.is_empty() && text.chars().all(|c| is_letter(c) || "_-".contains(c))
}

fn slug_problem(allow_unicode: bool) -> String {
    let letters = if allow_unicode {
        "letters"
    } else {
        "letters from a to z"
    };
    format!("this may have only {letters}, digits, `_` and `-`")
}

fn check_extension(text: &str, allowed: &[&str]) -> Result<(), String> {
    let extension = text
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    let extension = extension.unwrap_or_default();
    let known = allowed
        .iter()
        .any(|allowed| allowed.to_lowercase() == extension);
    let problem = || format!("the name must end in one of `{}`", allowed.join("`, `"));
    if known { Ok(()) } else { Err(problem()) }
}

#[cfg(test)]
mod tests {
    use crate::clock::Zone;
    use crate::models::{AutoNow, Field, FieldKind, Literal, Validator};
    use crate::values::clean;

    fn field(kind: FieldKind, name: &'static str, arguments: &[(&str, Literal)]) -> Field {
        let arguments = arguments.iter();
        let arguments = arguments.map(|(name, value)| ((*name).to_owned(), value.clone()));
        let mut field = Field::new("value", kind);
        field.validators = vec![Validator {
            name,
            arguments: arguments.collect(),
        }];
        field
    }

    #[track_caller]
    fn judges(field: &Field, good: &[&str], bad: &[&str]) {
        let ask = |text: &&&str| clean(field, &field.kind, text, &Zone::utc()).is_ok();
        let refused: Vec<_> = good.iter().filter(|text| !ask(text)).collect();
        let taken: Vec<_> = bad.iter().filter(ask).collect();
        assert!(
            refused.is_empty() && taken.is_empty(),
            "{refused:?} {taken:?}"
        );
    }

    fn text() -> FieldKind {
        FieldKind::Char {
            max_length: Some(2000),
        }
    }

    #[test]
    fn a_text_is_judged_by_its_validator_as_by_that_of_django() {
        let plain = |name| field(text(), name, &[]);
        judges(&plain("ascii_username"), &["a.b@c"], &["é", "a b"]);
        judges(&plain("unicode_username"), &["é_1"], &["a b", "a/b"]);
        let numbers = plain("validate_comma_separated_integer_list");
        judges(&numbers, &["1", "1,22"], &["1,", "1,-2", "a"]);
        judges(&plain("validate_integer"), &["-5", "7"], &["", "-", "1.5"]);
        judges(&plain("validate_slug"), &["a-b_1"], &["é", "a b"]);
        judges(&plain("validate_unicode_slug"), &["é-1"], &["a b"]);
        judges(
            &plain("validate_ipv4_address"),
            &["1.2.3.4"],
            &["1.2.3", "::1"],
        );
        judges(
            &plain("validate_ipv46_address"),
            &["1.2.3.4", "::1"],
            &["x"],
        );
        judges(
            &plain("validate_domain_name"),
            &["a.de"],
            &["localhost", "a..de"],
        );
        judges(
            &plain("validate_image_file_extension"),
            &["a.PNG"],
            &["a", "a.txt"],
        );
    }

    #[test]
    fn a_pattern_is_one_of_pythons() {
        let pattern = |regex: &str, inverse| {
            let regex = ("regex", Literal::String(regex.to_owned()));
            field(
                text(),
                "RegexValidator",
                &[regex, ("inverse_match", Literal::Boolean(inverse))],
            )
        };
        judges(&pattern(r"^\d+\Z", false), &["12"], &["12\n", "a12"]);
        judges(&pattern(r"(?<!x)ab\\Z", false), &[r"ab\Z"], &[r"xab\Z"]);
        judges(&pattern("admin", true), &["ada"], &["superadmin"]);
    }

    #[test]
    fn a_limit_holds_for_lengths_numbers_and_days() {
        let limit = |kind, name, value| field(kind, name, &[("limit_value", value)]);
        let least = limit(text(), "MinLengthValidator", Literal::Integer(3));
        judges(&least, &["abc", "äöü"], &["ab"]);
        let most = limit(
            FieldKind::Integer,
            "MaxValueValidator",
            Literal::Integer(10),
        );
        judges(&most, &["10", "-3"], &["11", "99999999999"]);
        let step = limit(FieldKind::Float, "StepValueValidator", Literal::Float(0.1));
        judges(&step, &["0.3", "7"], &["0.25"]);
        let day = Literal::Datetime("2020-01-01".to_owned());
        let since = limit(
            FieldKind::Date(AutoNow::default()),
            "MinValueValidator",
            day,
        );
        judges(&since, &["2020-01-01", "2021-05-05"], &["2019-12-31"]);
    }

    #[test]
    fn a_field_has_the_validators_of_its_kind() {
        let plain = |kind| Field::new("value", kind);
        let url = plain(FieldKind::Url { max_length: 200 });
        let good = [
            "https://a.de",
            "http://localhost:8000/x?y",
            "ftp://u:p@[::1]/",
        ];
        judges(
            &url,
            &good,
            &["a.de", "javascript://x", "http://a b.de", "http://a.de:x"],
        );
        judges(
            &plain(FieldKind::PositiveSmallInteger),
            &["0", "32767"],
            &["-1", "32768"],
        );
        let decimal = plain(FieldKind::Decimal {
            max_digits: 4,
            decimal_places: 1,
        });
        judges(&decimal, &["123.4", "5"], &["1.23", "12345"]);
        judges(&plain(text()), &["a"], &["a\0b"]);
    }
}
