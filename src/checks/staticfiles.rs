//! Where static files come from and go to.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Finding;
use crate::project::Project;

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let root = &settings.static_files.root;
    let mut findings = Vec::new();
    for directory in &settings.static_files.dirs {
        let written = directory.to_string();
        let directory = directory.path.as_path();
        let name = directory.display().to_string();
        let (severe, message) = if normalized(directory) == normalized(root) {
            let message =
                format!("`{name}` is where `djr collectstatic` writes; it cannot be a source too");
            (true, message)
        } else if is_missing(project, "static.dirs", directory) {
            (
                false,
                format!("`{name}` of `static.dirs` is not a directory"),
            )
        } else {
            continue;
        };
        let mut finding = if severe {
            Finding::error("static-root", message)
        } else {
            Finding::warning("missing-directory", message).hint(format!("`mkdir {name}` makes it"))
        };
        finding.location = settings.location_in("static.dirs", &written);
        findings.push(finding);
    }
    findings.extend(missing_templates(project));
    findings
}

fn missing_templates(project: &Project) -> impl Iterator<Item = Finding> {
    let directories = project.settings.templates.dirs.iter();
    let missing = directories.filter(|path| is_missing(project, "templates.dirs", path));
    missing.map(|directory| {
        let name = directory.display().to_string();
        let message = format!("`{name}` of `templates.dirs` is not a directory");
        let mut finding = Finding::warning("missing-directory", message);
        finding.location = project.settings.location_in("templates.dirs", &name);
        finding.hint(format!("`mkdir {name}` makes it"))
    })
}

/// Whether a directory that the settings name is not there; the default one need not be.
fn is_missing(project: &Project, key: &str, directory: &Path) -> bool {
    project.settings.location(key).is_some() && !project.path(directory).is_dir()
}

/// `./static/` as `static`.
fn normalized(path: &Path) -> PathBuf {
    let parts = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir));
    parts.collect()
}
