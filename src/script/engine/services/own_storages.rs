//! Storages that are classes of the project, as djr's own pages and commands use them.

use std::io::{Cursor, Read as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustpython_vm::builtins::{PyBaseExceptionRef, PyBytes, PyTuple};
use rustpython_vm::convert::TryFromObject;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObjectRef, PyResult, VirtualMachine};

use crate::http::UploadedFile;
use crate::script::engine::entry::enter;
use crate::script::engine::python_error;
use crate::script::{PythonSite, SiteOfStorages};
use crate::settings::FileStorageSettings;
use crate::storage::{FileMetadata, Listing, OwnStorages, ReadableFile, Storage, StorageError};

/// Django's module that asks the classes.
const MODULE: &str = "django.core.files.storage.own";

/// Makes the storages of a project that are classes of its own.
#[derive(Debug)]
struct ProjectStorages {
    site: SiteOfStorages,
}

/// A storage that is a class of the project.
#[derive(Debug)]
struct OwnStorage {
    site: SiteOfStorages,
    alias: String,
}

/// What makes the storages whose Python is that of `site`.
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none in a djr without Python"
)]
pub(in crate::script) fn own_storages(site: &SiteOfStorages) -> Option<Box<dyn OwnStorages>> {
    Some(Box::new(ProjectStorages { site: site.clone() }))
}

/// The same of Python that runs already.
pub(in crate::script) fn own_storages_of(site: &Arc<PythonSite>) -> Box<dyn OwnStorages> {
    let of_storages = SiteOfStorages::default();
    of_storages.follow(site);
    Box::new(ProjectStorages { site: of_storages })
}

impl OwnStorages for ProjectStorages {
    fn storage(&self, alias: &str, _: &FileStorageSettings) -> Arc<dyn Storage> {
        Arc::new(OwnStorage {
            site: self.site.clone(),
            alias: alias.to_owned(),
        })
    }
}

impl OwnStorage {
    /// What `function` of Django's module answers about `name`, where `rest` are its other arguments.
    fn ask<T: TryFromObject>(
        &self,
        function: &str,
        name: &str,
        rest: impl FnOnce(&VirtualMachine) -> Vec<PyObjectRef>,
    ) -> Result<T, StorageError> {
        let failed = |message: String| StorageError::Class {
            alias: self.alias.clone(),
            message,
        };
        let site = self.site.get();
        let site = site.ok_or_else(|| failed("the site is being loaded".to_owned()))?;
        enter(&site, |this, vm| {
            let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text.to_owned()).into() };
            let mut arguments = vec![text(&self.alias), text(name)];
            arguments.extend(rest(vm));
            let asked = this.own(MODULE, function, vm);
            let answer = asked.and_then(|asked| {
                let answer = asked.call(FuncArgs::from(arguments), vm)?;
                answer.try_into_value(vm)
            });
            answer.map_err(|exception| self.error(name, &exception, vm))
        })
    }

    fn error(
        &self,
        name: &str,
        exception: &PyBaseExceptionRef,
        vm: &VirtualMachine,
    ) -> StorageError {
        let is = |class: &'static str| exception.class().name().to_string() == class;
        if is("FileNotFoundError") {
            let name = name.to_owned();
            return StorageError::NotFound { name };
        }
        if is("SuspiciousFileOperation") {
            let message = python_error::text(exception.as_object(), vm);
            return StorageError::SuspiciousName { message };
        }
        StorageError::Class {
            alias: self.alias.clone(),
            message: python_error::one_line(exception, vm),
        }
    }
}

fn nothing(_: &VirtualMachine) -> Vec<PyObjectRef> {
    Vec::new()
}

impl Storage for OwnStorage {
    fn open(&self, name: &str) -> Result<ReadableFile, StorageError> {
        let metadata = self.metadata(name)?;
        let Content(bytes) = self.ask("read", name, nothing)?;
        Ok(ReadableFile {
            reader: Box::new(Cursor::new(bytes)),
            metadata,
        })
    }

