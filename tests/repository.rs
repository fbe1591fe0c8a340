//! Checks on the repository itself: who imports whom, and generated files.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "repository/generated.rs"]
mod generated;
#[path = "repository/imports.rs"]
mod imports;
#[path = "repository/layers.rs"]
mod layers;
#[path = "repository/order.rs"]
mod order;
#[path = "repository/settings.rs"]
mod settings;
#[path = "repository/size.rs"]
mod size;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of the program, sorted.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    add_sources(&root().join("src"), &mut found);
    found.sort();
    found
}

fn add_sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}
