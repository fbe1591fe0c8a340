//! What an error tells the user beyond its message: where, how bad, and what to do next.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process;

use crate::text;

/// An error that knows what the user can do about it.
pub trait Diagnostic: Error {
    /// A stable word for this kind of error, for programs that read `--json`.
    fn code(&self) -> &'static str {
        self.exit_code().name()
    }

    /// What to try next, one sentence each, the likeliest first.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }

    /// How the process ends.
    fn exit_code(&self) -> ExitCode {
        ExitCode::Failed
    }

    /// The findings this error stands for, if it stands for several.
    fn findings(&self) -> &[Finding] {
        &[]
    }

    /// Whether the database is not as the models are, as where a migration is not applied.
    fn is_schema_mismatch(&self) -> bool {
        false
    }
}

/// What happened, and its causes, the nearest first.
pub fn messages(error: &dyn Error) -> Vec<String> {
    let mut messages = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        messages.push(error.to_string());
        cause = error.source();
    }
    messages
}

/// The code of a finding that tells of a database which is not as the models are.
pub const SCHEMA_MISMATCH: &str = "schema-mismatch";

/// The exit code of a process that did not do what it was asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExitCode {
    /// It was tried and it failed, or a check found work.
    Failed = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// It would lose data, or only a person can decide.
    Refused = 3,
    /// A person stopped it, with Ctrl-C; what a shell makes of that signal.
    Interrupted = 130,
}

impl ExitCode {
    /// The word that stands for this code in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::Refused => "refused",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<ExitCode> for process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Works, but probably not as meant.
    Warning,
    /// Does not work.
    Error,
}

impl Severity {
    /// The word in front of the message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a file; lines and columns count from 1, columns in characters; both are 0 for the whole file.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Location {
    /// The file, as the user would type it.
    pub path: PathBuf,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Location {
    /// The place of the byte `offset` in `text`, the content of the file at `path`.
    pub fn of(path: &Path, text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n');
        let line_start = line_start.map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(&before[line_start..])
            .chars()
            .count();
        Self {
            path: path.to_owned(),
            line: before.split(|byte| *byte == b'\n').count(),
            column: column + 1,
        }
    }

    /// The file at `path` as a whole.
    pub fn whole(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            line: 0,
            column: 0,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.strip_prefix(".").unwrap_or(&self.path);
        match self.line {
            0 => write!(f, "{}", path.display()),
            line => write!(f, "{}:{line}:{}", path.display(), self.column),
        }
    }
}

/// One thing that is wrong in a project.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// A stable word for this kind of finding, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub location: Option<Location>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Finding {
    /// An error of this kind; see [`Finding::at`] and [`Finding::hint`] for the rest.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            location: None,
            hints: Vec::new(),
        }
    }

    /// What `error` says, and what to do about it.
    pub fn of(error: &dyn Diagnostic) -> Self {
        Self {
            hints: error.hints(),
            ..Self::error(error.code(), error.to_string())
        }
    }

    /// A warning of this kind.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Hints at the one of the `known` names that a misspelt `name` most likely means, if any is near.
    #[must_use]
    pub fn suggest<'n>(mut self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        self.hints.extend(text::did_you_mean(name, known));
        self
    }

    /// [`Finding::suggest`], or `otherwise` where no known name is near.
    #[must_use]
    pub fn suggest_or<'n>(
        self,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: impl Into<String>,
    ) -> Self {
        let hint = text::did_you_mean(name, known);
        self.hint(hint.unwrap_or_else(|| otherwise.into()))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.location {
            Some(location) => write!(f, "{location}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Everything that was found wrong at once, at least one error among it.
#[derive(Clone, Debug)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Wraps `findings`, in the order of their places; `None` unless one is an error.
    pub fn new(mut findings: Vec<Finding>) -> Option<Self> {
        findings.sort_by(|left, right| left.location.cmp(&right.location));
        let fatal = |finding: &Finding| finding.severity == Severity::Error;
        findings.iter().any(fatal).then_some(Self(findings))
    }

    /// The same with each finding replaced by what `change` makes of it.
    #[must_use]
    pub fn map(self, change: impl Fn(Finding) -> Finding) -> Self {
        Self(self.0.into_iter().map(change).collect())
    }

    /// The findings themselves.
    pub fn into_inner(self) -> Vec<Finding> {
        self.0
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl Error for Findings {}

impl Diagnostic for Findings {
    fn code(&self) -> &'static str {
        self.0.first().map_or("failed", |finding| finding.code)
    }

    fn findings(&self) -> &[Finding] {
        &self.0
    }

    fn is_schema_mismatch(&self) -> bool {
        self.0.iter().any(|finding| finding.code == SCHEMA_MISMATCH)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Finding, Findings, Location};

    #[test]
    fn counts_columns_in_characters() {
        let location = Location::of(Path::new("./djr.toml"), "a = 1\né = ?", 9);
        assert_eq!(location.to_string(), "djr.toml:2:3");
    }

    #[test]
    fn warnings_alone_are_no_error() {
        let warning = Finding::warning("suspicious", "suspicious");
        assert!(Findings::new(vec![warning.clone()]).is_none());
        let both = Findings::new(vec![warning, Finding::error("bad", "bad")]);
        assert_eq!(both.unwrap().into_inner().len(), 2);
    }
}
