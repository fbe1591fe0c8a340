//! The fields and files of a form in a body of several parts.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use zeroize::Zeroizing;

use crate::http::multipart::{MultipartReader, PartHead};
use crate::http::uploaded_file::TemporaryFile;
use crate::http::{FormError, QueryDict, TooManyFields, UploadedFile, UploadedFiles};

/// What a form may hold.
#[derive(Clone, Copy, Debug)]
pub struct FormLimits<'l> {
    /// Fields.
    pub fields: usize,
    /// Files.
    pub files: usize,
    /// Bytes of all fields together, their names included.
    pub field_bytes: usize,
    /// Bytes of a file that is kept in memory; a larger one is written to `directory`.
    pub memory_bytes: usize,
    /// Where files are written that are too large for memory; none for the system's place.
    pub directory: Option<&'l Path>,
}

/// What was sent with a form.
#[derive(Clone, Debug, Default)]
pub struct FormParts {
    /// The fields.
    pub fields: QueryDict,
    /// The files.
    pub files: UploadedFiles,
}

/// The fields and files of the form in `input`, whose parts `boundary` separates.
///
/// A file without a name is one that was not chosen, and passed over.
pub fn read_form<R: Read>(
    input: R,
    boundary: &str,
    limits: FormLimits<'_>,
) -> Result<FormParts, FormError> {
    let mut reader = MultipartReader::new(input, boundary);
    let (mut form, mut files, mut bytes) = (FormParts::default(), 0, 0);
    while let Some(head) = reader.next_part()? {
        if head.is_file() {
            files += 1;
            if files > limits.files {
                return Err(FormError::TooManyFiles(limits.files));
            }
            if let Some(name) = head.file_name() {
                let file = read_file(&mut reader, &head, &name, limits)?;
                form.files.append(&head.name, file);
            }
            continue;
        }
        if form.fields.len() == limits.fields {
            return Err(TooManyFields {
                limit: limits.fields,
            }
            .into());
        }
        bytes += head.name.len();
        let mut value = Zeroizing::new(Vec::new());
        while let Some(chunk) = reader.next_chunk()? {
            bytes += chunk.len();
            if bytes > limits.field_bytes {
                return Err(FormError::FieldsTooLarge(limits.field_bytes));
            }
            value.extend_from_slice(chunk);
        }
        let text = String::from_utf8_lossy(&value).into_owned();
        form.fields.append(head.name, text);
    }
    Ok(form)
}

/// The content of a part: in memory, or, as soon as it is too large for that, on disk.
fn read_file<R: Read>(
    reader: &mut MultipartReader<R>,
    head: &PartHead,
    name: &str,
    limits: FormLimits<'_>,
) -> Result<UploadedFile, FormError> {
    let mut content = Vec::new();
    while let Some(chunk) = reader.next_chunk()? {
        if content.len() + chunk.len() > limits.memory_bytes {
            content.extend_from_slice(chunk);
            return read_to_disk(reader, head, name, limits.directory, &content);
        }
        content.extend_from_slice(chunk);
    }
    Ok(UploadedFile::in_memory(name, &head.content_type, content))
}

fn read_to_disk<R: Read>(
    reader: &mut MultipartReader<R>,
    head: &PartHead,
    name: &str,
    directory: Option<&Path>,
    beginning: &[u8],
) -> Result<UploadedFile, FormError> {
    let file = TemporaryFile {
        path: temporary_path(directory),
    };
    let mut out = create(&file.path)?;
    out.write_all(beginning)?;
    let mut size = u64::try_from(beginning.len()).unwrap_or(u64::MAX);
    while let Some(chunk) = reader.next_chunk()? {
        out.write_all(chunk)?;
        size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
    }
    Ok(UploadedFile::on_disk(name, &head.content_type, size, file))
}

/// A path that no other upload of this process has.
fn temporary_path(directory: Option<&Path>) -> PathBuf {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let directory = directory.map_or_else(std::env::temp_dir, ToOwned::to_owned);
    directory.join(format!("djr-{}-{number}.upload", process::id()))
}

/// A new file that only this user may read; what a process of the same number left behind is replaced.
fn create(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            options.open(path)
        }
        opened => opened,
    }
}
