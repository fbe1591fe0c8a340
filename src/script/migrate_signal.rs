//! `pre_migrate` and `post_migrate`, as a command sends them.

use std::sync::Arc;

use crate::db::DatabaseAlias;
use crate::diagnostic::Finding;
use crate::json::Json;
use crate::script::{PythonSite, engine};

/// A migration that is about to run, or has run.
#[derive(Clone, Debug)]
pub struct PlannedMigration {
    /// Its app and name: `posts.0001_initial`.
    pub migration: String,
    /// Whether it is undone.
    pub is_backwards: bool,
}

/// What the receivers of `pre_migrate` and `post_migrate` are told.
#[derive(Clone, Debug)]
pub struct MigrateSignal {
    /// The database.
    pub using: DatabaseAlias,
    /// How much the command says.
    pub verbosity: u8,
    /// Whether a person can be asked.
    pub is_interactive: bool,
    /// What runs; none for `flush`, which runs no migrations.
    pub plan: Option<Vec<PlannedMigration>>,
}

impl MigrateSignal {
    /// Sends `pre_migrate`, once for each app with models; fails with what a receiver raises.
    pub fn send_before(&self, site: &Arc<PythonSite>) -> Result<(), Finding> {
        engine::emit_migrate_signal(site, &self.facts(true))
    }

    /// Sends `post_migrate`, once for each app with models; fails with what a receiver raises.
    pub fn send_after(&self, site: &Arc<PythonSite>) -> Result<(), Finding> {
        engine::emit_migrate_signal(site, &self.facts(false))
    }

    fn facts(&self, is_before: bool) -> Json {
        let plan = self.plan.as_ref().map(|plan| {
            let steps = plan.iter().map(|step| {
                object([
                    ("migration", Json::from(step.migration.as_str())),
                    ("is_backwards", Json::from(step.is_backwards)),
                ])
            });
            Json::Array(steps.collect())
        });
        object([
            ("is_before", Json::from(is_before)),
            ("using", Json::from(self.using.to_string())),
            ("verbosity", Json::from(i64::from(self.verbosity))),
            ("interactive", Json::from(self.is_interactive)),
            ("plan", plan.unwrap_or(Json::Null)),
        ])
    }
}

fn object<const N: usize>(facts: [(&str, Json); N]) -> Json {
    Json::Object(facts.map(|(name, value)| (name.to_owned(), value)).into())
}
