//! The files that are not collected.

use std::fmt;

use crate::staticfiles::StaticPath;

/// What Django's staticfiles app leaves out: version control, hidden files, editors' copies.
const DEFAULT: [&str; 3] = ["CVS", ".*", "*~"];

/// Patterns of names that are left out, as Python's `fnmatch` reads them: `*`, `?`, `[abc]`, `[!abc]`.
#[derive(Clone, Debug, Default)]
pub struct IgnorePatterns(Vec<IgnorePattern>);

/// A pattern. Most are of the simple kinds, which look at no character on its own.
#[derive(Clone, Debug)]
enum IgnorePattern {
    /// `CVS`
    Exactly(String),
    /// `.*`
    StartsWith(String),
    /// `*~`
    EndsWith(String),
    Other(Vec<char>),
}

impl IgnorePatterns {
    /// These patterns, and Django's own unless `with_defaults` is false.
    pub fn new(patterns: &[String], with_defaults: bool) -> Self {
        let defaults: &[&str] = if with_defaults { &DEFAULT } else { &[] };
        let given = patterns.iter().map(|pattern| pattern.trim_end_matches('/'));
        let all = defaults.iter().copied().chain(given);
        Self(all.map(IgnorePattern::parse).collect())
    }

    /// Whether a file or directory is left out, by its name or by its path below the root.
    pub fn matches(&self, path: &str) -> bool {
        self.first_match(path).is_some()
    }

    /// The pattern by which the file at `path` is left out, or a directory that it lies in.
    pub(super) fn matching(&self, path: &StaticPath) -> Option<String> {
        let mut paths = path.parents().chain([path.as_str()]);
        let pattern = paths.find_map(|path| self.first_match(path))?;
        Some(pattern.to_string())
    }

    fn first_match(&self, path: &str) -> Option<&IgnorePattern> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut patterns = self.0.iter();
        patterns.find(|pattern| pattern.fits(name) || pattern.fits(path))
    }
}

impl IgnorePattern {
    fn parse(pattern: &str) -> Self {
        let is_literal = |text: &str| !text.contains(['*', '?', '[']);
        match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
            _ if is_literal(pattern) => Self::Exactly(pattern.to_owned()),
            (Some(start), _) if is_literal(start) => Self::StartsWith(start.to_owned()),
            (_, Some(end)) if is_literal(end) => Self::EndsWith(end.to_owned()),
            _ => Self::Other(pattern.chars().collect()),
        }
    }

    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Exactly(pattern) => text == pattern,
            Self::StartsWith(start) => text.starts_with(start.as_str()),
            Self::EndsWith(end) => text.ends_with(end.as_str()),
            Self::Other(pattern) => fits(pattern, &text.chars().collect::<Vec<_>>()),
        }
    }
}

impl fmt::Display for IgnorePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(pattern) => f.write_str(pattern),
            Self::StartsWith(start) => write!(f, "{start}*"),
            Self::EndsWith(end) => write!(f, "*{end}"),
            Self::Other(pattern) => f.write_str(&pattern.iter().collect::<String>()),
        }
    }
}

/// Whether `text` fits `pattern`; on a mismatch the last `*` takes one character more.
fn fits(pattern: &[char], text: &[char]) -> bool {
    let (mut at, mut place) = (0, 0);
    let mut last_star = None;
    while place < text.len() {
        if pattern.get(at) == Some(&'*') {
            last_star = Some((at, place));
            at += 1;
        } else if let Some(length) = fits_one(&pattern[at..], text[place]) {
            at += length;
            place += 1;
        } else if let Some((star, taken)) = last_star {
            (at, place) = (star + 1, taken + 1);
            last_star = Some((star, taken + 1));
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

/// How much of `pattern` the one character `c` fits.
fn fits_one(pattern: &[char], c: char) -> Option<usize> {
    match pattern.first()? {
        '?' => Some(1),
        '[' => match class_end(pattern) {
            Some(end) => in_class(&pattern[1..end], c).then_some(end + 1),
            None => (c == '[').then_some(1),
        },
        literal => (*literal == c).then_some(1),
    }
}

/// The index of the `]` that ends a class; one right after `[` or `[!` belongs to it.
fn class_end(pattern: &[char]) -> Option<usize> {
    let first = if pattern.get(1) == Some(&'!') { 3 } else { 2 };
    let rest = pattern.get(first..)?;
    rest.iter().position(|c| *c == ']').map(|end| end + first)
}

fn in_class(class: &[char], c: char) -> bool {
    let (negated, mut class) = match class.split_first() {
        Some(('!', rest)) => (true, rest),
        _ => (false, class),
    };
    let mut found = false;
    while let Some((first, rest)) = class.split_first() {
        if let ['-', last, after @ ..] = rest {
            found |= (*first..=*last).contains(&c);
            class = after;
        } else {
            found |= *first == c;
            class = rest;
        }
    }
    found != negated
}

#[cfg(test)]
mod tests {
    use super::IgnorePatterns;

    fn ignores(pattern: &str, path: &str) -> bool {
        IgnorePatterns::new(&[pattern.to_owned()], false).matches(path)
    }

    #[test]
    fn leaves_out_what_django_leaves_out() {
        let ignore = IgnorePatterns::new(&[], true);
        for path in ["CVS", "a/CVS", ".git", "a/.hidden", "a/b.css~"] {
            assert!(ignore.matches(path), "{path}");
        }
        for path in ["a.css", "CVS2", "a~b"] {
            assert!(!ignore.matches(path), "{path}");
        }
    }

    #[test]
    fn reads_patterns_as_python_does() {
        for (pattern, path) in [
            ("*.scss", "a/b.scss"),
            ("a/*.css", "a/b.css"),
            ("a/*.css", "a/b/c.css"),
            ("?.css", "x/a.css"),
            ("[ab].css", "a.css"),
            ("[!ab].css", "c.css"),
            ("[a-c]*", "bee"),
            ("[]]", "]"),
            ("[", "["),
            ("*a*b*c", "xxaxxbxbxxc"),
            ("vendor/", "vendor"),
            ("vendor*", "vendor/a.js"),
            ("*", "a"),
            ("**", "a/b"),
        ] {
            assert!(ignores(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("?.css", "ab.css"),
            ("[!ab].css", "a.css"),
            ("[a-c]", "d"),
            ("*.css", "a.css.gz"),
            ("", "a"),
            ("CVS", "a/CVS/b"),
            ("*~", "~a"),
        ] {
            assert!(!ignores(pattern, path), "{pattern} {path}");
        }
    }
}
