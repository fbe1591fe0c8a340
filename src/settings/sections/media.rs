//! `[media]`: files that forms bring.

use std::path::PathBuf;

use crate::settings::reader::SettingsReader;
use crate::settings::sections::static_files::url_mistake;

/// `[media]`: files that forms bring.
#[derive(Clone, Debug)]
pub struct MediaSettings {
    /// The prefix of their URLs: a path with a slash at both ends, or an address with one at its end.
    pub url: String,
    /// Where they are stored.
    pub root: PathBuf,
}

pub(in crate::settings) fn media(reader: &SettingsReader<'_>) -> MediaSettings {
    let url: String = reader.get("media.url");
    reader.check_with("media.url", &url, url_mistake);
    MediaSettings {
        url,
        root: reader.file_path("media.root"),
    }
}
