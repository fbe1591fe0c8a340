//! A long change in many short transactions, so that other writers wait no longer than for a page.
//!
//! 1. A batch runs steps until it has had the lock of writers for its time, and commits.
//! 2. Then the lock is free for [`PAUSE`]; after some batches the log is moved into the file meanwhile.
//! 3. The next batch gets as much time as keeps the lock, the commit included, for [`HOLD`].
//!
//! Keys of tables are random, so that a row more is a page of the index of keys more that its transaction writes: short
//! transactions write each page again and again. Where no one else has the file open, they need not be that short.

use std::fs::File;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::db::held_log::HeldLog;
use crate::db::{Connection, DatabaseError};

/// How long a batch is to keep the lock of writers.
const HOLD: Duration = Duration::from_millis(15);

/// How long the lock is free between two batches.
///
/// SQLite keeps no queue of those who wait: they look again after 1, 3, 8, 18, 33 and 53 ms, and sleep a little longer than they
/// mean to. No two of the looks up to 33 ms are further apart than this: whoever begins to wait within a batch finds the lock
/// free in the pause behind it, after 18 ms where the batch took its time and after 33 where it took twice that.
const PAUSE: Duration = Duration::from_millis(15);

/// How long a batch keeps the lock where nobody is there to wait.
const HOLD_ALONE: Duration = Duration::from_millis(400);

/// After so many batches it is worth a look whether anybody else has the file open.
const BATCHES_BEFORE_LOOK: usize = 3;

/// After so many batches the log is moved into the file: each page once, however often it stands there.
const BATCHES_PER_MOVE: usize = 8;

/// The least time that steps get: a batch always has one.
const SHORTEST: Duration = Duration::from_micros(500);

/// KiB of pages that are kept in memory meanwhile: most of the index of keys of a million rows.
const CACHE: i64 = 65_536;

impl Connection {
    /// Runs `step` again and again until it returns that it changed nothing, in transactions of a few milliseconds each;
    /// returns the sum of what it returned.
    ///
    /// What was committed stays when a step fails or the process is killed, and a later run goes on from there. A step is
    /// to take no longer than a millisecond; `on_batch` is told what each transaction changed, once that is committed.
    pub fn in_batches<E: From<DatabaseError>>(
        &self,
        mut step: impl FnMut(&Self) -> Result<usize, E>,
        on_batch: &mut dyn FnMut(usize),
    ) -> Result<u64, E> {
        let _turn = self.turn();
        let _settings = BatchSettings::apply(self)?;
        let mut pace = Pace::default();
        let mut total = 0;
        loop {
            let batch = pace.run(self, &mut step)?;
            let committed = Instant::now();
            total += u64::try_from(batch.changed).unwrap_or(u64::MAX);
            on_batch(batch.changed);
            if batch.is_last {
                drop(pace);
                // What is committed stands in the log as well as in the file.
                self.move_log().ok();
                return Ok(total);
            }
            pace.look_around(self)?;
            pace.move_log(self);
            thread::sleep(pace.pause().saturating_sub(committed.elapsed()));
        }
    }
}

impl Connection {
    /// Runs `step` in one transaction until it changes nothing or `time` is over; a step is to be short.
    pub fn one_batch<E: From<DatabaseError>>(
        &self,
        time: Duration,
        mut step: impl FnMut(&Self) -> Result<usize, E>,
    ) -> Result<Batch, E> {
        self.transaction(|connection| {
            let begun = Instant::now();
            let mut changed = 0;
            loop {
                let more = step(connection)?;
                changed += more;
                let is_last = more == 0;
                if is_last || begun.elapsed() >= time {
                    return Ok(Batch { changed, is_last });
                }
            }
        })
    }

    /// Waits until no other change runs in batches, which would take the pauses of this one, and keeps others waiting until
    /// what this returns is dropped. The lock is one of the directory: whoever closes a database file loses all that SQLite
    /// has locked there.
    fn turn(&self) -> Option<File> {
        let directory = Path::new(self.raw().path()?).parent()?;
        let turn = File::open(directory).ok()?;
        // Where the file system has no locks, two at once do no harm: others wait for them a little longer.
        turn.lock().ok()?;
        Some(turn)
    }
}

