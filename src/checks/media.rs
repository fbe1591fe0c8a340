//! Where files of visitors are stored and served.

use std::path::Path;

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::staticfiles::resolve_links;

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let settings = &project.settings;
    let root = resolve_links(&project.path(&settings.media.root));
    let mut findings = Vec::new();
    let mut wrong = |key: &str, message: String| {
        let mut finding = Finding::error("media", message);
        finding.location = settings.location(key);
        findings.push(finding);
    };
    let name = settings.media.root.display();
    let databases = settings.databases.values();
    let databases = databases.map(|database| project.path(&database.name));
    let mut private = databases.chain([project.root.clone()]);
    if let Some(inside) = private.find(|path| resolve_links(path).starts_with(&root)) {
        let message = format!(
            "`{name}` holds `{}`, and everybody may read what lies in `[media] root`",
            inside.display()
        );
        wrong("media.root", message);
    }
    let directories = settings.static_files.dirs.iter();
    let own = [&settings.static_files.root]
        .into_iter()
        .chain(directories.map(|directory| &directory.path));
    let overlaps = |directory: &Path| {
        let directory = resolve_links(&project.path(directory));
        directory.starts_with(&root) || root.starts_with(&directory)
    };
    if let Some(other) = own.into_iter().find(|directory| overlaps(directory)) {
        let message = format!(
            "`{name}` overlaps `{}`: files of visitors would be served as those of the site",
            other.display()
        );
        wrong("media.root", message);
    }
    if settings.media.url == settings.static_files.url {
        let message = format!(
            "`[media] url` and `[static] url` are both `{}`",
            settings.media.url
        );
        wrong("media.url", message);
    }
    findings
}
