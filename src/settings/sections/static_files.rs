//! `[static]`: files that are served as they are.

use std::path::PathBuf;

use crate::settings::reader::SettingsReader;

/// `[static]` and `[media]`: files and where they are served.
#[derive(Clone, Debug)]
pub struct StaticSettings {
    /// The prefix of static URLs, with a slash at both ends.
    pub url: String,
    /// Where `collectstatic` puts the files.
    pub root: PathBuf,
    /// Directories of the project's own static files.
    pub dirs: Vec<PathBuf>,
}

pub(in crate::settings) fn static_files(reader: &SettingsReader<'_>) -> StaticSettings {
    let url: String = reader.get("static.url");
    let bounded = url.len() > 1 && url.starts_with('/') && url.ends_with('/');
    let message = format!("`static.url` must begin and end with `/`, unlike `{url}`");
    reader.check("static.url", bounded, message);
    StaticSettings {
        url,
        root: reader.get("static.root"),
        dirs: reader.get("static.dirs"),
    }
}
