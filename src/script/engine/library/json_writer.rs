//! Writes JSON as Python's own `json` does.

use std::borrow::Cow;

use rustpython_vm::builtins::{PyDict, PyFloat, PyInt, PyStr};
use rustpython_vm::common::wtf8::{Wtf8, Wtf8Buf};
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, Traverse, VirtualMachine};

use crate::script::engine::convert;
use crate::script::engine::library::json_string;

/// How strings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StringForm {
    Ascii,
    Unicode,
    /// As a function of the encoder says.
    Called,
}

/// How an encoder of Python writes.
#[derive(Debug, Traverse)]
pub(super) struct JsonForm {
    pub(super) default: PyObjectRef,
    pub(super) encoder: PyObjectRef,
    #[pytraverse(skip)]
    pub(super) strings: StringForm,
    #[pytraverse(skip)]
    pub(super) indent: Option<Wtf8Buf>,
    #[pytraverse(skip)]
    pub(super) key_separator: Wtf8Buf,
    #[pytraverse(skip)]
    pub(super) item_separator: Wtf8Buf,
    #[pytraverse(skip)]
    pub(super) sorts_keys: bool,
    #[pytraverse(skip)]
    pub(super) skips_keys: bool,
    #[pytraverse(skip)]
    pub(super) allows_nan: bool,
    #[pytraverse(skip)]
    pub(super) finds_circles: bool,
}

/// A text that is being written.
pub(super) struct PythonJsonWriter<'a> {
    pub(super) text: Wtf8Buf,
    form: &'a JsonForm,
    /// What is being written, outermost first.
    open: Vec<usize>,
    level: usize,
    vm: &'a VirtualMachine,
}

impl<'a> PythonJsonWriter<'a> {
    pub(super) fn new(form: &'a JsonForm, level: usize, vm: &'a VirtualMachine) -> Self {
        let text = Wtf8Buf::new();
        let open = Vec::new();
        Self {
            text,
            form,
            open,
            level,
            vm,
        }
    }

    /// Writes `value`.
    pub(super) fn write(&mut self, value: &PyObject) -> PyResult<()> {
        if let Some(text) = value.downcast_ref::<PyStr>() {
            return self.write_string(text);
        }
        if let Some(scalar) = self.scalar(value)? {
            self.text.push_str(&scalar);
            return Ok(());
        }
        let vm = self.vm;
        vm.with_recursion("while encoding a JSON object", || self.write_nested(value))
    }

