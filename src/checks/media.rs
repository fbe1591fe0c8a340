//! Where files of rows are stored and served.

use std::path::{Path, PathBuf};

use crate::diagnostic::Finding;
use crate::project::Project;
use crate::settings::FileStorageSettings;
use crate::staticfiles::resolve_links;

/// A storage in a directory.
struct MediaDirectory<'p> {
    alias: &'p str,
    settings: &'p FileStorageSettings,
    /// Where it really is.
    root: PathBuf,
}

impl MediaDirectory<'_> {
    /// The setting that names the directory.
    fn key(&self, project: &Project) -> String {
        self.key_of(project, "location", "media.root")
    }

    /// The setting that `[storages]` has as `own`; of the default storage it may be that of `[media]`.
    fn key_of(&self, project: &Project, own: &str, of_media: &str) -> String {
        let own = format!("storages.{}.{own}", self.alias);
        if self.alias == "default" && project.settings.location(&own).is_none() {
            return of_media.to_owned();
        }
        own
    }

    fn table(&self, project: &Project) -> String {
        match self.key(project).as_str() {
            "media.root" => "[media] root".to_owned(),
            _ => format!("[storages.{}] location", self.alias),
        }
    }
}

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let storages = project.settings.storages.files.iter();
    let directories = storages.filter(|(_, settings)| settings.is_directory());
    let directories = directories.map(|(alias, settings)| MediaDirectory {
        alias,
        settings,
        root: resolve_links(&project.path(&settings.location)),
    });
    let directories: Vec<_> = directories.collect();
    let mut findings = Vec::new();
    for directory in &directories {
        findings.extend(holds_private(project, directory));
        findings.extend(overlaps_static(project, directory));
        findings.extend(overlaps_another(project, directory, &directories));
        findings.extend(same_url(project, directory, &directories));
    }
    findings
}

fn wrong(project: &Project, key: &str, message: String) -> Finding {
    let mut finding = Finding::error("media", message);
    finding.location = project.settings.location(key);
    finding
}

/// A directory that everybody may read and that holds what nobody may.
fn holds_private(project: &Project, directory: &MediaDirectory<'_>) -> Option<Finding> {
    directory.settings.served_path()?;
    let databases = project.settings.databases.values();
    let databases = databases.map(|database| project.path(&database.name));
    let mut private = databases.chain([project.root.clone()]);
    let inside = private.find(|path| resolve_links(path).starts_with(&directory.root))?;
    let message = format!(
        "`{}` holds `{}`, and everybody may read what lies in `{}`",
        directory.settings.location,
        inside.display(),
        directory.table(project)
    );
    Some(wrong(project, &directory.key(project), message))
}

fn overlaps_static(project: &Project, directory: &MediaDirectory<'_>) -> Option<Finding> {
    let settings = &project.settings.static_files;
    let directories = settings.dirs.iter().map(|directory| &directory.path);
    let mut own = [&settings.root].into_iter().chain(directories);
    let other = own.find(|own| overlap(&directory.root, &resolve_links(&project.path(own))))?;
    let message = format!(
        "`{}` overlaps `{}`: files of visitors would be served as those of the site",
        directory.settings.location,
        other.display()
    );
    Some(wrong(project, &directory.key(project), message))
}

/// A storage within another: one would serve, and take for orphans, the files of the other.
fn overlaps_another(
    project: &Project,
    directory: &MediaDirectory<'_>,
    all: &[MediaDirectory<'_>],
) -> Option<Finding> {
    let mut before = all.iter().filter(|other| other.alias < directory.alias);
    let other = before.find(|other| overlap(&other.root, &directory.root))?;
    let message = format!(
        "the storages `{}` and `{}` are in `{}` and `{}`: each needs a directory of its own",
        other.alias, directory.alias, other.settings.location, directory.settings.location
    );
    Some(wrong(project, &directory.key(project), message))
}

fn same_url(
    project: &Project,
    directory: &MediaDirectory<'_>,
    all: &[MediaDirectory<'_>],
) -> Option<Finding> {
    let url = directory.settings.served_path()?;
    let mut before = all.iter().filter(|other| other.alias < directory.alias);
    let key = directory.key_of(project, "base_url", "media.url");
    let is_taken = before.find(|other| other.settings.served_path() == Some(url));
    let message = match is_taken {
        Some(other) => format!(
            "the storages `{}` and `{}` are both served below `{url}`",
            other.alias, directory.alias
        ),
        None if url == project.settings.static_files.url => {
            format!("`[media] url` and `[static] url` are both `{url}`")
        }
        None => return None,
    };
    Some(wrong(project, &key, message))
}

fn overlap(one: &Path, other: &Path) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
