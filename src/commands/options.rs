//! The options that several commands have, declared once.

use std::time::Duration;

use clap::Args;

use crate::commands::CommandError;
use crate::db::{Connection, Database, DatabaseAlias, DatabaseError, Durability};
use crate::project::Project;

/// Which database a command works on.
#[derive(Args, Debug)]
pub(crate) struct DatabaseArgs {
    /// The database, by its name in the settings
    #[arg(long, value_name = "ALIAS", default_value = "default")]
    database: String,
}

impl DatabaseArgs {
    /// Its name in the settings.
    pub(crate) fn alias(&self) -> DatabaseAlias {
        DatabaseAlias::new(&self.database)
    }

    /// The database of `project`.
    pub(crate) fn find(&self, project: &Project) -> Result<Database, CommandError> {
        Ok(project.database(&self.alias())?)
    }

    /// A connection that only reads.
    pub(crate) fn open_read_only(&self, project: &Project) -> Result<Connection, CommandError> {
        let database = self.find(project)?;
        let connection = database.open_read_only()?;
        Ok(connection.ok_or_else(|| DatabaseError::Missing(database.path().to_owned()))?)
    }
}

/// A day: whoever waits longer does not wait for a lock.
const LONGEST_LOCK_TIMEOUT: u64 = 86_400;

/// How long a command waits for other writers.
#[derive(Args, Debug)]
pub(crate) struct LockArgs {
    /// How many seconds to wait for another process to finish
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    #[arg(value_parser = clap::value_parser!(u64).range(0..=LONGEST_LOCK_TIMEOUT), allow_negative_numbers = true)]
    lock_timeout: u64,
}

impl LockArgs {
    /// `database`, which waits that long.
    pub(crate) fn applied_to(&self, database: &Database) -> Database {
        database.with_lock_timeout(Duration::from_secs(self.lock_timeout))
    }
}

/// Which database a command writes to, and how long it waits for other writers.
#[derive(Args, Debug)]
pub(crate) struct WriteArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    lock: LockArgs,
}

impl WriteArgs {
    /// Its name in the settings.
    pub(crate) fn alias(&self) -> DatabaseAlias {
        self.database.alias()
    }

    /// The database of `project`, which waits that long for other writers.
    pub(crate) fn find(&self, project: &Project) -> Result<Database, CommandError> {
        Ok(self.lock.applied_to(&self.database.find(project)?))
    }

    /// A connection that writes; a commit returns only when it is on the disk.
    pub(crate) fn open(&self, project: &Project) -> Result<Connection, CommandError> {
        Ok(self.find(project)?.open(Durability::Full)?)
    }
}

/// Seconds of the units that a time may be given in.
const UNITS: [(&str, u64); 5] = [
    ("s", 1),
    ("m", 60),
    ("h", 3600),
    ("d", 86_400),
    ("w", 604_800),
];

/// A time on the command line: a number of seconds, or one with `s`, `m`, `h`, `d` or `w` behind it.
pub(crate) fn time(text: &str) -> Result<Duration, String> {
    let unit = UNITS.iter().find_map(|(unit, seconds)| {
        let number = text.strip_suffix(unit)?;
        Some((number, *seconds))
    });
    let (number, seconds) = unit.unwrap_or((text, 1));
    let number: Option<u64> = number.parse().ok();
    let time = number.and_then(|number| number.checked_mul(seconds));
    let invalid = "not a number of seconds, nor one with `m`, `h`, `d` or `w` as in `30d`";
    time.map(Duration::from_secs)
        .ok_or_else(|| invalid.to_owned())
}

/// Whether questions are asked.
#[derive(Args, Debug)]
pub(crate) struct NoInputArgs {
    /// Do not ask
    #[arg(long, visible_alias = "no-input")]
    pub(crate) noinput: bool,
}
