//! Source that is nested too deeply is refused before it is parsed.
//!
//! The interpreter's parser and compiler call themselves for each level, without looking at the stack: a text of some
//! thousand brackets, such as a visitor might send to `ast.literal_eval`, would end the process.

use rustpython_vm::builtins::{PyBytes, PyStr};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyResult, VirtualMachine};

/// How deeply brackets may be nested, as in Python itself.
const BRACKETS: usize = 200;

/// How many words and signs may follow each other without a comma or the end of the statement.
const TERMS: usize = 3000;

/// Has `compile`, `eval` and `exec` look at their source first.
pub(super) fn guard(vm: &VirtualMachine) -> PyResult<()> {
    for name in ["compile", "eval", "exec"] {
        let original = vm.builtins.get_attr(name, vm)?;
        let guarded = vm.new_function(name, move |args: FuncArgs, vm: &VirtualMachine| {
            if let Some(source) = args.args.first() {
                check_object(source, vm)?;
            }
            original.call(args, vm)
        });
        vm.builtins.set_attr(name, guarded, vm)?;
    }
    Ok(())
}

fn check_object(source: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(text) = source.downcast_ref::<PyStr>() {
        return check(text.as_bytes(), vm);
    }
    let bytes = source.downcast_ref::<PyBytes>();
    bytes.map_or(Ok(()), |bytes| check(bytes.as_bytes(), vm))
}

/// Raises what Python itself raises for source that is nested too deeply.
pub(super) fn check(source: &[u8], vm: &VirtualMachine) -> PyResult<()> {
    match Nesting::of(source) {
        Nesting::Fine => Ok(()),
        Nesting::TooManyBrackets => {
            let class = vm.ctx.exceptions.syntax_error.to_owned();
            let message = "too many nested parentheses".to_owned();
            Err(vm.new_exception_msg(class, message.into()))
        }
        Nesting::TooManyTerms => {
            let message = "maximum recursion depth exceeded during compilation";
            Err(vm.new_recursion_error(message.to_owned()))
        }
    }
}

/// How deeply a source is nested.
#[derive(Debug, PartialEq, Eq)]
enum Nesting {
    Fine,
    TooManyBrackets,
    TooManyTerms,
}

impl Nesting {
    fn of(source: &[u8]) -> Self {
        let mut scan = Scan {
            source,
            at: 0,
            terms: vec![0],
        };
        loop {
            match scan.step() {
                Some(Self::Fine) => {}
                Some(wrong) => return wrong,
                None => return Self::Fine,
            }
        }
    }
}

/// A source of which the first bytes were seen.
struct Scan<'a> {
    source: &'a [u8],
    at: usize,
    /// The terms that follow each other, within each bracket that is open.
    terms: Vec<usize>,
}

