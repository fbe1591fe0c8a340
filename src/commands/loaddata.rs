//! `djr loaddata`: loads fixtures into the database, all or nothing.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::commands::options::WriteArgs;
use crate::commands::receivers::with_receivers;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Finding, Findings};
use crate::models::{Model, ModelKey, Registry};
use crate::project::Project;
use crate::script::PythonSite;
use crate::serializers::{
    Fixture, FixtureFinder, FixtureFormat, LoadOptions, LoadSummary, load, models_named,
};
use crate::text;
use crate::ui::Ui;

/// Bytes of one step of the progress.
const PROGRESS_STEP: u64 = 1024;

/// Load fixtures into the database
///
/// All of them or, if anything is wrong, nothing. A fixture is a file, or a
/// name that is looked for in the `fixtures/` of every app and in the current
/// directory; `users.other.json` is `users` for `--database other` alone. A row
/// whose primary key is there already is replaced.
#[derive(Args, Debug)]
pub(crate) struct LoadDataArgs {
    /// The fixtures, with or without their endings; `-` is standard input
    #[arg(required = true, value_name = "FIXTURE")]
    fixtures: Vec<String>,
    /// Look in the `fixtures/` of this app only, and in the current directory
    #[arg(long, value_name = "APP_LABEL")]
    app: Option<String>,
    /// Pass over models and fields that do not exist
    #[arg(short, long)]
    ignorenonexistent: bool,
    /// Pass over the objects of an `app` or an `app.Model`
    #[arg(short, long, value_name = "LABEL")]
    exclude: Vec<String>,
    /// The format of standard input
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    #[arg(value_parser = FixtureFormat::ALL.map(|(name, _)| name))]
    format: String,
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &LoadDataArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    with_receivers(&project, |python| load_all(ui, &project, args, python))
}

fn load_all(
    ui: &Ui,
    project: &Project,
    args: &LoadDataArgs,
    python: Option<&Arc<PythonSite>>,
) -> Result<(), CommandError> {
    let registry = match python {
        Some(python) => Arc::clone(python.models()),
        None => Arc::new(project.models()?),
    };
    let options = LoadOptions {
        ignore_unknown: args.ignorenonexistent,
        excluded: excluded(project, &registry, &args.exclude)?,
        zone: project.settings.project.time_zone.clone(),
    };
    let fixtures = fixtures(project, args)?;
    let connection = args.database.open(project)?;
    let connection = match python {
        Some(python) => python
            .connections()
            .lend(&args.database.alias(), connection),
        None => connection.into(),
    };
    let size: u64 = fixtures.iter().map(Fixture::size).sum();
    let progress = ui.progress(
        "loading",
        usize::try_from(size / PROGRESS_STEP).unwrap_or_default(),
    );
    let remainder = Cell::new(0);
    let mut advance = |bytes: u64| {
        let bytes = bytes + remainder.get();
        progress.advance(usize::try_from(bytes / PROGRESS_STEP).unwrap_or_default());
        remainder.set(bytes % PROGRESS_STEP);
    };
    let loaded = load(&registry, &connection, &fixtures, &options, &mut advance)?;
    drop(progress);
    if loaded.empty > 0 {
        let fixtures = text::count(loaded.empty, "fixture");
        ui.warn(format!("{fixtures} without any object"), &[]);
    }
    Ok(ui.result(&LoadDataOutcome::new(loaded, fixtures.len()))?)
}

fn excluded(
    project: &Project,
    registry: &Registry,
    labels: &[String],
) -> Result<Vec<ModelKey>, CommandError> {
    let models = models_named(registry, project.apps.labels(), labels)?;
    Ok(models.into_iter().map(Model::key).collect())
}

fn fixtures(project: &Project, args: &LoadDataArgs) -> Result<Vec<Fixture>, CommandError> {
    let (apps, database) = (project.apps.iter(), args.database.alias());
    let finder = match &args.app {
        None => FixtureFinder::new(apps, &database),
        Some(label) => {
            let app = project.apps.get(label).ok_or_else(|| {
                let finding = Finding::error("unknown-app", format!("there is no app `{label}`"));
                Findings::from(finding.suggest(label, project.apps.labels()))
            })?;
            FixtureFinder::new(std::iter::once(app), &database)
        }
    };
    let mut found = Vec::new();
    for name in &args.fixtures {
        if name == "-" {
            let format = FixtureFormat::named(&args.format).unwrap_or(FixtureFormat::Json);
            found.push(Fixture::stdin(format));
        } else {
            found.extend(finder.find(name)?);
        }
    }
    Ok(found)
}

#[derive(Debug, Serialize)]
struct LoadDataOutcome {
    objects: usize,
    found: usize,
    fixtures: usize,
}

impl LoadDataOutcome {
    fn new(loaded: LoadSummary, fixtures: usize) -> Self {
        Self {
            objects: loaded.loaded,
            found: loaded.found,
            fixtures,
        }
    }
}

impl fmt::Display for LoadDataOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "loaded {}", text::count(self.objects, "object"))?;
        if self.found > self.objects {
            write!(f, " of {}", self.found)?;
        }
        write!(f, " from {}", text::count(self.fixtures, "fixture"))
    }
}
