//! Reads JSON as Python's own `json` does, with its hooks and its messages.

use std::collections::HashMap;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyStrRef};
use rustpython_vm::common::wtf8::{Wtf8, Wtf8Buf};
use rustpython_vm::{AsObject as _, PyObjectRef, PyResult, Traverse, VirtualMachine};

use crate::script::engine::library::json_mistake::JsonMistake;
use crate::script::engine::library::json_string;

/// What a decoder wants done with what is read; `None` where it is what would be done anyway.
#[derive(Debug, Traverse)]
pub(super) struct JsonHooks {
    #[pytraverse(skip)]
    pub(super) is_strict: bool,
    pub(super) object_hook: Option<PyObjectRef>,
    pub(super) object_pairs_hook: Option<PyObjectRef>,
    pub(super) parse_float: Option<PyObjectRef>,
    pub(super) parse_int: Option<PyObjectRef>,
    pub(super) parse_constant: PyObjectRef,
}

/// A text that is read from its byte `at` on.
pub(super) struct PythonJsonReader<'a> {
    text: &'a Wtf8,
    /// The byte that is read next.
    pub(super) at: usize,
    hooks: &'a JsonHooks,
    keys: HashMap<Wtf8Buf, PyStrRef>,
    vm: &'a VirtualMachine,
}

impl From<PyBaseExceptionRef> for JsonMistake {
    fn from(raised: PyBaseExceptionRef) -> Self {
        Self::Raised(raised)
    }
}

impl<'a> PythonJsonReader<'a> {
    pub(super) fn new(
        text: &'a Wtf8,
        at: usize,
        hooks: &'a JsonHooks,
        vm: &'a VirtualMachine,
    ) -> Self {
        let keys = HashMap::new();
        Self {
            text,
            at,
            hooks,
            keys,
            vm,
        }
    }

    /// The value that begins at the next byte.
    pub(super) fn value(&mut self) -> Result<PyObjectRef, JsonMistake> {
        let rest = self.rest();
        match rest.first() {
            Some(b'"') => Ok(self.vm.ctx.new_str(self.string()?).into()),
            Some(b'{') => self.nested("object", Self::object),
            Some(b'[') => self.nested("array", Self::array),
            Some(b'n') if rest.starts_with(b"null") => Ok(self.word(4, self.vm.ctx.none())),
            Some(b't') if rest.starts_with(b"true") => {
                Ok(self.word(4, self.vm.ctx.new_bool(true).into()))
            }
            Some(b'f') if rest.starts_with(b"false") => {
                Ok(self.word(5, self.vm.ctx.new_bool(false).into()))
            }
            Some(b'N') if rest.starts_with(b"NaN") => self.constant("NaN"),
            Some(b'I') if rest.starts_with(b"Infinity") => self.constant("Infinity"),
            Some(b'-') if rest.starts_with(b"-Infinity") => self.constant("-Infinity"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(JsonMistake::NoValue(self.at)),
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn skip_space(&mut self) {
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.rest().iter().take_while(is_space).count();
    }

    fn word(&mut self, length: usize, value: PyObjectRef) -> PyObjectRef {
        self.at += length;
        value
    }

    fn constant(&mut self, name: &'static str) -> Result<PyObjectRef, JsonMistake> {
        self.at += name.len();
        Ok(self.hooks.parse_constant.call((name,), self.vm)?)
    }

    fn string(&mut self) -> Result<Wtf8Buf, JsonMistake> {
        let read = json_string::read(self.text, self.at + 1, self.hooks.is_strict)?;
        self.at = read.end;
        Ok(read.value)
    }

    /// Reads what is nested, unless it is so too deeply.
    fn nested(
        &mut self,
        what: &str,
        read: fn(&mut Self) -> Result<PyObjectRef, JsonMistake>,
    ) -> Result<PyObjectRef, JsonMistake> {
        let place = format!("while decoding a JSON {what} from a unicode string");
        let mut outcome = None;
        self.vm.with_recursion(&place, || {
            outcome = Some(read(self));
            Ok(())
        })?;
        outcome.unwrap_or(Err(JsonMistake::NoValue(self.at)))
    }

    /// The value of an item, which must be there.
    fn item(&mut self) -> Result<PyObjectRef, JsonMistake> {
        self.value().map_err(|mistake| match mistake {
            JsonMistake::NoValue(at) => JsonMistake::At("Expecting value", at),
            other => other,
        })
    }

    fn array(&mut self) -> Result<PyObjectRef, JsonMistake> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            return Ok(self.word(1, self.vm.ctx.new_list(items).into()));
        }
        loop {
            items.push(self.item()?);
            if self.is_last(b']', "Illegal trailing comma before end of array")? {
                return Ok(self.vm.ctx.new_list(items).into());
            }
        }
    }

    /// Reads what stands behind an item: the end, or a comma and what is not the end.
    fn is_last(&mut self, end: u8, trailing: &'static str) -> Result<bool, JsonMistake> {
        self.skip_space();
        let comma = self.at;
        match self.peek() {
            Some(byte) if byte == end => {
                self.at += 1;
                return Ok(true);
            }
            Some(b',') => self.at += 1,
            _ => return Err(JsonMistake::At("Expecting ',' delimiter", comma)),
        }
        self.skip_space();
        if self.peek() == Some(end) {
            return Err(JsonMistake::At(trailing, comma));
        }
        Ok(false)
    }

    fn object(&mut self) -> Result<PyObjectRef, JsonMistake> {
        self.at += 1;
        let mut pairs = Vec::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(self.finished(pairs)?);
        }
        loop {
            let key = self.key()?;
            self.skip_space();
            pairs.push((key, self.item()?));
            if self.is_last(b'}', "Illegal trailing comma before end of object")? {
                return Ok(self.finished(pairs)?);
            }
        }
    }

