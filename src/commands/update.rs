//! `djr update`: brings a project, or an app, up to date with the scaffold it was made from.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::commands::scaffolding::{AnswerArgs, answers, quoted_paths};
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::Diagnostic;
use crate::scaffold::{AppName, Recorded, UpdateAction, UpdatePlan, difference};
use crate::text;
use crate::ui::Ui;

/// Bring the project up to date with its scaffold
///
/// Renders the scaffold as it is now, with the answers of then, and compares three versions of every
/// file. One that nobody has changed is replaced; where both have changed it the changes are merged,
/// and stand between markers where they meet. What was deleted stays deleted.
#[derive(Args, Debug)]
pub(crate) struct UpdateArgs {
    /// An app of the project, instead of the project itself
    #[arg(long, value_name = "LABEL")]
    app: Option<String>,
    /// The branch, tag or commit of a scaffold in a git repository
    #[arg(long = "to", value_name = "REF")]
    reference: Option<String>,
    /// Change nothing; end with code 1 where there is something to do
    #[arg(long)]
    check: bool,
    /// Change nothing; show what would be done, with the differences
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    answers: AnswerArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &UpdateArgs) -> Result<(), CommandError> {
    let root = global.project()?.root;
    let recorded = match &args.app {
        Some(label) => Recorded::app(&root, &AppName::new(label)?)?,
        None => Recorded::project(&root)?,
    };
    let scaffold = recorded.scaffold(args.reference.as_deref())?;
    let given = args.answers.given(&scaffold)?;
    let questionnaire = recorded.questionnaire(&scaffold, &given)?;
    let is_asking = !args.answers.defaults && !args.check && !args.dry_run;
    let answers = answers(ui, questionnaire, is_asking)?;
    let is_dry = args.check || args.dry_run;
    let plan = if is_dry {
        recorded.plan(&scaffold, &answers)?
    } else {
        recorded.update(&scaffold, &answers)?
    };
    let outcome = UpdateOutcome::of(&plan, recorded.source(), is_dry, args.dry_run);
    ui.result(&outcome)?;
    if args.check && plan.has_work() {
        let files = plan.files.iter().map(|file| file.path.clone()).collect();
        return Err(OutOfDate(files).into());
    }
    let conflicts: Vec<_> = plan.conflicts().map(Path::to_owned).collect();
    if !is_dry && !conflicts.is_empty() {
        return Err(UpdateConflicts(conflicts).into());
    }
    Ok(())
}

/// There is something to do.
#[derive(Debug, thiserror::Error)]
#[error("the scaffold has changed {}", text::count(.0.len(), "file"))]
struct OutOfDate(Vec<PathBuf>);

impl Diagnostic for OutOfDate {
    fn code(&self) -> &'static str {
        "out-of-date"
    }

    fn hints(&self) -> Vec<String> {
        vec![
            "`djr update --dry-run` shows the differences, `djr update` makes the changes"
                .to_owned(),
        ]
    }
}

/// Files have markers in them.
#[derive(Debug, thiserror::Error)]
#[error("{} between markers (`<<<<<<<`): {}", stand(.0), quoted_paths(.0))]
struct UpdateConflicts(Vec<PathBuf>);

fn stand(paths: &[PathBuf]) -> String {
    match paths.len() {
        1 => "both versions of a file stand in it".to_owned(),
        count => format!("both versions of {count} files stand in them"),
    }
}

impl Diagnostic for UpdateConflicts {
    fn code(&self) -> &'static str {
        "merge-conflicts"
    }

    fn hints(&self) -> Vec<String> {
        vec!["choose between them, and remove the markers".to_owned()]
    }
}

/// What was done, or would be.
#[derive(Debug, Serialize)]
struct UpdateOutcome<'o> {
    scaffold: &'o str,
    dry_run: bool,
    files: Vec<UpdatedFileLine>,
}

#[derive(Debug, Serialize)]
struct UpdatedFileLine {
    path: PathBuf,
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<String>,
}

impl<'o> UpdateOutcome<'o> {
    fn of(plan: &UpdatePlan, scaffold: &'o str, dry_run: bool, has_differences: bool) -> Self {
        let files = plan.files.iter().map(|file| {
            let shown = file.path.display().to_string();
            let is_changed = file.action != UpdateAction::Kept;
            UpdatedFileLine {
                diff: (has_differences && is_changed)
                    .then(|| difference(&shown, &file.old, &file.new)),
                path: file.path.clone(),
                action: file.action.word(),
            }
        });
        Self {
            scaffold,
            dry_run,
            files: files.collect(),
        }
    }
}

impl fmt::Display for UpdateOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.files.is_empty() {
            return write!(f, "all files are as `{}` makes them", self.scaffold);
        }
        let would = if self.dry_run {
            ", nothing is written"
        } else {
            ""
        };
        write!(f, "from `{}`{would}:", self.scaffold)?;
        for file in &self.files {
            write!(f, "\n{:9} {}", file.action, file.path.display())?;
        }
        for diff in self.files.iter().filter_map(|file| file.diff.as_ref()) {
            write!(f, "\n\n{}", diff.trim_end())?;
        }
        Ok(())
    }
}
