//! The files of a form, stored under `[media] root` before the row that names them is written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::clock::{self, LocalDateTime};
use crate::crypto::{ALPHANUMERIC, random_string};
use crate::forms::form_value::FormValue;
use crate::forms::image::image_header;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::http::UploadedFile;
use crate::http::percent::{encode, safe};
use crate::models::{Field, FieldKind, ModelSet as _};
use crate::values::FieldValue;

/// Where files are stored, and where browsers find them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MediaStorage {
    /// The directory.
    pub root: PathBuf,
    /// What stands before their names: `/media/`.
    pub url: String,
}

impl MediaStorage {
    /// Where a browser finds the file called `name`.
    pub fn url(&self, name: &str) -> String {
        if name.is_empty() {
            return String::new();
        }
        format!("{}{}", self.url, encode(name, safe::PATH))
    }

    /// Stores `file` in `directory` under a name that is safe and free; returns that name, as a column keeps it.
    fn store(&self, file: &UploadedFile, directory: &str, max_length: u64) -> io::Result<String> {
        let directory = directory.trim_matches('/');
        let name = valid_name(file.name());
        let mut name = shortened(&name, directory, max_length);
        fs::create_dir_all(self.root.join(directory))?;
        // Two that come at once must not get the same name: it is taken by making the file.
        loop {
            let relative = join(directory, &name);
            match write_new(file, &self.root.join(&relative)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    name = shortened(&alternative(&name), directory, max_length);
                }
                written => return written.map(|()| relative),
            }
        }
    }
}

/// Writes `file` at `path`, where there must be none.
fn write_new(file: &UploadedFile, path: &Path) -> io::Result<()> {
    let mut out = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)?;
    let copied = io::copy(&mut file.open()?, &mut out);
    if copied.is_err() {
        fs::remove_file(path).ok();
    }
    copied.map(drop)
}

fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        name.to_owned()
    } else {
        format!("{directory}/{name}")
    }
}

/// Django's `get_valid_filename`: spaces become `_`, and only letters, digits, `-`, `_` and `.` stay.
fn valid_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = base.trim().replace(' ', "_");
    let kept: String = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_.".contains(*c))
        .collect();
    if matches!(kept.as_str(), "" | "." | "..") {
        return "file".to_owned();
    }
    kept
}

/// `photo.png` as `photo_x7Gh2Kd.png`.
fn alternative(name: &str) -> String {
    let (stem, extension) = parts(name);
    format!("{stem}_{}{extension}", random_string(7, ALPHANUMERIC))
}

/// The name, cut so that it fits into its column with the directory before it.
fn shortened(name: &str, directory: &str, max_length: u64) -> String {
    let taken = if directory.is_empty() {
        0
    } else {
        directory.chars().count() + 1
    };
    let limit = usize::try_from(max_length).unwrap_or(usize::MAX).min(250);
    let (stem, extension) = parts(name);
    let room = limit
        .saturating_sub(taken + extension.chars().count())
        .max(1);
    let stem: String = stem.chars().take(room).collect();
    format!("{stem}{extension}")
}

/// The name up to its ending, and the ending with its point.
fn parts(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(0) | None => (name, ""),
        Some(point) => name.split_at(point),
    }
}

impl ModelForm {
    /// Stores the files that were sent and writes their names into the row.
    pub(super) fn store_files(&mut self) -> Result<(), ModelFormError> {
        let options = std::sync::Arc::clone(&self.options);
        for name in &options.fields {
            let (Some(field), Some(FormValue::File(file))) =
                (options.model.field(name), self.form.value(name))
            else {
                continue;
            };
            let file = std::sync::Arc::clone(file);
            let stored = self.store_file(field, &file)?;
            self.stored_files.push(stored.clone());
            self.instance.set(name, FieldValue::Text(stored));
        }
        Ok(())
    }

    fn store_file(&mut self, field: &Field, file: &UploadedFile) -> Result<String, ModelFormError> {
        let (upload_to, max_length) = match &field.kind {
            FieldKind::File {
                upload_to,
                max_length,
            } => (upload_to, *max_length),
            FieldKind::Image {
                upload_to,
                max_length,
                width_field,
                height_field,
            } => {
                let size = image_header(file).map(|header| header.size);
                let sides = [
                    (width_field, size.map(|size| size.width)),
                    (height_field, size.map(|size| size.height)),
                ];
                for (name, side) in sides {
                    if let (Some(name), Some(side)) = (name, side) {
                        self.instance
                            .set(name, FieldValue::Integer(i64::from(side)));
                    }
                }
                (upload_to, *max_length)
            }
            _ => return Ok(String::new()),
        };
        let now = LocalDateTime::of_moment(clock::now(), self.database.registry.time_zone());
        let directory = now.strftime(upload_to);
        Ok(self.database.media.store(file, &directory, max_length)?)
    }

    /// Removes the files of a row that could not be written.
    pub(super) fn remove_stored_files(&mut self) {
        for name in self.stored_files.drain(..) {
            fs::remove_file(self.database.media.root.join(name)).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MediaStorage, valid_name};
    use crate::http::UploadedFile;

    #[test]
    fn a_name_leads_nowhere_else() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("a b\u{202e}c<>.png", "a_bc.png"),
            ("..", "file"),
            ("\0/", "file"),
            ("$%&", "file"),
            (".htaccess", ".htaccess"),
        ] {
            assert_eq!(valid_name(given), kept, "{given:?}");
        }
    }

    #[test]
    fn a_name_that_is_taken_gets_an_ending() {
        let root = tempfile::tempdir().unwrap();
        let media = MediaStorage {
            root: root.path().to_owned(),
            url: "/media/".to_owned(),
        };
        let file = UploadedFile::in_memory("a b.png", "image/png", b"x".to_vec());
        let first = media.store(&file, "up/", 100).unwrap();
        let second = media.store(&file, "up/", 100).unwrap();
        assert_eq!(first, "up/a_b.png");
        assert!(
            second.starts_with("up/a_b_") && second.contains(".png"),
            "{second}"
        );
        assert_eq!(media.url("up/é.png"), "/media/up/%C3%A9.png");
        let long = UploadedFile::in_memory(&"x".repeat(400), "", b"x".to_vec());
        assert_eq!(media.store(&long, "up", 20).unwrap().len(), 20);
    }
}
