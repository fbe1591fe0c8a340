//! Loads fixtures, all or nothing.
//!
//! 1. [`objects`] reads the files one object at a time.
//! 2. [`row`] makes a row of each, its references looked up; what is referred to too early waits.
//! 3. `Loader` writes the rows and the lists between many and many, then what waited.
//! 4. [`check`] names a row that refers to none, before anything is kept.

mod check;
mod loader;
mod lookup;
mod objects;
mod row;
mod tables;

use crate::clock::Zone;
use crate::db::Connection;
use crate::models::{ModelKey, Registry};
use crate::serializers::{Fixture, LoadError};

use self::loader::Loader;

/// How fixtures are read.
#[derive(Clone, Debug)]
pub struct LoadOptions {
    /// Whether models and fields that do not exist are passed over.
    pub ignore_unknown: bool,
    /// Models whose objects are passed over.
    pub excluded: Vec<ModelKey>,
    /// The zone of moments without one.
    pub zone: Zone,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loaded {
    /// Objects that are in the database now.
    pub loaded: usize,
    /// Objects in the fixtures.
    pub found: usize,
    /// Fixtures without any object.
    pub empty: usize,
}

/// Loads `fixtures` in order; `progress` is told the bytes that were read since it was told last.
pub fn load(
    registry: &Registry,
    connection: &Connection,
    fixtures: &[Fixture],
    options: &LoadOptions,
    progress: &mut dyn FnMut(u64),
) -> Result<Loaded, LoadError> {
    connection.transaction(|connection| {
        // Rows may refer to others that come later, whatever their tables say.
        connection.defer_references()?;
        let mut loader = Loader::new(registry, connection, options);
        for fixture in fixtures {
            let before = loader.done.found;
            objects::each(fixture, progress, |object| loader.take(object))?;
            loader.done.empty += usize::from(loader.done.found == before);
        }
        loader.finish()
    })
}
