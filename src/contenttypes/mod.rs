//! Content types: every model of the project as a row.

mod create;
mod stale;

pub use create::{ContentTypes, create_content_types, models_of};
pub use stale::{
    ContentTypesWithoutModel, StaleContentType, StaleSelection, delete_stale, find_stale,
};

use include_dir::{Dir, include_dir};

/// The files of the app.
pub static APP_FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/contenttypes/app");
