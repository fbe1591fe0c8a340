//! The name of a static file.

use std::fmt;
use std::path::{Component, Path};

use serde::Serialize;

/// The path of a file within any root: relative, `/` between its parts, none of them `.`, `..` or empty.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct StaticPath(String);

impl StaticPath {
    /// The path `text`, if it cannot lead anywhere else.
    pub fn new(text: &str) -> Option<Self> {
        Self::is_sound(text).then(|| Self(text.to_owned()))
    }

    /// Whether `text` is such a path and no part of it begins with a point.
    pub(super) fn is_public(text: &str) -> bool {
        Self::is_sound(text) && !text.split('/').any(|part| part.starts_with('.'))
    }

    fn is_sound(text: &str) -> bool {
        let is_plain = |part: &str| !matches!(part, "" | "." | "..");
        text.split('/').all(is_plain) && !text.contains('\0')
    }

    /// The relative path of a file that was found below a root; `None` where it is not UTF-8.
    pub fn below(path: &Path) -> Option<Self> {
        let parts: Option<Vec<_>> = path.components().map(plain_part).collect();
        Self::new(&parts?.join("/"))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below the directory `prefix`, if there is one.
    #[must_use]
    pub(super) fn within(self, prefix: Option<&Self>) -> Self {
        match prefix {
            Some(Self(prefix)) => Self(format!("{prefix}/{}", self.0)),
            None => self,
        }
    }

    /// The path without the directory `prefix` it begins with, if there is one; `None` where it begins otherwise.
    pub(super) fn without(&self, prefix: Option<&Self>) -> Option<Self> {
        let Some(Self(prefix)) = prefix else {
            return Some(self.clone());
        };
        let rest = self.0.strip_prefix(prefix.as_str())?.strip_prefix('/')?;
        Some(Self(rest.to_owned()))
    }

    /// The directories above the file, the nearest last: `a` and `a/b` for `a/b/c`.
    pub fn parents(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(index, _)| &self.0[..index])
    }
}

fn plain_part(component: Component<'_>) -> Option<&str> {
    match component {
        Component::Normal(part) => part.to_str(),
        _ => None,
    }
}

impl fmt::Display for StaticPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::StaticPath;

    #[test]
    fn accepts_nothing_that_leads_elsewhere() {
        for text in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "a/../b",
            "./a",
            "a//b",
            "a/",
            "a/..",
            "a\0.css",
        ] {
            assert!(StaticPath::new(text).is_none(), "{text:?}");
        }
        for text in [
            "a.css",
            "css/a.css",
            "...",
            "..a/b..",
            ".well-known/x",
            "a b/é",
        ] {
            assert!(StaticPath::new(text).is_some(), "{text:?}");
        }
    }

    #[test]
    fn goes_below_a_prefix_and_comes_back() {
        let path = |text| StaticPath::new(text).unwrap();
        let prefix = path("a/b");
        assert_eq!(path("c.css").within(Some(&prefix)), path("a/b/c.css"));
        assert_eq!(
            path("a/b/c.css").without(Some(&prefix)),
            Some(path("c.css"))
        );
        assert_eq!(path("a/bc.css").without(Some(&prefix)), None);
        assert_eq!(path("a/b").without(Some(&prefix)), None);
        assert_eq!(path("a/b").without(None), Some(path("a/b")));
    }

    #[test]
    fn names_the_directories_above_a_file() {
        let path = StaticPath::new("a/b/c.css").unwrap();
        assert_eq!(path.parents().collect::<Vec<_>>(), ["a", "a/b"]);
    }
}
