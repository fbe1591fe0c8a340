//! What every engine keeps to, and what only one of them can.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

use crate::cache::{CachePlaces, Caches, Replacement};
use crate::clock::{self, Moment};
use crate::db::DatabaseAlias;
use crate::sessions::session_cache::SessionCache;
use crate::sessions::{
    ClearEvent, Session, SessionCodec, SessionData, SessionEdit, SessionEngine, SessionError,
    SessionExpiry, SessionKey, SessionPlaces, SessionStore, session_engine,
};
use crate::settings::Settings;
use crate::signing::SecretKeys;
use crate::test_database::TestDatabase;

const ENGINES: [&str; 5] = ["database", "cached_db", "cache", "file", "signed_cookies"];

/// Those that keep sessions on the server.
pub(super) const KEEPERS: [&str; 4] = ["database", "cached_db", "cache", "file"];

/// An engine of its own, with all that it needs.
pub(super) struct TestEngine {
    engine: Box<dyn SessionEngine>,
    pub(super) store: Arc<dyn SessionStore>,
    places: SessionPlaces,
    database: TestDatabase,
    folder: TempDir,
}

impl TestEngine {
    pub(super) fn new(name: &str) -> Self {
        let text = format!(
            "[sessions]\nengine = '{name}'\nfile_path = 'kept'\n[caches.default]\nbackend = 'locmem'\n"
        );
        let settings = Settings::parse(&text).unwrap();
        let (database, folder) = (TestDatabase::migrated(), tempfile::tempdir().unwrap());
        let places = CachePlaces {
            root: folder.path().to_owned(),
            connections: database.connections.clone(),
        };
        let places = SessionPlaces {
            root: folder.path().to_owned(),
            connections: database.connections.clone(),
            alias: DatabaseAlias::default(),
            caches: Arc::new(Caches::new(&settings.caches, places)),
        };
        let engine = session_engine(&settings.sessions, &places);
        Self {
            store: engine.store(&SecretKeys::new("key", Vec::new())),
            engine,
            places,
            database,
            folder,
        }
    }

    /// Where the engine `file` keeps sessions.
    pub(super) fn directory(&self) -> PathBuf {
        self.folder.path().join("kept")
    }
}

fn cart(number: i64) -> SessionData {
    let mut data = SessionData::default();
    data.insert("cart", vec![number]);
    data
}

pub(super) fn is_interrupted<T>(outcome: &Result<T, SessionError>) -> bool {
    matches!(outcome, Err(SessionError::Interrupted))
}

#[test]
fn what_is_kept_is_read_and_changed_and_forgotten() {
    for name in ENGINES {
        let test = TestEngine::new(name);
        let store = &test.store;
        let key = store.create(&cart(1)).unwrap();
        assert_eq!(store.load(&key).unwrap(), Some(cart(1)), "{name}");
        let sent = store.key_in_cookie(key.as_str());
        assert_eq!(sent.as_ref(), Some(&key), "{name}");
        let changed = store.save(&key, SessionEdit::replacing(&cart(2))).unwrap();
        assert_eq!(store.load(&changed).unwrap(), Some(cart(2)), "{name}");
        assert_eq!(changed == key, KEEPERS.contains(&name), "{name}");
        store.delete(&changed).unwrap();
        assert!(!store.exists(&changed).unwrap(), "{name}");
    }
}

#[test]
fn a_session_that_was_deleted_does_not_come_back() {
    for name in KEEPERS {
        let test = TestEngine::new(name);
        let store = &test.store;
        let key = store.create(&cart(1)).unwrap();
        assert!(store.exists(&key).unwrap(), "{name}");
        store.delete(&key).unwrap();
        assert!(
            is_interrupted(&store.save(&key, SessionEdit::replacing(&cart(2)))),
            "{name}"
        );
        assert_eq!(store.load(&key).unwrap(), None, "{name}");
        store.delete(&key).unwrap();
        let never = SessionKey::random();
        assert!(
            is_interrupted(&store.save(&never, SessionEdit::replacing(&cart(2)))),
            "{name}"
        );
        assert_eq!(store.load(&never).unwrap(), None, "{name}");
    }
}

#[test]
fn a_session_that_is_deleted_while_others_write_it_stays_deleted() {
    for name in KEEPERS {
        let test = TestEngine::new(name);
        let key = test.store.create(&cart(0)).unwrap();
        thread::scope(|scope| {
            for writer in 1..5 {
                let (store, key) = (&test.store, &key);
                scope.spawn(move || {
                    while !is_interrupted(&store.save(key, SessionEdit::replacing(&cart(writer)))) {
                        store.load(key).unwrap();
                    }
                });
            }
            test.store.delete(&key).unwrap();
        });
        assert_eq!(test.store.load(&key).unwrap(), None, "{name}");
        assert!(!test.store.exists(&key).unwrap(), "{name}");
    }
}

