//! Content types: every model of the project as a row.

mod sync;

pub use sync::{ContentTypes, models_of, sync};

use include_dir::{Dir, include_dir};

/// The files of the app.
pub static APP_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/contenttypes/app");
