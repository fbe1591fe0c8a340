//! Runs a Python file by the interpreter of djr: `script FILE [ARGUMENT ...]`. It sees the modules of its directory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use djr::apps::Apps;
use djr::db::Connections;
use djr::diagnostic::Finding;
use djr::project::Project;
use djr::script::{self, PythonSite, STACK_SIZE};
use djr::settings::Settings;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(file) = words.next().map(PathBuf::from) else {
        return ExitCode::from(2);
    };
    let arguments: Vec<_> = words.collect();
    let run = move || run(&file, &arguments);
    let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(run);
    let Ok(Ok(outcome)) = thread.map(thread::JoinHandle::join) else {
        return ExitCode::FAILURE;
    };
    if let Err(finding) = outcome {
        let hints = finding.hints.join("\n");
        std::io::Write::write_all(
            &mut std::io::stderr(),
            format!("{finding}\n{hints}\n").as_bytes(),
        )
        .ok();
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn run(file: &Path, arguments: &[String]) -> Result<(), Finding> {
    let root = file.parent().unwrap_or(Path::new("")).to_owned();
    if root.join("djr.toml").is_file() {
        return run_in_project(&root, file, arguments);
    }
    let settings = Settings::parse("").map_err(|findings| {
        let first = findings.into_inner().into_iter().next();
        first.unwrap_or_else(|| Finding::error("settings", "the settings cannot be used"))
    })?;
    let site = PythonSite::new(
        &root,
        &Apps::default(),
        &settings,
        &Arc::default(),
        &Arc::new(Connections::new(BTreeMap::new())),
    );
    script::run_file(&site, file, arguments)
}

/// The same with the models and the databases of the project at `root`.
fn run_in_project(root: &Path, file: &Path, arguments: &[String]) -> Result<(), Finding> {
    let first = |findings: djr::diagnostic::Findings| {
        let first = findings.into_inner().into_iter().next();
        first.unwrap_or_else(|| Finding::error("project", "the project cannot be read"))
    };
    let project = Project::open(Some(root), None).map_err(first)?;
    let models = Arc::new(project.models().map_err(first)?);
    let connections = Arc::new(Connections::new(project.databases()));
    let site = PythonSite::new(
        &project.root,
        &project.apps,
        &project.settings,
        &models,
        &connections,
    );
    script::run_file(&site, file, arguments)
}
