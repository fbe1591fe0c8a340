//! What `startproject`, `startapp`, `update` and `destroy` share.
//!
//! 1. `options`: where the scaffold is from, what was answered beforehand, what is done about files that differ.
//! 2. `questions` asks a person for the rest; `conflicts` asks about files that differ.
//! 3. `preview` shows what would be written.

mod conflicts;
mod options;
mod preview;
mod questions;

pub(crate) use conflicts::decide;
pub(crate) use options::{AnswerArgs, ScaffoldArgs, ScaffoldList, WritePolicyArgs};
pub(crate) use preview::WritePreview;
pub(crate) use questions::answers;

use std::path::PathBuf;

use crate::text;

/// The paths, each in quotes.
pub(crate) fn quoted_paths(paths: &[PathBuf]) -> String {
    let paths: Vec<_> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    text::quoted(paths.iter().map(String::as_str))
}
