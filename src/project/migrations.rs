//! The migrations of a project, and what follows them in the same transaction.

use crate::contenttypes;
use crate::db::{Connection, Database, DatabaseAlias, DatabaseError, SchemaTransaction};
use crate::diagnostic::{Finding, Findings};
use crate::migrations::{
    Company, Guard, MigrateRequest, MigrationError, MigrationEvent, MigrationKey, MigrationPlan,
    Migrations, accept, edited, migrate,
};
use crate::models::{ModelKey, ProjectState, Registry};
use crate::project::snapshots::{OnSnapshot, SnapshotHooks};
use crate::project::{Project, rehearsal};
use crate::{auth, text};

/// How a run takes its snapshot.
pub struct SnapshotOptions<'s> {
    /// The database, by its name in the settings.
    pub alias: &'s DatabaseAlias,
    /// Is told of the snapshot, and what made it necessary.
    pub told: OnSnapshot<'s>,
}

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
    /// All of it is one transaction, unless migrations that are not atomic part it. Where it takes something from rows, a snapshot comes before,
    /// unless `saved` is none. Returns what this run did.
    pub fn migrate(
        &self,
        migrations: &Migrations,
        database: &Database,
        request: &MigrateRequest,
        saved: Option<SnapshotOptions<'_>>,
        events: &mut dyn FnMut(MigrationEvent<'_>),
    ) -> Result<MigrationPlan, MigrationError> {
        rehearsal::tidy(database)?;
        let hook = |state: &ProjectState, transaction: &SchemaTransaction| {
            self.emit_post_migrate(state, transaction)
        };
        let safeguard = saved
            .map(|saved| SnapshotHooks::new(self.snapshots(saved.alias, database), saved.told));
        let company = Company {
            hook: &hook,
            guard: safeguard.as_ref().map(|guard| guard as &dyn Guard),
        };
        let outcome = migrate(migrations, database, request, company, events);
        if let Some(safeguard) = safeguard {
            let tidied = safeguard.finish();
            if outcome.is_ok() {
                tidied?;
            }
        }
        outcome
    }

    /// The applied migrations whose files do something else now than when they ran.
    pub fn edited(&self, connection: &Connection) -> Result<Vec<MigrationKey>, MigrationError> {
        edited(&self.apps, &self.user_model()?, connection)
    }

    /// Takes the files of applied migrations as they are now; returns those that had changed.
    pub fn accept_edits(&self, database: &Database) -> Result<Vec<MigrationKey>, MigrationError> {
        accept(
            &self.apps,
            &self.user_model()?,
            database.open_for_migrations()?,
        )
    }

    pub(super) fn emit_post_migrate(
        &self,
        state: &ProjectState,
        transaction: &SchemaTransaction,
    ) -> Result<(), DatabaseError> {
        if self.apps.get("contenttypes").is_none() {
            return Ok(());
        }
        let content_types =
            contenttypes::create_content_types(self.apps.labels(), state, transaction)?;
        match content_types {
            Some(content_types) => {
                auth::create_permissions(self.apps.labels(), state, &content_types, transaction)
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    use crate::db::{Database, DatabaseAlias, Durability};
    use crate::migrations::{FakeMode, MigrateRequest, MigrationEvent, MigrationTarget};
    use crate::models::{Field, Model, ProjectState};
    use crate::project::{Project, SnapshotError, SnapshotOptions};

    /// A model without what migrations do not know or keep in another order.
    fn comparable(model: &Model) -> Model {
        let mut model = model.clone();
        model.options.str_template = None;
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
        let database = Database::new(root.path().join("db.sqlite3"), Duration::from_secs(5));
        let request = MigrateRequest {
            target: MigrationTarget::All,
            fake: FakeMode::No,
        };
        let found = std::cell::RefCell::new(None);
        let hook = |state: &ProjectState, _: &_| {
            *found.borrow_mut() = Some(state.clone());
            Ok(())
        };
        let company = crate::migrations::Company {
            hook: &hook,
            guard: None,
        };
        crate::migrations::migrate(&migrations, &database, &request, company, &mut |_| ()).unwrap();
        let state = found.take().unwrap();
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

    const FIRST: &str = "[[operations]]
        CreateModel = { name = 'Post', fields = { title = { type = 'TextField' }, old = { type = 'TextField' } } }
        [[operations]]
        RunSQL = { sql = \"INSERT INTO blog_post (title, old) VALUES ('one', '')\" }\n";
    const SECOND: &str = "dependencies = ['blog.0001_initial']
        atomic = false
        [[operations]]
        RemoveField = { model = 'Post', name = 'old' }
        [[operations]]
        RunSQL = { sql = 'VACUUM' }
        [[operations]]
        RunSQL = { sql = \"DELETE FROM blog_post WHERE title = 'one'\" }\n";

    /// A project with a blog whose second migration is committed in parts.
    fn blog(root: &Path) -> Project {
        fs::create_dir_all(root.join("blog/migrations")).unwrap();
        fs::write(root.join("djr.toml"), "[project]\napps = ['blog']\n").unwrap();
        fs::write(root.join("blog/migrations/0001_initial.toml"), FIRST).unwrap();
        Project::open(Some(root), None).unwrap()
    }

    #[test]
    fn what_others_write_between_two_parts_is_in_a_snapshot_of_its_own() {
        let root = tempfile::tempdir().unwrap();
        let project = blog(root.path());
        let database = Database::new(root.path().join("db.sqlite3"), Duration::from_secs(5));
        let request = MigrateRequest {
            target: MigrationTarget::All,
            fake: FakeMode::No,
        };
        let migrations = project.migrations().unwrap();
        let ran = project.migrate(&migrations, &database, &request, None, &mut |_| ());
        assert_eq!(ran.unwrap().steps.len(), 1);
        fs::write(root.path().join("blog/migrations/0002_parts.toml"), SECOND).unwrap();
        let migrations = project.migrations().unwrap();
        let mut write_between = |event: MigrationEvent<'_>| {
            if let MigrationEvent::OperationRan(measured) = event
                && measured.operation == "Raw SQL operation"
                && let Ok(other) = database
                    .with_lock_timeout(Duration::ZERO)
                    .open(Durability::Full)
            {
                // Only between two transactions is the lock free.
                let insert = "INSERT INTO blog_post (title) VALUES ('two')";
                other.execute(insert, &[]).ok();
            }
        };
        let alias = DatabaseAlias::default();
        let saved = SnapshotOptions {
            alias: &alias,
            told: &mut |_, _| (),
        };
        let ran = project.migrate(
            &migrations,
            &database,
            &request,
            Some(saved),
            &mut write_between,
        );
        assert_eq!(ran.unwrap().steps.len(), 1);
        let titles = || {
            let connection = database.open_read_only().unwrap().unwrap();
            let titles = connection.column::<String>("SELECT title FROM blog_post", &[]);
            titles.unwrap()
        };
        assert_eq!(titles(), ["two"]);
        let snapshots = project.snapshots(&alias, &database);
        let [last, first] = &snapshots.list().unwrap()[..] else {
            panic!("not two snapshots");
        };
        let refused = snapshots.restore(first, false).unwrap_err();
        assert!(
            matches!(refused, SnapshotError::LaterWrites { .. }),
            "{refused}"
        );
        snapshots.restore(last, false).unwrap();
        assert_eq!(titles(), ["one", "two"]);
    }
}
