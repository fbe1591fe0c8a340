//! The files of a form, stored under `[media] root` before the row that names them is written.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Component, Path, PathBuf};

use crate::clock::{self, LocalDateTime, Zone};
use crate::crypto::{ALPHANUMERIC, random_string};
use crate::forms::form_value::FormValue;
use crate::forms::image::image_header;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::http::UploadedFile;
use crate::http::percent::{encode, safe};
use crate::models::{Field, FieldKind, ModelSet as _};
use crate::values::FieldValue;

/// Bytes of a name in a directory, on the usual file systems.
const MAX_NAME_BYTES: usize = 255;

/// Who may read a file that was large when it came (Django's `FILE_UPLOAD_PERMISSIONS`).
const STORED_MODE: u32 = 0o644;

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

    /// Stores `file` where `field` of a model has its files; returns what the row gets by that, by the names of fields:
    /// the name of the file and, where the model keeps them, the sides of the image.
    pub fn store_for(
        &self,
        field: &Field,
        file: &UploadedFile,
        zone: &Zone,
    ) -> io::Result<Vec<(String, FieldValue)>> {
        let (upload_to, max_length, mut values) = match &field.kind {
            FieldKind::File {
                upload_to,
                max_length,
            } => (upload_to, *max_length, Vec::new()),
            FieldKind::Image {
                upload_to,
                max_length,
                width_field,
                height_field,
            } => {
                let sides = sides(file, width_field.as_deref(), height_field.as_deref());
                (upload_to, *max_length, sides)
            }
            _ => return Ok(Vec::new()),
        };
        let directory = LocalDateTime::of_moment(clock::now(), zone).strftime(upload_to);
        let name = self.store(file, &directory, max_length)?;
        values.push((field.name.clone(), FieldValue::Text(name)));
        Ok(values)
    }

    /// Removes the file called `name`, which belongs to no row.
    pub fn remove(&self, name: &str) {
        // What cannot be removed is in nobody's way.
        fs::remove_file(self.root.join(name)).ok();
    }

    /// Stores `file` in `directory` under a name that is safe and free; returns that name, as a column keeps it.
    fn store(&self, file: &UploadedFile, directory: &str, max_length: u64) -> io::Result<String> {
        let directory = directory.trim_matches('/');
        if !is_below(directory) {
            let message = format!("`upload_to` leads out of the media root: `{directory}`");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let room = NameRoom::new(directory, max_length);
        let valid = valid_name(file.name());
        let mut name = room.fitted(&valid, "");
        if name != valid {
            name = room.fitted(&valid, &random_suffix());
        }
        fs::create_dir_all(self.root.join(directory))?;
        // Two that come at once must not get the same name: it is taken by making the file.
        loop {
            let relative = join(directory, &name);
            match write_new(file, &self.root.join(&relative)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    name = room.fitted(&valid, &random_suffix());
                }
                written => return written.map(|()| relative),
            }
        }
    }
}

/// What makes `photo.png` another name: `photo_x7Gh2Kd.png`.
fn random_suffix() -> String {
    format!("_{}", random_string(7, ALPHANUMERIC))
}

/// How long the name of a file may be.
#[derive(Clone, Copy, Debug)]
struct NameRoom {
    /// Characters, so that it fits into its column with the directory before it.
    chars: usize,
    /// Bytes, so that it fits into a directory.
    bytes: usize,
}

impl NameRoom {
    fn new(directory: &str, max_length: u64) -> Self {
        let taken = match directory {
            "" => 0,
            directory => directory.chars().count() + 1,
        };
        let limit = usize::try_from(max_length).unwrap_or(usize::MAX);
        Self {
            chars: limit.saturating_sub(taken),
            bytes: MAX_NAME_BYTES,
        }
    }

    /// `name` with `suffix` before its ending, cut where it is too long; one character of it stays at least.
    fn fitted(self, name: &str, suffix: &str) -> String {
        let (mut stem, mut ending) = parts(name);
        let fixed = |ending: &str| ending.chars().count() + suffix.len();
        if fixed(ending) >= self.chars || ending.len() + suffix.len() >= self.bytes {
            (stem, ending) = (name, "");
        }
        let chars = self.chars.saturating_sub(fixed(ending)).max(1);
        let bytes = self.bytes - ending.len() - suffix.len();
        let kept = stem.char_indices().take(chars);
        let kept = kept.take_while(|(start, c)| start + c.len_utf8() <= bytes);
        let kept: String = kept.map(|(_, c)| c).collect();
        format!("{kept}{suffix}{ending}")
    }
}

/// The sides of the image in `file`, for the fields that keep them.
fn sides(
    file: &UploadedFile,
    width_field: Option<&str>,
    height_field: Option<&str>,
) -> Vec<(String, FieldValue)> {
    let Some(size) = image_header(file).map(|header| header.size) else {
        return Vec::new();
    };
    let sides = [(width_field, size.width), (height_field, size.height)];
    let kept = sides.into_iter().filter_map(|(name, side)| {
        name.map(|name| (name.to_owned(), FieldValue::Integer(i64::from(side))))
    });
    kept.collect()
}

