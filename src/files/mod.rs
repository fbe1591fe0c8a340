//! Files written whole or not at all.
//!
//! * [`write_atomic`] and [`AtomicFile`] replace one file.
//! * [`create_directory`] makes a new directory with all that is in it.
//! * [`Journal`] changes many files of an existing directory.
//!
//! What a killed run leaves behind is hidden, named `.NAME.djr-tmp` or `.djr-journal`, locked while
//! its writer lives, and cleared away by the next run that comes by.

mod atomic;
mod change;
mod directory;
mod error;
mod journal;
mod journal_entry;
mod lock;
mod paths;
mod remove;

pub use atomic::{
    AtomicFile, FileMode, remove_leftover, remove_leftovers, sync_directory, write_atomic,
};
pub use change::FileChange;
pub use directory::{create_directory, create_private_directory, is_writable};
pub use error::FileError;
pub(crate) use error::system_hints;
pub use journal::Journal;
pub use lock::try_lock;
pub use paths::is_temporary_name;
pub use remove::remove_file;
