//! Paths of settings: keys joined by dots; a key with a dot in it stands in quotes, as TOML writes it:
//! `logging.loggers."djr.request".level`.

use std::borrow::Cow;

/// `key` as a part of a path.
pub(super) fn part(key: &str) -> Cow<'_, str> {
    if key.contains('.') {
        Cow::Owned(format!("\"{key}\""))
    } else {
        Cow::Borrowed(key)
    }
}

/// The first key of `path`, and the path below it.
pub(super) fn split_first(path: &str) -> (&str, Option<&str>) {
    if let Some((key, rest)) = path
        .strip_prefix('"')
        .and_then(|quoted| quoted.split_once('"'))
    {
        return (key, rest.strip_prefix('.'));
    }
    match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    }
}

/// The keys of `path`; none of an empty one.
pub(super) fn parts(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path).filter(|path| !path.is_empty());
    std::iter::from_fn(move || {
        let (first, below) = split_first(rest?);
        rest = below;
        Some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::{part, parts};

    #[test]
    fn a_key_with_dots_stays_one_part() {
        let path = format!("logging.loggers.{}.level", part("djr.request"));
        assert_eq!(path, "logging.loggers.\"djr.request\".level");
        let found: Vec<_> = parts(&path).collect();
        assert_eq!(found, ["logging", "loggers", "djr.request", "level"]);
        assert_eq!(parts("").count(), 0);
        for odd in ["\"", "\"a", "\"a\"b", ".", "a..b"] {
            assert!(parts(odd).count() <= 3, "{odd}");
        }
    }
}
