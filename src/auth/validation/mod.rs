//! What a new password must be, in the order of the settings.

mod guessable;
mod similarity;

use std::fmt;

use crate::auth::User;
use crate::diagnostic::{Finding, Findings};
use crate::settings::Settings;
use crate::text;

/// The names of all validators.
const VALIDATORS: [&str; 4] = ["similarity", "minimum_length", "common", "numeric"];

/// Whose password it is to be: what it must not resemble.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'p> {
    /// The name to log in with.
    pub username: &'p str,
    /// The first name.
    pub first_name: &'p str,
    /// The last name.
    pub last_name: &'p str,
    /// The email address.
    pub email: &'p str,
}

impl<'u> From<&'u User> for Person<'u> {
    fn from(user: &'u User) -> Self {
        Self {
            username: &user.username,
            first_name: &user.first_name,
            last_name: &user.last_name,
            email: &user.email,
        }
    }
}

/// What is wrong with a password.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PasswordProblem {
    /// It resembles what this names: `username`, `email address`.
    Similar(&'static str),
    /// It has fewer characters than this.
    TooShort(usize),
    /// It is among the first that anybody would try.
    Common,
    /// It has nothing but digits.
    Numeric,
}

impl PasswordProblem {
    /// Django's word for this problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::Similar(_) => "password_too_similar",
            Self::TooShort(_) => "password_too_short",
            Self::Common => "password_too_common",
            Self::Numeric => "password_entirely_numeric",
        }
    }
}

impl fmt::Display for PasswordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Similar(what) => write!(f, "the password is too similar to the {what}"),
            Self::TooShort(length) => {
                let characters = text::count(*length, "character");
                write!(
                    f,
                    "the password is too short: it needs at least {characters}"
                )
            }
            Self::Common => f.write_str("the password is too easy to guess"),
            Self::Numeric => f.write_str("the password has nothing but digits"),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Validator {
    Similarity,
    MinimumLength(usize),
    Common,
    Numeric,
}

/// The validators of the settings.
#[derive(Clone, Debug)]
pub struct PasswordValidators(Vec<Validator>);

impl PasswordValidators {
    /// The validators that the settings name.
    pub fn from_settings(settings: &Settings) -> Result<Self, Findings> {
        let names = settings.auth.password_validators.iter();
        let validators = names.map(|name| {
            validator(name, settings.auth.password_min_length)
                .ok_or_else(|| unknown_validator(name, settings))
        });
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for validator in validators {
            match validator {
                Ok(validator) => found.push(validator),
                Err(finding) => unknown.push(finding),
            }
        }
        match Findings::new(unknown) {
            Some(findings) => Err(findings),
            None => Ok(Self(found)),
        }
    }

    /// All that is wrong with `password` as that of `person`; nothing is good.
    pub fn validate(&self, password: &str, person: &Person<'_>) -> Vec<PasswordProblem> {
        let problems = self.0.iter();
        problems
            .filter_map(|validator| validator.check(password, person))
            .collect()
    }
}

impl Validator {
    fn check(self, password: &str, person: &Person<'_>) -> Option<PasswordProblem> {
        match self {
            Self::Similarity => similarity::find(password, person).map(PasswordProblem::Similar),
            Self::MinimumLength(length) => {
                (password.chars().count() < length).then_some(PasswordProblem::TooShort(length))
            }
            Self::Common => guessable::is_guessable(password).then_some(PasswordProblem::Common),
            Self::Numeric => (!password.is_empty() && password.chars().all(char::is_numeric))
                .then_some(PasswordProblem::Numeric),
        }
    }
}

fn validator(name: &str, min_length: usize) -> Option<Validator> {
    Some(match name {
        "similarity" => Validator::Similarity,
        "minimum_length" => Validator::MinimumLength(min_length),
        "common" => Validator::Common,
        "numeric" => Validator::Numeric,
        _ => return None,
    })
}

fn unknown_validator(name: &str, settings: &Settings) -> Finding {
    let message = format!("no password validator is called `{name}`");
    let mut finding = Finding::error("unknown-validator", message);
    finding.location = settings.location_in("auth.password_validators", name);
    match text::nearest(name, VALIDATORS) {
        Some(nearest) => finding.hint(format!("did you mean `{nearest}`?")),
        None => finding.hint(format!("validators: {}", text::quoted(VALIDATORS))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{PasswordProblem, PasswordValidators, Person};
    use crate::settings::Settings;

    fn validators(text: &str) -> PasswordValidators {
        PasswordValidators::from_settings(&Settings::parse(text).unwrap()).unwrap()
    }

    /// Django's word for what its message says.
    fn code(message: &str) -> &'static str {
        let words = [
            ("similar", "password_too_similar"),
            ("short", "password_too_short"),
            ("common", "password_too_common"),
            ("numeric", "password_entirely_numeric"),
        ];
        let found = words.iter().find(|(word, _)| message.contains(word));
        found.unwrap().1
    }

    #[test]
    fn finds_what_django_finds() {
        let validators = validators("");
        let vectors: Value =
            serde_json::from_str(include_str!("../../../tests/vectors/accounts.json")).unwrap();
        for vector in vectors["password_validation"].as_array().unwrap() {
            let password = vector["password"].as_str().unwrap();
            let attribute = |key: &str| vector["user"][key].as_str().unwrap_or_default();
            let person = Person {
                username: attribute("username"),
                first_name: attribute("first_name"),
                last_name: attribute("last_name"),
                email: attribute("email"),
            };
            let problems = validators.validate(password, &person);
            let codes: Vec<_> = problems.iter().map(|problem| problem.code()).collect();
            let errors = vector["errors"].as_array().unwrap();
            let expected: Vec<_> = errors.iter().map(|e| code(e.as_str().unwrap())).collect();
            if password.trim().is_empty() && !password.is_empty() {
                // Nothing but spaces is guessed at once; Django's list does not have it.
                assert_eq!(codes, ["password_too_common"]);
                continue;
            }
            assert_eq!(codes, expected, "{vector}");
            for (problem, error) in problems.iter().zip(errors) {
                if let PasswordProblem::Similar(what) = problem {
                    assert!(error.as_str().unwrap().contains(what), "{vector}");
                }
            }
        }
    }

    #[test]
    fn checks_only_what_the_settings_name() {
        let person = Person::default();
        let numeric = validators("[auth]\npassword_validators = ['numeric']\n");
        assert_eq!(numeric.validate("1", &person), [PasswordProblem::Numeric]);
        let long = validators(
            "[auth]\npassword_validators = ['minimum_length']\npassword_min_length = 12\n",
        );
        assert_eq!(
            long.validate("Xk29!fooBAR", &person),
            [PasswordProblem::TooShort(12)]
        );
    }

    #[test]
    fn names_every_validator_that_does_not_exist() {
        let settings = "[auth]\npassword_validators = ['similar', 'common', 'zxcvbn']\n";
        let settings = Settings::parse(settings).unwrap();
        let findings = PasswordValidators::from_settings(&settings).unwrap_err();
        assert_eq!(findings.into_inner().len(), 2);
    }
}
