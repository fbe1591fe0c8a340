//! Brings the schema of a database to a target, with all that goes with it.

use std::cell::RefCell;

use crate::db::{Database, DatabaseAlias, DatabaseError, SchemaTransaction};
use crate::migrations::{
    DataLoss, MigrateRequest, MigrationError, MigrationEvent, MigrationHooks, MigrationPlan,
    Migrations, PendingChanges, migrate,
};
use crate::models::ProjectState;
use crate::project::snapshots::{RunSnapshot, Snapshot};
use crate::project::{Project, rehearsal_copy};

/// How the migrations of a project are carried out.
#[derive(Clone, Debug)]
pub struct MigrateOptions {
    /// Where the database is to be afterwards, and which migrations are only recorded.
    pub request: MigrateRequest,
    /// The name of the database in the settings, if a snapshot is taken before rows lose something.
    pub snapshots_of: Option<DatabaseAlias>,
}

/// What a run did.
#[derive(Clone, Debug)]
pub struct MigrateReport {
    /// The migrations that were applied or undone.
    pub plan: MigrationPlan,
    /// The snapshot from before the last part of the run that took something from rows.
    pub snapshot: Option<Snapshot>,
}

/// What happens while the migrations of a project are carried out.
#[derive(Clone, Copy, Debug)]
pub enum MigrateEvent<'e> {
    /// A snapshot was taken, before anything was changed.
    SnapshotTaken {
        /// The snapshot.
        snapshot: &'e Snapshot,
        /// What made it necessary.
        losses: &'e [DataLoss],
    },
    /// Something happened to a migration.
    Migration(MigrationEvent<'e>),
}

impl Project {
    /// Brings `database` to where `options` ask; content types and permissions follow.
    ///
    /// All of it is one transaction, unless a migration that is not atomic divides it.
    pub fn migrate(
        &self,
        migrations: &Migrations,
        database: &Database,
        options: &MigrateOptions,
        on_event: &mut dyn FnMut(MigrateEvent<'_>),
    ) -> Result<MigrateReport, MigrationError> {
        rehearsal_copy::remove_leftover_copy(database)?;
        let on_event = RefCell::new(on_event);
        let on_snapshot = |snapshot: &Snapshot, losses: &[DataLoss]| {
            on_event.borrow_mut()(MigrateEvent::SnapshotTaken { snapshot, losses });
        };
        let snapshots = options.snapshots_of.as_ref();
        let hooks = ProjectHooks {
            project: self,
            snapshot: snapshots
                .map(|alias| RunSnapshot::new(self.snapshots(alias, database), &on_snapshot)),
        };
        let outcome = migrate(
            migrations,
            database,
            &options.request,
            &hooks,
            &mut |event| {
                on_event.borrow_mut()(MigrateEvent::Migration(event));
            },
        );
        // The snapshot of a run that failed is put in order too, but the reason of the failure
        // is what counts then.
        let snapshot = hooks.snapshot.map_or(Ok(None), RunSnapshot::finish);
        Ok(MigrateReport {
            plan: outcome?,
            snapshot: snapshot?,
        })
    }
}

/// What a project does around its migrations.
struct ProjectHooks<'p> {
    project: &'p Project,
    /// The snapshot of the run, if one may be taken.
    snapshot: Option<RunSnapshot<'p>>,
}

impl MigrationHooks for ProjectHooks<'_> {
    fn before_changes(&self, changes: &PendingChanges<'_>) -> Result<(), MigrationError> {
        let snapshot = self.snapshot.as_ref();
        snapshot.map_or(Ok(()), |snapshot| snapshot.before_changes(changes))
    }

    fn post_migrate(
        &self,
        state: &ProjectState,
        transaction: &SchemaTransaction,
    ) -> Result<(), DatabaseError> {
        self.project.emit_post_migrate(state, transaction)
    }

    fn before_commit(&self, transaction: &SchemaTransaction) -> Result<(), MigrationError> {
        let snapshot = self.snapshot.as_ref();
        snapshot.map_or(Ok(()), |snapshot| snapshot.before_commit(transaction))
    }

    fn after_commit(&self) {
        if let Some(snapshot) = &self.snapshot {
            snapshot.after_commit();
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
    use crate::project::{MigrateEvent, MigrateOptions, Project, SnapshotError};

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
        let alias = DatabaseAlias::default();
        let options = MigrateOptions {
            request: MigrateRequest {
                target: MigrationTarget::All,
                fake: FakeMode::Never,
            },
            snapshots_of: Some(alias.clone()),
        };
        let migrations = project.migrations().unwrap();
        let first = project.migrate(&migrations, &database, &options, &mut |_| ());
        let first = first.unwrap();
        assert_eq!(first.plan.steps.len(), 1);
        assert!(first.snapshot.is_none());
        fs::write(root.path().join("blog/migrations/0002_parts.toml"), SECOND).unwrap();
        let migrations = project.migrations().unwrap();
        let mut write_between = |event: MigrateEvent<'_>| {
            if let MigrateEvent::Migration(MigrationEvent::OperationRan(metrics)) = event
                && metrics.operation == "Raw SQL operation"
                && let Ok(other) = database
                    .with_lock_timeout(Duration::ZERO)
                    .open(Durability::Full)
            {
                // Only between two transactions is the lock free.
                let insert = "INSERT INTO blog_post (title) VALUES ('two')";
                other.execute(insert, &[]).ok();
            }
        };
        let second = project.migrate(&migrations, &database, &options, &mut write_between);
        let second = second.unwrap();
        assert_eq!(second.plan.steps.len(), 1);
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
        assert_eq!(second.snapshot.unwrap().name, last.name);
        let refused = snapshots.restore(first, false).unwrap_err();
        assert!(
            matches!(refused, SnapshotError::LaterWrites { .. }),
            "{refused}"
        );
        snapshots.restore(last, false).unwrap();
        assert_eq!(titles(), ["one", "two"]);
    }
}
