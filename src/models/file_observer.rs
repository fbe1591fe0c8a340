//! What becomes of the files of rows.

use std::fmt;

/// What is told of files that no row names any more.
pub trait FileObserver: fmt::Debug + Send + Sync {
    /// The files `names` of the storage `alias`: it is committed that no row names them.
    fn dropped(&self, alias: &str, names: &[String]);
}
