//! How many bytes an operation of Python asks for at once, as far as its arguments tell.

use rustpython_vm::builtins::{PyByteArray, PyBytes, PyInt, PyList, PyStr, PyTuple};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::protocol::PySequence;
use rustpython_vm::{PyObject, VirtualMachine};

/// The bytes that a call asks for; the first argument of a method is its object.
pub(super) type Cost = fn(&FuncArgs) -> usize;

/// What is not worth a look, in bytes.
pub(super) const UNCHECKED: usize = 64 << 20;

/// The size of a reference to an object.
const REFERENCE: usize = size_of::<usize>();

/// A number of at least 0; the largest one where it is larger than any.
fn number(object: &PyObject) -> Option<usize> {
    let number = object.downcast_ref::<PyInt>()?.as_bigint();
    match usize::try_from(number) {
        Ok(number) => Some(number),
        Err(_) if number.bits() > 64 => Some(usize::MAX),
        Err(_) => None,
    }
}

fn argument(args: &FuncArgs, place: usize) -> usize {
    let given = args.args.get(place);
    given.and_then(|given| number(given)).unwrap_or(0)
}

/// The first argument of a function is the number of bytes.
pub(super) fn first(args: &FuncArgs) -> usize {
    argument(args, 0)
}

/// The first argument of a method is the number of bytes, as a width is.
pub(super) fn width(args: &FuncArgs) -> usize {
    argument(args, 1)
}

/// The first argument of a method is the number of bits.
pub(super) fn bits(args: &FuncArgs) -> usize {
    argument(args, 1) / 8
}

/// A method goes to a place from the beginning, up to which what is written next fills the file.
pub(super) fn place(args: &FuncArgs) -> usize {
    match args.args.get(2).and_then(|whence| number(whence)) {
        None | Some(0) => argument(args, 1),
        Some(_) => 0,
    }
}

/// Any text among the arguments may have a width in it.
pub(super) fn digits(args: &FuncArgs) -> usize {
    let texts = args.args.iter();
    texts.map(|text| largest_number(text)).max().unwrap_or(0)
}

/// A format and what is put into it: a width may stand in both.
pub(super) fn percent(format: &PyObject, values: &PyObject) -> usize {
    let is_given = with_bytes(format, |bytes| bytes.contains(&b'*')).unwrap_or(false);
    let given = match values.downcast_ref::<PyTuple>() {
        Some(values) if is_given => values.iter().filter_map(|value| number(value)).max(),
        _ => None,
    };
    largest_number(format).max(given.unwrap_or(0))
}

/// `object` repeated so many times.
pub(super) fn repeated(object: &PyObject, times: &PyObject) -> usize {
    number(times).map_or(0, |times| size(object).saturating_mul(times))
}

/// A method repeats its object.
pub(super) fn repeated_self(args: &FuncArgs) -> usize {
    match args.args.as_slice() {
        [object, times, ..] => repeated(object, times),
        _ => 0,
    }
}

/// The members of a sequence of any type, repeated.
pub(super) fn repeated_sequence(
    sequence: PySequence<'_>,
    times: isize,
    vm: &VirtualMachine,
) -> usize {
    let Ok(times) = usize::try_from(times) else {
        return 0;
    };
    if times < 2 {
        return 0;
    }
    let own = size(sequence.obj);
    let one = if own > 0 {
        own
    } else {
        sequence.length(vm).unwrap_or(0).saturating_mul(REFERENCE)
    };
    one.saturating_mul(times)
}

/// A method puts something between what it is given.
pub(super) fn joined(args: &FuncArgs) -> usize {
    let [between, parts, ..] = args.args.as_slice() else {
        return 0;
    };
    let sum = |sum: usize, part: &PyObject| sum.saturating_add(size(part));
    let (count, sizes) = if let Some(parts) = parts.downcast_ref::<PyList>() {
        let parts = parts.borrow_vec();
        let sizes = parts.iter().fold(0, |total, part| sum(total, part));
        (parts.len(), sizes)
    } else if let Some(parts) = parts.downcast_ref::<PyTuple>() {
        let sizes = parts.iter().fold(0, |total, part| sum(total, part));
        (parts.len(), sizes)
    } else {
        return 0;
    };
    sizes.saturating_add(size(between).saturating_mul(count))
}

