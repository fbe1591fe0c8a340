//! What the autodetector looks for, and what it found.

use std::collections::BTreeSet;

use crate::diagnostic::Finding;
use crate::migrations::Migration;
use crate::migrations::autodetector::questions::MigrationQuestion;

/// What the autodetector looks for.
#[derive(Clone, Debug, Default)]
pub struct AutodetectorOptions {
    /// The labels of the apps that migrations can be written for.
    pub labels: BTreeSet<String>,
    /// The labels of the apps that migrations were asked for; all apps if empty.
    pub only: Vec<String>,
    /// The name of the migrations, if it is not to be made from what they do.
    pub name: Option<String>,
}

/// What the autodetector found.
#[derive(Clone, Debug, Default)]
pub struct DetectedChanges {
    /// The migrations to write, in an order in which they can be applied.
    pub migrations: Vec<Migration>,
    /// What has to be decided first; the migrations are a guess while there is anything.
    pub questions: Vec<MigrationQuestion>,
    /// The changes that no migration can make; nothing is to be written while there are any.
    pub refused: Vec<Finding>,
    /// The mistakes of the answers.
    pub mistakes: Vec<Finding>,
    /// What the user should know before applying the migrations.
    pub warnings: Vec<String>,
}
