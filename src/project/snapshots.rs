//! Copies of a database from before a migration took something from its rows.
//!
//! They lie in `.djr/snapshots/`, each with a record beside it:
//!
//! 1. before the plan, under its lock, the disk is asked for room, and the copy is written aside
//!    and found whole;
//! 2. before the commit, it gets its name and a record of what the database holds after the
//!    migrations; after it, the oldest ones go;
//! 3. `djr undo` compares that with what it holds now, and puts the copy in its place.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::clock::{self, Zone};
use crate::db::{Database, DatabaseAlias, DatabaseError, DatabaseFingerprint, SchemaTransaction};
use crate::files::{AtomicFile, FileError, Mode, sweep, write_atomic};
use crate::migrations::{DataLoss, Guard, HookError, MigrationError, MigrationPlan};
use crate::project::Project;
use crate::project::disk_space::{self, CopyPurpose};
use crate::project::snapshot_error::SnapshotError;
use crate::schema::Direction;

const DIRECTORY: &str = ".djr/snapshots";

/// What lies beside a snapshot.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SnapshotRecord {
    schema: u32,
    /// The database, by its name in the settings.
    pub database: String,
    /// When it was taken (RFC 3339).
    pub taken: String,
    /// Why: the migrations, or `djr undo`.
    pub reason: SnapshotReason,
    /// What the database held.
    before: DatabaseFingerprint,
    /// What it held when the run that took the snapshot was done.
    after: Option<DatabaseFingerprint>,
    /// What it held at the commit before the last one of that run, if there were several: a run that
    /// was killed has come so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    underway: Option<DatabaseFingerprint>,
}

/// Why a snapshot was taken.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotReason {
    /// Migrations were to be applied.
    Apply(Vec<String>),
    /// Migrations were to be undone.
    Unapply(Vec<String>),
    /// A snapshot of this name was to be put back.
    Undo(String),
}

/// A snapshot on the disk.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its name: that of its file without the extension.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// What is known of it.
    pub record: SnapshotRecord,
}

/// The snapshots of one database.
#[derive(Clone, Debug)]
pub struct Snapshots {
    directory: PathBuf,
    alias: DatabaseAlias,
    database: Database,
    kept: usize,
}

impl Project {
    /// The snapshots of the database `alias`, whose file is `database`.
    pub fn snapshots(&self, alias: &DatabaseAlias, database: &Database) -> Snapshots {
        Snapshots {
            directory: self.path(DIRECTORY),
            alias: alias.clone(),
            database: database.clone(),
            kept: self.settings.migrations.snapshots_kept,
        }
    }
}

