//! The apps that come with the binary.

use include_dir::Dir;

use crate::{admin, auth, contenttypes, sessions};

/// The labels of the built-in apps.
pub const BUILT_IN: [&str; 6] = [
    "admin",
    "auth",
    "contenttypes",
    "messages",
    "sessions",
    "staticfiles",
];

/// An app without files of its own: its code is all there is to it.
static NO_FILES: Dir<'static> = Dir::new("", &[]);

/// Whether an app of this label comes with the binary.
pub fn is_built_in(label: &str) -> bool {
    BUILT_IN.contains(&label)
}

/// The files of the built-in app of this label.
pub(super) fn files(label: &str) -> Option<&'static Dir<'static>> {
    Some(match label {
        "admin" => &admin::APP_FILES,
        "auth" => &auth::APP_FILES,
        "contenttypes" => &contenttypes::APP_FILES,
        "sessions" => &sessions::APP_FILES,
        _ if is_built_in(label) => &NO_FILES,
        _ => return None,
    })
}
