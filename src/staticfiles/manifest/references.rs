//! Where a reference leads, and how it is written once the file it leads to has another name.

use std::collections::{HashMap, HashSet};

use crate::http::percent;
use crate::staticfiles::StaticPath;
use crate::text;

/// The files that references may lead to.
#[derive(Debug)]
pub(super) struct Targets<'f> {
    url: &'f str,
    files: HashMap<&'f str, usize>,
    directories: HashSet<&'f str>,
}

/// Where a reference leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Target {
    /// To the file of this index.
    File(usize),
    /// To the directory of this path, whose name stays.
    Directory(String),
    /// To a file that there is not.
    Missing(String),
}

/// A reference to a static file, taken to pieces.
#[derive(Clone, Debug)]
pub(super) struct StaticReference<'r> {
    pub(super) target: Target,
    url: &'r str,
    /// The address up to its fragment.
    path: String,
    fragment: &'r str,
}

impl<'f> Targets<'f> {
    /// The files at `paths`, and `[static] url`.
    pub(super) fn new(paths: impl Iterator<Item = &'f StaticPath>, url: &'f str) -> Self {
        let mut targets = Self {
            url,
            files: HashMap::new(),
            directories: HashSet::from([""]),
        };
        for (index, path) in paths.enumerate() {
            targets.files.insert(path.as_str(), index);
            targets.directories.extend(path.parents());
        }
        targets
    }

    /// The index of the file at `path`.
    pub(super) fn index(&self, path: &str) -> Option<usize> {
        self.files.get(path).copied()
    }

    /// The file that may be meant by `path`, where none is: one of that name in another directory, or of nearly that name in
    /// the same one.
    pub(super) fn nearest(&self, path: &str) -> Option<&'f str> {
        let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
        let split = |file: &'f str| file.rsplit_once('/').unwrap_or(("", file));
        let files = || self.files.keys().copied();
        let elsewhere = files().filter(|file| split(file).1 == name).min();
        elsewhere.or_else(|| {
            let beside = files().filter(|file| split(file).0 == directory);
            let nearest = text::nearest(name, beside.clone().map(|file| split(file).1))?;
            beside.into_iter().find(|file| split(file).1 == nearest)
        })
    }

    /// What `url`, written in the file at `source`, leads to; `None` where that is none of the static files' business:
    /// another server, another part of the site, the same document.
    pub(super) fn resolve<'r>(
        &self,
        source: &StaticPath,
        url: &'r str,
    ) -> Option<StaticReference<'r>> {
        let url = unwrapped(url);
        if has_scheme(url) || url.starts_with("//") {
            return None;
        }
        if url.starts_with('/') && !url.starts_with(self.url) {
            return None;
        }
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        // An empty query goes with the fragment, as where `urldefrag` puts the address together again.
        let path = match path.strip_suffix('?') {
            Some(bare) if url.contains('#') => bare,
            _ => path,
        };
        if path.is_empty() {
            return None;
        }
        let from_root = path.strip_prefix(self.url);
        let name = if let Some(name) = from_root.filter(|_| path.starts_with('/')) {
            name.to_owned()
        } else {
            let directory = source.parents().last();
            directory.map_or_else(
                || path.to_owned(),
                |directory| format!("{directory}/{path}"),
            )
        };
        Some(StaticReference {
            target: self.target(&name),
            url,
            path: path.to_owned(),
            fragment,
        })
    }

    fn target(&self, name: &str) -> Target {
        let name = unquoted(name);
        let path = name.split(['?', '#']).next().unwrap_or_default().trim();
        let Some(normal) = normalized(path) else {
            return Target::Missing(path.to_owned());
        };
        if path.ends_with('/') || self.directories.contains(normal.as_str()) {
            return Target::Directory(normal);
        }
        match self.index(&normal) {
            Some(index) => Target::File(index),
            None => Target::Missing(normal),
        }
    }
}

