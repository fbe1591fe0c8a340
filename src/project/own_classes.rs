//! Services that classes of the project do: caches, mail and validators of passwords.
//!
//! Python is started where such a class is first asked for, and never where the settings name none.

use std::sync::Arc;

use crate::auth::PasswordValidators;
use crate::cache::{CachePlaces, Caches, LocmemStores};
use crate::db::Connections;
use crate::diagnostic::Findings;
use crate::mail::Mailer;
use crate::project::Project;
use crate::script::{self, PythonSite};

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
