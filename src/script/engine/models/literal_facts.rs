//! Values of models.toml as Python objects, and dictionaries with them.

use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::convert::ToPyObject;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::models::Literal;

/// A dictionary that is being filled.
pub(super) struct Facts<'v> {
    dict: PyDictRef,
    pub(super) vm: &'v VirtualMachine,
}

impl<'v> Facts<'v> {
    /// An empty one.
    pub(super) fn new(vm: &'v VirtualMachine) -> Self {
        Self {
            dict: vm.ctx.new_dict(),
            vm,
        }
    }

    /// Gives `name` a value.
    pub(super) fn set(&self, name: &str, value: impl ToPyObject) -> PyResult<()> {
        self.dict
            .set_item(name, value.to_pyobject(self.vm), self.vm)
    }

    /// Gives `name` a value where there is one.
    pub(super) fn some(&self, name: &str, value: Option<impl ToPyObject>) -> PyResult<()> {
        match value {
            Some(value) => self.set(name, value),
            None => Ok(()),
        }
    }

    /// Gives `name` a value that is not `usual`.
    pub(super) fn unusual<T: ToPyObject + PartialEq>(
        &self,
        name: &str,
        value: T,
        usual: &T,
    ) -> PyResult<()> {
        if value == *usual {
            return Ok(());
        }
        self.set(name, value)
    }

    /// The dictionary.
    pub(super) fn done(self) -> PyObjectRef {
        self.dict.into()
    }
}

/// `values` as a list.
pub(super) fn list(values: impl Iterator<Item = PyObjectRef>, vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_list(values.collect()).into()
}

/// Texts as a list.
pub(super) fn texts(values: &[String], vm: &VirtualMachine) -> PyObjectRef {
    let values = values.iter();
    list(values.map(|text| vm.ctx.new_str(text.clone()).into()), vm)
}

/// `parts` as a tuple.
pub(super) fn tuple<const N: usize>(parts: [PyObjectRef; N], vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_tuple(parts.into()).into()
}

/// `text` as a Python object.
pub(super) fn text(text: &str, vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_str(text.to_owned()).into()
}

/// A value as it stands in a file: dates and moments are text.
pub(super) fn literal(value: &Literal, vm: &VirtualMachine) -> PyResult {
    Ok(match value {
        Literal::Null => vm.ctx.none(),
        Literal::String(value) | Literal::Datetime(value) => text(value, vm),
        Literal::Integer(number) => vm.ctx.new_int(*number).into(),
        Literal::Float(number) => vm.ctx.new_float(*number).into(),
        Literal::Boolean(value) => vm.ctx.new_bool(*value).into(),
        Literal::List(items) => {
            let items = items.iter().map(|item| literal(item, vm));
            vm.ctx.new_list(items.collect::<PyResult<_>>()?).into()
        }
        Literal::Map(pairs) => {
            let facts = Facts::new(vm);
            for (name, value) in pairs {
                facts.set(name, literal(value, vm)?)?;
            }
            facts.done()
        }
    })
}
