//! `djr startproject`: makes a new project.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use serde::Serialize;

use crate::commands::scaffolding::{
    AnswerArgs, ScaffoldArgs, ScaffoldList, WritePolicyArgs, WritePreview, answers, decide,
};
use crate::commands::{CommandError, GlobalArgs, up};
use crate::diagnostic::Diagnostic;
use crate::scaffold::{ProjectName, ScaffoldKind, ScaffoldTarget};
use crate::text;
use crate::ui::Ui;

/// Make a new project
///
/// Writes settings, urls, templates and static files, all of them or none. Files that are there
/// already stay as they are: where one of them differs from what would be written, a person is
/// asked, and without one nothing is written.
#[derive(Args, Debug)]
pub(crate) struct StartProjectArgs {
    /// The name of the project: letters, digits and `_`
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// Where to make it, `.` for the current directory; without it, in a directory of its name
    directory: Option<PathBuf>,
    #[command(flatten)]
    scaffold: ScaffoldArgs,
    #[command(flatten)]
    answers: AnswerArgs,
    #[command(flatten)]
    policy: WritePolicyArgs,
    /// Put it into a git repository, with a first commit
    #[arg(long)]
    git: bool,
    /// Go on with `djr up`: migrate, make sure there is a superuser, serve
    #[arg(long, conflicts_with = "dry_run")]
    up: bool,
    /// Where `--up` listens: PORT, ADDR:PORT, 0:PORT for every address [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRPORT", env = "PORT", hide_env_values = true)]
    address: Option<String>,
}

pub(crate) fn run(
    ui: &Ui,
    _global: &GlobalArgs,
    args: &StartProjectArgs,
) -> Result<(), CommandError> {
    let Some(name) = args.name.as_ref().filter(|_| !args.scaffold.list) else {
        ui.result(&ScaffoldList::of(ScaffoldKind::Project)?)?;
        return Ok(());
    };
    let name = ProjectName::new(name)?;
    let directory = args.directory.as_deref();
    let directory = directory.unwrap_or(Path::new(name.as_str()));
    let Some(files) = make(ui, &name, directory, args)? else {
        return Ok(());
    };
    if args.git {
        start_repository(directory, name.as_str())?;
    }
    let started = StartProjectOutcome {
        project: name.as_str(),
        directory,
        files,
    };
    if args.up {
        ui.status(&started);
        return up::bring_up(ui, Some(directory), None, args.address.as_deref());
    }
    ui.result(&started)?;
    ui.status(started.next_step());
    Ok(())
}

/// Writes the project; `None` where it was only shown.
fn make(
    ui: &Ui,
    name: &ProjectName,
    directory: &Path,
    args: &StartProjectArgs,
) -> Result<Option<Vec<PathBuf>>, CommandError> {
    let scaffold = args.scaffold.load(ScaffoldKind::Project)?;
    let target = ScaffoldTarget::Project { name, directory };
    let questionnaire = scaffold.questionnaire(target, args.answers.given(&scaffold)?)?;
    let is_asking = !args.answers.defaults;
    let mut plan = scaffold.plan(target, &answers(ui, questionnaire, is_asking)?)?;
    if args.policy.dry_run {
        ui.result(&WritePreview::of(&mut plan)?)?;
        return Ok(None);
    }
    decide(ui, &mut plan, &args.policy, is_asking)?;
    let progress = ui.progress("writing", plan.file_count());
    let files = plan.write(&|| progress.step())?;
    Ok(Some(files))
}

/// Puts the project at `directory` into a git repository, with a first commit.
fn start_repository(directory: &Path, name: &str) -> Result<(), CommandError> {
    let message = format!("Start {name}");
    for words in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["commit", "--quiet", "--message", &message],
    ] {
        let output = Command::new("git")
            .args(words)
            .current_dir(directory)
            .output();
        let output = output.map_err(|error| GitError(error.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(GitError(format!("git {}: {}", words[0], said.trim())).into());
        }
    }
    Ok(())
}

/// The project is there, but not in git.
#[derive(Debug, thiserror::Error)]
#[error("the project is made, but is not in git: {0}")]
struct GitError(String);

impl Diagnostic for GitError {
    fn code(&self) -> &'static str {
        "git"
    }

    fn hints(&self) -> Vec<String> {
        vec!["mend that, and run `git add --all` and `git commit` in it".to_owned()]
    }
}

/// A project, and the files of it that were written.
#[derive(Debug, Serialize)]
struct StartProjectOutcome<'s> {
    project: &'s str,
    directory: &'s Path,
    files: Vec<PathBuf>,
}

impl StartProjectOutcome<'_> {
    fn next_step(&self) -> String {
        if self.directory == Path::new(".") {
            return "next: `djr up`".to_owned();
        }
        format!("next: `cd {}`, then `djr up`", self.directory.display())
    }
}

impl fmt::Display for StartProjectOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (project, directory) = (self.project, self.directory.display());
        if self.files.is_empty() {
            return write!(f, "project `{project}` is in `{directory}` already");
        }
        let files = text::count(self.files.len(), "file");
        write!(f, "made project `{project}` in `{directory}`: {files}")
    }
}
