//! What `collectstatic --explain` tells of a file.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::staticfiles::{Explanation, FileReference, FinderMatch};

/// Which file is taken under a name, and what it refers to.
#[derive(Debug, Serialize)]
pub(super) struct StaticFileExplanation {
    path: String,
    ignored_by: Option<String>,
    /// The one that is taken first.
    found: Vec<ExplainedMatch>,
    references: Vec<ExplainedReference>,
}

#[derive(Debug, Serialize)]
struct ExplainedMatch {
    finder: String,
    place: PathBuf,
}

#[derive(Debug, Serialize)]
struct ExplainedReference {
    location: String,
    url: String,
    target: Option<String>,
    found: bool,
}

impl StaticFileExplanation {
    /// Of the file that is asked for as `path`.
    pub(super) fn new(path: &str, explanation: Explanation) -> Self {
        let matches = explanation.matches.into_iter();
        let references = explanation.references.into_iter();
        Self {
            path: path.to_owned(),
            ignored_by: explanation.ignored_by,
            found: matches.map(ExplainedMatch::from).collect(),
            references: references.map(ExplainedReference::from).collect(),
        }
    }
}

impl From<FinderMatch> for ExplainedMatch {
    fn from(found: FinderMatch) -> Self {
        Self {
            place: found.asset.display_path().to_owned(),
            finder: found.finder,
        }
    }
}

impl From<FileReference> for ExplainedReference {
    fn from(reference: FileReference) -> Self {
        Self {
            location: reference.location.to_string(),
            url: reference.url,
            target: reference.target,
            found: reference.is_found,
        }
    }
}

impl fmt::Display for StaticFileExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        if let Some(pattern) = &self.ignored_by {
            lines.push(format!(
                "`{}` is left out: `{pattern}` fits its name",
                self.path
            ));
        }
        for (index, ExplainedMatch { finder, place }) in self.found.iter().enumerate() {
            let place = place.display();
            lines.push(match (index, &self.ignored_by) {
                (0, None) => format!("`{}` is `{place}`, found by {finder}", self.path),
                (0, Some(_)) => format!("it would be `{place}`, found by {finder}"),
                _ => format!("`{place}`, found by {finder}, comes later and stays out"),
            });
        }
        for reference in &self.references {
            lines.push(reference.to_string());
        }
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Display for ExplainedReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}` ", self.location, self.url)?;
        match &self.target {
            None => f.write_str("is not for static files"),
            Some(target) if self.found => write!(f, "leads to `{target}`"),
            Some(target) => write!(f, "leads to `{target}`, which is missing"),
        }
    }
}
