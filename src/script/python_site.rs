//! The Python of a project as its files are at some moment.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::apps::{App, AppSource, Apps};
#[cfg(feature = "python")]
use crate::script::site_version;
use crate::settings::Settings;

/// The Python of a project as its files are at some moment.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "python"),
    expect(dead_code, reason = "the interpreter reads it")
)]
pub struct PythonSite {
    /// The directory that modules are imported from.
    pub(super) root: PathBuf,
    /// The settings.
    pub(super) settings: Settings,
    /// The modules with filters, `posts.templatetags.post_extras`.
    pub(super) tag_modules: Vec<String>,
    apps: Apps,
    version: OnceLock<u64>,
}

impl PythonSite {
    /// The Python of the project at `root`; nothing is started yet.
    pub fn new(root: &Path, apps: &Apps, settings: &Settings) -> Arc<Self> {
        let tag_modules = apps.iter().flat_map(tag_modules).collect();
        Arc::new(Self {
            root: root.to_owned(),
            settings: settings.clone(),
            tag_modules,
            apps: apps.clone(),
            version: OnceLock::new(),
        })
    }

    /// What tells these files from those of another moment; looked at when the first module is loaded.
    #[cfg(feature = "python")]
    pub(super) fn version(&self) -> u64 {
        *self
            .version
            .get_or_init(|| site_version::version(&self.root, &self.apps))
    }
}

/// The modules of `app` that may define filters.
fn tag_modules(app: &App) -> Vec<String> {
    if let AppSource::Embedded(_) = app.source {
        return Vec::new();
    }
    let names = app.list("templatetags").unwrap_or_default().into_iter();
    let modules = names.filter_map(|name| name.strip_suffix(".py").map(ToOwned::to_owned));
    modules
        .filter(|module| module != "__init__")
        .map(|module| format!("{}.templatetags.{module}", app.label))
        .collect()
}
