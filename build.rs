//! Tells cargo about the directories that are embedded: `include_dir` does not notice new files.

use std::path::Path;

fn main() {
    for directory in [
        "scaffolds",
        "src/auth/app",
        "src/contenttypes/app",
        "src/admin/app",
        "src/sessions/app",
    ] {
        if Path::new(directory).exists() {
            println!("cargo::rerun-if-changed={directory}");
        }
    }
}
