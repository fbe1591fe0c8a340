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
    use super::{MAX_NAME, hashed_name};
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
    fn a_name_that_would_grow_too_long_stays() {
        let name = |length| StaticPath::new(&format!("d/{}.css", "x".repeat(length))).unwrap();
        let longest = name(MAX_NAME - 4 - 13);
        assert_ne!(hashed_name(&longest, content_hash(b"2")), longest);
        let longer = name(MAX_NAME - 4 - 12);
        assert_eq!(hashed_name(&longer, content_hash(b"2")), longer);
    }
}
