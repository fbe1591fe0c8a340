//! The codings that a collected file is there in.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::http::ContentCoding;
use crate::staticfiles::StaticPath;
use crate::staticfiles::compressed_name::compressed_name;

/// All codings, the one that is shorter first.
const CODINGS: [ContentCoding; 2] = [ContentCoding::Brotli, ContentCoding::Gzip];

/// The codings that the file at `path` below `root` is there in.
///
/// A compressed file that is older than the file itself was made of another one: a run of `collectstatic` was killed.
pub(super) fn codings(root: &Path, path: &StaticPath) -> Vec<ContentCoding> {
    let modified = |path: &StaticPath| {
        let found = fs::metadata(root.join(path.as_str())).ok()?;
        found.is_file().then(|| (found.mtime(), found.mtime_nsec()))
    };
    let Some(original) = modified(path) else {
        return Vec::new();
    };
    let is_current = |coding: &ContentCoding| {
        let name = compressed_name(path, *coding);
        let found = name.and_then(|name| modified(&name));
        found.is_some_and(|found| found >= original)
    };
    CODINGS.into_iter().filter(is_current).collect()
}
