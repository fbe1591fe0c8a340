//! Caches that are far too full: no write makes all the room, and after some of them there is room.

use std::fs;
use std::time::{Duration, Instant};

use super::backends::in_a_table;
use super::caches_in;
use crate::cache::{Cache, CacheTimeout};
use crate::db::Connections;

/// More than one write may take, on a machine that has other work, too.
const FAR_TOO_LONG: Duration = Duration::from_secs(3);

/// Writes until no more than `most` entries are there; returns how many there were after the first write, and the number of
/// writes.
fn written_until_there_is_room(cache: &Cache, most: u64) -> (u64, usize) {
    let mut after_first = None;
    for number in 0..3000 {
        let begun = Instant::now();
        let key = format!("zz{number}");
        cache.set(&key, 1, CacheTimeout::Never).unwrap();
        assert!(begun.elapsed() < FAR_TOO_LONG, "{:?}", begun.elapsed());
        let count = cache.entries().unwrap().unwrap();
        let first = *after_first.get_or_insert(count);
        if count <= most {
            // What was written last is there.
            assert!(cache.has_key(&key).unwrap());
            return (first, number + 1);
        }
    }
    panic!("{:?} entries are left", cache.entries());
}

#[test]
fn a_table_that_is_far_too_full_is_culled_by_several_writes() {
    for (expires, frequency) in [("2999-01-01", 2), ("2999-01-01", 0), ("2001-01-01", 3)] {
        let lines = format!("max_entries = 100\ncull_frequency = {frequency}\n");
        let (cache, database, _folder) = in_a_table(&lines);
        let rows = format!(
            "INSERT INTO kept WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) \
             SELECT ':1:a' || i, hex(zeroblob(100)), '{expires} 00:00:00' FROM n"
        );
        let filled = database.with(|connection| connection.execute(&rows, &[]));
        assert_eq!(filled.unwrap(), 60_000);
        let (after_first, writes) = written_until_there_is_room(&cache, 101);
        assert!(after_first > 101, "{after_first}, {expires}, {frequency}");
        assert!(writes > 1, "{writes}, {expires}, {frequency}");
    }
}

#[test]
fn a_directory_that_is_far_too_full_is_culled_by_several_writes() {
    for (start, frequency) in [(&b"\x80\x05N."[..], 2), (&b"\x80\x05N."[..], 0), (b"", 3)] {
        let folder = tempfile::tempdir().unwrap();
        let toml = format!(
            "[caches.default]\nbackend = 'file'\nlocation = 'kept'\nmax_entries = 100\ncull_frequency = {frequency}\n"
        );
        let caches = caches_in(&toml, folder.path(), Connections::new([].into()));
        let cache = caches.get("default").unwrap();
        let directory = folder.path().join("kept");
        fs::create_dir(&directory).unwrap();
        // What does not say when it ends has ended.
        for number in 0..6000 {
            fs::write(directory.join(format!("{number:032x}.djcache")), start).unwrap();
        }
        let (after_first, writes) = written_until_there_is_room(&cache, 100);
        assert!(after_first > 100, "{after_first}, {start:?}, {frequency}");
        assert!(writes > 1, "{writes}, {start:?}, {frequency}");
    }
}