impl StaticReference<'_> {
    /// The address with `name`, that of the file it leads to, at its end; `None` for that of a directory.
    pub(super) fn written(&self, name: Option<&StaticPath>) -> String {
        let last = self.path.rfind('/').map_or(0, |slash| slash + 1);
        let (directory, own) = self.path.split_at(last);
        let mut written = directory.to_owned();
        match name {
            Some(name) if !directory.contains('?') => {
                let name = name.as_str();
                written.push_str(name.rsplit('/').next().unwrap_or(name));
                // As where `urlunsplit` puts the address together again, an empty query is none.
                let query = own.find('?').map_or("", |query| own[query..].trim_end());
                written.push_str(if query == "?" { "" } else { query });
            }
            // The last slash is one of the query.
            _ => written.push_str(own),
        }
        if !self.fragment.is_empty() {
            written.push_str(if self.url.contains("?#") { "?#" } else { "#" });
            written.push_str(self.fragment);
        }
        unquoted(&written)
    }
}

/// `url` without the blanks around it and the quotes around the rest, which Django takes for a part of the name.
fn unwrapped(url: &str) -> &str {
    let url = url.trim();
    let inside = |quote| url.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(url)
}

/// Whether `url` begins with a scheme, such as `https:` or `data:`.
fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else {
        return false;
    };
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_scheme)
}

fn unquoted(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    String::from_utf8_lossy(&percent::decode_bytes(text)).into_owned()
}

/// `path` without `.`, `..` and empty parts; `None` where it leads out of the root.
fn normalized(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Target, Targets};
    use crate::staticfiles::StaticPath;

    #[test]
    fn leads_to_files_directories_and_nowhere() {
        let paths =
            ["css/a.css", "img/a b.png", "img/é.png"].map(|path| StaticPath::new(path).unwrap());
        let targets = Targets::new(paths.iter(), "/static/");
        let target = |url| targets.resolve(&paths[0], url).map(|found| found.target);
        let missing = |name: &str| Some(Target::Missing(name.to_owned()));
        let directory = |name: &str| Some(Target::Directory(name.to_owned()));
        for (url, expected) in [
            ("../img/a b.png", Some(Target::File(1))),
            ("../img/a%20b.png?v=1#x", Some(Target::File(1))),
            ("/static/img/%C3%A9.png", Some(Target::File(2))),
            ("a.css#?#", Some(Target::File(0))),
            ("./././a.css ", Some(Target::File(0))),
            (" 'a.css' ", Some(Target::File(0))),
            ("../img", directory("img")),
            ("../img/", directory("img")),
            ("..", directory("")),
            ("b.css", missing("css/b.css")),
            ("../../etc/passwd", missing("css/../../etc/passwd")),
            ("/media/a.png", None),
            ("//x/a.png", None),
            ("HTTPS://x/a.png", None),
            ("data:image/png;base64,AA", None),
            ("#a", None),
            ("?#a", None),
            ("", None),
        ] {
            assert_eq!(target(url), expected, "{url}");
        }
    }

    #[test]
    fn keeps_query_fragment_and_directories_as_they_are_written() {
        let paths = ["css/a.css", "fonts/f.eot"].map(|path| StaticPath::new(path).unwrap());
        let targets = Targets::new(paths.iter(), "/static/");
        let hashed = StaticPath::new("fonts/f.123.eot").unwrap();
        for (url, written) in [
            ("../fonts/f.eot?#iefix", "../fonts/f.123.eot?#iefix"),
            ("../fonts/f.eot?v=1#x", "../fonts/f.123.eot?v=1#x"),
            ("./../css/../fonts/f.eot", "./../css/../fonts/f.123.eot"),
            ("/static/fonts/%66.eot", "/static/fonts/f.123.eot"),
            ("../fonts/f.eot?x=/y", "../fonts/f.eot?x=/y"),
        ] {
            let found = targets.resolve(&paths[0], url).unwrap();
            assert_eq!(found.target, Target::File(1), "{url}");
            assert_eq!(found.written(Some(&hashed)), written);
        }
    }
}
