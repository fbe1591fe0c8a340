//! How files are called: Django's rules.

use crate::clock::LocalDateTime;
use crate::crypto::{ALPHANUMERIC, random_string};
use crate::http::percent::{encode, safe};
use crate::storage::StorageError;
use crate::text;

/// Bytes of a name in a directory, on the usual file systems.
const MAX_NAME_BYTES: usize = 255;

/// Random characters that make a name another one.
const SUFFIX_LENGTH: usize = 7;

/// `name` without what makes trouble in file names: spaces become `_`, and of the rest only letters, digits, `_`, `-`
/// and `.` stay.
pub fn get_valid_filename(name: &str) -> Result<String, StorageError> {
    let trimmed = name.trim_matches(text::is_space).replace(' ', "_");
    let is_kept = |c: &char| text::is_word_character(*c) || matches!(c, '-' | '.');
    let kept: String = trimmed.chars().filter(is_kept).collect();
    if is_no_name(&kept) {
        return Err(underivable(name));
    }
    Ok(kept)
}

/// Refuses a `name` that is none, leads upwards, or has directories in it; with `allow_relative_path`, directories below
/// the place of the storage may be in it.
pub fn validate_file_name(name: &str, allow_relative_path: bool) -> Result<(), StorageError> {
    if is_no_name(base_name(name)) {
        return Err(underivable(name));
    }
    if !allow_relative_path {
        if name.contains('/') {
            let message = format!("the name of a file has directories in it: `{name}`");
            return Err(StorageError::SuspiciousName { message });
        }
        return Ok(());
    }
    let path = name.replace('\\', "/");
    if path.starts_with('/') || leads_up(&path) {
        return Err(traversal(name));
    }
    Ok(())
}

/// The name that a row gets for a file called `filename`: in the directory that `upload_to` makes of `moment` by the
/// patterns of `strftime`.
pub fn generate_filename(
    upload_to: &str,
    filename: &str,
    moment: LocalDateTime,
) -> Result<String, StorageError> {
    let directory = moment.strftime(upload_to);
    let name = joined(&directory, filename);
    validate_file_name(&name, true)?;
    let name = name.replace('\\', "/");
    let (directory, filename) = split(&name);
    if leads_up(directory) {
        return Err(traversal(directory));
    }
    Ok(normalized(&joined(
        directory,
        &get_valid_filename(filename)?,
    )))
}

/// What tells whether a name is taken.
pub type ExistsCheck<'c> = dyn Fn(&str) -> Result<bool, StorageError> + 'c;

/// `name`, or one like it that is free: of at most `max_length` characters, and short enough for a directory.
pub fn get_available_name(
    name: &str,
    max_length: Option<usize>,
    exists: &ExistsCheck<'_>,
) -> Result<String, StorageError> {
    let mut name = name.replace('\\', "/");
    let (directory, file_name) = split(&name);
    if leads_up(directory) {
        return Err(traversal(directory));
    }
    validate_file_name(file_name, false)?;
    let (directory, mut parts) = (directory.to_owned(), NameParts::of(file_name));
    while !fits(&name, max_length) || exists(&name)? {
        name = joined(&directory, &parts.alternative());
        let over = max_length.map_or(0, |limit| name.chars().count().saturating_sub(limit));
        if over > 0 && !parts.shorten(over) {
            return Err(StorageError::NoAvailableName {
                name,
                max_length: max_length.unwrap_or_default(),
            });
        }
        parts.fit_into_directory();
        name = joined(&directory, &parts.alternative());
    }
    Ok(name)
}

/// `name` below `directory`, which is empty for the place of the storage.
pub fn join(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        name.to_owned()
    } else {
        format!("{directory}/{name}")
    }
}

/// `name` without empty parts and points, if it is one that a storage can have: relative, with nothing that leads
/// upwards.
pub fn checked(name: &str) -> Result<String, StorageError> {
    if name.contains('\0') {
        return Err(underivable(name));
    }
    validate_file_name(name, true)?;
    Ok(normalized(name))
}

