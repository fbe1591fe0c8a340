//! Services that classes of the project do: caches, sessions, storages, mail, validators and hashers of passwords.
//!
//! Python is started where such a class is first asked for, and never where the settings name none.

use std::sync::Arc;

use crate::auth::{Hashers, PasswordValidators};
use crate::cache::{CachePlaces, Caches, LocmemStores};
use crate::db::{Connections, DatabaseAlias};
use crate::diagnostic::{Diagnostic as _, Finding, Findings};
use crate::mail::Mailer;
use crate::project::Project;
use crate::script::{self, PythonSite, SiteOfStorages};
use crate::sessions::{SessionEngine, SessionPlaces, session_engine};
use crate::storage::Storages;

impl Project {
    /// The caches of the settings; those in tables are read and written over `connections`. Fails where a class of the
    /// project is one of them and its models cannot be read.
    pub fn caches(&self, connections: &Connections) -> Result<Caches, Findings> {
        let memory = LocmemStores::default();
        if !self.has_own_caches() {
            return Ok(self.built_in_caches(connections, &memory));
        }
        let python = self.python(&Arc::new(self.models()?));
        Ok(self.caches_around(connections, &memory, &python))
    }

    /// The same for a site whose Python is `python`, with the entries of `memory`.
    pub(super) fn caches_around(
        &self,
        connections: &Connections,
        memory: &LocmemStores,
        python: &Arc<PythonSite>,
    ) -> Caches {
        let caches = self.built_in_caches(connections, memory);
        if !self.has_own_caches() {
            return caches;
        }
        python.keep_entries_in(self.built_in_caches(connections, memory));
        match script::own_backends(python) {
            Some(own) => caches.with_own_backends(own),
            None => caches,
        }
    }

    /// Where sessions are kept; those in a table are in the database `alias`. Fails where a class of the project keeps
    /// them and its models cannot be read.
    pub fn session_engine(
        &self,
        connections: &Connections,
        alias: &DatabaseAlias,
        caches: &Arc<Caches>,
    ) -> Result<Box<dyn SessionEngine>, Findings> {
        if self.settings.sessions.module.is_some() {
            let python = self.python(&Arc::new(self.models()?));
            python.keep_entries_in(self.built_in_caches(connections, &LocmemStores::default()));
            return Ok(script::session_engine(&python)?);
        }
        let places = SessionPlaces {
            root: self.root.clone(),
            connections: connections.clone(),
            alias: alias.clone(),
            caches: Arc::clone(caches),
        };
        Ok(session_engine(&self.settings.sessions, &places))
    }

    /// The same for a site whose Python is `python`.
    pub(super) fn session_engine_around(
        &self,
        caches: &Arc<Caches>,
        python: &Arc<PythonSite>,
    ) -> Result<Box<dyn SessionEngine>, Findings> {
        if self.settings.sessions.module.is_some() {
            return Ok(script::session_engine(python)?);
        }
        self.session_engine(python.connections(), &DatabaseAlias::default(), caches)
    }

    /// The hashers of passwords; fails with all names and costs that mean nothing.
    pub fn hashers(&self) -> Result<Hashers, Findings> {
        if self.settings.auth.own_hashers().next().is_none() {
            return Hashers::from_settings(&self.settings, None);
        }
        let python = self.python(&Arc::new(self.models()?));
        Hashers::from_settings(&self.settings, script::own_hashers(&python).as_ref())
    }

    /// Where files of rows are kept; fails where a class of the project keeps some and its models cannot be read.
    pub fn storages(&self) -> Result<Storages, Findings> {
        let mut files = self.settings.storages.files.values();
        if !files.any(|storage| storage.class.is_some()) {
            return self.storages_around(&SiteOfStorages::default());
        }
        let site = SiteOfStorages::default();
        site.keep(self.python(&Arc::new(self.models()?)));
        self.storages_around(&site)
    }

    /// The same, with classes in the Python of a site that is told later.
    pub(super) fn storages_around(&self, site: &SiteOfStorages) -> Result<Storages, Findings> {
        let own = script::own_storages(site);
        let files = &self.settings.storages.files;
        let storages = Storages::new(files, &self.root, own.as_deref());
        storages.map_err(|error| {
            let mut finding = Finding::error(error.code(), error.to_string());
            finding.location = error.alias().and_then(|alias| {
                let path = |key: &str| format!("storages.{alias}.{key}");
                self.settings.location(&path("backend"))
            });
            finding.hints = error.hints();
            finding.into()
        })
    }

    /// What sends mail; fails where a class of the project does and its models cannot be read.
    pub fn mailer(&self) -> Result<Mailer, Findings> {
        let mailer = Mailer::new(&self.settings.mail, &self.root);
        if self.settings.mail.class.is_none() {
            return Ok(mailer);
        }
        let python = self.python(&Arc::new(self.models()?));
        Ok(mailer.with_class(script::mail_class(&python)))
    }

    /// The validators of passwords; fails with all names that mean nothing.
    pub fn password_validators(&self) -> Result<PasswordValidators, Findings> {
        let validators = PasswordValidators::from_settings(&self.settings)?;
        if self.settings.auth.own_validators().next().is_none() {
            return Ok(validators);
        }
        let python = self.python(&Arc::new(self.models()?));
        Ok(validators.with_own(script::own_validators(&python)))
    }

    /// Whether a class of the project is one of the caches.
    fn has_own_caches(&self) -> bool {
        let mut caches = self.settings.caches.values();
        caches.any(|cache| cache.class.is_some())
    }

    fn built_in_caches(&self, connections: &Connections, memory: &LocmemStores) -> Caches {
        let places = CachePlaces {
            root: self.root.clone(),
            connections: connections.clone(),
        };
        Caches::new(&self.settings.caches, places).in_memory(memory.clone())
    }
}
