//! Content types: every model of the project as a row.

mod stale;
mod sync;

pub use stale::{Stale, remove_stale, stale};
pub use sync::{ContentTypes, models_of, sync};

use include_dir::{Dir, include_dir};

/// The files of the app.
pub static APP_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/contenttypes/app");
