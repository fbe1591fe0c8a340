//! `djr ensure`: brings users and groups to a state, and does nothing where they are in it.

mod group;
mod user;

use std::fmt;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::Diagnostic;
use crate::text;
use crate::ui::Ui;

/// Make sure that users and groups are as they should be
///
/// For scripts that are run again and again: what is as it should be stays untouched, and `--json`
/// says whether anything was `changed`. Run several times at once, the result is that of one run.
#[derive(Args, Debug)]
pub(crate) struct EnsureArgs {
    #[command(subcommand)]
    action: EnsureTarget,
}

#[derive(Debug, Subcommand)]
enum EnsureTarget {
    Superuser(user::EnsureSuperuserArgs),
    User(user::EnsureUserArgs),
    Group(group::EnsureGroupArgs),
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &EnsureArgs) -> Result<(), CommandError> {
    match &args.action {
        EnsureTarget::Superuser(args) => user::superuser(ui, global, args),
        EnsureTarget::User(args) => user::run(ui, global, args),
        EnsureTarget::Group(args) => group::run(ui, global, args),
    }
}

/// What was, or with `--check` would be, different.
#[derive(Debug, Serialize)]
struct EnsureOutcome {
    changed: bool,
    created: bool,
    /// `user` or `group`.
    kind: &'static str,
    name: String,
    /// What differed about one that was there.
    fields: Vec<String>,
    /// Whether nothing was written.
    checked: bool,
}

/// Reports `outcome`; with `--check` it is an error that something would change.
fn report(ui: &Ui, outcome: &EnsureOutcome) -> Result<(), CommandError> {
    ui.result(outcome)?;
    if outcome.checked && outcome.changed {
        return Err(ChangesNeeded.into());
    }
    Ok(())
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
enum EnsureRollback {
    /// `--check` was given.
    CheckOnly(EnsureOutcome),
    Failed(CommandError),
}

impl<E: Into<CommandError>> From<E> for EnsureRollback {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}
