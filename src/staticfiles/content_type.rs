//! What browsers are told that a file is.

use mime_guess::{MimeGuess, mime};

/// Whether a browser shows files of this type without running anything in them.
pub fn is_passive(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    let is_shown = ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|prefix| kind.starts_with(prefix));
    matches!(kind, "text/plain" | "application/pdf") || is_shown && !kind.ends_with("+xml")
}

/// The type of a file by the ending of its name; text is UTF-8, as all files of a project are.
pub fn content_type(name: &str) -> String {
    let guess = MimeGuess::from_path(name).first_or_octet_stream();
    if guess.subtype() == mime::JAVASCRIPT {
        // RFC 9239 made all other names of this type obsolete.
        "text/javascript; charset=utf-8".to_owned()
    } else if guess.type_() == mime::TEXT && guess.get_param(mime::CHARSET).is_none() {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}