/// Brings `file` to `path`, where there must be none: by its name alone where it is on that disk already.
fn write_new(file: &UploadedFile, path: &Path) -> io::Result<()> {
    match file.temporary_path().map(|temporary| link(temporary, path)) {
        Some(Ok(true)) => return Ok(()),
        Some(Err(error)) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // On another disk, or on one without links.
        _ => {}
    }
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

/// Gives the file at `temporary` the name `path` as well; the other one goes with the request. Renaming it would replace
/// what is at `path`.
///
/// Returns `false` where it has a second name already: two rows must not share a file.
fn link(temporary: &Path, path: &Path) -> io::Result<bool> {
    if fs::metadata(temporary)?.nlink() != 1 {
        return Ok(false);
    }
    fs::hard_link(temporary, path)?;
    // While it came nobody else was to read it; stored files are read by other servers too.
    fs::set_permissions(path, Permissions::from_mode(STORED_MODE))?;
    Ok(true)
}

/// Whether `directory` leads to no place beside or above the one that it is looked for in.
fn is_below(directory: &str) -> bool {
    let mut steps = Path::new(directory).components();
    steps.all(|step| matches!(step, Component::Normal(_) | Component::CurDir))
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

/// The name up to its ending, and the ending with its point.
fn parts(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(0) | None => (name, ""),
        Some(point) => name.split_at(point),
    }
}

impl ModelForm {
    /// Stores the files that were sent and writes their names into the row.
    pub(in crate::forms) fn store_files(&mut self) -> Result<(), ModelFormError> {
        let options = std::sync::Arc::clone(&self.options);
        for name in &options.fields {
            let (Some(field), Some(FormValue::File(file))) =
                (options.model.field(name), self.form.value(name))
            else {
                continue;
            };
            let zone = self.database.registry.time_zone();
            for (name, value) in self.database.media.store_for(field, file, zone)? {
                if name == field.name {
                    self.stored_files.push(crate::values::to_text(&value));
                }
                self.instance.set(&name, value);
            }
        }
        Ok(())
    }

    /// Removes the files of a row that could not be written.
    pub(in crate::forms) fn remove_stored_files(&mut self) {
        for name in self.stored_files.drain(..) {
            self.database.media.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;
    use std::sync::Arc;

    use super::{MediaStorage, valid_name};
    use crate::http::{FormLimits, FormReader, UploadDirectory, UploadedFile};

    #[test]
    fn a_directory_that_leads_out_of_the_root_takes_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let media = MediaStorage {
            root: folder.path().join("media"),
            url: "/media/".to_owned(),
        };
        let file = UploadedFile::in_memory("a.txt", "text/plain", b"x".to_vec());
        for directory in ["..", "../beside", "up/../../beside", "up/.."] {
            assert!(media.store(&file, directory, 100).is_err(), "{directory}");
        }
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
        assert_eq!(media.store(&file, "/up//a/", 100).unwrap(), "up//a/a.txt");
    }

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

    /// A file on disk, as the server hands it over.
    fn large_file(uploads: &Path) -> Arc<UploadedFile> {
        let limits = FormLimits {
            fields: 1,
            files: 1,
            field_bytes: 100,
            memory_bytes: 0,
        };
        let uploads = Arc::new(UploadDirectory::open(uploads));
        let mut reader = FormReader::new("b", limits, Some(Arc::clone(&uploads)));
        let head = "Content-Disposition: form-data; name=a; filename=large.bin";
        let body = format!("--b\r\n{head}\r\n\r\nlarge\r\n--b--");
        reader.push(body.as_bytes()).unwrap();
        let form = reader.finish().unwrap();
        // The directory would go with it.
        std::mem::forget(uploads);
        Arc::clone(form.files.get("a").unwrap())
    }

    #[test]
    fn a_large_file_is_moved_and_never_over_another() {
        let root = tempfile::tempdir().unwrap();
        let media = MediaStorage {
            root: root.path().to_owned(),
            url: "/media/".to_owned(),
        };
        let file = large_file(&root.path().join(".uploads"));
        let inode = |path: &Path| fs::metadata(path).unwrap().ino();
        let temporary = file.temporary_path().unwrap().to_owned();
        let names = [(); 3].map(|()| media.store(&file, "up", 100).unwrap());
        let stored = names.each_ref().map(|name| root.path().join(name));
        assert_eq!(names[0], "up/large.bin");
        assert_eq!(inode(&stored[0]), inode(&temporary));
        let others = [inode(&stored[1]), inode(&stored[2])];
        assert!(!others.contains(&inode(&temporary)) && others[0] != others[1]);
        let mode = fs::metadata(&stored[0]).unwrap().mode() & 0o777;
        assert_eq!(mode, 0o644);
        drop(file);
        assert!(!temporary.exists());
        for path in stored {
            assert_eq!(fs::read_to_string(path).unwrap(), "large");
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
        // The second would get the name of the first for ever if its end were cut off.
        for _ in 0..2 {
            assert_eq!(media.store(&long, "up", 20).unwrap().len(), 20);
        }
        for name in [
            "\u{4e2d}".repeat(255),
            format!("a.{}", "\u{e9}".repeat(250)),
            format!("{}.png", "\u{1f600}x".repeat(120)),
        ] {
            let file = UploadedFile::in_memory(&name, "", b"x".to_vec());
            for _ in 0..2 {
                let stored = media.store(&file, "", 400).unwrap();
                assert!(
                    stored.len() <= 255 && stored.chars().count() > 20,
                    "{stored}"
                );
            }
        }
        let tiny = media.store(&file, "a/b/c", 3).unwrap();
        assert_eq!(tiny.chars().filter(|c| *c == '/').count(), 3, "{tiny}");
    }
}
