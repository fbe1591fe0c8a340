//! `djr startapp`: makes a new app in a project.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::commands::scaffolding::{
    AnswerArgs, ScaffoldArgs, ScaffoldList, WritePolicyArgs, WritePreview, answers, decide,
};
use crate::commands::{CommandError, GlobalArgs};
use crate::scaffold::{self, AppName, ScaffoldKind, ScaffoldTarget};
use crate::ui::Ui;
use crate::urls::URLS_FILE;

/// Make a new app in the project
///
/// Writes models, urls and a first template into a directory of its name, adds the app to
/// `project.apps` in `djr.toml` and its urls to `urls.toml`, where comments and order stay as they
/// are.
#[derive(Args, Debug)]
pub(crate) struct StartAppArgs {
    /// The label of the app: letters, digits and `_`
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    #[command(flatten)]
    scaffold: ScaffoldArgs,
    #[command(flatten)]
    answers: AnswerArgs,
    #[command(flatten)]
    policy: WritePolicyArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &StartAppArgs) -> Result<(), CommandError> {
    let Some(name) = args.name.as_ref().filter(|_| !args.scaffold.list) else {
        ui.result(&ScaffoldList::of(ScaffoldKind::App)?)?;
        return Ok(());
    };
    let name = AppName::new(name)?;
    let project = global.project()?;
    let installed: Vec<_> = project.apps.labels().collect();
    let scaffold = args.scaffold.load(ScaffoldKind::App)?;
    let target = ScaffoldTarget::App {
        name: &name,
        root: &project.root,
        installed: &installed,
    };
    let questionnaire = scaffold.questionnaire(target, args.answers.given(&scaffold)?)?;
    let is_asking = !args.answers.defaults;
    let mut plan = scaffold.plan(target, &answers(ui, questionnaire, is_asking)?)?;
    if args.policy.dry_run {
        ui.result(&WritePreview::of(&mut plan)?)?;
        return Ok(());
    }
    decide(ui, &mut plan, &args.policy, is_asking)?;
    let progress = ui.progress("writing", plan.file_count());
    let started = StartAppOutcome {
        app: name.as_str(),
        files: plan.write(&|| progress.step())?,
    };
    drop(progress);
    ui.result(&started)?;
    if !started.files.is_empty() {
        ui.status(started.next_step());
    }
    Ok(())
}

/// An app, and the files that were written for it.
#[derive(Debug, Serialize)]
struct StartAppOutcome<'s> {
    app: &'s str,
    files: Vec<PathBuf>,
}

impl StartAppOutcome<'_> {
    fn next_step(&self) -> String {
        let app = self.app;
        if self.has_urls() {
            return format!(
                "next: its page is at `/{app}/`, its models go into `{app}/models.toml`"
            );
        }
        let entry = scaffold::urls_entry(app).replace('\n', "\n    ");
        format!("next: give it a path in `urls.toml`:\n\n    {entry}\n")
    }

    fn has_urls(&self) -> bool {
        self.files.iter().any(|file| file == Path::new(URLS_FILE))
    }
}

impl fmt::Display for StartAppOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.files.is_empty() {
            return write!(f, "app `{}` is there already", self.app);
        }
        let app = self.app;
        write!(f, "made app `{app}` in `{app}`, added it to `djr.toml`")?;
        if self.has_urls() {
            f.write_str(" and `urls.toml`")?;
        }
        Ok(())
    }
}
