//! The module `_djr_storage`: the storages of `[storages]` for `django.core.files.storage`.

pub(super) use _djr_storage::module_def;

#[rustpython_vm::pymodule]
mod _djr_storage {
    use std::io::Read as _;
    use std::sync::Arc;
    use std::time::UNIX_EPOCH;

    use rustpython_vm::builtins::{PyBaseExceptionRef, PyBytesRef, PyDictRef};
    use rustpython_vm::convert::ToPyObject as _;
    use rustpython_vm::function::ArgBytesLike;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    use crate::http::UploadedFile;
    use crate::script::engine::interpreter::ThreadInterpreter;
    use crate::script::engine::python_error;
    use crate::script::engine::services::own_storages_of;
    use crate::settings::FileStorageSettings;
    use crate::storage::{FileStorage, StorageError, Storages, image_header as image_header_of};

    /// What `settings.STORAGES`, `MEDIA_ROOT` and `MEDIA_URL` are made of: for each alias whether its files lie in a
    /// directory, that directory, what stands before their names in addresses, the class of the project that keeps them,
    /// and the options that it is made with.
    #[pyfunction]
    fn settings(vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let dict = vm.ctx.new_dict();
        let Some(this) = ThreadInterpreter::current() else {
            return Ok(dict);
        };
        let site = this.site();
        for (alias, settings) in &site.settings.storages.files {
            let location = location(settings, &site.root);
            let base_url = vm.ctx.new_str(settings.base_url.clone());
            let class = settings.class.clone();
            let options = settings.options.iter().copied();
            let options = options.map(|key| vm.ctx.new_str(key).into());
            let parts = vec![
                vm.ctx.new_bool(settings.is_directory()).into(),
                vm.ctx.new_str(location).into(),
                base_url.into(),
                class.to_pyobject(vm),
                vm.ctx.new_list(options.collect()).into(),
            ];
            dict.set_item(alias.as_str(), vm.ctx.new_tuple(parts).into(), vm)?;
        }
        Ok(dict)
    }

    fn location(settings: &FileStorageSettings, root: &std::path::Path) -> String {
        if !settings.is_directory() && settings.class.is_none() {
            return settings.location.clone();
        }
        root.join(&settings.location).to_string_lossy().into_owned()
    }

    /// The content of a file.
    #[pyfunction]
    fn read(alias: String, name: String, vm: &VirtualMachine) -> PyResult<PyBytesRef> {
        let storage = storage(&alias, vm)?;
        let mut file = storage.open(&name).map_err(|error| raise(&error, vm))?;
        let mut content = Vec::new();
        let read = file.reader.read_to_end(&mut content);
        read.map_err(|error| vm.new_os_error(error.to_string()))?;
        Ok(vm.ctx.new_bytes(content))
    }

    /// Keeps `content` as `name` or a name like it; the name it got.
    #[pyfunction]
    fn save(
        alias: String,
        name: String,
        content: ArgBytesLike,
        max_length: Option<usize>,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        let content = content.borrow_buf().to_vec();
        let file = UploadedFile::in_memory(&name, "application/octet-stream", content);
        let saved = storage(&alias, vm)?.save(&name, &file, max_length);
        saved.map_err(|error| raise(&error, vm))
    }

    /// Removes a file.
    #[pyfunction]
    fn delete(alias: String, name: String, vm: &VirtualMachine) -> PyResult<()> {
        let deleted = storage(&alias, vm)?.delete(&name);
        deleted.map_err(|error| raise(&error, vm))
    }

    /// Whether something has that name.
    #[pyfunction]
    fn exists(alias: String, name: String, vm: &VirtualMachine) -> PyResult<bool> {
        let exists = storage(&alias, vm)?.exists(&name);
        exists.map_err(|error| raise(&error, vm))
    }

    /// The directories and the files of a directory.
    #[pyfunction]
    fn listdir(alias: String, path: String, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let listing = storage(&alias, vm)?.listdir(&path);
        let listing = listing.map_err(|error| raise(&error, vm))?;
        let list = |names: Vec<String>| -> PyObjectRef {
            let names = names.into_iter().map(|name| vm.ctx.new_str(name).into());
            vm.ctx.new_list(names.collect()).into()
        };
        let parts = vec![list(listing.directories), list(listing.files)];
        Ok(vm.ctx.new_tuple(parts).into())
    }

