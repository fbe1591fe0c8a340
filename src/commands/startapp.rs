//! `djr startapp`: makes a new app in a project.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::commands::{CommandError, GlobalArgs};
use crate::scaffold::{self, AppName};
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
    name: String,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &StartAppArgs) -> Result<(), CommandError> {
    let name = AppName::new(&args.name)?;
    let project = global.project()?;
    let installed: Vec<_> = project.apps.labels().collect();
    let started = StartAppOutcome {
        app: name.as_str(),
        files: scaffold::start_app(&project.root, &name, &installed)?,
    };
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
