//! `[migrations]`: changes of the schema.

use crate::settings::reader::SettingsReader;

/// `[migrations]`: changes of the schema.
#[derive(Clone, Copy, Debug)]
pub struct MigrationSettings {
    /// How many snapshots of each database are kept.
    pub snapshots_kept: usize,
}

pub(in crate::settings) fn migrations(reader: &SettingsReader<'_>) -> MigrationSettings {
    MigrationSettings {
        snapshots_kept: reader.get("migrations.snapshots_kept"),
    }
}
