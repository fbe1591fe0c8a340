//! What is wrong with a template, and where.

use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::{Finding, Location};

/// Why a page could not be made.
#[derive(Clone, Debug)]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
    /// Where, if that is known.
    pub excerpt: Option<Excerpt>,
    /// Whether it is a missing template.
    pub is_missing: bool,
}

/// A place in a template and the lines around it.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// The place.
    pub location: Location,
    /// The lines, with their numbers.
    pub lines: Vec<(usize, String)>,
}

impl Excerpt {
    /// The lines around `location`, as its file holds them now; `None` where it cannot be read.
    pub fn read(location: &Location) -> Option<Self> {
        let text = std::fs::read_to_string(&location.path).ok()?;
        let before = text.split_inclusive('\n').take(location.line - 1);
        let mut excerpt = Self::new(&location.path, &text, before.map(str::len).sum());
        excerpt.location = location.clone();
        Some(excerpt)
    }

    /// The lines around the byte `offset` of `text`, the content of the file at `path`.
    pub(super) fn new(path: &std::path::Path, text: &str, offset: usize) -> Self {
        const AROUND: usize = 4;
        let location = Location::of(path, text, offset);
        let first = location.line.saturating_sub(AROUND).max(1);
        let lines = text.lines().enumerate().skip(first - 1);
        let lines = lines.take_while(|(index, _)| *index < location.line + AROUND);
        Self {
            lines: lines
                .map(|(index, line)| (index + 1, line.to_owned()))
                .collect(),
            location,
        }
    }
}

impl TemplateError {
    /// An error without a place.
    pub(super) fn plain(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hints: Vec::new(),
            excerpt: None,
            is_missing: false,
        }
    }

    /// The same as a finding.
    pub fn to_finding(&self) -> Finding {
        let mut finding = Finding::error("template", self.message.clone());
        finding.hints.clone_from(&self.hints);
        match &self.excerpt {
            Some(excerpt) => finding.at(excerpt.location.clone()),
            None => finding,
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_finding().fmt(f)
    }
}

impl std::error::Error for TemplateError {}

/// The message of an engine's error: what it says last, as causes are more to the point.
pub(super) fn message_of(error: &minijinja::Error) -> String {
    let own = error
        .detail()
        .map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
    let mut source = std::error::Error::source(error);
    let mut message = own;
    while let Some(cause) = source {
        if let Some(inner) = cause.downcast_ref::<minijinja::Error>() {
            message = inner
                .detail()
                .map_or_else(|| inner.kind().to_string(), ToOwned::to_owned);
        } else {
            message = cause.to_string();
        }
        source = cause.source();
    }
    message
}

/// The innermost engine's error that knows its template: an include's, rather than that of the page.
pub(super) fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let (mut found, mut source) = (error, std::error::Error::source(error));
    while let Some(cause) = source {
        let placed = |inner: &&minijinja::Error| inner.name().is_some() && inner.line().is_some();
        let inner = cause.downcast_ref::<minijinja::Error>().filter(placed);
        found = inner.unwrap_or(found);
        source = cause.source();
    }
    found
}

/// The path that stands for a template that no file holds.
pub(super) fn unnamed(name: &str) -> PathBuf {
    PathBuf::from(name)
}
