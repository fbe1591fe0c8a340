//! The files of a scaffold, before anything is rendered.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::scaffold::ScaffoldError;
use crate::scaffold::source::SourceError;

/// The most files and directories that a scaffold may have.
const MOST_ENTRIES: usize = 100_000;

/// The most bytes that the files of a scaffold may have together.
const MOST_BYTES: u64 = 512 << 20;

/// The files of a scaffold, before anything is rendered.
#[derive(Debug, Default)]
pub(in crate::scaffold) struct ScaffoldTree {
    /// The files by their paths, `/` between the parts.
    pub(in crate::scaffold) files: BTreeMap<String, TreeFile>,
    /// The directories, those of files included.
    pub(in crate::scaffold) directories: BTreeSet<String>,
    /// The commit they are of, where they come from git.
    pub(in crate::scaffold) revision: Option<String>,
    bytes: u64,
}

/// A file of a scaffold.
#[derive(Debug)]
pub(in crate::scaffold) struct TreeFile {
    pub(in crate::scaffold) content: Cow<'static, [u8]>,
    pub(in crate::scaffold) is_executable: bool,
}

impl ScaffoldTree {
    /// Adds the file at `path`, whose content `reader` gives.
    pub(super) fn add_file(
        &mut self,
        path: &Path,
        reader: impl Read,
        is_executable: bool,
    ) -> Result<(), SourceError> {
        let mut content = Vec::new();
        let left = MOST_BYTES.saturating_sub(self.bytes);
        let mut bounded = reader.take(left + 1);
        let read = bounded.read_to_end(&mut content);
        read.map_err(|source| SourceError::unreadable(path, source))?;
        self.add(path, content.into(), is_executable)
    }

    /// Adds the file at `path`.
    pub(in crate::scaffold) fn add(
        &mut self,
        path: &Path,
        content: Cow<'static, [u8]>,
        is_executable: bool,
    ) -> Result<(), SourceError> {
        let name = plain_name(path)?;
        self.bytes = self.bytes.saturating_add(content.len() as u64);
        if self.bytes > MOST_BYTES {
            return Err(SourceError::TooLarge {
                megabytes: MOST_BYTES >> 20,
            });
        }
        self.add_parents(&name)?;
        if self.directories.contains(&name) {
            return Err(SourceError::refused(path, "it is a directory as well"));
        }
        let file = TreeFile {
            content,
            is_executable,
        };
        if self.files.insert(name, file).is_some() {
            return Err(SourceError::refused(path, "it is there twice"));
        }
        self.count()
    }

    /// Adds the directory at `path`.
    pub(in crate::scaffold) fn add_directory(&mut self, path: &Path) -> Result<(), SourceError> {
        if path == Path::new("") || path == Path::new(".") {
            return Ok(());
        }
        let name = plain_name(path)?;
        self.add_parents(&name)?;
        if self.files.contains_key(&name) {
            return Err(SourceError::refused(path, "it is a file as well"));
        }
        self.directories.insert(name);
        self.count()
    }

    fn add_parents(&mut self, name: &str) -> Result<(), SourceError> {
        for (end, _) in name.match_indices('/') {
            let parent = &name[..end];
            if self.files.contains_key(parent) {
                let reason = "it is a file as well";
                return Err(SourceError::refused(Path::new(parent), reason));
            }
            if !self.directories.contains(parent) {
                self.directories.insert(parent.to_owned());
            }
        }
        Ok(())
    }

    fn count(&self) -> Result<(), SourceError> {
        if self.files.len() + self.directories.len() > MOST_ENTRIES {
            return Err(SourceError::TooMany { most: MOST_ENTRIES });
        }
        Ok(())
    }

    /// The part of it below the directory `inner`.
    pub(super) fn within(self, inner: Option<&str>) -> Result<Self, ScaffoldError> {
        let Some(inner) = inner.map(|inner| inner.trim_matches('/')) else {
            return Ok(self);
        };
        if !self.directories.contains(inner) {
            return Err(SourceError::NoDirectory(inner.to_owned()).into());
        }
        Ok(self.below(inner))
    }

    /// Without the directory around all of it, as archives of repositories have one.
    pub(super) fn without_outer_directory(self) -> Self {
        let mut tops = self.directories.iter().filter(|name| !name.contains('/'));
        let (Some(top), None) = (tops.next().cloned(), tops.next()) else {
            return self;
        };
        if self.files.keys().any(|name| !name.contains('/')) {
            return self;
        }
        self.below(&top)
    }

    fn below(self, directory: &str) -> Self {
        let inside = |name: &str| {
            let rest = name.strip_prefix(directory)?.strip_prefix('/')?;
            Some(rest.to_owned())
        };
        Self {
            files: self
                .files
                .into_iter()
                .filter_map(|(name, file)| Some((inside(&name)?, file)))
                .collect(),
            directories: self
                .directories
                .iter()
                .filter_map(|name| inside(name))
                .collect(),
            ..self
        }
    }
}

/// `path` with `/` between its parts, all of them plain names.
fn plain_name(path: &Path) -> Result<String, SourceError> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => match part.to_str() {
                Some(part) if part.contains(['\0', '\\', '\n']) => {
                    return Err(SourceError::refused(
                        path,
                        "no file should have such a name",
                    ));
                }
                Some(part) => parts.push(part),
                None => return Err(SourceError::refused(path, "its name is not UTF-8")),
            },
            Component::CurDir => {}
            _ => {
                let reason = "a path in a scaffold must lead downwards";
                return Err(SourceError::refused(path, reason));
            }
        }
    }
    if parts.is_empty() {
        return Err(SourceError::refused(path, "it has no name"));
    }
    Ok(parts.join("/"))
}

impl From<&str> for TreeFile {
    fn from(text: &str) -> Self {
        Self {
            content: text.as_bytes().to_vec().into(),
            is_executable: false,
        }
    }
}

/// The path of `name`, which stands in a tree.
pub(in crate::scaffold) fn path_of(name: &str) -> PathBuf {
    name.split('/').collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::ScaffoldTree;

    fn refusal(paths: &[&str]) -> String {
        let mut tree = ScaffoldTree::default();
        for path in paths {
            let path = Path::new(path);
            if let Err(error) = tree.add(path, b"".as_slice().into(), false) {
                return error.to_string();
            }
        }
        String::new()
    }

    #[test]
    fn no_path_leads_out_and_no_name_is_there_twice() {
        assert_eq!(refusal(&["a/b", "a/c", "./d"]), "");
        for path in ["../a", "/a", "a/../../b", "", "a\nb"] {
            assert_ne!(refusal(&[path]), "", "{path}");
        }
        for paths in [["a", "a"], ["a", "a/b"], ["a/b", "a"], ["a/b", "a/./b"]] {
            assert_ne!(refusal(&paths), "", "{paths:?}");
        }
    }

    #[test]
    fn the_directory_around_everything_is_left_out() {
        let mut tree = ScaffoldTree::default();
        for path in ["blog-1.0/a.txt", "blog-1.0/b/c.txt"] {
            tree.add(Path::new(path), b"".as_slice().into(), false)
                .unwrap();
        }
        let tree = tree.without_outer_directory();
        assert!(tree.files.keys().eq(["a.txt", "b/c.txt"]));
        assert!(tree.without_outer_directory().files.contains_key("a.txt"));
    }
}