impl Snapshots {
    /// All of them, the newest first.
    pub fn list(&self) -> Result<Vec<Snapshot>, SnapshotError> {
        let mut found = Vec::new();
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            entries => entries.map_err(|source| self.unreadable(source))?,
        };
        for entry in entries {
            let path = entry.map_err(|source| self.unreadable(source))?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
                && let Some(snapshot) = self.read(&path)
            {
                found.push(snapshot);
            }
        }
        found.sort_by(|left, right| {
            let order =
                |snapshot: &Snapshot| (snapshot.record.taken.clone(), snapshot.name.clone());
            order(right).cmp(&order(left))
        });
        Ok(found)
    }

    /// The snapshot that the record at `path` belongs to, if both are there and of this database.
    fn read(&self, path: &Path) -> Option<Snapshot> {
        let record: SnapshotRecord = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let file = path.with_extension("sqlite3");
        let size = file.metadata().ok()?.len();
        (record.database == self.alias.as_str()).then(|| Snapshot {
            name: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            path: file,
            size,
            record,
        })
    }

    fn unreadable(&self, source: io::Error) -> SnapshotError {
        SnapshotError::Unreadable {
            path: self.directory.clone(),
            source,
        }
    }

    /// Takes a snapshot of what is committed, unless the newest one holds just that.
    ///
    /// The caller has the write lock. `before` is what the database holds.
    fn take(
        &self,
        label: &str,
        reason: SnapshotReason,
        before: DatabaseFingerprint,
    ) -> Result<PendingSnapshot, SnapshotError> {
        self.make_directory()
            .map_err(|source| self.unreadable(source))?;
        sweep(&self.directory)?;
        let newest = self.list()?.into_iter().next();
        let record = SnapshotRecord {
            schema: 1,
            database: self.alias.as_str().to_owned(),
            taken: clock::now().to_rfc3339(),
            reason,
            before,
            after: None,
            underway: None,
        };
        if let Some(newest) = newest.filter(|newest| newest.record.before == record.before) {
            return Ok(PendingSnapshot {
                former: Some(newest.record.clone()),
                snapshot: Snapshot { record, ..newest },
                file: None,
            });
        }
        let size = self.database.size()?;
        let purpose = match record.reason {
            SnapshotReason::Undo(_) => CopyPurpose::SnapshotOfNow,
            _ => CopyPurpose::Snapshot,
        };
        disk_space::check(&self.directory, size, purpose)?;
        let path = self.free_name(label);
        let snapshot = Snapshot {
            name: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            path,
            size,
            record,
        };
        let file = AtomicFile::create(&snapshot.path, Mode::Private)?;
        self.database.back_up(file.temporary())?;
        Ok(PendingSnapshot {
            former: None,
            snapshot,
            file: Some(file),
        })
    }

    fn make_directory(&self) -> io::Result<()> {
        if let Some(parent) = self.directory.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut builder = fs::DirBuilder::new();
        match builder.mode(0o700).create(&self.directory) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    fn free_name(&self, label: &str) -> PathBuf {
        let time = clock::now().format(&Zone::utc(), "%Y%m%d-%H%M%S");
        let base = format!("{time}-{}-{label}", self.alias);
        let path = |name: &str| self.directory.join(format!("{name}.sqlite3"));
        let mut number = 1;
        let mut found = path(&base);
        while found.exists() {
            number += 1;
            found = path(&format!("{base}-{number}"));
        }
        found
    }

    /// Removes the oldest ones beyond the number to keep.
    fn prune(&self) -> Result<(), SnapshotError> {
        for snapshot in self.list()?.into_iter().skip(self.kept) {
            snapshot.remove()?;
        }
        Ok(())
    }

    /// Finds the snapshot called `name`, or that begins so; without a name the newest of a migration.
    pub fn find(&self, name: Option<&str>) -> Result<Snapshot, SnapshotError> {
        let all = self.list()?;
        let names = || all.iter().map(|snapshot| snapshot.name.clone()).collect();
        let Some(name) = name else {
            let mut taken = all.into_iter();
            let newest =
                taken.find(|found| !matches!(found.record.reason, SnapshotReason::Undo(_)));
            return newest.ok_or_else(|| SnapshotError::None(self.alias.clone()));
        };
        let name = name.strip_suffix(".sqlite3").unwrap_or(name);
        let exact = all.iter().find(|found| found.name == name);
        let starting: Vec<_> = all
            .iter()
            .filter(|found| found.name.starts_with(name))
            .collect();
        match (exact, starting.as_slice()) {
            (Some(found), _) => Ok(found.clone()),
            (None, [found]) => Ok((*found).clone()),
            _ => Err(SnapshotError::Unknown {
                name: name.to_owned(),
                known: names(),
            }),
        }
    }

    /// Puts `snapshot` back; returns the snapshot of what was there, none where that is the same.
    ///
    /// Refused where the database was written to since, unless `discard` says not to mind.
    pub fn restore(
        &self,
        snapshot: &Snapshot,
        discard: bool,
    ) -> Result<Option<Snapshot>, SnapshotError> {
        let mut taken = None;
        let outcome = self.database.restore(&snapshot.path, || {
            let now = self.fingerprint()?;
            if now == snapshot.record.before {
                return Err(SnapshotError::NothingToUndo);
            }
            let left = [&snapshot.record.after, &snapshot.record.underway];
            if !discard && !left.contains(&&Some(now.clone())) {
                let after = snapshot.record.after.as_ref();
                return Err(SnapshotError::LaterWrites {
                    name: snapshot.name.clone(),
                    database: self.alias.clone(),
                    differences: after.map_or_else(Vec::new, |after| after.differences(&now)),
                });
            }
            let reason = SnapshotReason::Undo(snapshot.name.clone());
            let mut found = self.take("undo", reason, now)?;
            // All of it goes through the log beside the database first.
            let place = disk_space::directory(self.database.path());
            disk_space::check(place, snapshot.size, CopyPurpose::Restore)?;
            found.complete(Some(snapshot.record.before.clone()))?;
            taken = Some(found.snapshot);
            Ok(())
        });
        match outcome {
            Err(SnapshotError::NothingToUndo) => return Ok(None),
            outcome => outcome?,
        }
        self.prune()?;
        Ok(taken)
    }

    fn fingerprint(&self) -> Result<DatabaseFingerprint, DatabaseError> {
        match self.database.open_read_only()? {
            Some(connection) => connection.snapshot(DatabaseFingerprint::of),
            None => Ok(DatabaseFingerprint::default()),
        }
    }
}

impl Snapshot {
    fn record_path(&self) -> PathBuf {
        self.path.with_extension("json")
    }

    fn write_record(&self) -> Result<(), SnapshotError> {
        let text = serde_json::to_vec_pretty(&self.record).unwrap_or_default();
        Ok(write_atomic(&self.record_path(), &text, Mode::Private)?)
    }

