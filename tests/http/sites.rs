//! The sites of `tests/sites/`, whose Python runs on Django too, walked as a visitor walks them; compared with what Django
//! answered (`tests/parity/record_sites.py`).

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::site_walk::Walk;
use crate::support::Project;

/// The directory of all sites.
fn sites() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

/// The site `name` of `tests/sites/` in a directory of its own.
pub(crate) fn site(name: &str) -> Project {
    let project = copied(&sites().join(name));
    project.djr(["makemigrations"]).success();
    project.migrated()
}

/// The project at `source` in a directory of its own, not yet migrated.
pub(crate) fn copied(source: &Path) -> Project {
    let project = Project::new();
    for entry in walkdir::WalkDir::new(source) {
        let entry = entry.unwrap();
        let target = project.path(entry.path().strip_prefix(source).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    let private = fs::Permissions::from_mode(0o600);
    fs::set_permissions(project.path(".env"), private).unwrap();
    project
}

fn recorded() -> Value {
    let recorded = include_str!("../parity/golden/sites.json");
    serde_json::from_str(recorded).unwrap()
}

#[test]
fn every_site_is_recorded() {
    let recorded = recorded();
    let known = recorded["sites"].as_object().unwrap();
    let entries = fs::read_dir(sites()).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, known.keys().cloned().collect::<Vec<_>>());
}

#[test]
fn a_visitor_sees_of_a_site_in_python_what_django_shows() {
    let recorded = recorded();
    let mut differences = String::new();
    for (name, steps) in recorded["sites"].as_object().unwrap() {
        let project = site(name);
        let server = project.serve();
        let mut walk = Walk::new(&project, &server, &recorded["headers"]);
        for step in steps.as_array().unwrap() {
            let (answer, expected) = (walk.take(step), &step["answer"]);
            if answer != *expected {
                let step = step.as_object().unwrap().iter();
                let step: Vec<_> = step.filter(|(key, _)| *key != "answer").collect();
                writeln!(
                    differences,
                    "{name}: {step:?}\n  djr:    {answer}\n  Django: {expected}"
                )
                .unwrap();
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}
