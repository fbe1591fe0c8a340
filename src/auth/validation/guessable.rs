//! Passwords that are guessed within the first thousand tries.
//!
//! A short list of words and a few patterns: what people put in front, behind
//! and in place of letters is taken off before the list is asked. A measure
//! of strength that knows dictionaries can take its place behind the same
//! function.

/// Words that head every list of leaked passwords.
const WORDS: &str = "\
    access admin administrator alexander amanda andrea andrew angel angels anthony apple arsenal \
    ashley austin bailey banana barcelona baseball basketball batman beautiful bigdog \
    biteme blink blue bonnie boston brandon brooklyn buster butterfly camaro carlos change \
    changeme charlie cheese chelsea chester chicago chocolate chris cocacola coffee computer \
    cookie corvette cowboy dallas daniel default demo diamond dolphin donald dragon eagles \
    elephant eminem falcon family ferrari flower football forever freedom friends funny \
    garfield gandalf george ginger god guest guitar hammer hannah harley heather hello hockey \
    hunter iceman iloveyou internet jackson jasmine jennifer jessica jesus jordan joshua justin \
    killer knight lakers letmein liverpool login london love lovely loveme maggie manager marina \
    martin master matrix matthew melissa merlin michael michelle mickey midnight monkey monster \
    morgan mother mustang naruto nascar newyork nicole ninja nothing oliver orange pass passw \
    password passwort patrick peanut pepper pokemon porsche princess prince private purple \
    qazwsx qwer rabbit rainbow ranger raiders richard robert rockyou root samantha samsung \
    scooter secret secure shadow silver slayer snoopy soccer spiderman starwars steelers summer \
    sunshine superman superuser sweety system taylor temp tennis test tester testing thomas \
    thunder tigers tigger trustno1 user victoria welcome whatever william winter wizard yamaha \
    yankees yellow zaq12wsx zxcvbn";

/// Rows of keys, the alphabet and the digits: what fingers run along.
const RUNS: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
];

/// The letters that digits and signs commonly stand for.
const STAND_INS: [(char, char); 7] = [
    ('0', 'o'),
    ('1', 'i'),
    ('3', 'e'),
    ('4', 'a'),
    ('5', 's'),
    ('@', 'a'),
    ('$', 's'),
];

/// Whether `password` would be among the first anybody tries.
pub(super) fn is_guessable(password: &str) -> bool {
    if password.is_empty() {
        return false;
    }
    let password = password.to_lowercase();
    let core = undecorated(&password);
    repeats(&password)
        || is_run(&password)
        || is_word(password.trim())
        || is_word(core)
        || is_word(undecorated(&spelled_out(password.trim())))
}

/// `password` without the digits and signs at its ends.
fn undecorated(password: &str) -> &str {
    password.trim_matches(|c: char| !c.is_alphabetic())
}

/// `password` with the letters its digits and signs stand for.
fn spelled_out(password: &str) -> String {
    let letter = |c| STAND_INS.iter().find(|(sign, _)| *sign == c);
    let ending = password.trim_end_matches(|c: char| c.is_ascii_digit() || c == '!');
    ending
        .chars()
        .map(|c| letter(c).map_or(c, |(_, letter)| *letter))
        .collect()
}

fn is_word(word: &str) -> bool {
    let (half, twice) = word.split_at_checked(word.len() / 2).unwrap_or((word, ""));
    let listed = |word| WORDS.split(' ').any(|listed| listed == word);
    !word.is_empty() && (listed(word) || (half == twice && listed(half)) || is_run(word))
}

/// Whether a piece of one to three characters is all there is, over and over.
fn repeats(password: &str) -> bool {
    let characters: Vec<_> = password.chars().collect();
    (1..=3).any(|width| {
        let pieces = characters.chunks(width);
        let first = &characters[..width.min(characters.len())];
        characters.len() >= 2 * width && pieces.into_iter().all(|piece| first.starts_with(piece))
            || characters.len() == 1
    })
}

/// Whether `password` runs along a row, from anywhere, in either direction.
fn is_run(password: &str) -> bool {
    let backwards: String = password.chars().rev().collect();
    let within = |text: &str| RUNS.iter().any(|run| run.contains(text));
    password.chars().count() > 2 && (within(password) || within(&backwards))
}

#[cfg(test)]
mod tests {
    use super::is_guessable;

    #[test]
    fn knows_words_however_they_are_dressed_up() {
        for password in [
            "password",
            "Password1",
            "P@ssw0rd",
            "p4ssw0rd!",
            "letmein123",
            "!!dragon!!",
            "iloveyou2",
            "monkeymonkey",
            "trustno1",
        ] {
            assert!(is_guessable(password), "{password}");
        }
    }

    #[test]
    fn knows_runs_and_repetitions() {
        for password in [
            "12345678",
            "87654321",
            "abcdefgh",
            "qwertyuiop",
            "qwerty123",
            "00000000",
            "abcabcabc",
            "1q1q1q1q",
            "        ",
            "a",
            "1qaz2wsx",
        ] {
            assert!(is_guessable(password), "{password}");
        }
    }

    #[test]
    fn lets_others_pass() {
        for password in [
            "Xk29!fooBAR",
            "correct horse",
            "pässword",
            "htimsnhoj",
            "",
            "examplecom",
        ] {
            assert!(!is_guessable(password), "{password}");
        }
    }
}