    /// The text of what is not nested, and no string.
    fn scalar(&self, value: &PyObject) -> PyResult<Option<Cow<'static, str>>> {
        let vm = self.vm;
        if vm.is_none(value) {
            return Ok(Some("null".into()));
        }
        if value.is(&vm.ctx.true_value) {
            return Ok(Some("true".into()));
        }
        if value.is(&vm.ctx.false_value) {
            return Ok(Some("false".into()));
        }
        if let Some(number) = value.downcast_ref::<PyInt>() {
            let small = i64::try_from(number.as_bigint());
            let text = small.map_or_else(|_| number.to_str_radix_10(), |small| small.to_string());
            return Ok(Some(text.into()));
        }
        match value.downcast_ref::<PyFloat>() {
            Some(number) => Ok(Some(self.float(number.to_f64())?.into())),
            None => Ok(None),
        }
    }

    fn float(&self, number: f64) -> PyResult<String> {
        let vm = self.vm;
        let shown = vm.ctx.new_float(number).as_object().repr(vm)?;
        if number.is_finite() {
            return Ok(shown.to_string());
        }
        if !self.form.allows_nan {
            let message = format!("Out of range float values are not JSON compliant: {shown}");
            return Err(vm.new_value_error(message));
        }
        let name = match number {
            number if number.is_nan() => "NaN",
            number if number > 0.0 => "Infinity",
            _ => "-Infinity",
        };
        Ok(name.to_owned())
    }

    fn write_string(&mut self, text: &PyStr) -> PyResult<()> {
        let in_ascii = self.form.strings == StringForm::Ascii;
        if self.form.strings != StringForm::Called {
            json_string::write(text.as_wtf8(), in_ascii, &mut self.text);
            return Ok(());
        }
        let given = self.vm.ctx.new_str(text.as_wtf8().to_owned());
        let written = self.form.encoder.call((given,), self.vm)?;
        let Some(written) = written.downcast_ref::<PyStr>() else {
            return Err(self.vm.new_type_error("encoder() must return a string"));
        };
        self.text.push_wtf8(written.as_wtf8());
        Ok(())
    }

    fn write_nested(&mut self, value: &PyObject) -> PyResult<()> {
        let vm = self.vm;
        if self.form.finds_circles && self.open.contains(&value.get_id()) {
            return Err(vm.new_value_error("Circular reference detected"));
        }
        self.open.push(value.get_id());
        if let Some(items) = convert::items(value, vm)? {
            self.write_items(&items)?;
        } else if let Some(dict) = value.downcast_ref::<PyDict>() {
            self.write_dict(value, dict)?;
        } else {
            let other = self.form.default.call((value.to_owned(),), vm)?;
            self.write(&other)?;
        }
        self.open.pop();
        Ok(())
    }

    fn write_items(&mut self, items: &[PyObjectRef]) -> PyResult<()> {
        if items.is_empty() {
            self.text.push_str("[]");
            return Ok(());
        }
        self.begin("[");
        for (index, item) in items.iter().enumerate() {
            self.separate(index);
            self.write(item)?;
        }
        self.end("]");
        Ok(())
    }

    fn write_dict(&mut self, value: &PyObject, dict: &PyDict) -> PyResult<()> {
        if dict.is_empty() {
            self.text.push_str("{}");
            return Ok(());
        }
        let pairs = self.pairs(value, dict)?;
        self.begin("{");
        let mut written = 0;
        for (key, value) in pairs {
            let of_other;
            let key = match key.downcast_ref::<PyStr>() {
                Some(key) => key,
                None => match self.key(&key)? {
                    Some(text) => {
                        of_other = text;
                        &of_other
                    }
                    None => continue,
                },
            };
            self.separate(written);
            written += 1;
            self.write_string(key)?;
            let separator: &Wtf8 = &self.form.key_separator;
            self.text.push_wtf8(separator);
            self.write(&value)?;
        }
        self.end("}");
        Ok(())
    }

    /// The items of a dictionary, as a class of its own gives them, in the order of their keys where that is asked for.
    fn pairs(&self, value: &PyObject, dict: &PyDict) -> PyResult<Vec<(PyObjectRef, PyObjectRef)>> {
        let vm = self.vm;
        if !self.form.sorts_keys {
            return convert::pairs_of(value, dict, vm);
        }
        let items = vm.call_method(value, "items", ())?;
        let items: Vec<PyObjectRef> = items.try_to_value(vm)?;
        let list: PyObjectRef = vm.ctx.new_list(items).into();
        vm.call_method(&list, "sort", ())?;
        let items: Vec<PyObjectRef> = list.try_to_value(vm)?;
        items
            .into_iter()
            .map(|item| convert::pair(&item, vm))
            .collect()
    }

    /// The text of a key that is none; `None` for one that is left out.
    fn key(&self, key: &PyObject) -> PyResult<Option<PyStr>> {
        if let Some(text) = self.scalar(key)? {
            return Ok(Some(PyStr::from(text.into_owned())));
        }
        if self.form.skips_keys {
            return Ok(None);
        }
        let class = key.class().name().to_string();
        let message = format!("keys must be str, int, float, bool or None, not {class}");
        Err(self.vm.new_type_error(message))
    }

    fn begin(&mut self, bracket: &str) {
        self.text.push_str(bracket);
        self.level += 1;
        self.break_line();
    }

    fn end(&mut self, bracket: &str) {
        self.level -= 1;
        self.break_line();
        self.text.push_str(bracket);
    }

    fn separate(&mut self, index: usize) {
        if index == 0 {
            return;
        }
        self.text.push_wtf8(&self.form.item_separator);
        self.break_line();
    }

    fn break_line(&mut self) {
        let Some(indent) = &self.form.indent else {
            return;
        };
        self.text.push_str("\n");
        for _ in 0..self.level {
            self.text.push_wtf8(indent);
        }
    }
}
