//! A collected file with the forms that clients get it in: as it is, and compressed.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::http::{ContentCoding, Headers};
use crate::staticfiles::StaticPath;
use crate::staticfiles::compressed_name::compressed_name;
use crate::staticfiles::file_headers::file_headers;
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::{digits_in_name, is_of};
use crate::staticfiles::served_file::{FileUse, ServedFile};

/// All codings, the one that is shorter first.
const CODINGS: [ContentCoding; 2] = [ContentCoding::Brotli, ContentCoding::Gzip];

/// What tells one state of a file and of its compressed siblings from another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct FormKeys {
    original: FileKey,
    compressed: [Option<FileKey>; CODINGS.len()],
}

/// A collected file with the forms that clients get it in.
#[derive(Debug)]
pub(super) struct FileForms {
    /// What was on disk before the first of it was read.
    pub(super) state: FormKeys,
    /// Whether its name stands for this content and for no other one.
    pub(super) is_immutable: bool,
    original: FileForm,
    /// The codings it is there in beside itself, and its forms in them.
    codings: Vec<ContentCoding>,
    compressed: Vec<FileForm>,
}

/// One form of a file.
#[derive(Debug)]
struct FileForm {
    /// The name of the file that has it.
    path: StaticPath,
    /// The content with the headers of its responses, unless it is too large to be kept.
    kept: Option<ServedForm>,
}

/// A form of a file as it is sent.
#[derive(Debug)]
pub(super) struct ServedForm {
    pub(super) file: ServedFile,
    pub(super) headers: Headers,
}

impl FormKeys {
    /// That of the file at `path` below `root`; `None` where there is no file.
    pub(super) fn read(root: &Path, path: &StaticPath) -> Option<Self> {
        let key = |path: &StaticPath| {
            let metadata = fs::metadata(root.join(path.as_str())).ok()?;
            metadata.is_file().then(|| FileKey::of(&metadata))
        };
        Some(Self {
            original: key(path)?,
            compressed: CODINGS.map(|coding| key(&compressed_name(path, coding)?)),
        })
    }

    /// Whether a change after `moment`, at which it was read, is sure to give another state.
    pub(super) fn was_settled_at(&self, moment: SystemTime) -> bool {
        let mut keys = self.compressed.iter().flatten().chain([&self.original]);
        keys.all(|key| key.was_settled_at(moment))
    }

    /// The codings that the file is there in.
    ///
    /// A compressed file that is older than the file itself was made of another one: a run of `collectstatic` was killed.
    fn codings(&self) -> Vec<ContentCoding> {
        let keys = CODINGS.into_iter().zip(self.compressed);
        let is_current = |key: FileKey| key.modified() >= self.original.modified();
        let current = keys.filter(|(_, key)| key.is_some_and(is_current));
        current.map(|(coding, _)| coding).collect()
    }
}

impl FileForms {
    /// Reads the file at `path` below `root`, of which `state` was read before; `is_immutable` says that its name is known
    /// to change with its content.
    pub(super) fn read(
        root: &Path,
        path: &StaticPath,
        state: FormKeys,
        is_immutable: bool,
    ) -> Option<Self> {
        let original = ServedFile::open_within(root, path, FileUse::Again)?;
        let codings = state.codings();
        let mut known = Self {
            state,
            is_immutable: is_immutable || is_named_by_content(path, &original),
            original: FileForm::new(path.clone()),
            compressed: codings
                .iter()
                .filter_map(|coding| compressed_name(path, *coding))
                .map(FileForm::new)
                .collect(),
            codings,
        };
        if original.again().is_some() {
            known.original.kept = Some(known.served(path, original, None));
        }
        for index in 0..known.compressed.len() {
            let form = &known.compressed[index].path;
            let file = ServedFile::open_within(root, form, FileUse::Again)?;
            if file.again().is_some() {
                let served = known.served(path, file, Some(known.codings[index]));
                known.compressed[index].kept = Some(served);
            }
        }
        Some(known)
    }

    /// What it costs to keep it, in bytes.
    pub(super) fn cost(&self) -> u64 {
        let forms = self.compressed.iter().chain([&self.original]);
        let kept = forms.filter_map(|form| form.kept.as_ref());
        kept.map(|kept| kept.file.cost()).sum()
    }

    /// The form that a client with these headers likes best, if it is in memory.
    pub(super) fn in_memory(&self, client: &Headers) -> Option<ServedForm> {
        let (form, _) = self.wanted(client);
        form.kept.as_ref()?.again()
    }

    /// The form that a client with these headers likes best; it is the file at `path` below `root`.
    pub(super) fn open(
        &self,
        root: &Path,
        path: &StaticPath,
        client: &Headers,
    ) -> Option<ServedForm> {
        let (form, coding) = self.wanted(client);
        if let Some(kept) = form.kept.as_ref().and_then(ServedForm::again) {
            return Some(kept);
        }
        let file = ServedFile::open_within(root, &form.path, FileUse::Again)?;
        Some(self.served(path, file, coding))
    }

    /// A part of a file is one of the file itself.
    fn wanted(&self, client: &Headers) -> (&FileForm, Option<ContentCoding>) {
        if self.codings.is_empty() || client.contains("Range") {
            return (&self.original, None);
        }
        let wanted = ContentCoding::negotiate(client, &self.codings);
        let index = wanted.and_then(|wanted| self.codings.iter().position(|of| *of == wanted));
        match index {
            Some(index) => (&self.compressed[index], wanted),
            None => (&self.original, None),
        }
    }

    fn served(
        &self,
        path: &StaticPath,
        file: ServedFile,
        coding: Option<ContentCoding>,
    ) -> ServedForm {
        let caching = if self.is_immutable {
            "max-age=31536000, public, immutable"
        } else {
            // A minute passes until a change shows, as with `WhiteNoise`.
            "max-age=60, public"
        };
        let mut headers = file_headers(path, &file.validators, caching);
        if let Some(coding) = coding {
            headers.set("Content-Encoding", coding.name());
        }
        if !self.codings.is_empty() {
            headers.vary_on("Accept-Encoding");
        }
        ServedForm { file, headers }
    }
}

impl FileForm {
    fn new(path: StaticPath) -> Self {
        Self { path, kept: None }
    }
}

impl ServedForm {
    /// The same again, if it is in memory.
    fn again(&self) -> Option<Self> {
        Some(Self {
            file: self.file.again()?,
            headers: self.headers.clone(),
        })
    }
}

/// Whether the name of `file` has the hash of its content in it: one of this run of `collectstatic` or of any other.
fn is_named_by_content(path: &StaticPath, file: &ServedFile) -> bool {
    let Some(digits) = digits_in_name(path) else {
        return false;
    };
    file.hash().is_some_and(|hash| is_of(digits, hash))
}