#[test]
fn a_session_that_ended_is_none() {
    let ends = |seconds: i64| {
        let mut data = cart(1);
        data.set_expiry(Some(SessionExpiry::Seconds(seconds)));
        data
    };
    for name in ENGINES {
        let test = TestEngine::new(name);
        let store = &test.store;
        let key = store.create(&ends(-1)).unwrap();
        assert_eq!(store.load(&key).unwrap(), None, "{name}");
        let key = store.create(&ends(60)).unwrap();
        assert_eq!(store.load(&key).unwrap(), Some(ends(60)), "{name}");
        let mut past = cart(1);
        past.set_expiry(Some(SessionExpiry::At(Moment::from_unix_seconds(1))));
        let key = store.create(&past).unwrap();
        assert_eq!(store.load(&key).unwrap(), None, "{name}");
    }
}

#[test]
fn the_view_of_a_request_is_the_same_over_every_engine() {
    for name in ENGINES {
        let test = TestEngine::new(name);
        let store = &test.store;
        let mut session = Session::default();
        session.set_test_cookie();
        session.save(&**store).unwrap();
        let first = session.key().cloned().unwrap();
        let mut session = Session::load(&**store, Some(first.clone())).unwrap();
        assert!(session.test_cookie_worked() && !session.is_modified());
        session.delete_test_cookie();
        session.insert("name", "ada");
        session.cycle_key();
        session.save(&**store).unwrap();
        let moved = session.key().cloned().unwrap();
        assert_ne!(moved, first, "{name}");
        let session = Session::load(&**store, Some(moved)).unwrap();
        assert!(!session.test_cookie_worked(), "{name}");
        assert_eq!(session.data().text("name"), Some("ada"), "{name}");
        let old = Session::load(&**store, Some(first)).unwrap();
        assert_eq!(old.is_empty(), KEEPERS.contains(&name), "{name}");
    }
}

#[test]
fn clearing_takes_what_ended_and_nothing_else() {
    for name in ENGINES {
        let test = TestEngine::new(name);
        let mut ended = cart(1);
        ended.set_expiry(Some(SessionExpiry::Seconds(-1)));
        let mut long = cart(2);
        long.set_expiry(Some(SessionExpiry::Seconds(1_000_000_000)));
        let keys = [&ended, &cart(1), &long].map(|data| test.store.create(data).unwrap());
        let is_cleared = ["database", "cached_db", "file"].contains(&name);
        let later = clock::now().after(std::time::Duration::from_secs(1_209_700));
        let count = |moment| test.engine.count_expired(moment, &mut |_| {}).unwrap();
        let clear = |moment| test.engine.clear_expired(moment, &mut |_| {}).unwrap();
        assert_eq!(count(later), is_cleared.then_some(2), "{name}");
        assert_eq!(clear(clock::now()), is_cleared.then_some(1), "{name}");
        assert_eq!(clear(later), is_cleared.then_some(1), "{name}");
        assert_eq!(clear(later), is_cleared.then_some(0), "{name}");
        if is_cleared {
            assert!(test.store.exists(&keys[2]).unwrap(), "{name}");
        }
    }
}

#[test]
fn a_copy_of_a_row_is_read_without_it_and_never_outlives_its_end() {
    let test = TestEngine::new("cached_db");
    let key = test.store.create(&cart(1)).unwrap();
    let sql = "UPDATE django_session SET session_data = 'altered'";
    test.database.connection().execute(sql, &[]).unwrap();
    assert_eq!(test.store.load(&key).unwrap(), Some(cart(1)));
    // Without the copy the row counts, and is copied again for as long as it has left.
    let copies = copies(&test, SessionCache::BEFORE_A_DATABASE);
    copies.delete(&key).unwrap();
    let read = test.store.load(&key).unwrap();
    assert_eq!(read, Some(SessionData::default()));
    assert_eq!(copies.load(&key).unwrap(), read);
}

fn copies(test: &TestEngine, prefix: &'static str) -> SessionCache {
    SessionCache::new(
        Arc::clone(&test.places.caches),
        "default".to_owned(),
        prefix,
    )
}

#[test]
fn whoever_writes_into_a_cache_too_late_writes_nothing() {
    let test = TestEngine::new("cache");
    let key = test.store.create(&cart(1)).unwrap();
    let cache = copies(&test, SessionCache::ALONE);
    let version = cache.versioned(&key).unwrap().version;
    cache.delete(&key).unwrap();
    let outcome = cache.replace(&key, &version, &cart(2), 60);
    assert_eq!(outcome.unwrap(), Replacement::Missing);
    assert_eq!(cache.load(&key).unwrap(), None);
}

#[test]
fn sessions_are_in_the_cache_under_the_keys_of_django() {
    for (name, prefix) in [
        ("cache", "django.contrib.sessions.cache"),
        ("cached_db", "django.contrib.sessions.cached_db"),
    ] {
        let test = TestEngine::new(name);
        let key = test.store.create(&cart(1)).unwrap();
        let cache = test.places.caches.get("default").unwrap();
        assert!(cache.has_key(&format!("{prefix}{}", key.as_str())).unwrap());
        // What another program put there is no session.
        let other = SessionKey::random();
        cache
            .set(
                &format!("{prefix}{}", other.as_str()),
                "text",
                crate::cache::CacheTimeout::Never,
            )
            .unwrap();
        assert_eq!(test.store.load(&other).unwrap(), None);
    }
}

