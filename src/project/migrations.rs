//! The models and the migrations of a project.

use crate::db::{Connection, Database};
use crate::diagnostic::{Finding, Findings};
use crate::migrations::{
    MigrationError, MigrationKey, Migrations, accept_edits, edited_migrations,
};
use crate::models::{Model, ModelKey, Registry};
use crate::project::Project;

impl Project {
    /// The key of the model that `[auth] user_model` names.
    pub fn user_model(&self) -> Result<ModelKey, Findings> {
        let name = &self.settings.auth.user_model;
        if let Some(key) = ModelKey::parse(name) {
            return Ok(key);
        }
        let message = format!("`{name}` does not name a model");
        let mut finding = Finding::error("unknown-model", message);
        finding.location = self.settings.location("auth.user_model");
        Err(finding.hint("write `app.Model`, as in `auth.User`").into())
    }

    /// The models of all installed apps, from their files.
    pub fn models(&self) -> Result<Registry, Findings> {
        let user_model = self.user_model()?;
        let registry = Registry::read(&self.apps, &user_model)?;
        let registry = registry
            .with_username_field(&self.settings.auth.username_field)
            .with_time_zone(self.settings.project.time_zone.clone());
        // Without the app `auth` nothing needs the user model.
        if self.apps.get("auth").is_none() || registry.user_model().is_some() {
            return Ok(registry);
        }
        let name = &self.settings.auth.user_model;
        let mut finding = Finding::error("unknown-model", format!("there is no model `{name}`"));
        finding.location = self.settings.location("auth.user_model");
        let names: Vec<_> = registry.models().map(Model::label).collect();
        finding = finding.suggest(name, names.iter().map(String::as_str));
        Err(finding.into())
    }

    /// The migrations of all installed apps, from their files.
    pub fn migrations(&self) -> Result<Migrations, Findings> {
        let migrations = Migrations::load(&self.apps, &self.user_model()?)?;
        Ok(migrations.with_time_zone(self.settings.project.time_zone.clone()))
    }

    /// The applied migrations whose operations are not those that ran.
    pub fn edited_migrations(
        &self,
        connection: &Connection,
    ) -> Result<Vec<MigrationKey>, MigrationError> {
        edited_migrations(&self.apps, &self.user_model()?, connection)
    }

    /// Records the checksums of applied migrations anew; returns the migrations that had changed.
    pub fn accept_edits(&self, database: &Database) -> Result<Vec<MigrationKey>, MigrationError> {
        accept_edits(
            &self.apps,
            &self.user_model()?,
            database.open_for_migrations()?,
        )
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::migrations::History;
    use crate::models::{Field, Model};
    use crate::project::Project;

    /// A model without what migrations do not know or keep in another order.
    fn comparable(model: &Model) -> Model {
        let mut model = model.clone();
        model.options.str_template = None;
        model.options.url_template = None;
        model
            .fields
            .iter_mut()
            .for_each(|field| field.serialize = true);
        model
            .fields
            .sort_by(|left, right| left.name.cmp(&right.name));
        model
    }

    fn names(fields: &[Field]) -> Vec<&str> {
        fields.iter().map(|field| field.name.as_str()).collect()
    }

    #[test]
    fn the_built_in_models_are_what_their_migrations_lead_to() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("djr.toml"), "").unwrap();
        let project = Project::open(Some(root.path()), None).unwrap();
        let registry = project.models().unwrap();
        let migrations = project.migrations().unwrap();
        let history = History::of_files(&migrations).unwrap();
        let state = history.state().unwrap();
        assert_eq!(registry.models().count(), 6);
        assert_eq!(state.models().count(), 6);
        for model in registry.models() {
            let led_to = state.get(&model.key()).unwrap();
            let (declared, led_to) = (comparable(model), comparable(led_to));
            assert_eq!(
                names(&declared.fields),
                names(&led_to.fields),
                "{}",
                model.key()
            );
            assert_eq!(declared, led_to, "{}", model.key());
        }
    }
}
