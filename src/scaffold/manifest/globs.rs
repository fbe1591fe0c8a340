//! Patterns of paths: `*` is any part of a name, `**` any number of directories.

use glob::{MatchOptions, Pattern};

use crate::diagnostic::Finding;
use crate::document::{Item, Problems, TableEntry};

/// How paths are matched: `*` does not reach across `/`, and a hidden name is a name as any other.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// Patterns of paths.
#[derive(Debug, Default)]
pub(in crate::scaffold) struct Globs(Vec<Pattern>);

/// Something that a pattern is written in.
pub(super) trait PatternPlace {
    /// A finding at this place.
    fn finding(&self, message: String) -> Finding;
}

impl PatternPlace for Item {
    fn finding(&self, message: String) -> Finding {
        self.error("invalid-pattern", message)
    }
}

impl PatternPlace for TableEntry {
    fn finding(&self, message: String) -> Finding {
        self.error("invalid-pattern", message)
    }
}

impl Globs {
    /// The pattern `text`, which stands at `place`; what is wrong with it is reported.
    pub(super) fn read(text: &str, place: &impl PatternPlace, problems: &Problems) -> Option<Self> {
        match Pattern::new(text) {
            Ok(pattern) => Some(Self(vec![pattern])),
            Err(error) => {
                let message = format!("`{text}` is not a pattern of paths: {}", error.msg);
                problems.push(place.finding(message));
                None
            }
        }
    }

    /// Adds `others`.
    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Whether one of them matches `path`. One without a `/` is compared with the name alone.
    pub(in crate::scaffold) fn matches(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.0.iter().any(|pattern| {
            let is_of_name = !pattern.as_str().contains('/');
            pattern.matches_with(path, OPTIONS) || is_of_name && pattern.matches_with(name, OPTIONS)
        })
    }
}

impl FromIterator<Pattern> for Globs {
    fn from_iter<T: IntoIterator<Item = Pattern>>(patterns: T) -> Self {
        Self(patterns.into_iter().collect())
    }
}
