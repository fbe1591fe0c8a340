//! What a compressed file is called.

use crate::http::ContentCoding;
use crate::staticfiles::StaticPath;

/// The longest name of a file, in bytes, on all file systems in use.
const MAX_NAME: usize = 255;

/// The name of the file at `path` compressed into `coding`; `None` where it would be too long.
pub(super) fn compressed_name(path: &StaticPath, coding: ContentCoding) -> Option<StaticPath> {
    let ending = match coding {
        ContentCoding::Brotli => "br",
        ContentCoding::Gzip => "gz",
    };
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    if name.len() + 1 + ending.len() > MAX_NAME {
        return None;
    }
    StaticPath::new(&format!("{path}.{ending}"))
}
