//! Rows as text, by the templates of models.toml.

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::script::engine::held_objects::PageObjects;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::{python_error, template_value};
use crate::views::HttpError;

/// What the template `option` of the model `label` writes of `instance`, whose attributes it sees.
///
/// `None` while the site is not composed.
pub(super) fn rendered(
    label: &str,
    option: &str,
    instance: &PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<Option<String>> {
    let parts = ThreadInterpreter::current().and_then(|this| this.site().parts());
    let Some(parts) = parts else {
        return Ok(None);
    };
    let _objects = PageObjects::begin();
    let object = template_value::from_python(instance, vm);
    let name = format!("{label}.{option}.txt");
    let written = parts.state.templates.render_object(&name, object);
    if let Some(exception) = template_value::take_raised(None) {
        return Err(exception);
    }
    let written = written.map_err(|error| python_error::raise(HttpError::from(error), vm))?;
    Ok(Some(written))
}
