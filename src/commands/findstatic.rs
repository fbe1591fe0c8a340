//! `djr findstatic`: tells where static files come from.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::Diagnostic;
use crate::staticfiles::{Finders, StaticPath};
use crate::text;
use crate::ui::Ui;

/// Tell where static files come from
///
/// Prints every place a file of this name is in; the first one is served and collected. A directory
/// is found as well.
#[derive(Args, Debug)]
pub(crate) struct FindStaticArgs {
    /// The files as pages name them, such as `css/site.css`
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<String>,
    /// Print only the place that counts
    #[arg(long)]
    first: bool,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &FindStaticArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let finders = project.static_finders();
    let limit = if args.first { 1 } else { usize::MAX };
    let found: Vec<_> = args
        .paths
        .iter()
        .map(|path| StaticFileMatches::find(&finders, path, limit))
        .collect();
    let missing = found.iter().filter(|places| places.found.is_empty());
    let missing: Vec<_> = missing.map(|places| places.path.clone()).collect();
    let found: Vec<_> = found
        .into_iter()
        .filter(|places| !places.found.is_empty())
        .collect();
    if !found.is_empty() {
        ui.result(&FindStaticOutcome { files: found })?;
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(StaticFileNotFound::new(missing, &finders).into())
}

/// Where files were found.
#[derive(Debug, Serialize)]
struct FindStaticOutcome {
    files: Vec<StaticFileMatches>,
}

/// Where one file is.
#[derive(Debug, Serialize)]
struct StaticFileMatches {
    path: String,
    found: Vec<PathBuf>,
}

impl StaticFileMatches {
    fn find(finders: &Finders, path: &str, limit: usize) -> Self {
        let sound = StaticPath::new(path.trim_end_matches('/'));
        let found = sound.iter().flat_map(|path| finders.matches(path));
        Self {
            path: path.to_owned(),
            found: found
                .take(limit)
                .map(|found| found.asset.display_path().to_owned())
                .collect(),
        }
    }
}

impl fmt::Display for FindStaticOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        for places in &self.files {
            lines.push(format!("`{}` is here:", places.path));
            lines.extend(
                places
                    .found
                    .iter()
                    .map(|place| format!("  {}", place.display())),
            );
        }
        f.write_str(&lines.join("\n"))
    }
}

/// Files that are nowhere.
#[derive(Debug, thiserror::Error)]
#[error("no static file is called {}", text::quoted(missing.iter().map(String::as_str)))]
pub(super) struct StaticFileNotFound {
    missing: Vec<String>,
    /// What the first of them may mean.
    nearest: Option<String>,
    searched: Vec<PathBuf>,
}

impl StaticFileNotFound {
    pub(super) fn new(missing: Vec<String>, finders: &Finders) -> Self {
        let nearest = missing.first().and_then(|name| finders.nearest(name));
        Self {
            missing,
            nearest,
            searched: finders.locations(),
        }
    }
}

impl Diagnostic for StaticFileNotFound {
    fn code(&self) -> &'static str {
        "static-file-not-found"
    }

    fn hints(&self) -> Vec<String> {
        let searched: Vec<_> = self
            .searched
            .iter()
            .map(|place| place.display().to_string())
            .collect();
        let searched = text::quoted(searched.iter().map(String::as_str));
        let nearest = self.nearest.iter();
        let hints = nearest.map(|nearest| format!("did you mean `{nearest}`?"));
        hints.chain([format!("searched in {searched}")]).collect()
    }
}
