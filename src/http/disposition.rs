//! `Content-Disposition`: what a file is called that is saved (RFC 6266), as Django writes it.

use crate::http::percent::{encode, safe};

/// Has a browser show a file or, `as_attachment`, save it; `filename` is what it is called then.
///
/// Nothing has to be said of a file without a name that is shown.
pub fn content_disposition(as_attachment: bool, filename: &str) -> Option<String> {
    let disposition = if as_attachment {
        "attachment"
    } else {
        "inline"
    };
    if filename.is_empty() {
        return as_attachment.then(|| disposition.to_owned());
    }
    let is_quotable = filename.chars().all(|c| matches!(c, '\t' | ' '..='~'));
    let parameter = if is_quotable {
        let escaped = filename.replace('\\', "\\\\").replace('"', "\\\"");
        format!("filename=\"{escaped}\"")
    } else {
        // A name in other letters, after RFC 8187.
        format!("filename*=utf-8''{}", encode(filename, safe::SLASH))
    };
    Some(format!("{disposition}; {parameter}"))
}