/// What one transaction did.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// The sum of what its steps changed.
    pub changed: usize,
    /// Whether the last of them changed nothing, so that all is done.
    pub is_last: bool,
}

/// How long the steps of a batch may take, and whether somebody may wait meanwhile.
struct Pace {
    time: Duration,
    batches: usize,
    /// Where nobody else has the file open: what [`Connection::version_of_others`] said then.
    alone_since: Option<i64>,
    /// Where somebody has.
    log: Option<HeldLog>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            time: HOLD / 2,
            batches: 0,
            alone_since: None,
            log: None,
        }
    }
}

impl Pace {
    fn run<E: From<DatabaseError>>(
        &mut self,
        connection: &Connection,
        step: &mut impl FnMut(&Connection) -> Result<usize, E>,
    ) -> Result<Batch, E> {
        // Counted from the first step, when the lock is there.
        let mut begun = None;
        let batch = connection.one_batch(self.time, |connection| {
            begun.get_or_insert_with(Instant::now);
            step(connection)
        })?;
        self.batches += 1;
        self.adjust(begun.map_or(Duration::ZERO, |begun| begun.elapsed()));
        Ok(batch)
    }

    /// A commit takes the longer the more pages there are, and the disk may be busy with something else.
    fn adjust(&mut self, held: Duration) {
        let wanted = self.hold();
        let factor = wanted.as_secs_f64() / held.as_secs_f64().max(f64::MIN_POSITIVE);
        let time = self.time.mul_f64(factor.clamp(0.5, 1.25));
        self.time = time.clamp(SHORTEST, wanted);
    }

    fn hold(&self) -> Duration {
        self.alone_since.map_or(HOLD, |_| HOLD_ALONE)
    }

    fn pause(&self) -> Duration {
        self.alone_since.map_or(PAUSE, |_| Duration::ZERO)
    }

    /// Looks once whether anybody else has the file open. Who opens it later is seen by what they write: from then on there
    /// are pauses.
    fn look_around(&mut self, connection: &Connection) -> Result<(), DatabaseError> {
        if self.batches == BATCHES_BEFORE_LOOK {
            if connection.is_alone()? {
                self.alone_since = Some(connection.version_of_others()?);
                self.time = HOLD_ALONE / 2;
            } else {
                self.log = HeldLog::of(connection);
            }
        }
        if let Some(version) = self.alone_since
            && connection.version_of_others()? != version
        {
            *self = Self {
                batches: self.batches,
                log: HeldLog::of(connection),
                ..Self::default()
            };
        }
        Ok(())
    }

    /// Moves the log into the file, where it is time.
    fn move_log(&self, connection: &Connection) {
        match &self.log {
            Some(log) if self.batches.is_multiple_of(BATCHES_PER_MOVE) => log.move_by(connection),
            Some(_) => {}
            // What cannot be moved now can be later.
            None => drop(connection.move_log()),
        }
    }
}

/// How the connection is set up for batches; as it was before when this is dropped.
struct BatchSettings<'c> {
    connection: &'c Connection,
    before: Vec<(&'static str, i64)>,
}

impl<'c> BatchSettings<'c> {
    fn apply(connection: &'c Connection) -> Result<Self, DatabaseError> {
        let mut settings = Self {
            connection,
            before: Vec::new(),
        };
        // The log is moved in the pauses; within a commit it would take from the time of the batch.
        for (name, value) in [("cache_size", -CACHE), ("wal_autocheckpoint", 0)] {
            let before: Vec<i64> = connection.column(&format!("PRAGMA {name}"), &[])?;
            let before = before.into_iter().map(|before| (name, before));
            settings.before.extend(before);
            connection.query(&format!("PRAGMA {name} = {value}"), &[])?;
        }
        Ok(settings)
    }
}