/// A method puts something in the place of a part of its text.
pub(super) fn replaced(args: &FuncArgs) -> usize {
    let [text, old, new, ..] = args.args.as_slice() else {
        return 0;
    };
    let (old_size, new_size) = (size(old), size(new));
    if new_size <= old_size {
        return 0;
    }
    let most = size(text) / old_size.max(1) + 1;
    if most.saturating_mul(new_size) < UNCHECKED {
        return 0;
    }
    let count = with_bytes(text, |text| with_bytes(old, |old| occurrences(text, old)));
    let count = count.flatten().unwrap_or(0);
    count.saturating_mul(new_size).saturating_add(size(text))
}

/// A method writes spaces in the place of tabs.
pub(super) fn tabs(args: &FuncArgs) -> usize {
    let count = |text: &[u8]| text.split(|byte| *byte == b'\t').count() - 1;
    let text = args.args.first();
    let count = text.and_then(|text| with_bytes(text, count)).unwrap_or(0);
    count.saturating_mul(argument(args, 1))
}

/// `number << by`.
pub(super) fn shifted(shifted: &PyObject, by: &PyObject) -> usize {
    let own = bits_of(shifted);
    if own == 0 {
        return 0;
    }
    number(by).map_or(0, |by| by.saturating_add(own) / 8)
}

/// `base ** exponent`.
pub(super) fn power(base: &PyObject, exponent: &PyObject) -> usize {
    let own = bits_of(base);
    if own < 2 {
        return 0;
    }
    number(exponent).map_or(0, |exponent| exponent.saturating_mul(own - 1) / 8)
}

fn bits_of(object: &PyObject) -> usize {
    let number = object.downcast_ref::<PyInt>();
    number.map_or(0, |number| {
        usize::try_from(number.as_bigint().bits()).unwrap_or(usize::MAX)
    })
}

/// The bytes that an object holds which the interpreter keeps in one piece.
fn size(object: &PyObject) -> usize {
    if let Some(size) = with_bytes(object, <[u8]>::len) {
        return size;
    }
    if let Some(list) = object.downcast_ref::<PyList>() {
        return list.borrow_vec().len() * REFERENCE;
    }
    let tuple = object.downcast_ref::<PyTuple>();
    tuple.map_or(0, |tuple| tuple.len() * REFERENCE)
}

fn with_bytes<T>(object: &PyObject, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
    if let Some(text) = object.downcast_ref::<PyStr>() {
        return Some(read(text.as_bytes()));
    }
    if let Some(bytes) = object.downcast_ref::<PyBytes>() {
        return Some(read(bytes.as_bytes()));
    }
    let array = object.downcast_ref::<PyByteArray>()?;
    Some(read(&array.borrow_buf()))
}

/// The largest number that stands in a text.
fn largest_number(object: &PyObject) -> usize {
    with_bytes(object, |text| {
        let mut largest = 0_usize;
        let mut current = 0_usize;
        for byte in text {
            current = match byte {
                b'0'..=b'9' => {
                    let digit = usize::from(byte - b'0');
                    current.saturating_mul(10).saturating_add(digit)
                }
                _ => 0,
            };
            largest = largest.max(current);
        }
        largest
    })
    .unwrap_or(0)
}

/// How often `part` stands in `text`, one behind the other.
fn occurrences(text: &[u8], part: &[u8]) -> usize {
    if part.is_empty() {
        return text.len() + 1;
    }
    let (mut at, mut count) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(part) {
            count += 1;
            at += part.len();
        } else {
            at += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::occurrences;

    #[test]
    fn parts_are_counted_as_they_are_replaced() {
        assert_eq!(occurrences(b"aaaa", b"aa"), 2);
        assert_eq!(occurrences(b"abcab", b"ab"), 2);
        assert_eq!(occurrences(b"abc", b""), 4);
        assert_eq!(occurrences(b"abc", b"x"), 0);
    }
}
