//! The Python of a project as its files are at some moment.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};

use crate::apps::{App, AppSource, Apps};
use crate::cache::Caches;
use crate::db::Connections;
use crate::models::Registry;
use crate::script::CommandHost;
#[cfg(feature = "python")]
use crate::script::site_version;
use crate::settings::Settings;
use crate::views::{AppState, RequestParts, UrlPatterns};

/// The Python of a project as its files are at some moment.
#[derive(Debug)]
pub struct PythonSite {
    /// The directory that modules are imported from.
    pub(super) root: PathBuf,
    /// The settings.
    pub(super) settings: Settings,
    /// The modules with filters, `posts.templatetags.post_extras`.
    pub(super) tag_modules: Vec<String>,
    /// The modules of its apps with models, receivers of signals and what is to be done at the start.
    pub(super) model_modules: Vec<String>,
    /// The models of its apps.
    pub(super) models: Arc<Registry>,
    /// The connections of its threads.
    pub(super) connections: Arc<Connections>,
    /// Whether a view is Python.
    pub(super) has_views: AtomicBool,
    /// Whether pages that no Python makes have something of it.
    pub(super) is_in_all_pages: AtomicBool,
    /// The apps.
    pub(super) apps: Apps,
    version: OnceLock<u64>,
    composed: RwLock<Option<ComposedSite>>,
    /// The caches that classes of the project may lean on.
    caches: OnceLock<Arc<Caches>>,
    /// The command that runs its Python; none under a server.
    host: OnceLock<Arc<dyn CommandHost>>,
}

/// The site around the Python. It owns its views and with them a [`PythonSite`], which therefore does not own it.
#[derive(Debug)]
struct ComposedSite {
    state: Weak<AppState>,
    urls: Weak<UrlPatterns>,
}

impl PythonSite {
    /// The Python of the project at `root`; nothing is started yet.
    pub fn new(
        root: &Path,
        apps: &Apps,
        settings: &Settings,
        models: &Arc<Registry>,
        connections: &Arc<Connections>,
    ) -> Arc<Self> {
        let tag_modules = apps.iter().flat_map(tag_modules).collect();
        let model_modules = apps.iter().flat_map(model_modules).collect();
        Arc::new(Self {
            root: root.to_owned(),
            settings: settings.clone(),
            tag_modules,
            model_modules,
            models: Arc::clone(models),
            connections: Arc::clone(connections),
            apps: apps.clone(),
            has_views: AtomicBool::new(false),
            is_in_all_pages: AtomicBool::new(false),
            version: OnceLock::new(),
            composed: RwLock::default(),
            caches: OnceLock::new(),
            host: OnceLock::new(),
        })
    }

    /// Tells Python of the site whose views, middleware and filters were loaded from it.
    pub fn compose(&self, state: &Arc<AppState>, urls: &Arc<UrlPatterns>) {
        let composed = ComposedSite {
            state: Arc::downgrade(state),
            urls: Arc::downgrade(urls),
        };
        *self
            .composed
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(composed);
    }

    /// Has classes of caches that are derived from those of djr keep their entries in `caches`.
    pub fn keep_entries_in(&self, caches: Caches) {
        self.caches.set(Arc::new(caches)).ok();
    }

    /// The caches that classes of the project may lean on, if there are any such classes.
    pub(super) fn caches(&self) -> Option<&Arc<Caches>> {
        self.caches.get()
    }

    /// The models of its apps.
    pub fn models(&self) -> &Arc<Registry> {
        &self.models
    }

    /// The connections of its threads.
    pub fn connections(&self) -> &Arc<Connections> {
        &self.connections
    }

    /// Has a command run its Python, which composes the site when it is first asked for. Both live as long as the process.
    pub fn run_for(&self, host: Arc<dyn CommandHost>) {
        self.host.set(host).ok();
    }

    /// The command that runs its Python; `None` under a server.
    pub(super) fn host(&self) -> Option<&Arc<dyn CommandHost>> {
        self.host.get()
    }

    /// Its apps.
    pub(super) fn apps(&self) -> &Apps {
        &self.apps
    }

    /// What a request to the site is made of that nobody sent, for what Python asks while there is none.
    ///
    /// `None` while the modules are loaded that the site is composed of.
    pub(super) fn parts(&self) -> Option<RequestParts> {
        let state = self.state()?;
        let urls = self.composed(|composed| composed.urls.upgrade())?;
        Some(RequestParts::of_nobody(&state, &urls))
    }

    /// What all requests to the site share; `None` while the modules are loaded that the site is composed of.
    pub(super) fn state(&self) -> Option<Arc<AppState>> {
        self.composed_state().or_else(|| {
            // What is wrong is told where the command asks for the site itself.
            self.host().and_then(|host| host.application());
            self.composed_state()
        })
    }

    /// The same of the site that is composed already.
    pub fn composed_state(&self) -> Option<Arc<AppState>> {
        self.composed(|composed| composed.state.upgrade())
    }

    /// Has the site be asked for again: its settings are others now.
    pub fn forget_composed(&self) {
        *self
            .composed
            .write()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn composed<T>(&self, part: impl FnOnce(&ComposedSite) -> Option<T>) -> Option<T> {
        let composed = self.composed.read().unwrap_or_else(PoisonError::into_inner);
        composed.as_ref().and_then(part)
    }

    /// Whether something of the project may hear of rows.
    pub(super) fn has_receivers(&self) -> bool {
        has_receivers(&self.apps)
    }

    /// What tells these files from those of another moment; looked at when the first module is loaded.
    #[cfg(feature = "python")]
    pub(super) fn version(&self) -> u64 {
        *self
            .version
            .get_or_init(|| site_version::version(&self.root, &self.apps))
    }
}

/// Whether one of `apps` has a `signals.py`, or does something at the start (`ready` in its `apps.py`).
pub fn has_receivers(apps: &Apps) -> bool {
    let mut apps = apps.iter();
    apps.any(|app| match &app.source {
        AppSource::Embedded(_) => false,
        AppSource::Disk(root) => has_module(root, "signals") || is_readied(root),
    })
}

fn has_module(root: &Path, name: &str) -> bool {
    root.join(name).with_extension("py").is_file() || root.join(name).join("__init__.py").is_file()
}

fn is_readied(root: &Path) -> bool {
    let source = fs::read_to_string(root.join("apps.py"));
    source.is_ok_and(|source| source.contains("def ready("))
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

/// `models.py`, `signals.py` and `apps.py` of `app`, in the order in which they are loaded.
fn model_modules(app: &App) -> Vec<String> {
    let AppSource::Disk(root) = &app.source else {
        return Vec::new();
    };
    let names = ["models", "signals", "apps"].into_iter();
    let names = names.filter(|name| has_module(root, name));
    names.map(|name| format!("{}.{name}", app.label)).collect()
}
