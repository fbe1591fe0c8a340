//! The site of a project for a command that runs Python: the one place where such a command opens it.
//!
//! 1. Settings, apps and models are read: what Python sees at once.
//! 2. Urls, templates and middleware are read when something first asks for them, as a test or `reverse` does.
//!
//! No database is opened, and no server is started.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::db::Connections;
use crate::diagnostic::{Finding, Findings};
use crate::logging::CurrentLogging;
use crate::mail::EmailMessage;
use crate::middleware::Application;
use crate::models::{FileObserver, Registry};
use crate::project::logged_failures::file_cleaner;
use crate::project::{ProcessServices, Project};
use crate::script::{self, PythonSite, RowReceivers, SiteOfStorages};
use crate::settings::override_for_test;

/// What tests lay over the settings of a project.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct SettingsOverride {
    /// Settings as TOML.
    pub settings: String,
    /// The file of the urls, below the project; empty for the usual one.
    pub urls: String,
}

type Composed = Result<Arc<Application>, Findings>;

/// The site of a project, for a command that runs Python.
#[derive(Debug)]
pub struct CommandSite {
    project: Project,
    services: ProcessServices,
    python: Arc<PythonSite>,
    /// What is composed, by the settings that tests lay over those of the project.
    composed: Mutex<HashMap<SettingsOverride, Composed>>,
    /// What tests lay over them now.
    current: Mutex<SettingsOverride>,
    /// Whether it is being composed: what is loaded meanwhile cannot have it.
    is_under_way: AtomicBool,
}

impl CommandSite {
    /// The site of `project`; fails with everything that is wrong in its models and storages.
    pub fn open(project: Project, services: ProcessServices) -> Result<Self, Findings> {
        let site = SiteOfStorages::default();
        let storages = Arc::new(project.storages_around(&site)?);
        let cleaner = file_cleaner(&storages, services.logging.clone());
        let python = project.python(&project.observed_models(cleaner)?);
        site.follow(&python);
        Ok(Self {
            project,
            services,
            python,
            composed: Mutex::default(),
            current: Mutex::default(),
            is_under_way: AtomicBool::new(false),
        })
    }

    /// The project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Its Python, which has to be told by [`PythonSite::run_for`] whom to ask for the site.
    pub fn python(&self) -> &Arc<PythonSite> {
        &self.python
    }

    /// What answers requests, composed when it is first asked for; `None` while that is under way.
    pub fn application(&self) -> Option<Result<Arc<Application>, Findings>> {
        let current = lock(&self.current).clone();
        if let Some(known) = lock(&self.composed).get(&current).cloned() {
            if let Ok(application) = &known {
                let (state, urls) = (application.state(), application.urls());
                self.python.compose(state, urls);
            }
            return Some(known);
        }
        if self.is_under_way.swap(true, Ordering::Relaxed) {
            return None;
        }
        let composed = self.compose(&current);
        self.is_under_way.store(false, Ordering::Relaxed);
        lock(&self.composed).insert(current, composed.clone());
        Some(composed)
    }

    /// Lays `settings` over those of the project; what answers requests is composed of them when it is next asked for.
    ///
    /// Fails where they are not TOML.
    pub fn override_settings(&self, settings: SettingsOverride) -> Result<(), Findings> {
        let urls = (!settings.urls.is_empty()).then(|| settings.urls.clone().into());
        override_for_test(&settings.settings, urls)?;
        *lock(&self.current) = settings;
        self.python.forget_composed();
        Ok(())
    }

    /// Takes the mail that the site has sent, which stays in memory, once what works in the background is done.
    pub fn take_mail(&self, patience: Duration) -> Vec<EmailMessage> {
        let Some(state) = self.python.composed_state() else {
            return Vec::new();
        };
        self.services.background.wait(patience);
        state.mailer.take_messages()
    }

    fn compose(&self, over: &SettingsOverride) -> Composed {
        let mask = |finding: Finding| self.project.settings.mask(finding);
        let reopened = if *over == SettingsOverride::default() {
            None
        } else {
            Some(self.project.reopen()?)
        };
        let project = reopened.as_ref().unwrap_or(&self.project);
        let composed = project.application_around(self.services.clone(), Some(&self.python));
        let composed = composed.map_err(|findings| findings.map(mask))?;
        Ok(Arc::new(composed.application))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Project {
    /// The Python of this project for a command that writes rows; `None` where nothing of the project hears of them.
    pub fn receivers(&self) -> Result<Option<Arc<PythonSite>>, Findings> {
        if !script::IS_BUILT_IN || !script::has_receivers(&self.apps) {
            return Ok(None);
        }
        let site = SiteOfStorages::default();
        let storages = Arc::new(self.storages_around(&site)?);
        let cleaner = file_cleaner(&storages, CurrentLogging::default());
        let python = self.python(&self.observed_models(cleaner)?);
        site.follow(&python);
        Ok(Some(python))
    }

    /// The models; `observer` is told of the files that no row names any more.
    pub(super) fn observed_models(
        &self,
        observer: Arc<dyn FileObserver>,
    ) -> Result<Arc<Registry>, Findings> {
        let models = self.models()?.with_file_observer(observer);
        Ok(Arc::new(
            models.with_row_observer(Arc::new(RowReceivers::default())),
        ))
    }

    /// The Python of this project over these models.
    pub(super) fn python(&self, models: &Arc<Registry>) -> Arc<PythonSite> {
        let connections = Arc::new(Connections::new(self.databases()));
        let site = PythonSite::new(&self.root, &self.apps, &self.settings, models, &connections);
        RowReceivers::listen(&site);
        site
    }
}
