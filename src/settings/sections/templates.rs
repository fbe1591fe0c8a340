//! `[templates]`: where pages are found.

use std::path::PathBuf;

use crate::settings::reader::SettingsReader;

/// `[templates]`.
#[derive(Clone, Debug)]
pub struct TemplateSettings {
    /// Directories that are searched before those of the apps.
    pub dirs: Vec<PathBuf>,
}

pub(in crate::settings) fn templates(reader: &SettingsReader<'_>) -> TemplateSettings {
    TemplateSettings {
        dirs: reader.file_paths("templates.dirs"),
    }
}
