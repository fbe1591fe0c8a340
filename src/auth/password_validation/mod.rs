//! What a new password must be, in the order of the settings.

mod own_validators;
mod problem;
mod similarity;
mod strength;

pub use own_validators::OwnValidators;
pub use problem::PasswordProblem;
pub use strength::PasswordWeakness;

use std::sync::Arc;

use crate::auth::User;
use crate::auth::password_validation::similarity::Similarity;
use crate::diagnostic::{Finding, Findings};
use crate::settings::Settings;
use crate::text;

/// The names of all validators.
const VALIDATORS: [&str; 4] = ["similarity", "minimum_length", "guessable", "numeric"];

/// Whose password it is to be: what it must not resemble.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserAttributes<'p> {
    /// The name to log in with.
    pub username: &'p str,
    /// The first name.
    pub first_name: &'p str,
    /// The last name.
    pub last_name: &'p str,
    /// The email address.
    pub email: &'p str,
}

impl<'u> From<&'u User> for UserAttributes<'u> {
    fn from(user: &'u User) -> Self {
        Self {
            username: &user.username,
            first_name: &user.first_name,
            last_name: &user.last_name,
            email: &user.email,
        }
    }
}

/// One rule. Its settings are its own, so that none is asked for that is not in use.
#[derive(Clone, Debug)]
enum PasswordValidator {
    Similarity(Similarity),
    MinimumLength(usize),
    /// The score of `zxcvbn` that is enough.
    TooEasyToGuess(u8),
    Numeric,
}

/// The validators of the settings.
#[derive(Clone, Debug)]
pub struct PasswordValidators {
    built_in: Vec<PasswordValidator>,
    /// The dotted names of those of the project.
    classes: Vec<String>,
    /// What asks these, if anything can.
    own: Option<Arc<dyn OwnValidators>>,
}

impl PasswordValidators {
    /// The validators that the settings name; fails with all names that mean nothing.
    pub fn from_settings(settings: &Settings) -> Result<Self, Findings> {
        let (mut validators, mut unknown) = (Vec::new(), Vec::new());
        for name in &settings.auth.password_validators {
            match name.as_str() {
                name if settings.auth.own_validators().any(|own| own == name) => {}
                "similarity" => {
                    let similarity = Similarity::from_settings(settings, &mut unknown);
                    validators.push(PasswordValidator::Similarity(similarity));
                }
                "minimum_length" => {
                    validators.push(PasswordValidator::MinimumLength(
                        settings.auth.password_min_length,
                    ));
                }
                "guessable" | "common" => {
                    validators.push(PasswordValidator::TooEasyToGuess(
                        settings.auth.password_min_score,
                    ));
                }
                "numeric" => validators.push(PasswordValidator::Numeric),
                _ => {
                    let finding = unknown_name("no password validator", name, &VALIDATORS);
                    let location = settings.location_in("auth.password_validators", name);
                    unknown.push(location.into_iter().fold(finding, Finding::at));
                }
            }
        }
        match Findings::new(unknown) {
            Some(findings) => Err(findings),
            None => Ok(Self {
                built_in: validators,
                classes: settings.auth.own_validators().map(str::to_owned).collect(),
                own: None,
            }),
        }
    }

    /// The same, with `own` to ask those that are classes of the project.
    #[must_use]
    pub fn with_own(mut self, own: Option<Arc<dyn OwnValidators>>) -> Self {
        self.own = own;
        self
    }

    /// All that is wrong with `password` as that of `person`; nothing is good.
    pub fn validate(&self, password: &str, person: &UserAttributes<'_>) -> Vec<PasswordProblem> {
        let mut problems = self.validate_built_in(password, person);
        for class in &self.classes {
            let own = self.own.as_ref().map_or_else(
                // A password that cannot be judged is not taken.
                || {
                    vec![format!(
                        "The validator {class} is Python, and cannot run here."
                    )]
                },
                |own| own.validate(class, password, person),
            );
            problems.extend(own.into_iter().map(PasswordProblem::Own));
        }
        problems
    }

    /// The same by djr's own validators alone.
    ///
    /// A password that resembles its owner is not called easy to guess for it once more.
    pub fn validate_built_in(
        &self,
        password: &str,
        person: &UserAttributes<'_>,
    ) -> Vec<PasswordProblem> {
        let checked = self.built_in.iter();
        let mut problems: Vec<_> = checked
            .filter_map(|validator| validator.check(password, person))
            .collect();
        let is_similar = |problem: &PasswordProblem| matches!(problem, PasswordProblem::Similar(_));
        if problems.iter().any(is_similar) {
            problems.retain(|problem| !matches!(problem, PasswordProblem::TooEasyToGuess(_)));
        }
        problems
    }

    /// What a new password must be, one sentence for each validator.
    pub fn help(&self) -> Vec<String> {
        let mut texts = self.help_of_built_in();
        if let Some(own) = &self.own {
            let own = self.classes.iter().map(|class| own.help(class));
            texts.extend(own.filter(|text| !text.is_empty()));
        }
        texts
    }

    /// The same of djr's own validators alone.
    pub fn help_of_built_in(&self) -> Vec<String> {
        self.built_in.iter().map(PasswordValidator::help).collect()
    }
}