/// Where a browser finds the file `name` of a storage whose files are below `base_url`; [`StorageError::NoUrl`] where that is
/// empty.
pub fn url(base_url: &str, name: &str) -> Result<String, StorageError> {
    if base_url.is_empty() {
        let name = name.to_owned();
        return Err(StorageError::NoUrl { name });
    }
    let name = encode(&name.replace('\\', "/"), safe::FILE);
    Ok(format!("{base_url}{}", name.trim_start_matches('/')))
}

/// The name of a file, parted.
#[derive(Debug)]
struct NameParts {
    root: String,
    /// All of them: `.tar.gz`.
    extension: String,
}

impl NameParts {
    fn of(file_name: &str) -> Self {
        let visible = file_name.trim_start_matches('.');
        let start = match visible.find('.') {
            Some(at) if !file_name.ends_with('.') => file_name.len() - visible.len() + at,
            _ => file_name.len(),
        };
        let (root, extension) = file_name.split_at(start);
        Self {
            root: root.to_owned(),
            extension: extension.to_owned(),
        }
    }

    /// The name with random characters between.
    fn alternative(&self) -> String {
        let suffix = random_string(SUFFIX_LENGTH, ALPHANUMERIC);
        format!("{}_{suffix}{}", self.root, self.extension)
    }

    /// Cuts `count` characters off the root; `false` where none is left.
    fn shorten(&mut self, count: usize) -> bool {
        let kept = self.root.chars().count().saturating_sub(count);
        self.root = self.root.chars().take(kept).collect();
        !self.root.is_empty()
    }

    /// Cuts off what an alternative has no room for in a directory.
    fn fit_into_directory(&mut self) {
        let room = MAX_NAME_BYTES - SUFFIX_LENGTH - 1;
        if self.extension.len() >= room {
            // An extension of that length is not one.
            self.root.push_str(&self.extension);
            self.extension.clear();
        }
        while self.root.len() + self.extension.len() > room {
            self.root.pop();
        }
    }
}

fn fits(name: &str, max_length: Option<usize>) -> bool {
    let is_short = max_length.is_none_or(|limit| limit == 0 || name.chars().count() <= limit);
    is_short && base_name(name).len() <= MAX_NAME_BYTES
}

fn is_no_name(name: &str) -> bool {
    matches!(name, "" | "." | "..")
}

fn leads_up(path: &str) -> bool {
    path.split('/').any(|part| part == "..")
}

fn underivable(name: &str) -> StorageError {
    let name = text::escape_control(name);
    let message = format!("a file cannot be called `{name}`");
    StorageError::SuspiciousName { message }
}

fn traversal(name: &str) -> StorageError {
    let message = format!("a file cannot be called `{name}`: it leads out of its directory");
    StorageError::SuspiciousName { message }
}

fn base_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

/// The directory and the name in it, as `os.path.split` parts them.
fn split(name: &str) -> (&str, &str) {
    let start = name.rfind('/').map_or(0, |slash| slash + 1);
    let (directory, base) = name.split_at(start);
    let trimmed = directory.trim_end_matches('/');
    // A directory of slashes alone is the root, and stays.
    let directory = if trimmed.is_empty() {
        directory
    } else {
        trimmed
    };
    (directory, base)
}

/// As `os.path.join` joins two paths.
fn joined(directory: &str, name: &str) -> String {
    match directory {
        _ if name.starts_with('/') => name.to_owned(),
        "" => name.to_owned(),
        directory if directory.ends_with('/') => format!("{directory}{name}"),
        directory => format!("{directory}/{name}"),
    }
}

/// As `os.path.normpath` writes a relative path in which nothing leads upwards.
fn normalized(path: &str) -> String {
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
    parts.collect::<Vec<_>>().join("/")
}
