//! Several processes that count in one cache.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::auth::throttle::tests::{Server, address, assert_promise_is_kept, limits};
use crate::auth::throttle::{LoginAttempt, RequestedUnlock, SharedCounts, Unlock};
use crate::cache::{
    Cache, CacheBackend, CacheEntry, CacheError, CacheKey, CachePlaces, CacheTable, CacheValue,
    Caches, LocmemStores,
};
use crate::clock::Moment;
use crate::db::{Connections, Database, DatabaseAlias};
use crate::settings::{Settings, ThrottleLimits};
use crate::signing::SecretKeys;

/// Processes of one site, with a cache that all of them use.
struct Site {
    settings: Settings,
    folder: tempfile::TempDir,
    memory: LocmemStores,
    outages: Arc<AtomicUsize>,
}

impl Site {
    /// The site whose cache has these lines.
    fn new(cache: &str) -> Self {
        let toml = format!("[caches.default]\nmax_entries = 1000000\n{cache}");
        let folder = tempfile::tempdir().unwrap();
        let database = database(folder.path());
        CacheTable::new("counts").create(&database).unwrap();
        Self {
            settings: Settings::parse(&toml).unwrap(),
            folder,
            memory: LocmemStores::default(),
            outages: Arc::default(),
        }
    }

    fn in_memory() -> Self {
        Self::new("backend = 'locmem'")
    }

    fn caches(&self) -> Caches {
        let root = self.folder.path().to_owned();
        let database = database(&root);
        let connections = Connections::new([(DatabaseAlias::default(), database)].into());
        let places = CachePlaces { root, connections };
        Caches::new(&self.settings.caches, places).in_memory(self.memory.clone())
    }

    /// A process that has just started.
    fn process(&self, limits: ThrottleLimits) -> Server {
        self.process_with(self.caches(), limits)
    }

    fn process_with(&self, caches: Caches, limits: ThrottleLimits) -> Server {
        let keys = SecretKeys::new("key", Vec::new());
        let outages = Arc::clone(&self.outages);
        let told = move |_: &CacheError| {
            outages.fetch_add(1, Ordering::Relaxed);
        };
        let shared = SharedCounts::new(Arc::new(caches), "default".to_owned(), &keys, told);
        Server::counting_in(Some(shared), limits)
    }
}

fn database(root: &Path) -> Database {
    Database::new(root.join("db.sqlite3"), Duration::from_secs(30))
}

#[test]
fn processes_count_together_and_one_that_starts_knows_what_was_counted() {
    let site = Site::in_memory();
    let processes = [site.process(limits()), site.process(limits())];
    let guess = |number: usize| {
        processes[number % 2]
            .guess("alice", address(1), None)
            .is_ok()
    };
    assert_eq!((0..20).filter(|number| guess(*number)).count(), 5);
    assert_eq!(site.process(limits()).guesses("alice", address(1)), 0);
    assert_eq!(processes[0].guesses("alice", address(2)), 5);
    assert_eq!(processes[1].guesses("bob", address(1)), 5);
    assert_eq!(site.outages.load(Ordering::Relaxed), 0);
}

#[test]
fn who_waits_as_long_as_told_may_try_again_in_every_process() {
    let site = Site::in_memory();
    let mut processes = [site.process(limits()), site.process(limits())];
    for start in 0..40 {
        for process in &mut processes {
            process.pass(3600 + start * 7);
        }
        let tried = processes[0].guesses("alice", address(1));
        assert_eq!(tried, 5);
        let wait = processes[1].guess("alice", address(1), None).unwrap_err();
        // A slot longer than a bucket in memory, at most.
        assert!((1..=240).contains(&wait), "{wait}");
        for process in &mut processes {
            process.pass(wait + 1);
        }
        assert_eq!(processes[1].guess("alice", address(1), None), Ok(()));
        assert!(processes[0].guess("alice", address(1), None).is_err());
    }
}

#[test]
fn over_days_and_in_several_processes_no_more_is_hashed_than_is_allowed() {
    let site = Site::in_memory();
    let processes = [(); 3].map(|()| site.process(limits()));
    assert_promise_is_kept(processes.into(), 1);
}

