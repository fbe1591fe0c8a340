//! The fields and files of a form in a body of several parts.

use std::io::Write as _;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::http::multipart::{MultipartEvent, MultipartParser, PartHead};
use crate::http::upload_directory::NewUpload;
use crate::http::{
    FormData, FormError, QueryDict, TooManyFields, UploadDirectory, UploadedFile, UploadedFiles,
};

/// What a form may hold.
#[derive(Clone, Copy, Debug)]
pub struct FormLimits {
    /// Fields.
    pub fields: usize,
    /// Files.
    pub files: usize,
    /// Bytes of all fields together, their names included.
    pub field_bytes: usize,
    /// Bytes of all files together that are kept in memory; what is more is written to disk as it comes.
    pub memory_bytes: usize,
}

/// Reads a form whose parts come in pieces, and holds no more of it than its limits say.
///
/// A file without a name is one that was not chosen, and passed over.
#[derive(Debug)]
pub struct FormReader {
    parser: MultipartParser,
    form: FormSoFar,
}

/// What was read of a form so far.
#[derive(Debug)]
struct FormSoFar {
    limits: FormLimits,
    /// Where files are written; without it all are kept in memory, as where the whole body is there already.
    uploads: Option<Arc<UploadDirectory>>,
    fields: QueryDict,
    files: UploadedFiles,
    part: Part,
    /// How many parts are files, with a name or without.
    file_count: usize,
    field_bytes: usize,
    memory_bytes: usize,
}

/// The part that is read.
#[derive(Debug)]
enum Part {
    /// One that is passed over.
    Nothing,
    Field {
        name: String,
        value: Zeroizing<Vec<u8>>,
    },
    Memory {
        head: FileHead,
        content: Vec<u8>,
    },
    Disk {
        head: FileHead,
        upload: NewUpload,
        size: u64,
    },
}

/// What the head of a file says.
#[derive(Clone, Debug, Default)]
struct FileHead {
    field: String,
    name: String,
    content_type: String,
}

impl FormReader {
    /// A reader of the form whose parts `boundary` separates.
    pub fn new(boundary: &str, limits: FormLimits, uploads: Option<Arc<UploadDirectory>>) -> Self {
        Self {
            parser: MultipartParser::new(boundary),
            form: FormSoFar {
                limits,
                uploads,
                fields: QueryDict::default(),
                files: UploadedFiles::default(),
                part: Part::Nothing,
                file_count: 0,
                field_bytes: 0,
                memory_bytes: 0,
            },
        }
    }

    /// Takes the next bytes of the body. May wait for a disk.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), FormError> {
        self.parser.push(bytes);
        self.read_on()
    }

    /// The form, at the end of the body.
    pub fn finish(mut self) -> Result<FormData, FormError> {
        self.parser.end();
        self.read_on()?;
        self.form.end_part();
        Ok(FormData {
            fields: Arc::new(self.form.fields),
            files: Arc::new(self.form.files),
        })
    }

    fn read_on(&mut self) -> Result<(), FormError> {
        while let Some(event) = self.parser.next_event()? {
            match event {
                MultipartEvent::Part(head) => self.form.begin_part(head)?,
                MultipartEvent::Content(bytes) => self.form.add_content(bytes)?,
            }
        }
        Ok(())
    }
}

impl FormSoFar {
    fn begin_part(&mut self, head: PartHead) -> Result<(), FormError> {
        self.end_part();
        if head.is_file() {
            return self.begin_file(&head);
        }
        if self.fields.len() == self.limits.fields {
            let limit = self.limits.fields;
            return Err(TooManyFields { limit }.into());
        }
        self.count_field_bytes(head.name.len())?;
        self.part = Part::Field {
            name: head.name,
            value: Zeroizing::default(),
        };
        Ok(())
    }

    fn begin_file(&mut self, head: &PartHead) -> Result<(), FormError> {
        self.file_count += 1;
        if self.file_count > self.limits.files {
            return Err(FormError::TooManyFiles(self.limits.files));
        }
        let Some(name) = head.file_name() else {
            return Ok(());
        };
        // Names stay in memory, be the files where they are.
        let head_bytes = head.name.len() + name.len() + head.content_type.len();
        self.count_field_bytes(head_bytes)?;
        self.part = Part::Memory {
            head: FileHead {
                field: head.name.clone(),
                name,
                content_type: head.content_type.clone(),
            },
            content: Vec::new(),
        };
        Ok(())
    }

    fn add_content(&mut self, bytes: &[u8]) -> Result<(), FormError> {
        match &mut self.part {
            Part::Nothing => Ok(()),
            Part::Field { value, .. } => {
                value.extend_from_slice(bytes);
                self.count_field_bytes(bytes.len())
            }
            Part::Disk { upload, size, .. } => {
                *size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                Ok(upload.out.write_all(bytes)?)
            }
            Part::Memory { content, .. } => {
                content.extend_from_slice(bytes);
                self.memory_bytes += bytes.len();
                self.spill()
            }
        }
    }

    /// Moves the file that is read to disk, if there is more in memory than may be.
    fn spill(&mut self) -> Result<(), FormError> {
        let (Some(uploads), Part::Memory { head, content }) = (&self.uploads, &mut self.part)
        else {
            return Ok(());
        };
        if self.memory_bytes <= self.limits.memory_bytes {
            return Ok(());
        }
        let mut upload = uploads.create_file()?;
        upload.out.write_all(content)?;
        self.memory_bytes -= content.len();
        self.part = Part::Disk {
            size: u64::try_from(content.len()).unwrap_or(u64::MAX),
            head: std::mem::take(head),
            upload,
        };
        Ok(())
    }

    fn count_field_bytes(&mut self, bytes: usize) -> Result<(), FormError> {
        self.field_bytes += bytes;
        if self.field_bytes > self.limits.field_bytes {
            return Err(FormError::FieldsTooLarge(self.limits.field_bytes));
        }
        Ok(())
    }

    /// Keeps the part that was read.
    fn end_part(&mut self) {
        let (head, file) = match std::mem::replace(&mut self.part, Part::Nothing) {
            Part::Nothing => return,
            Part::Field { name, value } => {
                let text = String::from_utf8_lossy(&value).into_owned();
                return self.fields.append(name, text);
            }
            Part::Memory { head, content } => {
                let file = UploadedFile::in_memory(&head.name, &head.content_type, content);
                (head, file)
            }
            Part::Disk { head, upload, size } => {
                let file = UploadedFile::on_disk(&head.name, &head.content_type, size, upload.file);
                (head, file)
            }
        };
        self.files.append(&head.field, file);
    }
}

/// The form in `body`, whose parts `boundary` separates; its files are kept in memory, as the body is.
pub fn read_form(body: &[u8], boundary: &str, limits: FormLimits) -> Result<FormData, FormError> {
    let mut reader = FormReader::new(boundary, limits, None);
    reader.push(body)?;
    reader.finish()
}
