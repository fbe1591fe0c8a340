//! The apps that come with the binary.

use include_dir::Dir;

/// The labels of the built-in apps.
pub const BUILT_IN: [&str; 6] = [
    "admin",
    "auth",
    "contenttypes",
    "messages",
    "sessions",
    "staticfiles",
];

/// An app without files: its code is all there is to it.
static NO_FILES: Dir<'static> = Dir::new("", &[]);

/// Whether an app of this label comes with the binary.
pub fn is_built_in(label: &str) -> bool {
    BUILT_IN.contains(&label)
}

/// The files of the built-in app of this label.
pub(super) fn files(label: &str) -> Option<&'static Dir<'static>> {
    is_built_in(label).then_some(&NO_FILES)
}
