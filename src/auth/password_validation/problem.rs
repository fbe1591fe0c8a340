//! What is wrong with a password, said on a page and in a terminal.

use std::fmt;

use crate::auth::password_validation::PasswordWeakness;

/// What is wrong with a password.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PasswordProblem {
    /// It resembles what this names: `username`, `email address`.
    Similar(&'static str),
    /// It has fewer characters than this.
    TooShort(usize),
    /// It would be guessed soon, for this reason.
    TooEasyToGuess(PasswordWeakness),
    /// It has nothing but digits.
    Numeric,
    /// A class of the project says so.
    Own(String),
}

impl PasswordProblem {
    /// Django's word for this problem.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Similar(_) => "password_too_similar",
            Self::TooShort(_) => "password_too_short",
            Self::TooEasyToGuess(_) => "password_too_common",
            Self::Numeric => "password_entirely_numeric",
            Self::Own(_) => "password_refused",
        }
    }

    /// The problem in sentences, as Django has them on its pages.
    pub fn sentence(&self) -> String {
        if let Self::Own(message) = self {
            return message.clone();
        }
        match self.clauses() {
            (problem, Some(demand)) => format!("{}. {}.", capital(&problem), capital(&demand)),
            (problem, None) => format!("{}.", capital(&problem)),
        }
    }

    /// What is wrong, and what is asked for or why.
    fn clauses(&self) -> (String, Option<String>) {
        match self {
            Self::Similar(what) => (format!("the password is too similar to the {what}"), None),
            Self::TooShort(length) => (
                "this password is too short".to_owned(),
                Some(format!("it must {}", contain(*length))),
            ),
            Self::TooEasyToGuess(guess) => (
                "this password is too easy to guess".to_owned(),
                Some(guess.reason().to_owned()),
            ),
            Self::Numeric => ("this password is entirely numeric".to_owned(), None),
            Self::Own(message) => (message.clone(), None),
        }
    }
}

/// One clause, as for a terminal.
impl fmt::Display for PasswordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.clauses() {
            (problem, Some(demand)) => write!(f, "{problem}: {demand}"),
            (problem, None) => f.write_str(&problem),
        }
    }
}

/// What a password of at least `length` characters does.
pub(super) fn contain(length: usize) -> String {
    let plural = if length == 1 { "" } else { "s" };
    format!("contain at least {length} character{plural}")
}

fn capital(clause: &str) -> String {
    let mut characters = clause.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::PasswordProblem;
    use crate::auth::password_validation::PasswordWeakness;

    #[test]
    fn is_said_on_a_page_and_in_a_terminal() {
        let problem = PasswordProblem::TooShort(8);
        assert_eq!(
            problem.sentence(),
            "This password is too short. It must contain at least 8 characters."
        );
        assert_eq!(
            problem.to_string(),
            "this password is too short: it must contain at least 8 characters"
        );
        assert_eq!(
            PasswordProblem::TooEasyToGuess(PasswordWeakness::Word).sentence(),
            "This password is too easy to guess. A single word is tried early."
        );
        assert!(
            PasswordProblem::TooShort(1)
                .sentence()
                .ends_with("least 1 character.")
        );
    }
}
