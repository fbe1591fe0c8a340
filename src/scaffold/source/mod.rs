//! Where a scaffold comes from: the binary, a directory, an archive or a git repository.
//!
//! 1. [`ScaffoldSource::parse`] tells the four from one another by how they are written.
//! 2. [`ScaffoldSource::load`] reads all files into a [`ScaffoldTree`], which bounds their number and size and takes no
//!    path that leads elsewhere. Nothing of a scaffold is ever run.

mod archive;
mod directory;
mod error;
mod git;
mod tree;

pub use error::SourceError;
pub(in crate::scaffold) use tree::{ScaffoldTree, TreeFile, path_of};

use std::fmt;
use std::path::{Path, PathBuf};

use crate::scaffold::built_in::{self, BuiltIn};
use crate::scaffold::source::git::GitSource;
use crate::scaffold::{ScaffoldError, ScaffoldKind};

/// Where a scaffold comes from.
#[derive(Clone, Debug)]
pub enum ScaffoldSource {
    /// It is in the binary.
    BuiltIn(BuiltIn),
    /// A directory, and the one within it that is meant.
    Directory(PathBuf, Option<String>),
    /// A `.zip`, `.tar`, `.tar.gz` or `.tar.zst`, and the directory within it that is meant.
    Archive(PathBuf, Option<String>),
    /// A git repository.
    Git(GitSource),
}

impl ScaffoldSource {
    /// The source written as `text`: the name of a built-in scaffold for `kind`, the path of a directory or an archive, or
    /// the address of a git repository with `@ref` behind it, each with `//directory` behind it.
    pub fn parse(kind: ScaffoldKind, text: &str) -> Result<Self, ScaffoldError> {
        if let Some(found) = built_in::find(kind, text) {
            return Ok(Self::BuiltIn(found));
        }
        if let Some(address) = text.strip_prefix("git+") {
            return Ok(Self::Git(GitSource::parse(address)?));
        }
        let (path, inner) = without_inner(text);
        let path = Path::new(path);
        if path.is_dir() {
            return Ok(Self::Directory(path.to_owned(), inner.map(str::to_owned)));
        }
        if path.is_file() {
            return Ok(Self::Archive(path.to_owned(), inner.map(str::to_owned)));
        }
        if git::is_address(text) {
            return Ok(Self::Git(GitSource::parse(text)?));
        }
        Err(SourceError::NotThere {
            text: text.to_owned(),
            names: built_in::all(kind).iter().map(|found| found.name).collect(),
            command: kind.command(),
        }
        .into())
    }

    /// Reads the scaffold.
    pub(in crate::scaffold) fn load(&self) -> Result<ScaffoldTree, ScaffoldError> {
        match self {
            Self::BuiltIn(built_in) => Ok(built_in.tree()?),
            Self::Directory(path, inner) => directory::read(path)?.within(inner.as_deref()),
            Self::Archive(path, inner) => {
                let tree = archive::read(path)?.without_outer_directory();
                tree.within(inner.as_deref())
            }
            Self::Git(source) => Ok(source.read()?),
        }
    }

    /// How it is written in the record of a project: paths are absolute, so that an update finds them from anywhere.
    pub(in crate::scaffold) fn recorded(&self) -> String {
        let with_inner = |path: &Path, inner: &Option<String>| {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            let inner = inner.as_ref().map(|inner| format!("//{inner}"));
            format!("{}{}", path.display(), inner.unwrap_or_default())
        };
        match self {
            Self::BuiltIn(built_in) => built_in.name.to_owned(),
            Self::Directory(path, inner) | Self::Archive(path, inner) => with_inner(path, inner),
            Self::Git(source) => source.recorded(),
        }
    }
}

impl fmt::Display for ScaffoldSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn(built_in) => f.write_str(built_in.name),
            Self::Directory(path, _) | Self::Archive(path, _) => path.display().fmt(f),
            Self::Git(source) => source.fmt(f),
        }
    }
}

/// `text` without the `//directory` behind it, and that directory.
fn without_inner(text: &str) -> (&str, Option<&str>) {
    let start = text.find("://").map_or(0, |scheme| scheme + "://".len());
    match text[start..].split_once("//") {
        Some((before, inner)) => (&text[..start + before.len()], Some(inner)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::without_inner;

    #[test]
    fn the_directory_within_follows_two_slashes_that_are_not_of_a_scheme() {
        assert_eq!(without_inner("a/b"), ("a/b", None));
        assert_eq!(without_inner("a/b//c/d"), ("a/b", Some("c/d")));
        let address = "https://example.com/a.git";
        assert_eq!(without_inner(address), (address, None));
        let inside = format!("{address}//c");
        assert_eq!(without_inner(&inside), (address, Some("c")));
    }
}
