//! Static files: where they come from, how they are collected, and how they are served.
//!
//! * [`Finders`] look in `[static] dirs`, then in each app's `static/`; what is found first wins.
//! * [`Collector`] plans, then makes, the copy of all of them in `[static] root`.
//! * [`StaticFiles`] answers requests: from the finders with `debug`, else from the root; and, by the same code, for the
//!   files that forms brought.

mod asset;
mod collection;
mod compressed_name;
mod content_type;
mod directory_listing;
mod error;
mod file_forms;
mod file_headers;
mod file_key;
mod file_memory;
mod finders;
mod ignore_patterns;
mod manifest;
mod multipart_ranges;
mod parallel;
mod requested_ranges;
mod root_check;
mod served_file;
mod static_files;
mod static_path;

pub use asset::Asset;
pub use collection::{
    CollectOptions, CollectProgress, CollectReport, CollectedFile, Collection, Collector,
    DuplicateFile, Explanation,
};
pub use content_type::{content_type, is_passive};
pub use directory_listing::{FoundFile, SkippedFile};
pub use error::StaticFilesError;
pub use finders::{FinderDirectory, FinderMatch, Finders};
pub use ignore_patterns::IgnorePatterns;
pub use manifest::{FileReference, MANIFEST_NAME, ManifestOptions, StaticManifest};
pub use root_check::resolve_links;
pub use static_files::{StaticFiles, StaticSource};
pub use static_path::StaticPath;
