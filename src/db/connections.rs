//! The open connections of each thread, as Django's `connections`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Deref;
use std::os::unix::fs::MetadataExt as _;
use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crate::db::{Connection, Database, DatabaseAlias, DatabaseError, Durability, lent_connections};

thread_local! {
    /// What the thread has open, of all [`Connections`].
    static OPEN: RefCell<Vec<OpenConnection>> = const { RefCell::new(Vec::new()) };
}

/// A connection of this thread, and the [`Connections`] that it belongs to.
struct OpenConnection {
    owner: Weak<BTreeMap<DatabaseAlias, Database>>,
    alias: DatabaseAlias,
    file: Option<FileId>,
    looked_at: Cell<Instant>,
    connection: Rc<Connection>,
}

/// The device and the inode of a file.
type FileId = (u64, u64);

/// How long a file that was looked at is taken for the same: not the whole of a request, whose parts each ask for the
/// connection. Whoever replaces a database under a server cannot know more closely which requests still use the old one.
const LOOKED_AT_FOR: Duration = Duration::from_millis(1);

/// Connections to the databases of the settings, opened when they are first used and kept.
///
/// Every thread has connections of its own. Whoever asks twice on one thread gets the same
/// connection and is inside the same transaction; since nothing is locked, nothing can deadlock.
/// That leaves this type free to move between threads, as lazy values of templates must be.
#[derive(Clone, Debug)]
pub struct Connections {
    databases: Arc<BTreeMap<DatabaseAlias, Database>>,
    is_read_only: bool,
}

impl Connections {
    /// Connections to these databases, none of them open.
    pub fn new(databases: BTreeMap<DatabaseAlias, Database>) -> Self {
        Self {
            databases: Arc::new(databases),
            is_read_only: false,
        }
    }

    /// The same for whoever only reads: no file is made, altered or switched to the write-ahead log.
    pub fn read_only(databases: BTreeMap<DatabaseAlias, Database>) -> Self {
        Self {
            databases: Arc::new(databases),
            is_read_only: true,
        }
    }

    /// This thread's connection to the database `alias`, opened if need be.
    ///
    /// A transaction that a panic left open is taken back, and a connection that broke, or whose
    /// file was replaced, makes room for a new one, as soon as nobody else on this thread holds it.
    pub fn get(&self, alias: &DatabaseAlias) -> Result<ConnectionHandle, DatabaseError> {
        let unknown = || DatabaseError::UnknownAlias(alias.clone());
        let database = self.databases.get(alias).ok_or_else(unknown)?;
        OPEN.with_borrow_mut(|open| {
            let found = open.iter().position(|entry| self.owns(entry, alias));
            if let Some(index) = found {
                let entry = &open[index];
                if entry.is_in_use() || entry.is_reusable(database) {
                    return Ok(ConnectionHandle(Rc::clone(&entry.connection)));
                }
                open.swap_remove(index);
            }
            let file = file_id(database);
            let connection = Rc::new(self.open(database)?.named(alias));
            open.retain(|entry| entry.owner.strong_count() > 0);
            open.push(OpenConnection {
                owner: Arc::downgrade(&self.databases),
                alias: alias.clone(),
                file,
                looked_at: Cell::new(Instant::now()),
                connection: Rc::clone(&connection),
            });
            Ok(ConnectionHandle(connection))
        })
    }

    /// Makes `connection` this thread's connection to the database `alias`, for as long as the handle lives.
    pub fn lend(&self, alias: &DatabaseAlias, connection: Connection) -> ConnectionHandle {
        let connection = Rc::new(connection.named(alias));
        OPEN.with_borrow_mut(|open| {
            open.retain(|entry| !self.owns(entry, alias));
            open.push(OpenConnection {
                owner: Arc::downgrade(&self.databases),
                alias: alias.clone(),
                file: self.databases.get(alias).and_then(file_id),
                looked_at: Cell::new(Instant::now()),
                connection: Rc::clone(&connection),
            });
        });
        ConnectionHandle(connection)
    }

    /// The names of the databases.
    pub fn aliases(&self) -> impl Iterator<Item = &DatabaseAlias> {
        self.databases.keys()
    }

    /// Runs `work` over this thread's connection to the default database.
    pub fn with<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&*self.get(&DatabaseAlias::default())?)
    }

    /// Does `work`, in which whoever opens a database that this thread has a transaction open on is inside that.
    pub fn share_transactions<T>(&self, work: impl FnOnce() -> T) -> T {
        let lent = OPEN.with_borrow(|open| {
            let own = open.iter().filter(|entry| {
                entry.owner.as_ptr() == Arc::as_ptr(&self.databases)
                    && entry.connection.is_in_transaction()
            });
            let lent = own.filter_map(|entry| {
                let path = self.databases.get(&entry.alias)?.path().to_owned();
                Some((path, entry.connection.share()))
            });
            lent.collect()
        });
        lent_connections::lend(lent, work)
    }

    fn open(&self, database: &Database) -> Result<Connection, DatabaseError> {
        if !self.is_read_only {
            return database.open(Durability::Normal);
        }
        let missing = || DatabaseError::Missing(database.path().to_owned());
        database.open_read_only()?.ok_or_else(missing)
    }

    fn owns(&self, entry: &OpenConnection, alias: &DatabaseAlias) -> bool {
        entry.alias == *alias && entry.owner.as_ptr() == Arc::as_ptr(&self.databases)
    }
}

impl OpenConnection {
    fn is_in_use(&self) -> bool {
        Rc::strong_count(&self.connection) > 1
    }

    /// SQLite goes on writing to a file that was removed or replaced, where nobody reads it again.
    fn is_reusable(&self, database: &Database) -> bool {
        self.connection.is_reusable() && self.is_same_file(database)
    }

