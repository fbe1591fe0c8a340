//! The migrations of a project, and what follows them in the same transaction.

use crate::contenttypes;
use crate::db::{Database, DatabaseError, SchemaTransaction};
use crate::diagnostic::{Finding, Findings};
use crate::migrations::{Event, MigrationError, Migrations, Plan, Request, migrate};
use crate::models::{ModelKey, ProjectState, Registry};
use crate::project::Project;
use crate::{auth, text};

impl Project {
    /// The key of the model that `[auth] user_model` names.
    pub fn user_model(&self) -> Result<ModelKey, Findings> {
        let name = &self.settings.auth.user_model;
        if let Some(key) = ModelKey::parse(name) {
            return Ok(key);
        }
        let message = format!("`{name}` names no model");
        let mut finding = Finding::error("unknown-model", message);
        finding.location = self.settings.location("auth.user_model");
        Err(finding.hint("write `app.Model`, as in `auth.User`").into())
    }

    /// The models of all installed apps, from their files.
    pub fn models(&self) -> Result<Registry, Findings> {
        let user_model = self.user_model()?;
        let registry = Registry::read(&self.apps, &user_model)?;
        // Without the app there are no users to miss.
        if self.apps.get("auth").is_none() || registry.user_model().is_some() {
            return Ok(registry);
        }
        let name = &self.settings.auth.user_model;
        let mut finding = Finding::error("unknown-model", format!("there is no model `{name}`"));
        finding.location = self.settings.location("auth.user_model");
        let names: Vec<_> = registry
            .models()
            .map(|model| format!("{}.{}", model.app_label, model.name))
            .collect();
        if let Some(nearest) = text::nearest(name, names.iter().map(String::as_str)) {
            finding = finding.hint(format!("did you mean `{nearest}`?"));
        }
        Err(finding.into())
    }

    /// The migrations of all installed apps, from their files.
    pub fn migrations(&self) -> Result<Migrations, Findings> {
        Migrations::load(&self.apps, &self.user_model()?)
    }

    /// Brings `database` to where `request` asks; content types and permissions follow.
    ///
    /// All of it is one transaction. Returns what this run did.
    pub fn migrate(
        &self,
        migrations: &Migrations,
        database: &Database,
        request: &Request,
        events: &mut dyn FnMut(Event<'_>),
    ) -> Result<Plan, MigrationError> {
        let hook = |state: &ProjectState, schema: &SchemaTransaction| self.follow(state, schema);
        migrate(migrations, database, request, &hook, events)
    }

    fn follow(
        &self,
        state: &ProjectState,
        schema: &SchemaTransaction,
    ) -> Result<(), DatabaseError> {
        if self.apps.get("contenttypes").is_none() {
            return Ok(());
        }
        let content_types = contenttypes::sync(self.apps.labels(), state, schema)?;
        match content_types {
            Some(content_types) => {
                auth::permissions::sync(self.apps.labels(), state, &content_types, schema)
            }
            None => Ok(()),
        }
    }
}
