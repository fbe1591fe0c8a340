//! `[checks]`: what checks are silent about.

use crate::settings::reader::SettingsReader;

/// `[checks]`: what checks are silent about.
#[derive(Clone, Debug)]
pub struct CheckSettings {
    /// Names of differences between a schema and its migrations that are meant.
    pub accepted: Vec<String>,
}

pub(in crate::settings) fn checks(reader: &SettingsReader<'_>) -> CheckSettings {
    CheckSettings {
        accepted: reader.get("checks.accepted"),
    }
}
