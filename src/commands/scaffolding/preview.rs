//! What would be written.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::commands::CommandError;
use crate::scaffold::{PlannedState, ScaffoldPlan, difference};

/// What would be written.
#[derive(Debug, Serialize)]
pub(crate) struct WritePreview {
    dry_run: bool,
    files: Vec<PreviewedFile>,
}

#[derive(Debug, Serialize)]
struct PreviewedFile {
    path: PathBuf,
    state: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    diff: String,
}

impl WritePreview {
    /// That of `plan`.
    pub(crate) fn of(plan: &mut ScaffoldPlan) -> Result<Self, CommandError> {
        let states = plan.files()?;
        let differing = plan.differing();
        let files = states.into_iter().map(|(path, state)| {
            let differs = differing.iter().find(|differing| differing.path == path);
            let shown = path.display().to_string();
            PreviewedFile {
                diff: differs
                    .map(|file| difference(&shown, &file.old, &file.new))
                    .unwrap_or_default(),
                state: word(state),
                path,
            }
        });
        Ok(Self {
            dry_run: true,
            files: files.collect(),
        })
    }
}

fn word(state: PlannedState) -> &'static str {
    match state {
        PlannedState::New => "new",
        PlannedState::Same => "same",
        PlannedState::Differs => "differs",
        PlannedState::Changed => "changed",
    }
}

impl fmt::Display for WritePreview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing is written:")?;
        for file in &self.files {
            write!(f, "\n{:8} {}", file.state, file.path.display())?;
        }
        for file in self.files.iter().filter(|file| !file.diff.is_empty()) {
            write!(f, "\n\n{}", file.diff.trim_end())?;
        }
        Ok(())
    }
}
