//! Loads fixtures, all or nothing.
//!
//! 1. `fixture_object` reads the files one object at a time.
//! 2. `build_row` makes a row of each, its references looked up; what is referred to too early waits.
//! 3. `FixtureLoader` writes the rows and the lists between many and many, then what waited.
//! 4. `check_constraints` names a row that refers to none, before anything is kept.

mod build_row;
mod check_constraints;
mod fixture_object;
mod heard_rows;
mod loader;
mod model_target;
mod natural_key_lookup;

use crate::clock::Zone;
use crate::db::Connection;
use crate::models::{ModelKey, Registry};
use crate::serializers::{Fixture, LoadError};

use self::loader::FixtureLoader;

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
pub struct LoadSummary {
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
) -> Result<LoadSummary, LoadError> {
    connection.transaction(|connection| {
        // Rows may refer to others that come later, whatever their tables say.
        connection.defer_references()?;
        let mut loader = FixtureLoader::new(registry, connection, options);
        for fixture in fixtures {
            let before = loader.summary.found;
            fixture_object::for_each_object(fixture, progress, |object| {
                loader.load_object(object)
            })?;
            loader.summary.empty += usize::from(loader.summary.found == before);
        }
        loader.finish()
    })
}
