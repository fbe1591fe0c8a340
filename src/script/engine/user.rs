//! `request.user`, with the attributes that templates see of it.

use std::sync::Arc;

use rustpython_vm::builtins::PyStr;
use rustpython_vm::common::hash::PyHash;
use rustpython_vm::function::PyComparisonValue;
use rustpython_vm::types::{Comparable, GetAttr, Hashable, PyComparisonOp, Representable};
use rustpython_vm::{AsObject as _, Py, PyObject, PyPayload, PyResult, VirtualMachine, pyclass};

use crate::auth::User;
use crate::script::engine::{python_error, template_argument};
use crate::templates::value::Value;
use crate::views::{HttpError, LazyUser};

/// `request.user`.
#[pyclass(module = "_djr", name = "User")]
#[derive(Debug, PyPayload)]
pub(super) struct PythonUser(Arc<LazyUser>);

impl PythonUser {
    pub(super) fn new(user: Arc<LazyUser>) -> Self {
        Self(user)
    }

    fn found(&self, vm: &VirtualMachine) -> PyResult<Option<Arc<User>>> {
        self.0.get().map_err(|error| python_error::raise(error, vm))
    }

    /// Its key as text; none of one who is not logged in.
    fn key(&self, vm: &VirtualMachine) -> PyResult<Option<String>> {
        let found = self.found(vm)?;
        Ok(found.map(|user| user.pk.text().to_owned()))
    }
}

#[pyclass(with(GetAttr, Comparable, Hashable, Representable))]
impl PythonUser {
    #[pymethod]
    fn get_username(&self, vm: &VirtualMachine) -> PyResult<String> {
        let found = self.found(vm)?;
        Ok(found.map_or_else(String::new, |user| user.username.clone()))
    }

    #[pymethod]
    fn get_full_name(&self, vm: &VirtualMachine) -> PyResult<String> {
        let found = self.found(vm)?;
        Ok(found.map_or_else(String::new, |user| user.full_name()))
    }

    #[pymethod]
    fn get_short_name(&self, vm: &VirtualMachine) -> PyResult<String> {
        let found = self.found(vm)?;
        Ok(found.map_or_else(String::new, |user| user.first_name.clone()))
    }

    #[pymethod]
    fn has_perm(&self, name: String, vm: &VirtualMachine) -> PyResult<bool> {
        answer(self.0.has_perm(&name), vm)
    }

    #[pymethod]
    fn has_perms(&self, names: Vec<String>, vm: &VirtualMachine) -> PyResult<bool> {
        for name in names {
            if !answer(self.0.has_perm(&name), vm)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[pymethod]
    fn has_module_perms(&self, label: String, vm: &VirtualMachine) -> PyResult<bool> {
        answer(self.0.has_module_perms(&label), vm)
    }
}

fn answer<T>(answer: Result<T, HttpError>, vm: &VirtualMachine) -> PyResult<T> {
    answer.map_err(|error| python_error::raise(error, vm))
}

/// Methods first, then what templates see of the user.
impl GetAttr for PythonUser {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        if let Some(found) = zelf.as_object().generic_getattr_opt(name, None, vm)? {
            return Ok(found);
        }
        let text = name.to_string_lossy();
        let user = Value::from_dyn_object(Arc::clone(&zelf.0));
        let attribute = user
            .as_object()
            .and_then(|user| user.get_value_by_str(&text));
        match attribute.filter(|found| !found.is_undefined()) {
            Some(found) => template_argument::to_python(&found, vm),
            None => Err(vm.new_attribute_error(format!("the user has no attribute '{text}'"))),
        }
    }
}

impl Comparable for PythonUser {
    fn cmp(
        zelf: &Py<Self>,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<PyComparisonValue> {
        op.eq_only(|| {
            let Some(other) = other.downcast_ref::<Self>() else {
                return Ok(PyComparisonValue::NotImplemented);
            };
            let is_same = zelf.key(vm)? == other.key(vm)?;
            Ok(PyComparisonValue::Implemented(is_same))
        })
    }
}

impl Hashable for PythonUser {
    fn hash(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyHash> {
        let key = zelf.key(vm)?.unwrap_or_default();
        vm.ctx.new_str(key).as_object().hash(vm)
    }
}

impl Representable for PythonUser {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let found = zelf.found(vm)?;
        Ok(found.map_or_else(
            || "<AnonymousUser>".to_owned(),
            |user| format!("<User: {}>", user.username),
        ))
    }
}
