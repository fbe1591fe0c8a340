//! What is told while sessions that ended are counted or deleted.

use std::io;
use std::path::Path;

/// What happens while an engine looks for sessions that ended.
#[derive(Debug)]
pub enum ClearEvent<'e> {
    /// So many are to be looked at.
    Found(u64),
    /// So many more are done.
    Done(usize),
    /// A file does not hold a session. As in Django, it counts as an empty one, and ends after the age of the settings.
    Damaged(&'e Path),
    /// A file cannot be read, and stays.
    Unreadable {
        /// The file.
        path: &'e Path,
        /// What the system answered.
        source: &'e io::Error,
    },
}
