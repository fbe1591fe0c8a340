//! Fixtures: rows as JSON, as Django's `dumpdata` writes and `loaddata` reads them.
//!
//! * [`json`] is the notation; [`Format`] and [`Compression`] are told by a file's name.
//! * [`Dump`] plans what is written and in which order, and writes it.
//! * [`Finder`] finds fixtures by their names; [`load()`] reads them, all or nothing.

mod dump;
mod error;
mod find;
mod format;
pub mod json;
mod load;
mod natural;
mod object;
mod order;
mod read_value;
mod records;
mod relations;
mod typed;
mod write_value;

pub use dump::{Dump, DumpOptions, Selection, models_named};
pub use error::{DumpError, LoadError, Place, Problem};
pub use find::{Finder, Fixture};
pub use format::{Compression, Format};
pub use load::{LoadOptions, Loaded, load};
pub use records::{Record, RecordError, RecordFormat, read_records};
pub use typed::typed;
