//! How a hash was made, for people to read: nothing of it can be guessed from (`BasePasswordHasher.safe_summary`).

use crate::auth::password_hashers::encoded_algorithm;

/// How many characters of a salt and of a hash are shown.
const SHOWN: usize = 6;

/// A part of a hash.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HashPart {
    /// What it is called, such as `iterations`.
    pub label: &'static str,
    /// Its value; of a salt and of the hash only the beginning.
    pub value: String,
}

/// The parts of `encoded`; none where it is not a well-formed hash.
pub fn safe_summary(encoded: &str) -> Option<Vec<HashPart>> {
    let algorithm = encoded_algorithm(encoded)?;
    let parts: Vec<_> = encoded.split('$').collect();
    let plain = |label, value: &str| HashPart {
        label,
        value: value.to_owned(),
    };
    let masked = |label, value: &str| HashPart {
        label,
        value: mask(value),
    };
    let mut summary = vec![plain("algorithm", algorithm)];
    match parts.as_slice() {
        [_, cost, salt, hash] if algorithm.starts_with("pbkdf2") => summary.extend([
            plain("iterations", cost),
            masked("salt", salt),
            masked("hash", hash),
        ]),
        ["argon2", variety, middle @ .., salt, hash] => {
            summary.push(plain("variety", variety));
            let settings = middle.iter().flat_map(|part| part.split(','));
            summary.extend(settings.filter_map(argon2_setting));
            summary.extend([masked("salt", salt), masked("hash", hash)]);
        }
        ["scrypt", cost, salt, block, parallel, hash] => summary.extend([
            plain("work factor", cost),
            plain("block size", block),
            plain("parallelism", parallel),
            masked("salt", salt),
            masked("hash", hash),
        ]),
        [_, "", _, cost, rest] => {
            let (salt, hash) = rest.split_at_checked(22).unwrap_or((rest, ""));
            summary.extend([
                plain("work factor", cost),
                masked("salt", salt),
                masked("checksum", hash),
            ]);
        }
        [_, salt, hash] => summary.extend([masked("salt", salt), masked("hash", hash)]),
        _ => return None,
    }
    Some(summary)
}

/// `m=102400` of an Argon2 hash in words.
fn argon2_setting(setting: &str) -> Option<HashPart> {
    let (key, value) = setting.split_once('=')?;
    let label = match key {
        "v" => "version",
        "m" => "memory cost",
        "t" => "time cost",
        "p" => "parallelism",
        _ => return None,
    };
    let value = value.to_owned();
    Some(HashPart { label, value })
}

/// The beginning of `text`, and an asterisk for each character behind it.
fn mask(text: &str) -> String {
    let shown = |(at, character)| if at < SHOWN { character } else { '*' };
    text.chars().enumerate().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::safe_summary;
    use crate::auth::tests::hashers;

    #[test]
    fn a_summary_tells_how_a_hash_was_made_and_hides_the_rest() {
        for name in ["pbkdf2_sha256", "argon2", "scrypt", "bcrypt_sha256", "md5"] {
            let encoded = hashers([name]).make_password("secret").unwrap();
            let summary = safe_summary(&encoded).unwrap();
            assert_eq!(summary[0].value, name);
            let last = summary.last().unwrap();
            assert_eq!(last.value.trim_end_matches('*').len(), 6, "{summary:?}");
            assert!(summary.len() >= 3 && last.value.len() > 20, "{summary:?}");
        }
        assert_eq!(safe_summary("secret"), None);
        assert_eq!(safe_summary("!unusable"), None);
    }
}
