//! Unpredictable text from the operating system's generator.

/// Letters and digits, in Django's order.
pub const ALPHANUMERIC: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Lower-case letters and digits, as in session keys.
pub const LOWER_ALPHANUMERIC: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// `length` characters of the ASCII `alphabet`, each equally likely.
pub fn random_string(length: usize, alphabet: &str) -> String {
    let alphabet = alphabet.as_bytes();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let bytes: [u8; 64] = random_bytes();
        let drawn = bytes.iter().filter_map(|byte| pick(alphabet, *byte));
        text.extend(drawn.take(length - text.len()));
    }
    text
}

/// The character that `byte` draws; none where taking it would favour the alphabet's start.
fn pick(alphabet: &[u8], byte: u8) -> Option<char> {
    let byte = usize::from(byte);
    let fair = 256 - 256 % alphabet.len();
    (byte < fair).then(|| char::from(alphabet[byte % alphabet.len()]))
}

/// `N` unpredictable bytes.
///
/// # Panics
///
/// Where the operating system has no randomness to give: anything made
/// without it could be guessed, so there is no way to go on.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ALPHANUMERIC, pick, random_string};

    #[test]
    fn draws_from_the_whole_alphabet_and_never_twice_the_same() {
        let strings: HashSet<_> = (0..200).map(|_| random_string(32, ALPHANUMERIC)).collect();
        assert_eq!(strings.len(), 200);
        assert!(strings.iter().all(|text| text.len() == 32));
        let drawn: HashSet<_> = strings.iter().flat_map(|text| text.chars()).collect();
        assert_eq!(drawn, ALPHANUMERIC.chars().collect());
    }

    #[test]
    fn favours_no_character() {
        let mut times = [0; 62];
        for byte in 0..=255 {
            if let Some(drawn) = pick(ALPHANUMERIC.as_bytes(), byte) {
                times[ALPHANUMERIC.find(drawn).unwrap()] += 1;
            }
        }
        assert_eq!(times, [4; 62]);
    }
}