    fn remove(&self) -> Result<(), SnapshotError> {
        for path in [&self.path, &self.record_path()] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(SnapshotError::Unreadable {
                        path: path.clone(),
                        source: error,
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A snapshot of this run.
#[derive(Debug)]
struct PendingSnapshot {
    snapshot: Snapshot,
    /// The file, until it has its name.
    file: Option<AtomicFile>,
    /// The record it had before this run, if it is older than the run.
    former: Option<SnapshotRecord>,
}

impl PendingSnapshot {
    /// Gives the snapshot its name, and notes what the database holds when the run is done.
    fn complete(&mut self, after: Option<DatabaseFingerprint>) -> Result<(), SnapshotError> {
        self.snapshot.record.after = after;
        // A record without its snapshot is nothing; a snapshot without one could not be told.
        self.snapshot.write_record()?;
        match self.file.take() {
            Some(file) => Ok(file.commit()?),
            None => Ok(()),
        }
    }

    /// Takes it back: the run changed nothing.
    fn discard(mut self) -> Result<(), SnapshotError> {
        if self.file.take().is_some() {
            return Ok(());
        }
        match self.former.take() {
            Some(former) => {
                self.snapshot.record = former;
                self.snapshot.write_record()
            }
            None => self.snapshot.remove(),
        }
    }
}

/// Is told of a snapshot, and of what made it necessary.
pub type OnSnapshot<'s> = &'s mut dyn FnMut(&Snapshot, &[DataLoss]);

/// Takes a snapshot where a plan needs one.
///
/// A plan may be committed in parts. One snapshot does for all of them as long as nobody else writes
/// in between: what others wrote then would be lost without a word when it is put back.
pub(super) struct SnapshotHooks<'s> {
    snapshots: Snapshots,
    state: RefCell<State>,
    told: RefCell<OnSnapshot<'s>>,
}

/// The snapshot of a run, and the last commit it knows of.
#[derive(Debug, Default)]
struct State {
    taken: Option<PendingSnapshot>,
    /// The record at the last commit; none before the first.
    settled: Option<SnapshotRecord>,
    /// What tells whether others wrote since that.
    version: Option<i64>,
}

impl State {
    /// Whether somebody else wrote between two parts of the run.
    fn is_outdated(&self, transaction: &SchemaTransaction) -> Result<bool, DatabaseError> {
        let version = transaction.version_of_others()?;
        Ok(self.version.is_some_and(|known| known != version))
    }
}

impl<'s> SnapshotHooks<'s> {
    pub(super) fn new(snapshots: Snapshots, told: OnSnapshot<'s>) -> Self {
        Self {
            snapshots,
            state: RefCell::new(State::default()),
            told: RefCell::new(told),
        }
    }

    /// Ends the run; a snapshot of one that changed nothing goes.
    pub(super) fn finish(self) -> Result<(), SnapshotError> {
        let State { taken, settled, .. } = self.state.into_inner();
        match (taken, settled) {
            (None, _) => Ok(()),
            (Some(taken), None) => taken.discard(),
            (Some(mut taken), Some(settled)) => {
                if taken.snapshot.record != settled {
                    // What was to be committed last was not.
                    taken.snapshot.record = settled;
                    taken.snapshot.write_record()?;
                }
                self.snapshots.prune()
            }
        }
    }
}

impl Guard for SnapshotHooks<'_> {
    fn before(
        &self,
        plan: &MigrationPlan,
        losses: &[DataLoss],
        transaction: &SchemaTransaction,
    ) -> Result<(), MigrationError> {
        let mut state = self.state.borrow_mut();
        let Some(first) = plan.steps.first() else {
            return Ok(());
        };
        if state.taken.is_some() && !state.is_outdated(transaction)? {
            return Ok(());
        }
        let keys = plan.steps.iter().map(|step| step.key.to_string()).collect();
        let reason = match first.direction {
            Direction::Forwards => SnapshotReason::Apply(keys),
            Direction::Backwards => SnapshotReason::Unapply(keys),
        };
        let before = DatabaseFingerprint::of(transaction)?;
        let taken = self
            .snapshots
            .take(&first.key.to_string(), reason, before)?;
        (self.told.borrow_mut())(&taken.snapshot, losses);
        *state = State {
            taken: Some(taken),
            ..State::default()
        };
        Ok(())
    }

    fn committing(&self, transaction: &SchemaTransaction) -> Result<(), MigrationError> {
        let mut state = self.state.borrow_mut();
        if state.is_outdated(transaction)? {
            return Ok(());
        }
        if let Some(taken) = state.taken.as_mut() {
            taken.snapshot.record.underway = taken.snapshot.record.after.take();
            taken.complete(Some(DatabaseFingerprint::of(transaction)?))?;
            state.version = Some(transaction.version_of_others()?);
        }
        Ok(())
    }

    fn committed(&self) {
        let mut state = self.state.borrow_mut();
        state.settled = state
            .taken
            .as_ref()
            .map(|taken| taken.snapshot.record.clone());
    }
}

impl From<SnapshotError> for MigrationError {
    fn from(error: SnapshotError) -> Self {
        match error {
            SnapshotError::Database(error) => error.into(),
            error => Self::Guard(HookError(Box::new(error))),
        }
    }
}

impl From<FileError> for SnapshotError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
