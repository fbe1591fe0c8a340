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
        /// Whether pages are given back by writing the whole file anew.
        rebuilds: bool,
        /// Whether they are left in the file, since they are few.
        kept: bool,
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
        /// What is behind it all.
        #[serde(skip)]
        cause: String,
        #[serde(skip)]
        finding: Finding,
    },
}

/// Why steps failed.
pub(super) struct StepFailure {
    /// What they are called in messages.
    steps: Vec<String>,
    cause: String,
    finding: Finding,
}

impl StepFailure {
    /// One failure for each cause, with all the steps that failed for it.
    pub(super) fn by_cause(failures: Vec<Self>) -> Vec<Self> {
        let mut told: Vec<Self> = Vec::new();
        for failure in failures {
            match told
                .iter_mut()
                .find(|known| known.is_for_the_same(&failure))
            {
                Some(known) => known.steps.extend(failure.steps),
                None => told.push(failure),
            }
        }
        told
    }

    fn is_for_the_same(&self, other: &Self) -> bool {
        let (own, others) = (&self.finding, &other.finding);
        self.cause == other.cause && own.code == others.code && own.hints == others.hints
    }

    /// What there is to tell.
    pub(super) fn into_finding(self) -> Finding {
        let steps: Vec<&str> = self.steps.iter().map(String::as_str).collect();
        let message = match steps.len() {
            1 => &self.finding.message,
            // What each of them was to do is not what matters.
            _ => &self.cause,
        };
        Finding {
            message: format!("{}: {message}", text::joined_with_and(&steps)),
            ..self.finding
        }
    }
}

impl StepOutcome {
    pub(super) fn failed(error: &CommandError) -> Self {
        let error = error.diagnostic();
        let mut messages = vec![error.to_string()];
        let causes = std::iter::successors(error.source(), |&cause| cause.source());
        messages.extend(causes.map(ToString::to_string));
        let mut finding = Finding::error(error.code(), messages.join(": "));
        finding.hints = error.hints();
        Self::Failed {
            error: error_json(error),
            cause: messages.pop().unwrap_or_default(),
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
    pub(super) fn failure(&self) -> Option<StepFailure> {
        let StepOutcome::Failed { cause, finding, .. } = &self.outcome else {
            return None;
        };
        Some(StepFailure {
            steps: vec![format!("{} of `{}`", self.step, self.of)],
            cause: cause.clone(),
            finding: finding.clone(),
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
            Self::Vacuum {
                dry_run,
                rebuilds,
                kept,
                bytes,
                ..
            } => {
                let size = file_size(u128::from(*bytes));
                match (dry_run, rebuilds) {
                    _ if *kept => write!(f, "{size} are free, too little for a rebuild"),
                    (true, true) => write!(f, "would rebuild the file and give {size} back"),
                    (true, false) => write!(f, "would give {size} back"),
                    (false, true) => write!(f, "rebuilt the file and gave {size} back"),
                    (false, false) => write!(f, "gave {size} back"),
                }
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
