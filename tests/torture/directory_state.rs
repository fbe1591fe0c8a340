//! What lies in a directory, in a form that two runs can be compared in.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// Every file and directory by its path, each with its mode.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct DirectoryState(BTreeMap<PathBuf, String>);

impl DirectoryState {
    /// Reads the directory at `root`; a database counts by what is in it.
    pub(crate) fn of(root: &Path) -> Self {
        let mut state = Self::default();
        state.add(root, root);
        state
    }

    fn add(&mut self, root: &Path, directory: &Path) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            // The record of `collectstatic` has inodes and times in it.
            if is_part_of_a_database(&path) || path.ends_with(".djr-static") {
                continue;
            }
            let mode = path.symlink_metadata().unwrap().permissions().mode();
            let content = content(&path);
            let name = path.strip_prefix(root).unwrap().to_owned();
            self.0.insert(name, format!("{mode:o} {content}"));
            if path.is_dir() {
                self.add(root, &path);
            }
        }
    }

    /// What is neither as in `before` nor as in `after`, though one of them knows its path.
    pub(crate) fn half_written(&self, before: &Self, after: &Self) -> Vec<&Path> {
        let half_written = self.0.iter().filter(|(path, content)| {
            let known = [before.0.get(*path), after.0.get(*path)];
            let is_whole = known.iter().flatten().any(|known| known == content);
            known.iter().any(Option::is_some) && !is_whole && !content.ends_with(EMPTY_DATABASE)
        });
        half_written.map(|(path, _)| path.as_path()).collect()
    }

    /// The part at and below `path`.
    pub(crate) fn below(&self, path: &Path) -> Self {
        let part = self.0.iter().filter(|(name, _)| name.starts_with(path));
        Self(
            part.map(|(name, content)| (name.clone(), content.clone()))
                .collect(),
        )
    }

    /// Whether all of `other` is there, leftovers or not: the work is done, and may not be redone.
    pub(crate) fn includes(&self, other: &Self) -> bool {
        let mut parts = other.0.iter();
        parts.all(|(path, content)| self.0.get(path) == Some(content))
    }

    /// The paths that differ from `other`, for messages.
    pub(crate) fn difference(&self, other: &Self) -> Vec<PathBuf> {
        let all = self.0.keys().chain(other.0.keys());
        let mut paths: Vec<_> = all
            .filter(|path| self.0.get(*path) != other.0.get(*path))
            .cloned()
            .collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

/// How a database reads in which nothing was committed.
const EMPTY_DATABASE: &str = "database:\n";

fn content(path: &Path) -> String {
    if path.is_dir() {
        return "directory".to_owned();
    }
    let bytes = fs::read(path).unwrap();
    if path
        .extension()
        .is_some_and(|extension| extension == "sqlite3")
    {
        return dump(path);
    }
    let text = String::from_utf8_lossy(&bytes);
    text.lines()
        .map(without_secret)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A secret key differs in every project.
fn without_secret(line: &str) -> &str {
    if line.starts_with("DJR_SECRET_KEY=") {
        "DJR_SECRET_KEY"
    } else {
        line
    }
}

/// SQLite's log and its index: they stay after a kill until the next writer, and count with the database.
fn is_part_of_a_database(path: &Path) -> bool {
    let name = path.to_string_lossy();
    ["-wal", "-shm", "-journal"]
        .iter()
        .any(|suffix| name.ends_with(&format!(".sqlite3{suffix}")))
}

/// All that is in a database, read from a copy, so that looking changes nothing.
fn dump(path: &Path) -> String {
    let copy = tempfile::tempdir().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    for suffix in ["", "-wal", "-journal"] {
        let from = path.with_file_name(format!("{name}{suffix}"));
        if from.exists() {
            fs::copy(&from, copy.path().join(format!("{name}{suffix}"))).unwrap();
        }
    }
    let database = Connection::open(copy.path().join(name)).unwrap();
    let health = lines(&database, "PRAGMA integrity_check");
    assert_eq!(health, ["ok"], "{}", path.display());
    let violations = lines(&database, "PRAGMA foreign_key_check");
    assert_eq!(violations, Vec::<String>::new(), "{}", path.display());
    let mut dump = EMPTY_DATABASE.to_owned();
    for line in lines(
        &database,
        "SELECT type, name, sql FROM sqlite_master ORDER BY rowid",
    ) {
        writeln!(dump, "{line}").unwrap();
    }
    for table in lines(
        &database,
        "SELECT name FROM sqlite_master WHERE type = 'table'",
    ) {
        for line in lines(&database, &format!("SELECT * FROM {table}")) {
            writeln!(dump, "{table}: {}", without_salt(&line)).unwrap();
        }
    }
    dump
}

fn lines(database: &Connection, query: &str) -> Vec<String> {
    let mut statement = database.prepare(query).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map((), |row| {
        let cells = (0..width).map(|column| row.get_ref(column).map(text));
        Ok(cells.collect::<Result<Vec<_>, _>>()?.join(" | "))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

fn text(value: rusqlite::types::ValueRef<'_>) -> String {
    value
        .as_str()
        .map_or_else(|_| format!("{value:?}"), str::to_owned)
}

/// A password hash differs in every run.
fn without_salt(line: &str) -> String {
    match line.split_once("argon2$") {
        Some((before, rest)) => {
            let (_, after) = rest.split_once(" | ").unwrap_or_default();
            format!("{before}argon2 | {after}")
        }
        None => line.to_owned(),
    }
}
