//! `[static]`: files that are served as they are.

use std::path::PathBuf;

use crate::settings::hosts::host_mistake;
use crate::settings::reader::SettingsReader;

/// `[static]`: files and where they are served.
#[derive(Clone, Debug)]
pub struct StaticSettings {
    /// The prefix of static URLs: a path with a slash at both ends, or an address with one at its end.
    pub url: String,
    /// Where `collectstatic` puts the files.
    pub root: PathBuf,
    /// Directories of the project's own static files.
    pub dirs: Vec<PathBuf>,
}

impl StaticSettings {
    /// Whether another server has the files, so that this one answers none of their URLs.
    pub fn is_external(&self) -> bool {
        self.url.starts_with("//") || self.url.contains("://")
    }
}

pub(in crate::settings) fn static_files(reader: &SettingsReader<'_>) -> StaticSettings {
    let url: String = reader.get("static.url");
    reader.check_with("static.url", &url, url_mistake);
    StaticSettings {
        url,
        root: reader.file_path("static.root"),
        dirs: reader.file_paths("static.dirs"),
    }
}

pub(super) fn url_mistake(url: &str) -> Option<String> {
    let is_path = url.len() > 1 && url.starts_with('/') && url.ends_with('/');
    let address = ["https://", "http://", "//"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    let mistake = match address.map(|rest| rest.split_once('/')) {
        _ if url.contains(['?', '#', '\\']) || url.contains(char::is_whitespace) => {
            "`?`, `#`, a backslash and blanks cannot stand in it".to_owned()
        }
        Some(Some((host, _))) if url.ends_with('/') => return host_mistake(host),
        None if is_path && !url.contains("://") => return None,
        _ => "it begins and ends with `/`, or is `https://`, a host and a path that ends with `/`"
            .to_owned(),
    };
    Some(mistake)
}
