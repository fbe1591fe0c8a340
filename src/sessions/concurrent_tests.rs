//! Requests of one session at the same time.

use std::thread;

use crate::json::Json;
use crate::sessions::engine_tests::{KEEPERS, TestEngine, is_interrupted};
use crate::sessions::{Session, SessionExpiry, SessionKey, SessionStore};

/// A session that holds `seen`, and its key.
fn kept(store: &dyn SessionStore) -> SessionKey {
    let mut session = Session::default();
    session.insert("seen", 1);
    session.save(store).unwrap();
    session.key().cloned().unwrap()
}

fn load(store: &dyn SessionStore, key: &SessionKey) -> Session {
    Session::load(store, Some(key.clone())).unwrap()
}

#[test]
fn what_two_requests_change_is_kept_by_both() {
    for name in KEEPERS {
        let test = TestEngine::new(name);
        let store = &*test.store;
        let key = kept(store);
        let (mut first, mut second) = (load(store, &key), load(store, &key));
        first.insert("cart", "tea");
        first.set_expiry(Some(SessionExpiry::Seconds(90)));
        second.insert("_messages", "hello");
        second.remove("seen");
        first.save(store).unwrap();
        second.save(store).unwrap();
        let both = load(store, &key);
        assert_eq!(both.data().text("cart"), Some("tea"), "{name}");
        assert_eq!(both.data().text("_messages"), Some("hello"), "{name}");
        assert_eq!(
            both.data().expiry(),
            Some(SessionExpiry::Seconds(90)),
            "{name}"
        );
        assert!(!both.data().contains("seen"), "{name}");
    }
}

#[test]
fn of_one_name_the_last_value_counts_and_clearing_clears_all() {
    for name in KEEPERS {
        let test = TestEngine::new(name);
        let store = &*test.store;
        let key = kept(store);
        let (mut first, mut second) = (load(store, &key), load(store, &key));
        first.insert("seen", 2);
        second.insert("seen", 3);
        first.save(store).unwrap();
        second.save(store).unwrap();
        assert_eq!(
            load(store, &key).get("seen"),
            Some(&Json::from(3)),
            "{name}"
        );
        let (mut first, mut second) = (load(store, &key), load(store, &key));
        first.insert("cart", "tea");
        second.clear();
        second.insert("new", true);
        first.save(store).unwrap();
        second.save(store).unwrap();
        let cleared = load(store, &key);
        assert_eq!(cleared.data().names(), ["new"], "{name}");
        // The key stays.
        assert_eq!(cleared.key(), Some(&key), "{name}");
    }
}

#[test]
fn whoever_changes_nothing_writes_nothing_over() {
    for name in KEEPERS {
        let test = TestEngine::new(name);
        let store = &*test.store;
        let key = kept(store);
        // As `save_every_request` does it.
        let mut idle = load(store, &key);
        let mut busy = load(store, &key);
        busy.insert("cart", "tea");
        busy.save(store).unwrap();
        idle.save(store).unwrap();
        assert_eq!(load(store, &key).data().text("cart"), Some("tea"), "{name}");
    }
}

#[test]
fn no_name_is_lost_among_many_threads_and_the_last_copy_is_of_the_last_row() {
    for name in KEEPERS {
        let test = TestEngine::new(name);
        let store = &test.store;
        let key = kept(&**store);
        thread::scope(|scope| {
            for writer in 0..4 {
                let (store, key) = (&**store, &key);
                scope.spawn(move || {
                    for number in 0..20 {
                        let mut session = load(store, key);
                        session.insert(format!("{writer}-{number}"), number);
                        session.save(store).unwrap();
                    }
                });
            }
        });
        assert_eq!(load(&**store, &key).data().names().len(), 81, "{name}");
    }
}

#[test]
fn who_logs_out_while_another_request_writes_is_out() {
    for name in KEEPERS {
        let test = TestEngine::new(name);
        let store = &*test.store;
        let key = kept(store);
        let (mut writer, mut leaver) = (load(store, &key), load(store, &key));
        writer.insert("cart", "tea");
        leaver.flush();
        leaver.save(store).unwrap();
        assert!(is_interrupted(&writer.save(store)), "{name}");
        assert!(load(store, &key).is_empty(), "{name}");
    }
}