impl Scan<'_> {
    /// Takes the next word or sign; `None` behind the last.
    fn step(&mut self) -> Option<Nesting> {
        let byte = *self.source.get(self.at)?;
        match byte {
            b'(' | b'[' | b'{' => {
                self.at += 1;
                self.terms.push(0);
                if self.terms.len() > BRACKETS + 1 {
                    return Some(Nesting::TooManyBrackets);
                }
                return Some(Nesting::Fine);
            }
            b')' | b']' | b'}' if self.terms.len() > 1 => {
                self.terms.pop();
                self.at += 1;
            }
            b',' | b';' => {
                self.at += 1;
                self.separate();
                return Some(Nesting::Fine);
            }
            b'\n' => {
                self.at += 1;
                if self.terms.len() == 1 {
                    self.separate();
                }
                return Some(Nesting::Fine);
            }
            b' ' | b'\t' | b'\r' | b'\x0C' => {
                self.at += 1;
                return Some(Nesting::Fine);
            }
            b'#' => {
                self.skip_while(|byte| byte != b'\n');
                return Some(Nesting::Fine);
            }
            b'"' | b'\'' => {
                let text = self.string(byte);
                let found = if self.is_format(text.start) {
                    Nesting::of(&self.source[text])
                } else {
                    Nesting::Fine
                };
                if found != Nesting::Fine {
                    return Some(found);
                }
            }
            byte if is_of_word(byte) => self.skip_while(is_of_word),
            _ => self.at += 1,
        }
        Some(self.count())
    }

    fn separate(&mut self) {
        if let Some(terms) = self.terms.last_mut() {
            *terms = 0;
        }
    }

    fn count(&mut self) -> Nesting {
        let Some(terms) = self.terms.last_mut() else {
            return Nesting::Fine;
        };
        *terms += 1;
        if *terms > TERMS {
            Nesting::TooManyTerms
        } else {
            Nesting::Fine
        }
    }

    fn skip_while(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let rest = &self.source[self.at..];
        self.at += rest.iter().take_while(|byte| is_skipped(**byte)).count();
    }

    /// Goes behind the string that begins here; where its text is.
    fn string(&mut self, quote: u8) -> std::ops::Range<usize> {
        let triple = [quote; 3];
        let is_triple = self.source[self.at..].starts_with(&triple);
        let end: &[u8] = if is_triple { &triple } else { &triple[..1] };
        let start = self.at + end.len();
        self.at = start;
        while let Some(byte) = self.source.get(self.at) {
            if self.source[self.at..].starts_with(end) {
                let text = start..self.at;
                self.at += end.len();
                return text;
            }
            if *byte == b'\n' && !is_triple {
                break;
            }
            self.at += if *byte == b'\\' { 2 } else { 1 };
        }
        self.at = self.at.min(self.source.len());
        start..self.at
    }

    /// Whether the string whose text begins at `start` has expressions in it.
    fn is_format(&self, start: usize) -> bool {
        let before = self.source[..start].iter().rev();
        let mut before = before.skip_while(|byte| matches!(byte, b'"' | b'\''));
        let prefix = before.by_ref().take(2);
        prefix
            .take_while(|byte| byte.is_ascii_alphabetic())
            .any(|byte| matches!(byte, b'f' | b'F' | b't' | b'T'))
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_that_is_nested_too_deeply_is_found_wherever_it_stands() {
        let wrong = [
            "[".repeat(201),
            format!("x = 1\n{}", "f(".repeat(300)),
            format!("f'{{{}}}'", "[".repeat(300)),
            format!("'a' + f\"\"\"{{\n{}}}\"\"\"", "(".repeat(300)),
        ];
        for source in wrong {
            assert_eq!(
                Nesting::of(source.as_bytes()),
                Nesting::TooManyBrackets,
                "{source}"
            );
        }
        for part in [
            "-",
            "+1",
            ".b",
            "not ",
            "lambda:",
            " if 1 else 1",
            "[0]",
            "()",
            "**2",
        ] {
            let source = format!("a = 1 {}", part.repeat(100_000));
            assert_eq!(
                Nesting::of(source.as_bytes()),
                Nesting::TooManyTerms,
                "{part}"
            );
        }
    }

    #[test]
    fn source_that_is_only_long_is_fine() {
        let fine = [
            String::new(),
            "x = 1\n".repeat(10_000),
            format!("x = [{}]", "1, 'a b', {2: 3}, ".repeat(10_000)),
            format!("x = '{}'", "(-+.".repeat(10_000)),
            format!("x = 'it\\'s {}'", "[".repeat(300)),
            format!("'''{}'''", "it's ( \n".repeat(10_000)),
            format!("# {}\nx", "(".repeat(300)),
            "r'\\('\n".repeat(10_000),
            format!("f'{}'", "{x} ".repeat(900)),
            format!("{}1{}", "(".repeat(200), ")".repeat(200)),
            "'".to_owned(),
            "f'\\".to_owned(),
            ")]}".repeat(100),
            "é = \u{2028}".to_owned(),
        ];
        for source in fine {
            assert_eq!(Nesting::of(source.as_bytes()), Nesting::Fine, "{source}");
        }
    }
}
