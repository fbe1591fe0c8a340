//! The name of a file with the hash of its content in it.

use crate::crypto::hex;
use crate::staticfiles::StaticPath;
use crate::staticfiles::manifest::ContentHash;

/// How many digits of the hash stand in a name.
const DIGITS: usize = 12;

/// The longest name of a file, in bytes, on all file systems in use.
const MAX_NAME: usize = 255;

/// `path` with a part of `hash` before its last ending: `css/a.min.0123456789ab.css`.
///
/// A name that would grow beyond what file systems take stays as it is.
pub(super) fn hashed_name(path: &StaticPath, hash: ContentHash) -> StaticPath {
    let text = path.as_str();
    let start = text.rfind('/').map_or(0, |slash| slash + 1);
    let (directory, name) = text.split_at(start);
    let (stem, ending) = split_ending(name);
    let digits = &hex(&hash)[..DIGITS];
    if name.len() + 1 + digits.len() > MAX_NAME {
        return path.clone();
    }
    let hashed = format!("{directory}{stem}.{digits}{ending}");
    StaticPath::new(&hashed).unwrap_or_else(|| path.clone())
}

/// The digits in `path` that may be those of a hash.
pub(in crate::staticfiles) fn digits_in_name(path: &StaticPath) -> Option<&str> {
    let is_hash = |part: &&str| {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        part.len() == DIGITS && part.bytes().all(is_digit)
    };
    let name = path.as_str().rsplit('/').next()?;
    // They are the last part of a name without an ending, and never its first one.
    let parts = name.match_indices('.').count();
    name.rsplit('.').take(parts.min(2)).find(is_hash)
}

/// Whether `digits` of a name are those of a content with this hash: then the name never stands for another content.
pub(in crate::staticfiles) fn is_of(digits: &str, hash: ContentHash) -> bool {
    hex(&hash).starts_with(digits)
}

/// The name up to its last ending, and the ending with its point; points at the beginning are none of one.
fn split_ending(name: &str) -> (&str, &str) {
    let leading = name.len() - name.trim_start_matches('.').len();
    match name[leading..].rfind('.') {
        Some(point) => name.split_at(leading + point),
        None => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_NAME, digits_in_name, hashed_name, is_of};
    use crate::staticfiles::StaticPath;
    use crate::staticfiles::manifest::content_hash;

    #[test]
    fn the_hash_stands_before_the_last_ending() {
        for (path, hashed) in [
            ("a.tar.gz", "a.tar.c81e728d9d4c.gz"),
            ("x/noext", "x/noext.c81e728d9d4c"),
            (".hidden", ".hidden.c81e728d9d4c"),
            ("..a.b", "..a.c81e728d9d4c.b"),
            ("x.y/a.", "x.y/a.c81e728d9d4c."),
        ] {
            let path = StaticPath::new(path).unwrap();
            assert_eq!(hashed_name(&path, content_hash(b"2")).as_str(), hashed);
        }
    }

    #[test]
    fn the_hash_is_found_again_in_a_name() {
        let hash = content_hash(b"2");
        for name in ["a.css", "d/a.b.css", "noext", "x/a.tar.gz"] {
            let hashed = hashed_name(&StaticPath::new(name).unwrap(), hash);
            let digits = digits_in_name(&hashed).unwrap();
            assert!(is_of(digits, hash), "{hashed}");
            assert!(!is_of(digits, content_hash(b"3")), "{hashed}");
        }
        for name in [
            "c81e728d9d4c.css",
            "a.c81e728d9d4.css",
            "a.C81E728D9D4C.css",
            "a.c81e728d9d4c.min.css",
            "a.c81e728d9d4c/b.css",
            "c81e728d9d4c",
        ] {
            assert_eq!(
                digits_in_name(&StaticPath::new(name).unwrap()),
                None,
                "{name}"
            );
        }
    }

    #[test]
    fn a_name_that_would_grow_too_long_stays() {
        let name = |length| StaticPath::new(&format!("d/{}.css", "x".repeat(length))).unwrap();
        let longest = name(MAX_NAME - 4 - 13);
        assert_ne!(hashed_name(&longest, content_hash(b"2")), longest);
        let longer = name(MAX_NAME - 4 - 12);
        assert_eq!(hashed_name(&longer, content_hash(b"2")), longer);
    }
}