impl Drop for BatchSettings<'_> {
    fn drop(&mut self) {
        for (name, value) in &self.before {
            let sql = format!("PRAGMA {name} = {value}");
            // The connection works with any of the two values.
            self.connection.query(&sql, &[]).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{HOLD, PAUSE};
    use crate::db::{Connection, Database, DatabaseError, Durability};

    /// A database with a table of so many numbers.
    fn numbers(count: usize) -> (tempfile::TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(30));
        let schema = database.open_for_migrations().unwrap();
        for sql in [
            "CREATE TABLE number (n INTEGER PRIMARY KEY)".to_owned(),
            "CREATE TABLE other (n INTEGER PRIMARY KEY)".to_owned(),
            format!(
                "INSERT INTO number WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n"
            ),
        ] {
            schema.execute(&sql, &[]).unwrap();
        }
        schema.commit().unwrap();
        (folder, database)
    }

    fn delete_some(connection: &Connection) -> Result<usize, DatabaseError> {
        // As slow as a disk that is far away.
        thread::sleep(Duration::from_micros(500));
        let sql = "DELETE FROM number WHERE n IN (SELECT n FROM number ORDER BY n LIMIT 20)";
        connection.execute(sql, &[])
    }

    fn count(connection: &Connection) -> i64 {
        let found = connection.column::<i64>("SELECT count(*) FROM number", &[]);
        found.unwrap()[0]
    }

    #[test]
    fn all_is_done_in_several_transactions_and_the_connection_is_as_before() {
        let (_folder, database) = numbers(10_000);
        let connection = database.open(Durability::Normal).unwrap();
        let settings = || {
            ["cache_size", "wal_autocheckpoint", "journal_mode"].map(|name| {
                let found =
                    connection.column::<crate::db::SqlValue>(&format!("PRAGMA {name}"), &[]);
                found.unwrap()
            })
        };
        let before = settings();
        let mut batches = Vec::new();
        let done = connection.in_batches(delete_some, &mut |rows| batches.push(rows));
        assert_eq!(done.unwrap(), 10_000);
        assert_eq!(batches.iter().sum::<usize>(), 10_000);
        assert!(batches.len() > 3, "{batches:?}");
        assert_eq!(settings(), before);
        assert_eq!(count(&connection), 0);
    }

    #[test]
    fn what_was_committed_before_a_failure_stays() {
        let (_folder, database) = numbers(10_000);
        let connection = database.open(Durability::Normal).unwrap();
        let mut committed = 0;
        let mut steps = 0;
        let outcome = connection.in_batches(
            |connection| {
                steps += 1;
                match steps {
                    200 => Err(DatabaseError::UnfinishedTransaction),
                    _ => delete_some(connection),
                }
            },
            &mut |rows| committed += rows,
        );
        assert!(matches!(outcome, Err(DatabaseError::UnfinishedTransaction)));
        assert!((20..4000).contains(&committed), "{committed}");
        assert_eq!(
            count(&connection),
            10_000 - i64::try_from(committed).unwrap()
        );
    }

    #[test]
    fn others_write_in_the_pauses_and_two_at_once_do_the_work_of_one() {
        let (_folder, database) = numbers(40_000);
        let (mut longest, mut count_of_writes) = (Duration::ZERO, 0);
        let writer = database.open(Durability::Normal).unwrap();
        let done: u64 = thread::scope(|scope| {
            let run = || {
                let connection = database.open(Durability::Normal).unwrap();
                connection.in_batches(delete_some, &mut |_| {}).unwrap()
            };
            let runs = [scope.spawn(run), scope.spawn(run)];
            while !runs.iter().all(thread::ScopedJoinHandle::is_finished) {
                let begun = Instant::now();
                let insert = "INSERT INTO other VALUES (NULL)";
                writer.execute(insert, &[]).unwrap();
                longest = longest.max(begun.elapsed());
                count_of_writes += 1;
                thread::sleep(Duration::from_millis(1));
            }
            runs.into_iter().map(|run| run.join().unwrap()).sum()
        });
        assert_eq!(done, 40_000);
        assert_eq!(count(&writer), 0);
        assert!(count_of_writes > 10, "{count_of_writes}");
        // On a machine that does much else; `bench/clearsessions.py` measures it.
        assert!(longest < 20 * (HOLD + PAUSE), "{longest:?}");
    }
}
