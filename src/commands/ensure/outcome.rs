//! What `djr ensure` prints, and how its transaction ends.

use std::fmt;

use serde::Serialize;

use crate::commands::CommandError;
use crate::diagnostic::Diagnostic;
use crate::text;
use crate::ui::Ui;

/// What was, or with `--check` would be, different.
#[derive(Debug, Serialize)]
pub(super) struct EnsureOutcome {
    pub(super) changed: bool,
    pub(super) created: bool,
    /// `user` or `group`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// What differed about one that was there.
    pub(super) fields: Vec<String>,
    /// Whether nothing was written.
    pub(super) checked: bool,
}

/// Reports `outcome`; with `--check` it is an error that something `would_change`.
pub(super) fn report(
    ui: &Ui,
    outcome: &(impl fmt::Display + Serialize),
    would_change: bool,
) -> Result<(), CommandError> {
    ui.result(outcome)?;
    if would_change {
        return Err(ChangesNeeded.into());
    }
    Ok(())
}

impl EnsureOutcome {
    /// Reports it.
    pub(super) fn report(&self, ui: &Ui) -> Result<(), CommandError> {
        report(ui, self, self.checked && self.changed)
    }
}

impl fmt::Display for EnsureOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, name, .. } = self;
        let fields = text::quoted(self.fields.iter().map(String::as_str));
        match (self.changed, self.created, self.checked) {
            (false, ..) => write!(f, "nothing to do: the {kind} `{name}` is as it should be"),
            (_, true, false) => write!(f, "created the {kind} `{name}`"),
            (_, true, true) => write!(f, "would create the {kind} `{name}`"),
            (_, false, false) => write!(f, "changed {fields} of the {kind} `{name}`"),
            (_, false, true) => write!(f, "would change {fields} of the {kind} `{name}`"),
        }
    }
}

/// `--check` found something to do.
#[derive(Debug, thiserror::Error)]
#[error("not everything is as it should be")]
struct ChangesNeeded;

impl Diagnostic for ChangesNeeded {
    fn code(&self) -> &'static str {
        "would-change"
    }

    fn hints(&self) -> Vec<String> {
        vec!["run it without `--check` to change it".to_owned()]
    }
}

/// Why the transaction of `djr ensure` is rolled back.
pub(super) enum EnsureRollback {
    /// `--check` was given.
    CheckOnly(EnsureOutcome),
    Failed(CommandError),
}

impl<E: Into<CommandError>> From<E> for EnsureRollback {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}
