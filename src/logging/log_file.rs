//! A log in a file, which may be put aside: by size, by time, or by somebody else.
//!
//! Before each write the name is looked up: where it has come to mean another file, or none, because `logrotate` or
//! another process put ours aside, the file is opened anew. Several processes may write one file: each write is one call
//! that appends, and whoever puts a file aside holds a lock on it and looks again whether it is still the one in use.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::clock::{self, Moment, Zone};
use crate::logging::rotation_period::RotationPeriod;
use crate::settings::Rotation;

/// Readable for its owner alone: a log says who did what.
const PRIVATE: u32 = 0o600;

/// A log in a file.
#[derive(Debug)]
pub(super) struct LogFile {
    path: PathBuf,
    rotation: Rotation,
    zone: Zone,
    open: Mutex<Option<OpenFile>>,
}

#[derive(Debug)]
struct OpenFile {
    file: File,
    /// Whether the last write stopped within a line, as on a full disk.
    is_torn: bool,
}

impl LogFile {
    /// The log at `path`, which is opened when it is first needed.
    pub(super) fn new(path: PathBuf, rotation: Rotation, zone: &Zone) -> Self {
        Self {
            path,
            rotation,
            zone: zone.clone(),
            open: Mutex::default(),
        }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it, so that a mistake is found before something is to be written.
    pub(super) fn open(&self) -> io::Result<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        *open = Some(self.open_anew()?);
        Ok(())
    }

    /// Appends `lines`, which end with the end of a line.
    pub(super) fn append(&self, lines: &str) -> io::Result<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut current = match open.take() {
            Some(current) => current,
            None => self.open_anew()?,
        };
        let named = match fs::metadata(&self.path) {
            Ok(named) if is_same(&named, &current.file.metadata()?) => named,
            _ => {
                current = self.open_anew()?;
                current.file.metadata()?
            }
        };
        // Rather a file that grows too large than lines that are lost.
        if self.is_due(&named, lines.len()) && self.put_aside(&current.file, lines.len()).is_ok() {
            current = self.open_anew()?;
        }
        let written = current.append(lines);
        *open = Some(current);
        written
    }

    fn open_anew(&self) -> io::Result<OpenFile> {
        let open = || {
            let mut options = OpenOptions::new();
            let options = options.append(true).create(true).mode(PRIVATE);
            // A pipe that nobody reads must not make the server wait.
            options.custom_flags(libc::O_NONBLOCK).open(&self.path)
        };
        let file = match open() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.path.parent().map_or(Ok(()), fs::create_dir_all)?;
                open()?
            }
            file => file?,
        };
        Ok(OpenFile {
            file,
            is_torn: false,
        })
    }

    /// Whether a file as `found` is put aside before `size` more bytes.
    fn is_due(&self, found: &Metadata, size: usize) -> bool {
        if found.len() == 0 || !found.is_file() {
            return false;
        }
        match self.rotation {
            Rotation::Never => false,
            Rotation::Size { max_bytes, .. } => {
                let size = u64::try_from(size).unwrap_or(u64::MAX);
                found.len().saturating_add(size) > max_bytes
            }
            Rotation::Time { when, interval, .. } => {
                let unit = when;
                let zone = &self.zone;
                let period = RotationPeriod {
                    unit,
                    interval,
                    zone,
                };
                period.number(last_written(found)) < period.number(clock::now())
            }
        }
    }

    /// Gives the open `file` another name, unless another process has done so.
    fn put_aside(&self, file: &File, size: usize) -> io::Result<()> {
        file.lock()?;
        let outcome = self.put_aside_locked(file, size);
        file.unlock()?;
        outcome
    }

    fn put_aside_locked(&self, file: &File, size: usize) -> io::Result<()> {
        let named = match fs::metadata(&self.path) {
            Ok(named) => named,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        if !is_same(&named, &file.metadata()?) || !self.is_due(&named, size) {
            return Ok(());
        }
        match self.rotation {
            Rotation::Never => Ok(()),
            Rotation::Size { backup_count, .. } => self.shift(backup_count),
            Rotation::Time {
                when,
                interval,
                backup_count,
            } => {
                let unit = when;
                let zone = &self.zone;
                let period = RotationPeriod {
                    unit,
                    interval,
                    zone,
                };
                let suffix = period.suffix(last_written(&named));
                fs::rename(&self.path, self.free_name(&suffix))?;
                self.remove_oldest(backup_count);
                Ok(())
            }
        }
    }

    /// `log` becomes `log.1`, that becomes `log.2`, and so on.
    fn shift(&self, backup_count: usize) -> io::Result<()> {
        for number in (1..backup_count).rev() {
            let from = self.sibling(&number.to_string());
            match fs::rename(from, self.sibling(&(number + 1).to_string())) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::rename(&self.path, self.sibling("1"))
    }

    /// A name with `suffix` that no file has: one that was put aside is never replaced.
    fn free_name(&self, suffix: &str) -> PathBuf {
        let numbered = (1..).map(|number| self.sibling(&format!("{suffix}.{number}")));
        let mut names = std::iter::once(self.sibling(suffix)).chain(numbered);
        let free = names.find(|name| fs::symlink_metadata(name).is_err());
        free.unwrap_or_else(|| self.sibling(suffix))
    }

    /// Removes the oldest files that were put aside by time, all but this many.
    fn remove_oldest(&self, backup_count: usize) {
        let (Some(directory), Some(name)) = (self.path.parent(), self.path.file_name()) else {
            return;
        };
        let directory = if directory.as_os_str().is_empty() {
            Path::new(".")
        } else {
            directory
        };
        let Ok(entries) = fs::read_dir(directory) else {
            return;
        };
        let prefix = format!("{}.", name.to_string_lossy());
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let is_aside = |name: &String| name.strip_prefix(&prefix).is_some_and(is_suffix);
        let mut names: Vec<_> = names.filter(is_aside).collect();
        names.sort();
        let kept = if backup_count == 0 {
            names.len()
        } else {
            backup_count
        };
        let surplus = names.len().saturating_sub(kept);
        for name in &names[..surplus] {
            fs::remove_file(directory.join(name)).ok();
        }
    }

    fn sibling(&self, suffix: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(format!(".{suffix}"));
        PathBuf::from(name)
    }
}

/// Whether `text` is a moment, as files that were put aside have it behind their names.
fn is_suffix(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    text.len() >= "2026-11-20".len() && text.chars().all(is_part)
}

fn is_same(left: &Metadata, right: &Metadata) -> bool {
    (left.dev(), left.ino()) == (right.dev(), right.ino())
}

fn last_written(found: &Metadata) -> Moment {
    found.modified().map_or_else(|_| clock::now(), Moment::from)
}

impl OpenFile {
    /// Writes `lines` at once; after a line that was cut off they begin a new one.
    fn append(&mut self, lines: &str) -> io::Result<()> {
        let whole = if self.is_torn {
            format!("\n{lines}")
        } else {
            lines.to_owned()
        };
        let mut rest = whole.as_bytes();
        while !rest.is_empty() {
            match self.file.write(rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => {
                    self.is_torn = true;
                    rest = &rest[count..];
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.is_torn = false;
        Ok(())
    }
}