    /// Bytes of a file.
    #[pyfunction]
    fn size(alias: String, name: String, vm: &VirtualMachine) -> PyResult<u64> {
        let metadata = storage(&alias, vm)?.metadata(&name);
        Ok(metadata.map_err(|error| raise(&error, vm))?.size)
    }

    /// When a file last changed, in seconds since 1970.
    #[pyfunction]
    fn modified(alias: String, name: String, vm: &VirtualMachine) -> PyResult<f64> {
        let metadata = storage(&alias, vm)?.metadata(&name);
        let modified = metadata.map_err(|error| raise(&error, vm))?.modified;
        Ok(modified
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs_f64())
    }

    /// Where a browser finds a file.
    #[pyfunction]
    fn url(alias: String, name: String, vm: &VirtualMachine) -> PyResult<String> {
        let url = storage(&alias, vm)?.url(&name);
        url.map_err(|error| raise(&error, vm))
    }

    /// Where a file is on disk; `None` where it is not on one.
    #[pyfunction]
    fn path(alias: String, name: String, vm: &VirtualMachine) -> PyResult<Option<String>> {
        let path = storage(&alias, vm)?.path(&name);
        Ok(path.map(|path| path.to_string_lossy().into_owned()))
    }

    /// What the beginning of a picture tells: its type on the web, its format, width and height; `None` of what is not
    /// a picture.
    #[pyfunction]
    fn image_header(content: ArgBytesLike, vm: &VirtualMachine) -> Option<PyObjectRef> {
        let content = content.borrow_buf().to_vec();
        let header = image_header_of(&UploadedFile::in_memory("", "", content))?;
        let format = format!("{:?}", header.format).to_uppercase();
        let parts = vec![
            vm.ctx.new_str(header.format.content_type()).into(),
            vm.ctx.new_str(format).into(),
            vm.ctx.new_int(header.size.width).into(),
            vm.ctx.new_int(header.size.height).into(),
        ];
        Some(vm.ctx.new_tuple(parts).into())
    }

    fn storage(alias: &str, vm: &VirtualMachine) -> PyResult<FileStorage> {
        let storages = storages().map_err(|error| raise(&error, vm))?;
        let found = storages.get(alias).cloned();
        found.map_err(|error| raise(&error, vm))
    }

    /// Those of the composed site, which share what is kept in memory; before it is composed, others like them.
    fn storages() -> Result<Arc<Storages>, StorageError> {
        let Some(this) = ThreadInterpreter::current() else {
            return Ok(Arc::default());
        };
        let site = this.site();
        if let Some(parts) = site.parts() {
            return Ok(Arc::clone(&parts.state.form_database.storages));
        }
        let own = own_storages_of(&site);
        Storages::new(&site.settings.storages.files, &site.root, Some(&*own)).map(Arc::new)
    }

    fn raise(error: &StorageError, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let message = error.to_string();
        let django =
            |module: &str, class: &str| python_error::exception_of(module, class, &message, vm);
        match error {
            StorageError::NotFound { .. } => vm.new_exception_msg(
                vm.ctx.exceptions.file_not_found_error.to_owned(),
                message.clone().into(),
            ),
            StorageError::Exists { .. } => vm.new_exception_msg(
                vm.ctx.exceptions.file_exists_error.to_owned(),
                message.clone().into(),
            ),
            StorageError::SuspiciousName { .. } | StorageError::NoAvailableName { .. } => {
                django("django.core.exceptions", "SuspiciousFileOperation")
            }
            StorageError::TooLarge { .. } => django("django.core.exceptions", "RequestDataTooBig"),
            StorageError::NoUrl { .. } => vm.new_value_error(message.clone()),
            StorageError::UnknownAlias { .. } => {
                django("django.core.files.storage", "InvalidStorageError")
            }
            _ => vm.new_os_error(message.clone()),
        }
    }
}
