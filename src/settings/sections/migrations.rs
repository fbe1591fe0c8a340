//! `[migrations]`: changes of the schema.

use crate::settings::reader::SettingsReader;

/// `[migrations]`: changes of the schema.
#[derive(Clone, Copy, Debug)]
pub struct MigrationSettings {
    /// How many snapshots of each database are kept.
    pub snapshots_kept: usize,
}

pub(in crate::settings) fn migrations(reader: &SettingsReader<'_>) -> MigrationSettings {
    let path = "migrations.snapshots_kept";
    let snapshots_kept = reader.get(path);
    reader.check(path, snapshots_kept > 0, "at least one snapshot is kept");
    MigrationSettings { snapshots_kept }
}