    fn is_same_file(&self, database: &Database) -> bool {
        let now = Instant::now();
        if now.duration_since(self.looked_at.get()) < LOOKED_AT_FOR {
            return true;
        }
        self.looked_at.set(now);
        self.file == file_id(database)
    }
}

fn file_id(database: &Database) -> Option<FileId> {
    let found = fs::metadata(database.path()).ok()?;
    Some((found.dev(), found.ino()))
}

impl Drop for Connections {
    fn drop(&mut self) {
        if Arc::strong_count(&self.databases) == 1 {
            // Those of other threads are closed when these open their next one, or end. While a
            // thread ends, its list may be gone before this.
            OPEN.try_with(|open| {
                let owner = Arc::as_ptr(&self.databases);
                let mut open = open.try_borrow_mut().ok()?;
                open.retain(|entry| entry.owner.as_ptr() != owner);
                Some(())
            })
            .ok();
        }
    }
}

/// A connection of [`Connections`]; it cannot leave its thread.
#[derive(Clone, Debug)]
pub struct ConnectionHandle(Rc<Connection>);

impl From<Connection> for ConnectionHandle {
    fn from(connection: Connection) -> Self {
        Self(Rc::new(connection))
    }
}

impl Deref for ConnectionHandle {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::thread;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::Connections;
    use crate::db::{Database, DatabaseAlias, DatabaseError};

    const COUNT: &str = "SELECT count(*) FROM author";
    const INSERT: &str = "INSERT INTO author (name) VALUES ('Ada')";

    fn connections() -> (TempDir, Connections) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
        let transaction = database.open_for_migrations().unwrap();
        let create = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT UNIQUE)";
        transaction.execute(create, &[]).unwrap();
        transaction.commit().unwrap();
        let databases = BTreeMap::from([(DatabaseAlias::default(), database)]);
        (folder, Connections::new(databases))
    }

    fn count(connections: &Connections) -> i64 {
        let found = connections.with(|connection| connection.column::<i64>(COUNT, &[]));
        found.unwrap()[0]
    }

    #[test]
    fn a_nested_use_is_inside_the_same_transaction() {
        let (_folder, connections) = connections();
        let outcome = connections.with(|outer| {
            outer.transaction(|outer| {
                outer.execute(INSERT, &[])?;
                assert_eq!(count(&connections), 1);
                let elsewhere = connections.clone();
                let seen = thread::spawn(move || count(&elsewhere)).join().unwrap();
                assert_eq!(seen, 0);
                Err::<(), _>(DatabaseError::UnfinishedTransaction)
            })
        });
        assert!(outcome.is_err());
        assert_eq!(count(&connections), 0);
    }

    #[test]
    fn a_nested_transaction_that_fails_leaves_the_outer_one_as_it_was() {
        let (_folder, connections) = connections();
        let outer = connections.get(&DatabaseAlias::default()).unwrap();
        let outcome = outer.transaction(|connection| {
            connection.execute(INSERT, &[])?;
            let inner = connections.with(|inner| {
                inner.transaction(|inner| {
                    inner.execute("INSERT INTO author (name) VALUES ('Bob')", &[])?;
                    inner.execute(INSERT, &[])
                })
            });
            assert!(inner.unwrap_err().is_constraint_violation());
            connection.execute("INSERT INTO author (name) VALUES ('Eve')", &[])
        });
        assert_eq!(outcome.unwrap(), 1);
        let names = outer.column::<String>("SELECT name FROM author ORDER BY id", &[]);
        assert_eq!(names.unwrap(), ["Ada", "Eve"]);
    }

    #[test]
    fn a_transaction_that_a_panic_left_open_is_taken_back() {
        let (_folder, connections) = connections();
        let work = || {
            connections.with(|connection| {
                connection.transaction(|connection| {
                    connection.execute(INSERT, &[])?;
                    panic!("a view fails");
                    #[expect(unreachable_code, reason = "the closure needs a type")]
                    Ok::<(), DatabaseError>(())
                })
            })
        };
        catch_unwind(AssertUnwindSafe(work)).unwrap_err();
        assert_eq!(count(&connections), 0);
        let elsewhere = connections.clone();
        let insert = move || elsewhere.with(|connection| connection.execute(INSERT, &[]));
        assert_eq!(thread::spawn(insert).join().unwrap().unwrap(), 1);
    }

    #[test]
    fn a_database_that_was_replaced_is_opened_again() {
        let (folder, connections) = connections();
        assert_eq!(count(&connections), 0);
        let (other_folder, other) = self::connections();
        other.with(|c| c.execute(INSERT, &[])).unwrap();
        drop(other);
        let file = folder.path().join("db.sqlite3");
        std::fs::rename(other_folder.path().join("db.sqlite3"), file).unwrap();
        thread::sleep(super::LOOKED_AT_FOR);
        assert_eq!(count(&connections), 1);
    }

    #[test]
    fn a_connection_whose_file_is_damaged_is_not_used_again() {
        let (folder, connections) = connections();
        let connection = connections.get(&DatabaseAlias::default()).unwrap();
        assert!(connection.query("SELECT nothing", &[]).is_err());
        assert!(connection.is_reusable());
        let file = folder.path().join("db.sqlite3");
        std::fs::write(file, "x".repeat(20_000)).unwrap();
        let error = connection.query(COUNT, &[]).unwrap_err();
        assert!(!connection.is_reusable(), "{error:?}");
    }

    #[test]
    fn a_database_that_no_setting_names_is_told() {
        let (_folder, connections) = connections();
        let error = connections.get(&DatabaseAlias::new("other")).unwrap_err();
        assert_eq!(error.to_string(), "`[databases]` does not name `other`");
    }
}
