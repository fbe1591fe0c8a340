//! The module `_json`, by which `json` of the library reads and writes.

pub(super) use _json::module_def;

#[rustpython_vm::pymodule]
mod _json {
    use rustpython_vm::builtins::{PyStr, PyStrRef, PyType};
    use rustpython_vm::common::wtf8::Wtf8Buf;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::types::{Callable, Constructor};
    use rustpython_vm::{
        AsObject as _, FromArgs, Py, PyObjectRef, PyPayload, PyResult, Traverse, VirtualMachine,
        pyclass,
    };

    use crate::script::engine::library::json_mistake::{byte_of, characters};
    use crate::script::engine::library::json_reader::{JsonHooks, PythonJsonReader};
    use crate::script::engine::library::json_string;
    use crate::script::engine::library::json_writer::{JsonForm, PythonJsonWriter, StringForm};

    /// Reads a value of a text.
    #[pyattr(name = "make_scanner")]
    #[pyclass(name = "make_scanner", traverse)]
    #[derive(Debug, PyPayload)]
    struct JsonScanner {
        hooks: JsonHooks,
    }

    impl Constructor for JsonScanner {
        type Args = PyObjectRef;

        fn py_new(_class: &Py<PyType>, decoder: Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
            let get = |name: &'static str| decoder.get_attr(name, vm);
            let unless = |name, usual: &'static Py<PyType>| {
                let hook = get(name)?;
                PyResult::Ok((!hook.is(usual)).then_some(hook))
            };
            let hooks = JsonHooks {
                is_strict: get("strict")?.try_to_bool(vm)?,
                object_hook: vm.option_if_none(get("object_hook")?),
                object_pairs_hook: vm.option_if_none(get("object_pairs_hook")?),
                parse_float: unless("parse_float", vm.ctx.types.float_type)?,
                parse_int: unless("parse_int", vm.ctx.types.int_type)?,
                parse_constant: get("parse_constant")?,
            };
            Ok(Self { hooks })
        }
    }

    impl Callable for JsonScanner {
        type Args = (PyStrRef, isize);

        fn call(zelf: &Py<Self>, (text, index): Self::Args, vm: &VirtualMachine) -> PyResult {
            let Ok(index) = usize::try_from(index) else {
                return Err(vm.new_value_error("idx cannot be negative"));
            };
            let bytes = text.as_wtf8();
            let start = byte_of(bytes, index);
            let mut reader = PythonJsonReader::new(bytes, start, &zelf.hooks, vm);
            match reader.value() {
                Ok(value) => {
                    let end = index + characters(&text.as_bytes()[start..reader.at]);
                    let end = vm.ctx.new_int(end).into();
                    Ok(vm.ctx.new_tuple(vec![value, end]).into())
                }
                Err(mistake) => Err(mistake.into_exception(bytes, text.clone().into(), vm)),
            }
        }
    }

    #[pyclass(with(Callable, Constructor))]
    impl JsonScanner {}

    /// The string at the character `end` of `text`, behind its quote, and the index behind it.
    #[pyfunction]
    fn scanstring(
        text: PyStrRef,
        end: usize,
        strict: OptionalArg<bool>,
        vm: &VirtualMachine,
    ) -> PyResult<(Wtf8Buf, usize)> {
        let bytes = text.as_wtf8();
        if end > text.char_len() {
            return Err(vm.new_value_error("end is out of bounds"));
        }
        let start = byte_of(bytes, end);
        match json_string::read(bytes, start, strict.unwrap_or(true)) {
            Ok(read) => {
                let length = characters(&bytes.as_bytes()[start..read.end]);
                Ok((read.value, end + length))
            }
            Err(mistake) => Err(mistake.into_exception(bytes, text.clone().into(), vm)),
        }
    }

    #[pyfunction]
    fn encode_basestring(text: PyStrRef) -> Wtf8Buf {
        written(&text, false)
    }

    #[pyfunction]
    fn encode_basestring_ascii(text: PyStrRef) -> Wtf8Buf {
        written(&text, true)
    }

    fn written(text: &PyStr, in_ascii: bool) -> Wtf8Buf {
        let mut written = Wtf8Buf::with_capacity(text.byte_len() + 2);
        json_string::write(text.as_wtf8(), in_ascii, &mut written);
        written
    }

    /// What an encoder is made of, as `json.encoder` gives it.
    #[derive(FromArgs)]
    struct EncoderArguments {
        #[pyarg(positional)]
        markers: PyObjectRef,
        #[pyarg(positional)]
        default: PyObjectRef,
        #[pyarg(positional)]
        encoder: PyObjectRef,
        #[pyarg(positional)]
        indent: Option<PyStrRef>,
        #[pyarg(positional)]
        key_separator: PyStrRef,
        #[pyarg(positional)]
        item_separator: PyStrRef,
        #[pyarg(positional)]
        sort_keys: PyObjectRef,
        #[pyarg(positional)]
        skipkeys: PyObjectRef,
        #[pyarg(positional)]
        allow_nan: PyObjectRef,
    }

    /// Writes a value whole.
    #[pyattr(name = "make_encoder")]
    #[pyclass(name = "make_encoder", traverse)]
    #[derive(Debug, PyPayload)]
    struct JsonEncoder {
        form: JsonForm,
    }

    impl Constructor for JsonEncoder {
        type Args = EncoderArguments;

        fn py_new(_class: &Py<PyType>, given: Self::Args, vm: &VirtualMachine) -> PyResult<Self> {
            let module = vm.import("_json", 0)?;
            let is_own = |name: &'static str| {
                let own = module.get_attr(name, vm)?;
                PyResult::Ok(given.encoder.is(&own))
            };
            let strings = if is_own("encode_basestring_ascii")? {
                StringForm::Ascii
            } else if is_own("encode_basestring")? {
                StringForm::Unicode
            } else {
                StringForm::Called
            };
            let owned = |text: &PyStrRef| text.as_wtf8().to_owned();
            let form = JsonForm {
                finds_circles: !vm.is_none(&given.markers),
                strings,
                indent: given.indent.as_ref().map(owned),
                key_separator: owned(&given.key_separator),
                item_separator: owned(&given.item_separator),
                sorts_keys: given.sort_keys.try_to_bool(vm)?,
                skips_keys: given.skipkeys.try_to_bool(vm)?,
                allows_nan: given.allow_nan.try_to_bool(vm)?,
                default: given.default,
                encoder: given.encoder,
            };
            Ok(Self { form })
        }
    }

    impl Callable for JsonEncoder {
        type Args = (PyObjectRef, usize);

        fn call(zelf: &Py<Self>, (value, level): Self::Args, vm: &VirtualMachine) -> PyResult {
            let mut writer = PythonJsonWriter::new(&zelf.form, level, vm);
            writer.write(&value)?;
            let text = vm.ctx.new_str(writer.text).into();
            Ok(vm.ctx.new_tuple(vec![text]).into())
        }
    }

    #[pyclass(with(Callable, Constructor))]
    impl JsonEncoder {}
}