impl PasswordValidator {
    fn check(&self, password: &str, person: &UserAttributes<'_>) -> Option<PasswordProblem> {
        match self {
            Self::Similarity(similarity) => similarity
                .find(password, person)
                .map(PasswordProblem::Similar),
            Self::MinimumLength(length) => {
                (password.chars().count() < *length).then_some(PasswordProblem::TooShort(*length))
            }
            Self::TooEasyToGuess(least) => {
                strength::find(password, person, *least).map(PasswordProblem::TooEasyToGuess)
            }
            Self::Numeric => (!password.is_empty() && password.chars().all(char::is_numeric))
                .then_some(PasswordProblem::Numeric),
        }
    }

    fn help(&self) -> String {
        let must = match self {
            Self::Similarity(_) => "can’t be too similar to your other personal information",
            Self::MinimumLength(length) => {
                return format!("Your password must {}.", problem::contain(*length));
            }
            Self::TooEasyToGuess(_) => "can’t be easy to guess",
            Self::Numeric => "can’t be entirely numeric",
        };
        format!("Your password {must}.")
    }
}

/// What is said of a name in a list that means nothing.
fn unknown_name(noun: &str, name: &str, known: &[&str]) -> Finding {
    let finding = Finding::error("unknown-validator", format!("{noun} is called `{name}`"));
    finding.suggest_or(
        name,
        known.iter().copied(),
        format!("there are {}", text::quoted(known.iter().copied())),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{PasswordProblem, PasswordValidators, PasswordWeakness, UserAttributes};
    use crate::settings::Settings;

    fn validators(text: &str) -> PasswordValidators {
        PasswordValidators::from_settings(&Settings::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn finds_what_django_finds() {
        let validators = validators("");
        let vectors: Value =
            serde_json::from_str(include_str!("../../../tests/vectors/accounts.json")).unwrap();
        for vector in vectors["password_validation"].as_array().unwrap() {
            let password = vector["password"].as_str().unwrap();
            let attribute = |key: &str| vector["user"][key].as_str().unwrap_or_default();
            let person = UserAttributes {
                username: attribute("username"),
                first_name: attribute("first_name"),
                last_name: attribute("last_name"),
                email: attribute("email"),
            };
            let problems = validators.validate(password, &person);
            let sentences: Vec<_> = problems.iter().map(PasswordProblem::sentence).collect();
            let guessable = |problem: &PasswordProblem| problem.code() == "password_too_common";
            for error in vector["errors"].as_array().unwrap() {
                let found = match error.as_str().unwrap() {
                    "This password is too common." => problems.iter().any(guessable),
                    error => sentences.iter().any(|sentence| sentence == error),
                };
                assert!(found, "{sentences:?} of {vector}");
            }
            // More is found by the estimate alone: Django's list is shorter.
            let listed = vector["errors"].as_array().unwrap().len();
            let more = problems
                .iter()
                .filter(|problem| !guessable(problem))
                .count();
            assert!(more <= listed, "{sentences:?} of {vector}");
        }
    }

    #[test]
    fn tells_beforehand_what_django_tells() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../../tests/vectors/accounts.json")).unwrap();
        let mut expected = vectors["password_validation_help"]
            .as_array()
            .unwrap()
            .clone();
        expected[2] = "Your password can’t be easy to guess.".into();
        assert_eq!(validators("").help(), expected);
    }

    #[test]
    fn a_password_like_its_owner_is_named_for_that_alone() {
        let person = UserAttributes {
            username: "password",
            ..UserAttributes::default()
        };
        let problems = validators("").validate("password1", &person);
        assert_eq!(problems, [PasswordProblem::Similar("username")]);
    }

    #[test]
    fn goes_by_the_attributes_and_the_measures_of_the_settings() {
        let person = UserAttributes {
            username: "brontolo",
            email: "quixadon@example.com",
            ..UserAttributes::default()
        };
        let only = validators(
            "[auth]\npassword_similarity_attributes = ['email']\npassword_min_score = 0\n",
        );
        assert_eq!(only.validate("brontolo77#", &person), []);
        let problems = only.validate("quixadon#", &person);
        assert_eq!(problems, [PasswordProblem::Similar("email address")]);
        let loose = validators("[auth]\npassword_max_similarity = 0.99\npassword_min_score = 0\n");
        assert_eq!(loose.validate("brontolo77#", &person), []);
        let demanding = validators("[auth]\npassword_min_score = 4\n");
        let problems = demanding.validate("correct horse", &UserAttributes::default());
        assert_eq!(
            problems,
            [PasswordProblem::TooEasyToGuess(PasswordWeakness::Short)]
        );
    }

    #[test]
    fn checks_only_what_the_settings_name() {
        let person = UserAttributes::default();
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
        let settings = "[auth]\npassword_validators = ['similar', 'common', 'zxcvbn', 'similarity']\n\
             password_similarity_attributes = ['username', 'mail']\n";
        let settings = Settings::parse(settings).unwrap();
        let findings = PasswordValidators::from_settings(&settings).unwrap_err();
        let found: Vec<_> = findings
            .into_inner()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            [
                "djr.toml:2:24: no password validator is called `similar`",
                "djr.toml:2:45: no password validator is called `zxcvbn`",
                "djr.toml:3:47: no attribute of a user is called `mail`",
            ]
        );
    }
}
