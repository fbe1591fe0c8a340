//! A scaffold in an archive.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::scaffold::source::{ScaffoldTree, SourceError};

/// Reads the archive at `path`, whose kind its first bytes tell.
pub(super) fn read(path: &Path) -> Result<ScaffoldTree, SourceError> {
    let unreadable = |source| SourceError::unreadable(path, source);
    let mut start = Vec::new();
    let opened = File::open(path).map_err(unreadable)?;
    opened
        .take(512)
        .read_to_end(&mut start)
        .map_err(unreadable)?;
    let file = BufReader::new(File::open(path).map_err(unreadable)?);
    match start.as_slice() {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => read_zip(path, file),
        [0x1f, 0x8b, ..] => read_tar(path, flate2::read::MultiGzDecoder::new(file)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(file)
                .map_err(|error| unreadable(io::Error::other(error)))?;
            read_tar(path, decoder)
        }
        _ if start.get(257..262) == Some(b"ustar") => read_tar(path, file),
        _ => Err(SourceError::UnknownArchive(path.to_owned())),
    }
}

/// Reads a tar from `reader`, which is the file at `path` or what git sends.
pub(super) fn read_tar(path: &Path, reader: impl Read) -> Result<ScaffoldTree, SourceError> {
    let unreadable = |source| SourceError::unreadable(path, source);
    let mut tree = ScaffoldTree::default();
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries().map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.path().map_err(unreadable)?.into_owned();
        let mode = entry.header().mode().unwrap_or_default();
        match entry.header().entry_type() {
            tar::EntryType::Directory => tree.add_directory(&name)?,
            tar::EntryType::Regular | tar::EntryType::Continuous => {
                tree.add_file(&name, entry, mode & 0o100 != 0)?;
            }
            // What git writes first: the name of the commit.
            tar::EntryType::XGlobalHeader => {}
            tar::EntryType::Symlink | tar::EntryType::Link => {
                return Err(SourceError::refused(&name, "it is a link"));
            }
            _ => {
                let reason = "it is neither a file nor a directory";
                return Err(SourceError::refused(&name, reason));
            }
        }
    }
    Ok(tree)
}

fn read_zip(path: &Path, file: BufReader<File>) -> Result<ScaffoldTree, SourceError> {
    let unreadable = |error| SourceError::unreadable(path, io::Error::other(error));
    let mut tree = ScaffoldTree::default();
    let mut archive = zip::ZipArchive::new(file).map_err(unreadable)?;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(unreadable)?;
        let name = PathBuf::from(entry.name().map_err(unreadable)?.into_owned());
        if entry.is_symlink() {
            return Err(SourceError::refused(&name, "it is a link"));
        }
        if entry.is_dir() {
            tree.add_directory(&name)?;
        } else {
            let mode = entry.unix_mode().unwrap_or_default();
            tree.add_file(&name, entry, mode & 0o100 != 0)?;
        }
    }
    Ok(tree)
}
