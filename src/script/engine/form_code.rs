//! Classes in Python that clean forms of `forms.toml` further: their methods `clean` and `clean_<field>`.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::clock::Zone;
use crate::diagnostic::Finding;
use crate::forms::{CleanedForm, FormChanges, FormCode, FormValue, ValidationError};
use crate::script::engine::db::value;
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::{HANDLER, ThreadInterpreter};
use crate::script::engine::python_error::PythonError;
use crate::script::engine::{convert, loading, python_error, request};
use crate::script::{PythonName, PythonSite};
use crate::views::HttpError;

/// Django's module that knows of these classes.
const MODULE: &str = "django.forms.djr";

/// The name under which templates find the errors of no field.
const OF_FORM: &str = "__all__";

thread_local! {
    /// What went wrong in a class, until the page of the form is made.
    static FAILURE: RefCell<Option<HttpError>> = const { RefCell::new(None) };
}

/// A class in Python.
#[derive(Debug)]
struct PythonForm {
    site: Arc<PythonSite>,
    name: PythonName,
}

/// The class called `name`, for a form of `fields`; fails where it cannot be loaded, or cleans fields that are not there.
pub(in crate::script) fn form_code(
    site: &Arc<PythonSite>,
    name: PythonName,
    fields: &[&str],
) -> Result<Arc<dyn FormCode>, Finding> {
    enter(site, |this, vm| {
        let class = loading::object(this, &name, vm)?;
        let unknown = unknown_fields(this, class, fields, vm);
        let unknown = unknown.map_err(|error| PythonError::of(&error, vm).into_finding())?;
        let Some(field) = unknown.first() else {
            return Ok(());
        };
        let message = format!("`{name}` has `clean_{field}`, and the form has no field `{field}`");
        let finding = Finding::error("unknown-field", message);
        Err(finding.suggest(field, fields.iter().copied()))
    })?;
    // What goes wrong in it is told with the page of its form.
    site.is_in_all_pages.store(true, Ordering::Relaxed);
    Ok(Arc::new(PythonForm {
        site: Arc::clone(site),
        name,
    }))
}

fn unknown_fields(
    this: &ThreadInterpreter,
    class: PyObjectRef,
    fields: &[&str],
    vm: &VirtualMachine,
) -> PyResult<Vec<String>> {
    let class = this.own(MODULE, "checked", vm)?.call((class,), vm)?;
    let fields = fields.iter().map(|name| vm.ctx.new_str(*name).into());
    let fields = vm.ctx.new_list(fields.collect());
    let unknown = this.own(MODULE, "unknown_fields", vm)?;
    unknown.call((class, fields), vm)?.try_to_value(vm)
}

/// Has the page that is made of a form fail for `error`.
pub(super) fn fail(error: HttpError) {
    FAILURE.set(Some(error));
}

/// What went wrong in a class while the form of the page was cleaned; it is forgotten.
pub(super) fn take_failure() -> Option<HttpError> {
    FAILURE.take()
}

impl FormCode for PythonForm {
    fn clean(&self, form: &CleanedForm<'_>) -> FormChanges {
        enter(&self.site, |this, vm| {
            self.cleaned(this, form, vm).unwrap_or_else(|exception| {
                let error = python_error::http_error(&exception, vm);
                fail(error);
                // Nothing is done with a form that could not be cleaned.
                FormChanges {
                    errors: vec![(OF_FORM.to_owned(), ValidationError::new("", "failed"))],
                    ..FormChanges::default()
                }
            })
        })
    }
}

impl PythonForm {
    fn cleaned(
        &self,
        this: &ThreadInterpreter,
        form: &CleanedForm<'_>,
        vm: &VirtualMachine,
    ) -> PyResult<FormChanges> {
        let class = this.made(&format!("form {}", self.name), || {
            let class = this.object(&self.name, vm)?;
            this.own(MODULE, "checked", vm)?.call((class,), vm)
        })?;
        let values = vm.ctx.new_dict();
        for (name, value) in &form.values {
            values.set_item(*name, to_python(value, vm)?, vm)?;
        }
        let failed = form.errors.iter();
        let failed = failed.map(|(name, error)| (*name, error.message.as_str()));
        let failed = convert::pairs(failed, vm);
        let files = form.data.files.iter();
        let files = files.map(|(field, file)| request::uploaded(field, file, vm));
        let files = vm.ctx.new_list(files.collect::<PyResult<_>>()?);
        let fields = convert::pairs(form.data.fields.iter(), vm);
        let names = form.names.iter().map(|name| vm.ctx.new_str(*name).into());
        let names = vm.ctx.new_list(names.collect());
        let clean = this.own(MODULE, "clean", vm)?;
        let answer = clean.call((class, fields, files, names, values, failed), vm)?;
        changes(&answer, &this.site().settings.project.time_zone, vm)
    }
}

/// What `clean` of Django's module has answered.
fn changes(answer: &PyObject, zone: &Zone, vm: &VirtualMachine) -> PyResult<FormChanges> {
    let answer: Vec<PyObjectRef> = answer.try_to_value(vm)?;
    let [values, gone, errors] = answer.as_slice() else {
        return Err(vm.new_value_error("`clean` returns three values"));
    };
    let mut changes = FormChanges {
        gone: gone.try_to_value(vm)?,
        ..FormChanges::default()
    };
    for pair in values.try_to_value::<Vec<PyObjectRef>>(vm)? {
        let pair: Vec<PyObjectRef> = pair.try_to_value(vm)?;
        if let [name, value] = pair.as_slice() {
            let value = from_python(value, zone, vm)?;
            changes.values.push((python_error::text(name, vm), value));
        }
    }
    for error in errors.try_to_value::<Vec<PyObjectRef>>(vm)? {
        let error: Vec<PyObjectRef> = error.try_to_value(vm)?;
        if let [field, message, code] = error.as_slice() {
            let text = |object| python_error::text(object, vm);
            let name = if vm.is_none(field) {
                OF_FORM.to_owned()
            } else {
                text(field)
            };
            let error = ValidationError::new(text(message), text(code));
            changes.errors.push((name, error));
        }
    }
    Ok(changes)
}

fn to_python(value: &FormValue, vm: &VirtualMachine) -> PyResult {
    Ok(match value {
        FormValue::Value(value) => value::to_python(value, vm)?,
        FormValue::Secret(secret) => vm.ctx.new_str(secret.expose()).into(),
        FormValue::List(values) => {
            let values = values.iter().map(|value| value::to_python(value, vm));
            vm.ctx.new_list(values.collect::<PyResult<_>>()?).into()
        }
        FormValue::File(file) => {
            let this = ThreadInterpreter::current();
            let this = this.ok_or_else(|| vm.new_runtime_error("no interpreter runs"))?;
            let sent = vm.ctx.new_list(vec![request::uploaded("file", file, vm)?]);
            let files = this.own(HANDLER, "files_of", vm)?.call((sent,), vm)?;
            files.get_item("file", vm)?
        }
        FormValue::Stored(file) => vm.ctx.new_str(file.name.as_str()).into(),
        FormValue::ClearFile => vm.ctx.new_bool(false).into(),
    })
}

fn from_python(object: &PyObjectRef, zone: &Zone, vm: &VirtualMachine) -> PyResult<FormValue> {
    if let Some(list) = object.downcast_ref::<rustpython_vm::builtins::PyList>() {
        let items = list.borrow_vec().to_vec();
        let items = items.iter().map(|item| value::of_object(item, zone, vm));
        return Ok(FormValue::List(items.collect::<PyResult<_>>()?));
    }
    value::of_object(object, zone, vm).map(FormValue::Value)
}
