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
            name: database_file(reader, &path("name")),
            timeout: reader.seconds(&path("timeout")),
        };
        (alias, database)
    };
    reader.aliases("databases").into_iter().map(read).collect()
}

/// The path of a file: every command opens it anew, and the server, backups and snapshots look at it.
fn database_file(reader: &SettingsReader<'_>, path: &str) -> PathBuf {
    let name = reader.file_path(path);
    if let Some(text) = name.to_str() {
        reader.check_with(path, text, mistake_in_name);
    }
    name
}

/// What makes a name another thing to SQLite than the path of a file.
fn mistake_in_name(name: &str) -> Option<String> {
    let is_scheme = |scheme: &str| {
        let mut letters = scheme.chars();
        letters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic())
            && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let why = if name.starts_with(':') {
        "a database is a file; one in memory would be gone with the command"
    } else if name
        .split_once("://")
        .is_some_and(|(scheme, _)| is_scheme(scheme))
        || name.to_ascii_lowercase().starts_with("file:")
    {
        "a database is the path of a file, not a URL"
    } else if name.ends_with('/') || matches!(name.rsplit('/').next(), Some("." | "..")) {
        "a database is a file, and this names a directory"
    } else {
        return None;
    };
    Some(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::mistake_in_name;

    #[test]
    fn a_database_is_the_path_of_a_file() {
        for name in [
            ":memory:",
            ":other",
            "file:x.db",
            "FILE:x.db?mode=ro",
            "file:///tmp/x.db",
            "sqlite:///x.db",
            "postgres://localhost/x",
            "data/",
            ".",
            "data/..",
        ] {
            assert!(mistake_in_name(name).is_some(), "{name}");
        }
        for name in [
            "db.sqlite3",
            "/var/lib/x.db",
            "data/a:b.db",
            "../x",
            "files/x?mode=ro",
            "x..",
        ] {
            assert_eq!(mistake_in_name(name), None, "{name}");
        }
    }
}
