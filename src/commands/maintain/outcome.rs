//! What became of the steps of `djr maintain`.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::commands::CommandError;
use crate::commands::clearsessions::ClearSessionsOutcome;
use crate::diagnostic::Finding;
use crate::text::{self, file_size};
use crate::ui::error_json;

/// What became of a step.
#[derive(Debug, Serialize)]
pub(super) struct StepReport {
    pub(super) step: &'static str,
    /// Which engine, cache or database.
    pub(super) of: String,
    #[serde(flatten)]
    pub(super) outcome: StepOutcome,
}

/// What a step did, or with `dry_run` would do.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum StepOutcome {
    Sessions(ClearSessionsOutcome),
    Cache {
        dry_run: bool,
        expired: u64,
        excess: u64,
    },
    Vacuum {
        dry_run: bool,
        pages: u64,
        bytes: u64,
    },
    Optimize {
        dry_run: bool,
        /// What was run; without it nothing was looked at.
        statements: Option<Vec<String>>,
    },
    Log {
        dry_run: bool,
        /// Bytes of the log before.
        bytes: u64,
        /// And after.
        left: u64,
    },
    Failed {
        error: Value,
        #[serde(skip)]
        finding: Finding,
    },
}

impl StepOutcome {
    pub(super) fn failed(error: &CommandError) -> Self {
        let error = error.diagnostic();
        let causes = std::iter::successors(error.source(), |&cause| cause.source());
        let message = causes.fold(error.to_string(), |message, cause| {
            format!("{message}: {cause}")
        });
        let mut finding = Finding::error(error.code(), message);
        finding.hints = error.hints();
        Self::Failed {
            error: error_json(error),
            finding,
        }
    }
}

impl StepReport {
    pub(super) fn cells(&self) -> [String; 3] {
        [
            self.step.to_owned(),
            self.of.clone(),
            self.outcome.to_string(),
        ]
    }

    /// What is wrong, where the step failed.
    pub(super) fn finding(&self) -> Option<Finding> {
        let StepOutcome::Failed { finding, .. } = &self.outcome else {
            return None;
        };
        let (step, of) = (self.step, &self.of);
        Some(Finding {
            message: format!("{step} of `{of}`: {}", finding.message),
            ..finding.clone()
        })
    }
}

impl fmt::Display for StepOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sessions(cleared) => cleared.fmt(f),
            Self::Cache {
                expired: 0,
                excess: 0,
                ..
            } => f.write_str("nothing has expired"),
            Self::Cache {
                dry_run,
                expired,
                excess,
            } => {
                let deleted = if *dry_run { "would delete" } else { "deleted" };
                write!(f, "{deleted} {expired} that expired")?;
                match excess {
                    0 => Ok(()),
                    excess => write!(f, " and {excess} beyond `max_entries`"),
                }
            }
            Self::Vacuum { pages: 0, .. } => f.write_str("no page is free"),
            Self::Vacuum { dry_run, bytes, .. } => {
                let size = file_size(u128::from(*bytes));
                let gave = if *dry_run { "would give" } else { "gave" };
                write!(f, "{gave} {size} back")
            }
            Self::Optimize { statements, .. } => match statements.as_ref().map(Vec::len) {
                None => f.write_str("would look at the statistics"),
                Some(0) => f.write_str("nothing to renew"),
                Some(count) => write!(f, "renewed {}", text::count(count, "statistic")),
            },
            Self::Log { bytes: 0, .. } => f.write_str("empty"),
            Self::Log {
                dry_run: true,
                bytes,
                ..
            } => write!(f, "would move {}", file_size(u128::from(*bytes))),
            Self::Log { bytes, left: 0, .. } => {
                write!(f, "moved {}", file_size(u128::from(*bytes)))
            }
            Self::Log { .. } => f.write_str("moved as far as nobody reads it at this moment"),
            Self::Failed { .. } => f.write_str("failed"),
        }
    }
}
