//! The session engine that the settings name.

use crate::db::{Connections, DatabaseAlias};
use crate::sessions::{DatabaseEngine, SessionEngine};
use crate::settings::{SessionEngineName, SessionSettings};

/// The engine of `settings`; one that needs a database uses the one called `alias`.
pub fn session_engine(
    settings: &SessionSettings,
    connections: &Connections,
    alias: &DatabaseAlias,
) -> Box<dyn SessionEngine> {
    match settings.engine {
        SessionEngineName::Database => Box::new(DatabaseEngine::new(
            connections.clone(),
            alias.clone(),
            settings.cookie.age,
        )),
    }
}
