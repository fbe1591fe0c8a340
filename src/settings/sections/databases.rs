//! `[databases]`: where rows are kept.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::settings::reader::SettingsReader;

/// `[databases.ALIAS]`: a database.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// The file, below the project's root unless absolute.
    pub name: PathBuf,
    /// How long the server waits for a lock.
    pub timeout: Duration,
}

pub(in crate::settings) fn databases(
    reader: &SettingsReader<'_>,
) -> BTreeMap<String, DatabaseSettings> {
    let read = |alias: String| {
        let path = |key: &str| format!("databases.{alias}.{key}");
        let database = DatabaseSettings {
            name: reader.file_path(&path("name")),
            timeout: reader.seconds(&path("timeout")),
        };
        (alias, database)
    };
    reader.aliases("databases").into_iter().map(read).collect()
}
