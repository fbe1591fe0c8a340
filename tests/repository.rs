//! Checks on the repository itself: its order, its names and words, and its generated files.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "repository/admin_options.rs"]
mod admin_options;
#[path = "repository/cycles.rs"]
mod cycles;
#[path = "repository/doc_links.rs"]
mod doc_links;
#[path = "repository/exceptions.rs"]
mod exceptions;
#[path = "repository/generated.rs"]
mod generated;
#[path = "repository/imports.rs"]
mod imports;
#[path = "repository/layers.rs"]
mod layers;
#[path = "repository/order.rs"]
mod order;
#[path = "repository/parameters.rs"]
mod parameters;
#[path = "repository/settings.rs"]
mod settings;
#[path = "repository/signals.rs"]
mod signals;
#[path = "repository/size.rs"]
mod size;
#[path = "repository/source_file.rs"]
mod source_file;
#[path = "repository/sql.rs"]
mod sql;
#[path = "repository/type_names.rs"]
mod type_names;
#[path = "repository/wording.rs"]
mod wording;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of the program, sorted.
fn sources() -> Vec<PathBuf> {
    rust_files("src")
}

/// Every Rust file below `folder`, sorted.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    files_of(folder, "rs")
}

/// Every file below `folder` whose name ends with that extension, sorted.
fn files_of(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    add_files(&root().join(folder), extension, &mut found);
    found.sort();
    found
}

fn add_files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_files(&path, extension, found);
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
}
