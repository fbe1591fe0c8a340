//! Whether a password would be guessed soon, by the estimate of `zxcvbn`.

use zxcvbn::feedback::Warning;
use zxcvbn::zxcvbn;

use crate::auth::UserAttributes;

/// Characters that are looked at.
///
/// With signs that stand for letters the time grows fast: these take as long as a
/// hash, 72 of them a second.
const EXAMINED: usize = 32;

/// Why a password would be guessed soon.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PasswordWeakness {
    /// It is among the first that anybody tries.
    Common,
    /// It is nearly one of those.
    NearlyCommon,
    /// It runs along the keyboard.
    Keys,
    /// It repeats a character or a few.
    Repetition,
    /// It runs along the alphabet or the digits.
    Sequence,
    /// It is a year or a date.
    Date,
    /// It is a single word.
    Word,
    /// It is a name.
    Name,
    /// It is short for what it is made of.
    Short,
}

impl PasswordWeakness {
    /// The reason as a clause, without capital and period.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Common => "it is one of the most common passwords",
            Self::NearlyCommon => "it is close to a common password",
            Self::Keys => "rows of keys are tried early",
            Self::Repetition => "repetitions are tried early",
            Self::Sequence => "sequences like “abc” or “6543” are tried early",
            Self::Date => "dates and years are tried early",
            Self::Word => "a single word is tried early",
            Self::Name => "names are tried early",
            Self::Short => "add another word or two, uncommon ones are better",
        }
    }
}

impl From<Warning> for PasswordWeakness {
    fn from(warning: Warning) -> Self {
        match warning {
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword => Self::Common,
            Warning::ThisIsSimilarToACommonlyUsedPassword => Self::NearlyCommon,
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess => Self::Keys,
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Self::Repetition,
            Warning::SequencesLikeAbcAreEasyToGuess => Self::Sequence,
            Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Self::Date,
            Warning::AWordByItselfIsEasyToGuess => Self::Word,
            Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess => Self::Name,
        }
    }
}

/// Why `password` scores less than `least`, of 4, as that of `person`; `None` where it does not.
pub(super) fn find(
    password: &str,
    person: &UserAttributes<'_>,
    least: u8,
) -> Option<PasswordWeakness> {
    let examined: String = password.chars().take(EXAMINED).collect();
    let known = [
        person.username,
        person.first_name,
        person.last_name,
        person.email,
    ];
    let words = known
        .iter()
        .flat_map(|known| known.split(|c: char| !c.is_alphanumeric()));
    let known: Vec<_> = words.filter(|word| word.len() > 2).collect();
    let estimate = zxcvbn(&examined, &known);
    if examined.is_empty() || u8::from(estimate.score()) >= least {
        return None;
    }
    let warning = estimate
        .feedback()
        .and_then(zxcvbn::feedback::Feedback::warning);
    Some(warning.map_or(PasswordWeakness::Short, PasswordWeakness::from))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{PasswordWeakness, find};
    use crate::auth::UserAttributes;

    #[test]
    fn says_why_a_password_would_be_guessed() {
        for (password, reason) in [
            ("password", PasswordWeakness::Common),
            ("P@ssw0rd1", PasswordWeakness::NearlyCommon),
            ("oiuytrew", PasswordWeakness::Keys),
            ("abcabcabc", PasswordWeakness::Repetition),
            ("        ", PasswordWeakness::Repetition),
            ("cdefghij", PasswordWeakness::Sequence),
            ("17.11.1995", PasswordWeakness::Date),
            ("encyclopedia", PasswordWeakness::Word),
            ("katherine", PasswordWeakness::Name),
            ("kpzw4", PasswordWeakness::Short),
        ] {
            let found = find(password, &UserAttributes::default(), 2);
            assert_eq!(found, Some(reason), "{password}");
        }
    }

    #[test]
    fn lets_others_pass() {
        for password in [
            "Xk29!fooBAR",
            "correct horse",
            "sesame street",
            "pässwörter",
            "",
        ] {
            assert_eq!(
                find(password, &UserAttributes::default(), 2),
                None,
                "{password}"
            );
        }
    }

    #[test]
    fn knows_what_is_known_of_the_person() {
        let person = UserAttributes {
            email: "brontolomeus@quixadon.example",
            ..UserAttributes::default()
        };
        assert_eq!(find("quixadon12", &UserAttributes::default(), 2), None);
        assert!(find("quixadon12", &person, 2).is_some());
    }

    #[test]
    fn demands_more_where_the_settings_do() {
        assert_eq!(
            find("correct horse", &UserAttributes::default(), 4),
            Some(PasswordWeakness::Short)
        );
        assert_eq!(find("password", &UserAttributes::default(), 0), None);
    }

    #[test]
    fn takes_no_longer_for_what_was_made_to_take_long() {
        for piece in [
            "4@8({[<369!1|0$5+7%2",
            "aB3$",
            "password1",
            "\u{1F600}é",
            "1998",
            "qw",
        ] {
            let password = piece.repeat(1 + 4096 / piece.len());
            let start = Instant::now();
            find(&password, &UserAttributes::default(), 2);
            // Even unoptimised, on a machine with other work.
            assert!(
                start.elapsed() < Duration::from_secs(3),
                "{piece}: {:?}",
                start.elapsed()
            );
        }
    }
}
