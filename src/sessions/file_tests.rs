//! What sessions in files are written as, and how.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::crypto;
use crate::sessions::engine_tests::{TestEngine, is_interrupted};
use crate::sessions::{Session, SessionKey, SessionStore};

fn session_of(text: &str) -> Session {
    let mut session = Session::default();
    session.insert("word", text);
    session
}

fn change(store: &dyn SessionStore, key: &SessionKey, word: &str) {
    let mut session = Session::load(store, Some(key.clone())).unwrap();
    session.insert("word", word);
    session.save(store).unwrap();
}

fn word(store: &dyn SessionStore, key: &SessionKey) -> Option<String> {
    let session = Session::load(store, Some(key.clone())).unwrap();
    session.data().text("word").map(ToOwned::to_owned)
}

/// A word that does not become shorter by compression.
fn long() -> String {
    crypto::random_string(900, crypto::ALPHANUMERIC)
}

/// The only file of the directory.
fn only_file(directory: &Path) -> PathBuf {
    let mut found: Vec<_> = fs::read_dir(directory).unwrap().collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap().path()
}

fn kept(word: &str) -> (TestEngine, SessionKey) {
    let test = TestEngine::new("file");
    let mut session = session_of(word);
    session.save(&*test.store).unwrap();
    let key = session.key().cloned().unwrap();
    (test, key)
}

#[test]
fn a_short_text_is_written_over_and_any_other_replaces_the_file() {
    let (test, key) = kept("some");
    let directory = test.directory();
    let look = || {
        let found = only_file(&directory).metadata().unwrap();
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
        (found.ino(), found.len())
    };
    let first = look();
    for (words, is_same_file) in [
        ("same", true),
        ("some that is longer", true),
        ("shorter", false),
        (&long(), false),
        (&long(), false),
        ("z", false),
    ] {
        let (inode, _) = look();
        change(&*test.store, &key, words);
        assert_eq!(word(&*test.store, &key).as_deref(), Some(words));
        // A file system may give a new file the number of one that is gone; that of the session in use it does not.
        assert_eq!(look().0 == inode, is_same_file, "{words}");
    }
    assert_ne!(look().1, first.1);
    test.store.delete(&key).unwrap();
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
}

#[test]
fn who_reads_while_others_write_sees_whole_sessions() {
    let (test, key) = kept("a");
    let store = &*test.store;
    let done = AtomicBool::new(false);
    let words = ["a", "bbbbbbbbbbbb", "cccccccccccc"].map(ToOwned::to_owned);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut reads = 0;
                    while !done.load(Ordering::Relaxed) || reads == 0 {
                        let word = word(store, &key).unwrap();
                        assert!(words.contains(&word), "{word}");
                        reads += 1;
                    }
                })
            })
            .collect();
        for round in 0..600 {
            change(store, &key, &words[round % 3]);
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
    });
}

#[test]
fn what_another_program_puts_in_the_place_of_a_file_is_what_is_changed() {
    let (test, key) = kept("mine");
    let (store, path) = (&*test.store, only_file(&test.directory()));
    let mut theirs = session_of("theirs");
    theirs.insert("more", true);
    theirs.save(store).unwrap();
    let name = format!("sessionid{}", theirs.key().unwrap().as_str());
    let lock = File::open(&path).unwrap();
    lock.lock().unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let mut session = Session::load(store, Some(key.clone())).unwrap();
            session.insert("cart", "tea");
            session.save(store)
        });
        thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        // As Django does it: renamed, whoever has what locked.
        fs::rename(path.with_file_name(name), &path).unwrap();
        drop(lock);
        waiting.join().unwrap().unwrap();
    });
    let both = Session::load(store, Some(key.clone())).unwrap();
    assert_eq!(both.data().text("word"), Some("theirs"));
    assert_eq!(both.data().text("cart"), Some("tea"));
    assert_eq!(only_file(&test.directory()), path);
}

#[test]
fn a_file_that_is_removed_while_its_writer_waits_does_not_come_back() {
    for word in ["short", &long()] {
        let (test, key) = kept("mine");
        let (store, path) = (&*test.store, only_file(&test.directory()));
        let lock = File::open(&path).unwrap();
        lock.lock().unwrap();
        thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let mut session = Session::load(store, Some(key.clone())).unwrap();
                session.insert("word", word);
                session.save(store)
            });
            thread::sleep(Duration::from_millis(50));
            fs::remove_file(&path).unwrap();
            drop(lock);
            assert!(is_interrupted(&waiting.join().unwrap()), "{word}");
        });
        assert_eq!(fs::read_dir(test.directory()).unwrap().count(), 0);
    }
}
