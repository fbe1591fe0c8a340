//! Fixtures: rows as JSON, as Django's `dumpdata` writes and `loaddata` reads them.
//!
//! * [`FixtureFormat`] and [`Compression`] are told by a file's name.
//! * [`Dump`] plans what is written and in which order, and writes it.
//! * [`FixtureFinder`] finds fixtures by their names; [`load()`] reads them, all or nothing.

mod csv_records;
mod dump;
mod error;
mod finder;
mod format;
mod import_record;
mod key_text;
mod load;
mod natural_key;
mod records;

pub use dump::{Dump, DumpOptions, DumpSelection, models_named};
pub use error::{DumpError, LoadError, ObjectLocation, ObjectProblem};
pub use finder::{Fixture, FixtureFinder};
pub use format::{Compression, FixtureFormat};
pub use import_record::{ColumnName, ImportPart, ImportRecord, RecordError, RecordPosition};
pub use load::{LoadOptions, LoadSummary, load};
pub use records::{RecordFormat, read_records};