#[test]
fn a_right_password_is_given_back_in_every_process() {
    let site = Site::in_memory();
    let processes = [site.process(limits()), site.process(limits())];
    let attempt = LoginAttempt {
        account: "alice",
        address: address(1),
        device: None,
    };
    for process in processes.iter().cycle().take(300) {
        let taken = process.throttle.reserve_login(&attempt, process.now);
        taken.unwrap().refund();
    }
    assert_eq!(processes[1].guesses("alice", address(1)), 5);
}

#[test]
fn a_lock_is_lifted_for_those_that_know_of_it_and_for_those_that_start_later() {
    let site = Site::in_memory();
    let processes = [site.process(limits()), site.process(limits())];
    assert_eq!(processes[0].guesses("alice", address(1)), 5);
    let lifted = [RequestedUnlock {
        id: 7,
        unlock: Unlock {
            account: Some("alice".to_owned()),
            address: None,
        },
    }];
    let later = site.process(limits());
    for process in processes.iter().chain([&later]) {
        assert!(process.throttle.needs_unlocks());
        process.throttle.lift(&lifted);
    }
    assert_eq!(processes[1].guesses("alice", address(1)), 5);
    assert_eq!(later.guesses("alice", address(1)), 0);
}

#[test]
fn attempts_of_many_processes_at_the_same_moment_are_counted_each_in_every_backend() {
    for cache in [
        "backend = 'locmem'",
        "backend = 'database'\nlocation = 'counts'",
        "backend = 'file'\nlocation = 'counts'",
    ] {
        let site = Site::new(cache);
        let hashed = thread::scope(|scope| {
            let threads: Vec<_> = (0..6)
                .map(|_| scope.spawn(|| site.process(limits()).guesses("alice", address(1))))
                .collect();
            let hashed = threads.into_iter().map(|thread| thread.join().unwrap());
            hashed.sum::<usize>()
        });
        assert_eq!(hashed, 5, "{cache}");
        assert_eq!(site.outages.load(Ordering::Relaxed), 0, "{cache}");
    }
}

/// A backend that never answers, and counts who asks it.
#[derive(Debug, Default)]
struct DownBackend(AtomicUsize);

impl DownBackend {
    fn fail<T>(&self) -> Result<T, CacheError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Err(CacheError::Server {
            address: "nowhere".to_owned(),
            source: "it is down".into(),
        })
    }
}

impl CacheBackend for DownBackend {
    fn get(&self, _: &CacheKey) -> Result<CacheEntry, CacheError> {
        self.fail()
    }

    fn set(&self, _: &CacheKey, _: CacheValue, _: Option<Moment>) -> Result<(), CacheError> {
        self.fail()
    }

    fn add(&self, _: &CacheKey, _: CacheValue, _: Option<Moment>) -> Result<bool, CacheError> {
        self.fail()
    }

    fn replace(&self, _: &CacheKey, _: CacheValue, _: Option<Moment>) -> Result<bool, CacheError> {
        self.fail()
    }

    fn touch(&self, _: &CacheKey, _: Option<Moment>) -> Result<bool, CacheError> {
        self.fail()
    }

    fn delete(&self, _: &CacheKey) -> Result<bool, CacheError> {
        self.fail()
    }

    fn incr(&self, _: &CacheKey, _: i64) -> Result<i64, CacheError> {
        self.fail()
    }

    fn clear(&self) -> Result<(), CacheError> {
        self.fail()
    }
}

#[test]
fn while_the_cache_is_down_each_process_counts_for_itself_and_the_cache_is_left_alone() {
    let site = Site::in_memory();
    let down = Arc::new(DownBackend::default());
    let process = || {
        let backend = Arc::clone(&down) as Arc<dyn CacheBackend>;
        let cache = Cache::new(backend, &site.settings.caches["default"]);
        site.process_with(site.caches().with_cache("default", cache), limits())
    };
    assert_eq!(process().guesses("alice", address(1)), 5);
    assert_eq!(process().guesses("alice", address(1)), 5);
    assert_eq!(down.0.load(Ordering::Relaxed), 2, "each asked once");
    assert_eq!(site.outages.load(Ordering::Relaxed), 2);
}
