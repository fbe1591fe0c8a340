//! Changes of models that no migration can make.

use crate::commands::makemigrations::args::MakeMigrationsArgs;
use crate::diagnostic::{Diagnostic, ExitCode, Finding};
use crate::migrations::DetectedChanges;
use crate::text;

/// Changes of models that no migration can make without a loss.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be made; nothing was written", text::count(findings.len(), "change"))]
pub(super) struct ChangesRefused {
    findings: Vec<Finding>,
    is_check: bool,
}

impl ChangesRefused {
    /// The error that `found` has such changes; none if it has not.
    ///
    /// With `--check` they are changes that no migration makes.
    pub(super) fn of(found: &DetectedChanges, args: &MakeMigrationsArgs) -> Option<Self> {
        let findings = found.refused.clone();
        let is_check = args.check;
        (!findings.is_empty()).then_some(Self { findings, is_check })
    }
}

impl Diagnostic for ChangesRefused {
    fn code(&self) -> &'static str {
        if self.is_check {
            "missing-migrations"
        } else {
            "refused"
        }
    }

    fn exit_code(&self) -> ExitCode {
        if self.is_check {
            ExitCode::Failed
        } else {
            ExitCode::Refused
        }
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