    /// A key and the colon behind it; the same key is the same object.
    fn key(&mut self) -> Result<PyStrRef, JsonMistake> {
        if self.peek() != Some(b'"') {
            let message = "Expecting property name enclosed in double quotes";
            return Err(JsonMistake::At(message, self.at));
        }
        let name = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(JsonMistake::At("Expecting ':' delimiter", self.at));
        }
        self.at += 1;
        let context = &self.vm.ctx;
        let known = self.keys.entry(name);
        let known = known.or_insert_with_key(|name| context.new_str(name.clone()));
        Ok(known.clone())
    }

    fn finished(&self, pairs: Vec<(PyStrRef, PyObjectRef)>) -> PyResult {
        let vm = self.vm;
        if let Some(hook) = &self.hooks.object_pairs_hook {
            let pairs = pairs.into_iter();
            let pairs = pairs.map(|(key, value)| vm.ctx.new_tuple(vec![key.into(), value]).into());
            return hook.call((vm.ctx.new_list(pairs.collect()),), vm);
        }
        let dict = vm.ctx.new_dict();
        for (key, value) in pairs {
            dict.set_item(&*key, value, vm)?;
        }
        match &self.hooks.object_hook {
            Some(hook) => hook.call((dict,), vm),
            None => Ok(dict.into()),
        }
    }

    fn number(&mut self) -> Result<PyObjectRef, JsonMistake> {
        let form = NumberForm::of(self.rest()).ok_or(JsonMistake::NoValue(self.at))?;
        let digits = self.text.get(self.at..self.at + form.length);
        let digits = digits
            .and_then(|digits| digits.as_str().ok())
            .unwrap_or_default();
        self.at += form.length;
        let (hook, class) = if form.is_whole {
            (&self.hooks.parse_int, self.vm.ctx.types.int_type)
        } else {
            (&self.hooks.parse_float, self.vm.ctx.types.float_type)
        };
        if let Some(hook) = hook {
            return Ok(hook.call((digits,), self.vm)?);
        }
        if form.is_whole
            && let Ok(number) = digits.parse::<i64>()
        {
            return Ok(self.vm.ctx.new_int(number).into());
        }
        if !form.is_whole
            && let Ok(number) = digits.parse::<f64>()
        {
            return Ok(self.vm.ctx.new_float(number).into());
        }
        Ok(class.as_object().to_owned().call((digits,), self.vm)?)
    }
}

/// How a number is written.
struct NumberForm {
    length: usize,
    /// Whether it has neither a fraction nor an exponent.
    is_whole: bool,
}

impl NumberForm {
    /// That of the number at the beginning of `text`, if there is one.
    fn of(text: &[u8]) -> Option<Self> {
        let digits_at = |at: usize| {
            let rest = text.get(at..).unwrap_or_default();
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let sign = usize::from(text.first() == Some(&b'-'));
        let whole = match text.get(sign) {
            Some(b'0') => 1,
            _ => digits_at(sign),
        };
        if whole == 0 {
            return None;
        }
        let mut length = sign + whole;
        if text.get(length) == Some(&b'.') && digits_at(length + 1) > 0 {
            length += 1 + digits_at(length + 1);
        }
        if matches!(text.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(text.get(length + 1), Some(b'+' | b'-')));
            let digits = digits_at(length + 1 + sign);
            length += if digits > 0 { 1 + sign + digits } else { 0 };
        }
        let is_whole = length == sign + whole;
        Some(Self { length, is_whole })
    }
}
