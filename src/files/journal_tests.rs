//! Journals: what is in the way, what a killed run leaves, and who may undo what.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread;

use tempfile::TempDir;

use super::{FileChange, Journal, NAME};
use crate::files::journal_entry::{self, JournalEntry};
use crate::files::{FileError, FileMode, create_directory};

fn create(path: &str) -> FileChange {
    FileChange::Create {
        path: path.into(),
        content: path.as_bytes().to_vec(),
        mode: FileMode::Public,
    }
}

fn replace(path: &str, old: &str, new: &str) -> FileChange {
    FileChange::Replace {
        path: path.into(),
        old: old.into(),
        new: new.into(),
    }
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("list"), "old").unwrap();
    folder
}

fn changes() -> [FileChange; 4] {
    [
        create("app/a"),
        create("app/deep/b"),
        FileChange::Directory {
            path: "app/empty".into(),
        },
        replace("list", "old", "new"),
    ]
}

/// Every file below `root` with its content, and every directory.
fn tree(root: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name();
    let describe = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(root).unwrap();
        let content = fs::read_to_string(entry.path()).unwrap_or_default();
        (name.display().to_string(), content)
    };
    entries
        .into_iter()
        .map(|entry| describe(entry.unwrap()))
        .collect()
}

#[test]
fn makes_all_changes_and_leaves_no_journal() {
    let folder = folder();
    Journal::open(folder.path())
        .unwrap()
        .apply(&changes())
        .unwrap();
    let names: Vec<_> = tree(folder.path())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "app",
            "app/a",
            "app/deep",
            "app/deep/b",
            "app/empty",
            "list"
        ]
    );
    assert_eq!(fs::read(folder.path().join("list")).unwrap(), b"new");
}

#[test]
fn names_everything_in_the_way_and_changes_nothing() {
    let folder = folder();
    symlink("/", folder.path().join("link")).unwrap();
    let refused = Journal::open(folder.path()).unwrap().apply(&[
        create("list"),
        create("new"),
        create("link/tmp/outside"),
    ]);
    let Err(FileError::InTheWay(paths)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(paths, ["list", "link"].map(|name| folder.path().join(name)));
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn refuses_to_replace_what_has_changed() {
    let folder = folder();
    let journal = Journal::open(folder.path()).unwrap();
    let outcome = journal.apply(&[create("a"), replace("list", "other", "new")]);
    assert!(matches!(outcome, Err(FileError::Changed(_))), "{outcome:?}");
    assert_eq!(tree(folder.path()), [("list".into(), "old".into())]);
}

/// A directory in which a run was killed after `made` of its changes.
fn killed(made: usize) -> TempDir {
    let folder = folder();
    let changes = super::with_parents(folder.path(), &changes());
    let entries: Vec<_> = changes
        .iter()
        .map(|change| JournalEntry::of(change, 0o644))
        .collect();
    fs::write(
        folder.path().join(NAME),
        journal_entry::write(&entries).unwrap(),
    )
    .unwrap();
    for change in &changes[..made] {
        super::apply_change(folder.path(), change).unwrap();
    }
    if let Some(next) = changes.get(made)
        && !matches!(next, FileChange::Directory { .. })
    {
        let path = folder.path().join(next.path());
        fs::write(crate::files::paths::temporary_path(&path), "half").unwrap();
    }
    folder
}

#[test]
fn undoes_what_a_killed_run_left() {
    let before = tree(folder().path());
    for made in 0..6 {
        let folder = killed(made);
        drop(Journal::open(folder.path()).unwrap());
        assert_eq!(tree(folder.path()), before, "after {made} changes");
        Journal::open(folder.path())
            .unwrap()
            .apply(&changes())
            .unwrap();
    }
}

#[test]
fn keeps_what_was_complete_but_for_the_journal() {
    let folder = killed(6);
    drop(Journal::open(folder.path()).unwrap());
    assert_eq!(fs::read(folder.path().join("list")).unwrap(), b"new");
    assert!(folder.path().join("app/deep/b").exists());
    assert!(!folder.path().join(NAME).exists());
}

#[test]
fn leaves_alone_what_someone_wrote_after_the_kill() {
    let folder = killed(5);
    fs::write(folder.path().join("app/a"), "mine").unwrap();
    drop(Journal::open(folder.path()).unwrap());
    assert_eq!(fs::read(folder.path().join("app/a")).unwrap(), b"mine");
    assert!(!folder.path().join("app/deep").exists());
}

#[test]
fn ignores_a_journal_that_was_being_written() {
    let folder = folder();
    fs::write(folder.path().join(NAME), "{\"create\":{\"path\":\"li").unwrap();
    drop(Journal::open(folder.path()).unwrap());
    assert_eq!(tree(folder.path()), [("list".into(), "old".into())]);
}

#[test]
fn of_eight_at_once_one_makes_the_files() {
    let folder = folder();
    let parent = folder.path();
    let run = || {
        let target = parent.join("made");
        let first = create_directory(&target, &[create("a"), create("b/c")], &|| {});
        let second = Journal::open(parent).and_then(|journal| journal.apply(&changes()));
        (first.is_ok(), second.is_ok())
    };
    let outcomes: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|(first, _)| *first).count(), 1);
    assert_eq!(outcomes.iter().filter(|(_, second)| *second).count(), 1);
    let names: Vec<_> = tree(parent).into_iter().map(|(name, _)| name).collect();
    let made = ["made", "made/a", "made/b", "made/b/c"];
    let app = [
        "app",
        "app/a",
        "app/deep",
        "app/deep/b",
        "app/empty",
        "list",
    ];
    assert_eq!(names, [&app[..], &made[..]].concat());
}

#[test]
fn a_file_that_goes_comes_back_with_a_run_that_was_killed() {
    let folder = folder();
    let changes = [
        create("new"),
        FileChange::Remove {
            path: "list".into(),
            old: "old".into(),
        },
    ];
    let before = tree(folder.path());
    let entries: Vec<_> = changes
        .iter()
        .map(|change| JournalEntry::of(change, 0o644))
        .collect();
    fs::write(folder.path().join("new"), "new").unwrap();
    fs::write(
        folder.path().join(NAME),
        journal_entry::write(&entries).unwrap(),
    )
    .unwrap();
    drop(Journal::open(folder.path()).unwrap());
    assert_eq!(tree(folder.path()), before);
    Journal::open(folder.path())
        .unwrap()
        .apply(&changes)
        .unwrap();
    assert_eq!(tree(folder.path()), [("new".to_owned(), "new".to_owned())]);
    let gone = Journal::open(folder.path()).unwrap().apply(&changes[1..]);
    assert!(matches!(gone, Err(FileError::Changed(_))), "{gone:?}");
}
