//! `[admin]`: which models the admin shows.

use crate::settings::reader::SettingsReader;

/// `[admin]`: which models the admin shows.
#[derive(Clone, Debug)]
pub struct AdminSettings {
    /// Whether it shows models that no `admin.toml` names, too.
    pub auto: bool,
}

pub(in crate::settings) fn admin(reader: &SettingsReader<'_>) -> AdminSettings {
    AdminSettings {
        auto: reader.get("admin.auto"),
    }
}
