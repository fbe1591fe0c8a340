//! `[static]`: files that are served as they are.

use std::fmt;
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
    pub dirs: Vec<StaticDirectory>,
}

/// A directory of static files, written `static` or, with a prefix, `downloads:../files`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StaticDirectory {
    /// The directory that its files are asked for in: a path without `.`, `..` and empty parts.
    pub prefix: Option<String>,
    /// Where it is.
    pub path: PathBuf,
}

impl StaticDirectory {
    fn parse(text: &str) -> Self {
        let is_plain = |part: &str| !matches!(part, "" | "." | "..");
        match text.split_once(':') {
            // A directory with a colon in its name can be written `./a:b`.
            Some((prefix, path)) if prefix.split('/').all(is_plain) => Self {
                prefix: Some(prefix.to_owned()),
                path: PathBuf::from(path),
            },
            _ => Self {
                prefix: None,
                path: PathBuf::from(text),
            },
        }
    }
}

impl fmt::Display for StaticDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = &self.prefix {
            write!(f, "{prefix}:")?;
        }
        write!(f, "{}", self.path.display())
    }
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
    let dirs: Vec<String> = reader.get("static.dirs");
    reader.check_items("static.dirs", &dirs, directory_mistake);
    StaticSettings {
        url,
        root: reader.file_path("static.root"),
        dirs: dirs
            .iter()
            .map(|text| StaticDirectory::parse(text))
            .collect(),
    }
}

fn directory_mistake(text: &str) -> Option<String> {
    let StaticDirectory { path, .. } = StaticDirectory::parse(text);
    let path = path.to_string_lossy();
    let is_path = !path.trim().is_empty() && !path.contains('\0');
    (!is_path).then(|| "it must be the path of a directory".to_owned())
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
