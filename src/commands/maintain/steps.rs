//! The steps of `djr maintain`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::cache::Caches;
use crate::commands::CommandError;
use crate::commands::clearsessions::{self, ClearRequest};
use crate::commands::maintain::outcome::{StepOutcome, StepReport};
use crate::db::{Connection, ConnectionHandle, Connections, Database, DatabaseAlias, FreePages};
use crate::project::{Project, check_rebuild};
use crate::settings::CacheBackendName;
use crate::text::file_size;
use crate::ui::Ui;

/// One thing to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum MaintenanceStep {
    /// Sessions that ended go.
    Sessions,
    /// What is over or too much in this cache goes.
    Cache(String),
    /// Pages that are not in use go back to the disk.
    Vacuum(DatabaseAlias),
    /// What SQLite knows of its tables is renewed.
    Optimize(DatabaseAlias),
    /// The write-ahead log is moved into the database; the last step, since the others write.
    Log(DatabaseAlias),
}

impl MaintenanceStep {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Cache(_) => "cache",
            Self::Vacuum(_) => "vacuum",
            Self::Optimize(_) => "optimize",
            Self::Log(_) => "log",
        }
    }
}

/// Runs steps.
pub(super) struct StepRunner<'r> {
    pub(super) ui: &'r Ui,
    pub(super) project: &'r Project,
    pub(super) databases: BTreeMap<DatabaseAlias, Database>,
    pub(super) connections: Connections,
    pub(super) caches: Arc<Caches>,
    pub(super) dry_run: bool,
}

impl StepRunner<'_> {
    /// All that there are for this project, in order.
    pub(super) fn steps(&self, vacuum: bool) -> Vec<MaintenanceStep> {
        let sessions = self.project.apps.get("sessions");
        let mut steps: Vec<_> = sessions.iter().map(|_| MaintenanceStep::Sessions).collect();
        let caches = self.project.settings.caches.iter();
        let own = caches.filter(|(_, cache)| culls_only_when_written(cache.backend));
        steps.extend(own.map(|(alias, _)| MaintenanceStep::Cache(alias.clone())));
        let mut of_each_database = |step: fn(DatabaseAlias) -> MaintenanceStep| {
            steps.extend(self.databases.keys().cloned().map(step));
        };
        if vacuum {
            of_each_database(MaintenanceStep::Vacuum);
        }
        of_each_database(MaintenanceStep::Optimize);
        of_each_database(MaintenanceStep::Log);
        steps
    }

    /// Runs `step`; an error is what became of it.
    pub(super) fn run(&self, step: &MaintenanceStep) -> StepReport {
        let outcome = self
            .outcome(step)
            .unwrap_or_else(|error| StepOutcome::failed(&error));
        StepReport {
            step: step.name(),
            of: match step {
                MaintenanceStep::Sessions => self.project.settings.sessions.engine_name(),
                MaintenanceStep::Cache(alias) => alias.clone(),
                MaintenanceStep::Vacuum(alias)
                | MaintenanceStep::Optimize(alias)
                | MaintenanceStep::Log(alias) => alias.to_string(),
            },
            outcome,
        }
    }

    fn outcome(&self, step: &MaintenanceStep) -> Result<StepOutcome, CommandError> {
        match step {
            MaintenanceStep::Sessions => self.clear_sessions(),
            MaintenanceStep::Cache(alias) => self.cull(alias),
            MaintenanceStep::Vacuum(alias) => self.give_back_pages(alias),
            MaintenanceStep::Optimize(alias) => self.optimize(alias),
            MaintenanceStep::Log(alias) => self.move_log(alias),
        }
    }

    fn clear_sessions(&self) -> Result<StepOutcome, CommandError> {
        let request = ClearRequest {
            connections: self.connections.clone(),
            alias: DatabaseAlias::default(),
            dry_run: self.dry_run,
            older_than: Duration::ZERO,
        };
        let cleared = clearsessions::clear(self.ui, self.project, &request)?;
        Ok(StepOutcome::Sessions(cleared))
    }

    fn cull(&self, alias: &str) -> Result<StepOutcome, CommandError> {
        let cache = self.caches.get(alias)?;
        let culled = if self.dry_run {
            cache.count_cullable()
        } else {
            cache.cull()
        };
        let culled = culled?.unwrap_or_default();
        Ok(StepOutcome::Cache {
            dry_run: self.dry_run,
            expired: culled.expired,
            excess: culled.excess,
        })
    }

    fn give_back_pages(&self, alias: &DatabaseAlias) -> Result<StepOutcome, CommandError> {
        let connection = self.connection(alias)?;
        let free = connection.free_pages()?;
        let is_kept = !free.is_incremental && !free.are_worth_a_rebuild();
        let pages = if self.dry_run || is_kept {
            free.count
        } else if free.is_incremental {
            connection.give_back_free_pages()?
        } else {
            self.rebuild(alias, &connection, free)?
        };
        Ok(StepOutcome::Vacuum {
            dry_run: self.dry_run,
            rebuilds: !free.is_incremental,
            kept: is_kept,
            pages,
            bytes: pages * free.page_size,
        })
    }

    /// Others must know why they wait.
    fn rebuild(
        &self,
        alias: &DatabaseAlias,
        connection: &Connection,
        free: FreePages,
    ) -> Result<u64, CommandError> {
        if let Some(database) = self.databases.get(alias) {
            check_rebuild(database, free.bytes_in_use())?;
        }
        let size = file_size(u128::from(free.bytes_in_use()));
        self.ui.status(format!(
            "rebuilding `{alias}` ({size}): until that is done it can be read, and whoever writes waits"
        ));
        Ok(connection.rebuild()?)
    }

    fn optimize(&self, alias: &DatabaseAlias) -> Result<StepOutcome, CommandError> {
        let connection = self.connection(alias)?;
        // SQLite does not look at its statistics without the right to write.
        let statements = if self.dry_run {
            None
        } else {
            Some(connection.optimize()?)
        };
        Ok(StepOutcome::Optimize {
            dry_run: self.dry_run,
            statements,
        })
    }

    fn move_log(&self, alias: &DatabaseAlias) -> Result<StepOutcome, CommandError> {
        let connection = self.connection(alias)?;
        let size = || self.databases.get(alias).map_or(0, Database::log_size);
        let bytes = size();
        if self.dry_run {
            return Ok(StepOutcome::Log {
                dry_run: true,
                bytes,
                left: bytes,
            });
        }
        connection.empty_log()?;
        Ok(StepOutcome::Log {
            dry_run: false,
            bytes,
            left: size(),
        })
    }

    fn connection(&self, alias: &DatabaseAlias) -> Result<ConnectionHandle, CommandError> {
        Ok(self.connections.get(alias)?)
    }
}

/// Whether entries that expired stay until somebody writes: no server sees to them.
fn culls_only_when_written(backend: CacheBackendName) -> bool {
    matches!(backend, CacheBackendName::Database | CacheBackendName::File)
}

impl fmt::Debug for StepRunner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StepRunner").finish_non_exhaustive()
    }
}
