//! The module `_djr`: what Django's modules ask of the site.

pub(super) use _djr::{module_def, page_text};

#[rustpython_vm::pymodule]
mod _djr {
    use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef, PyTypeRef};
    use rustpython_vm::class::PyClassImpl as _;
    use rustpython_vm::common as rustpython_common;
    use rustpython_vm::convert::ToPyObject as _;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyPayload as _, PyRef, PyResult, VirtualMachine};

    use crate::document::Value as TomlValue;
    use crate::script::PythonName;
    use crate::script::engine::body::NativeBody;
    use crate::script::engine::held_objects::PageObjects;
    use crate::script::engine::interpreter::ThreadInterpreter;
    use crate::script::engine::noted_value::NotedValue;
    use crate::script::engine::page_names::PageNames;
    use crate::script::engine::request::NativeRequest;
    use crate::script::engine::session::PythonSession;
    use crate::script::engine::view::made as made_view;
    use crate::script::engine::{
        call_stack, commands, db, finder, log, pages, python_error, request, response, services,
    };
    use crate::views::{RequestParts, render as render_template, render_text};

    /// An exception that stands for an answer of the site.
    #[pyattr(name = "SiteError", once)]
    fn site_error(vm: &VirtualMachine) -> PyTypeRef {
        vm.ctx.new_exception_type("_djr", "SiteError", None)
    }

    /// No `except Exception` catches it.
    #[pyattr(name = "ViewTimeout", once)]
    fn view_timeout(vm: &VirtualMachine) -> PyTypeRef {
        let base = vm.ctx.exceptions.base_exception_type.to_owned();
        vm.ctx
            .new_exception_type("_djr", "ViewTimeout", Some(vec![base]))
    }

    /// Where the module `name` of the project is: its file and, for a package, its directory.
    #[pyfunction]
    fn find_module(name: String, vm: &VirtualMachine) -> PyObjectRef {
        let Some(found) = finder::find(&name) else {
            return vm.ctx.none();
        };
        let text = |path: Option<std::path::PathBuf>| {
            let path = path.map(|path| path.to_string_lossy().into_owned());
            path.to_pyobject(vm)
        };
        let parts = vec![text(found.file), text(found.package)];
        vm.ctx.new_tuple(parts).into()
    }

    /// Remembers that the module `name`, which has no file, is one of the project.
    #[pyfunction]
    fn note_module(name: String) {
        if let Some(worker) = ThreadInterpreter::current() {
            worker.note_module(&name);
        }
    }

    /// The code of a file.
    #[pyfunction]
    fn compile_file(path: String, vm: &VirtualMachine) -> PyResult {
        finder::compile(path.as_ref(), vm)
    }

    /// The settings under Django's names.
    #[pyfunction]
    fn settings(vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let dict = vm.ctx.new_dict();
        let Some(this) = ThreadInterpreter::current() else {
            return Ok(dict);
        };
        let site = this.site();
        for setting in site.settings.django_settings() {
            dict.set_item(setting.name, from_toml(setting.value, vm)?, vm)?;
        }
        services::django_settings(&site.settings, &dict, vm)?;
        let own = vm.ctx.new_dict();
        for (name, value) in &site.settings.site {
            own.set_item(name.as_str(), from_toml(value, vm)?, vm)?;
        }
        dict.set_item("SITE", own.into(), vm)?;
        let root = site.root.to_string_lossy().into_owned();
        dict.set_item("BASE_DIR", vm.ctx.new_str(root).into(), vm)?;
        if let Ok(key) = site.settings.secret_key() {
            let key = vm.ctx.new_str(key.expose().to_owned());
            dict.set_item("SECRET_KEY", key.into(), vm)?;
        }
        Ok(dict)
    }

    fn from_toml(value: &TomlValue, vm: &VirtualMachine) -> PyResult {
        Ok(match value {
            TomlValue::String(text) | TomlValue::Datetime(text) => {
                vm.ctx.new_str(text.clone()).into()
            }
            TomlValue::Integer(number) => vm.ctx.new_int(*number).into(),
            TomlValue::Float(number) => vm.ctx.new_float(*number).into(),
            TomlValue::Boolean(value) => vm.ctx.new_bool(*value).into(),
            TomlValue::Array(items) => {
                let items = items.iter().map(|item| from_toml(&item.value, vm));
                vm.ctx.new_list(items.collect::<PyResult<_>>()?).into()
            }
            TomlValue::Table(table) => {
                let dict = vm.ctx.new_dict();
                for entry in table.entries() {
                    let value = from_toml(&entry.item.value, vm)?;
                    dict.set_item(entry.key.as_str(), value, vm)?;
                }
                dict.into()
            }
        })
    }

    fn parts(vm: &VirtualMachine) -> PyResult<RequestParts> {
        let call = call_stack::innermost();
        let parts = call.and_then(|call| request::parts_of(&call.request, vm));
        let parts = parts.or_else(|| ThreadInterpreter::current()?.site().parts());
        parts.ok_or_else(|| commands::not_composed(vm))
    }

    /// The path of the url `name`; `None` where no pattern takes the arguments.
    #[pyfunction]
    fn reverse(
        name: String,
        args: Vec<PyObjectRef>,
        kwargs: PyDictRef,
        _current_app: OptionalArg<PyObjectRef>,
        _urlconf: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<Option<String>> {
        let text = |value: &PyObjectRef| -> PyResult<String> {
            Ok(value.str(vm)?.to_string_lossy().into_owned())
        };
        let args = args.iter().map(text).collect::<PyResult<Vec<_>>>()?;
        let pairs = kwargs.items_vec();
        let pairs = pairs
            .iter()
            .map(|(name, value)| Ok((text(name)?, text(value)?)));
        let kwargs = pairs.collect::<PyResult<Vec<_>>>()?;
        Ok(parts(vm)?.urls.reverse(&name, &args, &kwargs).ok())
    }

    /// What `path` leads to; `None` where no pattern matches.
    #[pyfunction]
    fn resolve(path: String, vm: &VirtualMachine) -> PyResult<Option<PyDictRef>> {
        let urls = parts(vm)?.urls;
        let found = urls.resolve(&path);
        found
            .map(|found| request::resolver_match(&found, vm))
            .transpose()
    }

    /// The view of a dotted name, as it answers requests.
    #[pyfunction]
    fn view(name: String, vm: &VirtualMachine) -> PyResult {
        let found = ThreadInterpreter::current().zip(PythonName::parse(&name));
        match found {
            Some((this, name)) => made_view(this, &name, vm),
            None => Err(vm.new_value_error(format!("`{name}` is not the name of a view"))),
        }
    }

    /// The parts of the request that a page is asked for with, or of the one that is answered right now.
    fn parts_for(asked: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<RequestParts> {
        let of_request = asked.and_then(|request| request::parts_of(&request, vm));
        of_request.map_or_else(|| parts(vm), Ok)
    }

    /// What the template that is written in `source` shows.
    pub(in crate::script::engine) fn page_text(
        source: &str,
        context: &PyObjectRef,
        asked: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        let asked = asked.filter(|request| !vm.is_none(request));
        let is_given = asked.is_some();
        let parts = parts_for(asked, vm)?;
        let _objects = PageObjects::begin();
        let context = pages::context_of(context, vm)?;
        let rendered = pages::for_request(is_given, || {
            parts.with(|request| render_text(request, source, context))
        });
        pages::finished(rendered, vm)
    }

    /// Renders the first of the templates `names` that is there.
    #[pyfunction]
    fn render(
        names: Vec<String>,
        context: PyObjectRef,
        asked: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        let asked = asked.into_option().filter(|request| !vm.is_none(request));
        let is_given = asked.is_some();
        let parts = parts_for(asked, vm)?;
        let templates = &parts.state.templates;
        let name = pages::first_of(templates, &names, vm)?;
        let _objects = PageObjects::begin();
        let context = pages::context_of(&context, vm)?;
        let rendered = pages::for_request(is_given, || {
            parts.with(|request| render_template(request, name, context))
        });
        pages::finished(rendered, vm)
    }

    /// Renders the first of the templates `names` that is there, which sees only the names of `context`, and the secret
    /// of forms as the page knows it.
    #[pyfunction]
    fn include(
        names: Vec<String>,
        context: PyObjectRef,
        page: PyRef<PageNames>,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        pages::include(&parts(vm)?.state.templates, &names, &context, &page, vm)
    }

    /// Whether there is a template called `name`.
    #[pyfunction]
    fn template_exists(name: String, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(parts(vm)?.state.templates.has(&name))
    }

    /// `text` escaped as Django escapes.
    #[pyfunction]
    fn escape(text: String) -> String {
        crate::templates::escape(&text)
    }

    /// The rest of a chain, as Python's middleware calls it.
    #[pyfunction]
    fn get_response(request: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        crate::script::engine::get_response::get_response(&request, vm)
    }

    #[pyattr(name = "Request")]
    fn request_type(_vm: &VirtualMachine) -> PyTypeRef {
        NativeRequest::make_static_type()
    }

    /// Puts a header into the headers of a response; false, and nothing is done, where its name or value needs more thought.
    #[pyfunction]
    fn set_header(
        store: PyDictRef,
        name: PyObjectRef,
        value: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<bool> {
        response::set_header(&store, name, value, vm)
    }

    /// What `isoformat` of a day or a moment says; None for what it does not take.
    #[pyfunction]
    fn isoformat(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<String>> {
        db::plain_isoformat(&object, vm)
    }

    /// The number from which on `[logging]` takes records of a logger.
    #[pyfunction]
    fn log_level(name: String) -> i32 {
        log::level(&name)
    }

    /// Hands a record to `[logging]`: logger, level, message, other fields, and the request or None.
    #[pyfunction]
    fn log(
        name: String,
        level: i32,
        message: String,
        fields: PyDictRef,
        about: PyObjectRef,
        vm: &VirtualMachine,
    ) {
        log::log(&name, level, message, &fields, &about, vm);
    }

    /// What an exception says, and through which calls it came, in one line.
    #[pyfunction]
    fn describe_exception(exception: PyBaseExceptionRef, vm: &VirtualMachine) -> String {
        python_error::whole_line(&exception, vm)
    }

    /// What is left of the file that is open under the number `descriptor`, as the body of a response.
    #[pyfunction]
    fn file_body(descriptor: i32, start: u64, end: u64, vm: &VirtualMachine) -> PyResult {
        let body = NativeBody::of_file(descriptor, start, end);
        let body = body.map_err(|error| vm.new_os_error(error.to_string()))?;
        Ok(body.into_ref(&vm.ctx).into())
    }

    #[pyattr(name = "Body")]
    fn body_type(_vm: &VirtualMachine) -> PyTypeRef {
        NativeBody::make_static_type()
    }

    #[pyattr(name = "NotedValue")]
    fn noted_value_type(_vm: &VirtualMachine) -> PyTypeRef {
        NotedValue::make_static_type()
    }

    #[pyattr(name = "PageNames")]
    fn page_names_type(_vm: &VirtualMachine) -> PyTypeRef {
        PageNames::make_static_type()
    }

    #[pyattr(name = "Session")]
    fn session_type(_vm: &VirtualMachine) -> PyTypeRef {
        PythonSession::make_static_type()
    }
}