    fn create(&self, name: &str, content: &UploadedFile) -> Result<(), StorageError> {
        self.save(name, content, None).map(drop)
    }

    fn save(
        &self,
        name: &str,
        content: &UploadedFile,
        max_length: Option<usize>,
    ) -> Result<Option<String>, StorageError> {
        let mut bytes = Vec::new();
        let read = content
            .open()
            .and_then(|mut reader| reader.read_to_end(&mut bytes));
        read.map_err(|source| StorageError::Io {
            action: "read",
            place: name.to_owned(),
            source,
        })?;
        let content_type = content.content_type().to_owned();
        let saved: String = self.ask("save", name, |vm| {
            let max_length = max_length.map(|length| vm.ctx.new_int(length).into());
            vec![
                vm.ctx.new_bytes(bytes).into(),
                vm.ctx.new_str(content_type).into(),
                max_length.unwrap_or_else(|| vm.ctx.none()),
            ]
        })?;
        Ok(Some(saved))
    }

    fn delete(&self, name: &str) -> Result<(), StorageError> {
        match self.ask::<PyObjectRef>("delete", name, nothing) {
            Ok(_) | Err(StorageError::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn exists(&self, name: &str) -> Result<bool, StorageError> {
        self.ask("exists", name, nothing)
    }

    fn listdir(&self, path: &str) -> Result<Listing, StorageError> {
        let Listed(listing) = self.ask("listdir", path, nothing)?;
        Ok(listing)
    }

    fn metadata(&self, name: &str) -> Result<FileMetadata, StorageError> {
        let Known(metadata) = self.ask("metadata", name, nothing)?;
        Ok(metadata)
    }

    fn url(&self, name: &str) -> Result<String, StorageError> {
        let url: Option<String> = self.ask("url", name, nothing)?;
        url.ok_or_else(|| StorageError::NoUrl {
            name: name.to_owned(),
        })
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        let path: Option<String> = self.ask("path", name, nothing).ok()?;
        path.map(PathBuf::from)
    }
}

/// The content of a file.
struct Content(Vec<u8>);

impl TryFromObject for Content {
    fn try_from_object(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<Self> {
        let bytes = object.downcast_ref::<PyBytes>();
        let bytes = bytes.map(|bytes| Self(bytes.as_bytes().to_vec()));
        bytes.ok_or_else(|| vm.new_type_error("the content of a file is bytes"))
    }
}

/// A pair of anything.
fn pair(object: &PyObjectRef, vm: &VirtualMachine) -> PyResult<[PyObjectRef; 2]> {
    let parts = object.downcast_ref::<PyTuple>();
    match parts.map(|parts| parts.as_slice()) {
        Some([first, second]) => Ok([first.clone(), second.clone()]),
        _ => Err(vm.new_type_error("it is not a pair")),
    }
}

/// What lies in a directory.
struct Listed(Listing);

impl TryFromObject for Listed {
    fn try_from_object(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<Self> {
        let [directories, files] = pair(&object, vm)?;
        Ok(Self(Listing {
            directories: directories.try_to_value(vm)?,
            files: files.try_to_value(vm)?,
        }))
    }
}

/// Size and age of a file.
struct Known(FileMetadata);

impl TryFromObject for Known {
    fn try_from_object(vm: &VirtualMachine, object: PyObjectRef) -> PyResult<Self> {
        let [size, modified] = pair(&object, vm)?;
        let modified: Option<f64> = modified.try_into_value(vm)?;
        let since = modified.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let modified = since.and_then(|since| UNIX_EPOCH.checked_add(since));
        Ok(Self(FileMetadata {
            size: size.try_to_value(vm)?,
            // A file whose age nobody knows is never an old one.
            modified: modified.unwrap_or_else(SystemTime::now),
        }))
    }
}