#[test]
fn a_cache_that_keeps_nothing_is_told() {
    let settings = "[sessions]\nengine = 'cache'\n[caches.default]\nbackend = 'dummy'\n";
    let settings = Settings::parse(settings).unwrap();
    let test = TestEngine::new("cache");
    let places = SessionPlaces {
        caches: Arc::new(Caches::new(
            &settings.caches,
            CachePlaces {
                root: test.folder.path().to_owned(),
                connections: test.places.connections.clone(),
            },
        )),
        ..test.places.clone()
    };
    let engine = session_engine(&settings.sessions, &places);
    let store = engine.store(&SecretKeys::new("key", Vec::new()));
    let key = store.create(&cart(1)).unwrap();
    assert_eq!(store.load(&key).unwrap(), None);
    assert!(is_interrupted(
        &store.save(&key, SessionEdit::replacing(&cart(1)))
    ));
}

#[test]
fn files_are_called_and_written_as_django_does_and_private() {
    let test = TestEngine::new("file");
    let key = test.store.create(&cart(1)).unwrap();
    let directory = test.folder.path().join("kept");
    let path = directory.join(format!("sessionid{}", key.as_str()));
    let codec = SessionCodec::stored(&SecretKeys::new("key", Vec::new()));
    let content = fs::read_to_string(&path).unwrap();
    assert_eq!(codec.decode(&content), Some(cart(1)));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&directory), mode(&path)), (0o700, 0o600));
    test.store
        .save(&key, SessionEdit::replacing(&cart(2)))
        .unwrap();
    assert_eq!(mode(&path), 0o600);
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
    // What was altered is empty; what Django has only begun to write, too.
    for altered in ["", "x", &content.replace(':', ".")] {
        fs::write(&path, altered).unwrap();
        assert_eq!(test.store.load(&key).unwrap(), Some(SessionData::default()));
    }
    fs::write(&path, b"\xff\xfe").unwrap();
    assert_eq!(test.store.load(&key).unwrap(), Some(SessionData::default()));
    fs::write(directory.join("sessionid"), "").unwrap();
    fs::write(directory.join("other"), "").unwrap();
    let end = Moment::from_unix_seconds(100_000_000_000);
    test.engine.clear_expired(end, &mut |_| {}).unwrap();
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 2);
}

#[test]
fn a_file_that_is_written_anew_while_it_is_looked_at_stays() {
    let test = TestEngine::new("file");
    let key = test.store.create(&cart(1)).unwrap();
    let path = test.places.root.join("kept");
    let path = path.join(format!("sessionid{}", key.as_str()));
    fs::write(&path, "altered").unwrap();
    let (mut found, mut done) = (0, 0);
    let cleared = test
        .engine
        .clear_expired(Moment::MAX, &mut |event| match event {
            ClearEvent::Found(count) => found += count,
            ClearEvent::Done(count) => done += count,
            ClearEvent::Damaged(file) => {
                assert_eq!(file, path);
                test.store
                    .save(&key, SessionEdit::replacing(&cart(2)))
                    .unwrap();
            }
            ClearEvent::Unreadable { .. } => panic!("{event:?}"),
        });
    assert_eq!((cleared.unwrap(), found, done), (Some(0), 1, 1));
    assert_eq!(test.store.load(&key).unwrap(), Some(cart(2)));
}

#[test]
fn cookies_are_those_of_django_and_what_does_not_fit_is_told() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../tests/vectors/sessions.json")).unwrap();
    let keys = SecretKeys::new(vectors["secret_key"].as_str().unwrap(), Vec::new());
    let salt = "django.contrib.sessions.backends.signed_cookies";
    let sessions = vectors["sessions"].as_array().unwrap().iter();
    let mut tried = 0;
    for vector in sessions.filter(|vector| vector["salt"] == salt) {
        let time = Moment::from_unix_seconds(vector["time"].as_i64().unwrap());
        let codec = SessionCodec::in_cookies(&keys).at(time);
        let cookie = vector["encoded"].as_str().unwrap();
        let data = codec.decode(cookie).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&data.to_json()).unwrap(),
            vector["data"]
        );
        assert_eq!(codec.decode(&codec.encode(&data)), Some(data));
        assert!(SessionCodec::stored(&keys).decode(cookie).is_none());
        tried += 1;
    }
    assert!(tried > 5);
    let test = TestEngine::new("signed_cookies");
    let store = &test.store;
    let key = store.create(&cart(1)).unwrap();
    let altered = key.as_str().replacen(':', ".", 1);
    let altered = store.key_in_cookie(&altered).unwrap();
    assert_eq!(store.load(&altered).unwrap(), None);
    let mut large = cart(1);
    large.insert(
        "noise",
        crate::crypto::random_string(6000, "abcdefghijklmnopqrstuvwxyz0123456789"),
    );
    let error = store.create(&large).unwrap_err();
    assert!(
        matches!(error, SessionError::TooLarge { most: 4086, .. }),
        "{error}"
    );
    assert!(store.key_in_cookie(&"a".repeat(5000)).is_none());
}
