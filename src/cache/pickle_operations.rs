//! The operations of a pickle, one by one (Python's `pickletools`), and the one kind of object that is read.

use crate::cache::CacheValue;

/// The class of texts that Django marked as safe, and its module.
const SAFE_TEXT: [&[u8]; 2] = [b"django.utils.safestring", b"SafeString"];

/// What a pickle has its reader do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct PickleOperation<'p> {
    code: u8,
    /// What it is done with: the bytes of a text, without their length.
    argument: &'p [u8],
}

// Operations that are asked for by name.
const PROTO: u8 = 0x80;
const FRAME: u8 = 0x95;
const MEMOIZE: u8 = 0x94;
const GLOBAL: u8 = b'c';
const STACK_GLOBAL: u8 = 0x93;
const SHORT_TEXT: u8 = 0x8c;
const TEXT: u8 = b'X';
const LONG_TEXT: u8 = 0x8d;
const TUPLE1: u8 = 0x85;
const NEWOBJ: u8 = 0x81;
const STOP: u8 = b'.';

/// Those that make an object of a class, or change one.
const OF_OBJECTS: [u8; 10] = [NEWOBJ, 0x92, b'i', b'o', b'b', b'P', b'Q', 0x82, 0x83, 0x84];

/// The operations of a pickle; they end where it cannot be read on.
#[derive(Clone, Debug)]
pub(super) struct PickleOperations<'p>(&'p [u8]);

/// The pickle of a text that is safe, as Python writes it but for what lets it share parts.
pub(super) fn of_safe_text(text: &str) -> Vec<u8> {
    let mut pickle = vec![PROTO, 4];
    for part in SAFE_TEXT {
        pickle.push(SHORT_TEXT);
        pickle.extend(u8::try_from(part.len()));
        pickle.extend(part);
    }
    pickle.extend([STACK_GLOBAL, LONG_TEXT]);
    pickle.extend((text.len() as u64).to_le_bytes());
    pickle.extend(text.as_bytes());
    pickle.extend([TUPLE1, NEWOBJ, STOP]);
    pickle
}

impl<'p> PickleOperations<'p> {
    /// The operations of `pickle`.
    pub(super) fn new(pickle: &'p [u8]) -> Self {
        Self(pickle)
    }

    /// Whether the pickle is, or has in it, an object of a class.
    pub(super) fn make_objects(self) -> bool {
        // That is how protocols 0 and 1 do it.
        let is_reconstructor = |operation: &PickleOperation<'_>| {
            operation.code == GLOBAL && operation.argument.ends_with(b"_reconstructor\n")
        };
        self.into_iter()
            .any(|operation| OF_OBJECTS.contains(&operation.code) || is_reconstructor(&operation))
    }

    /// The text that Django marked as safe; `None` where the pickle is anything else.
    ///
    /// Parts of pages are such texts. What Python writes for one from protocol 4 on is always the same: the name of the
    /// class, the text, and that the one is to be made of the other.
    pub(super) fn safe_text(self) -> Option<CacheValue> {
        let mut operations = self.filter(|operation| ![FRAME, MEMOIZE].contains(&operation.code));
        let version = operations.next()?;
        if version.code != PROTO || version.argument < &[4][..] {
            return None;
        }
        for part in SAFE_TEXT {
            operations
                .next()
                .filter(|operation| operation.text() == Some(part))?;
        }
        operations
            .next()
            .filter(|operation| operation.code == STACK_GLOBAL)?;
        let text = operations.next()?.text()?;
        for code in [TUPLE1, NEWOBJ, STOP] {
            operations
                .next()
                .filter(|operation| operation.code == code)?;
        }
        let text = String::from_utf8(text.to_vec()).ok()?;
        operations
            .next()
            .is_none()
            .then_some(CacheValue::SafeText(text))
    }

    /// The next `size` bytes.
    fn take(&mut self, size: usize) -> Option<&'p [u8]> {
        let (taken, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(taken)
    }

    /// The bytes whose length is written before them, in `size` bytes.
    fn sized(&mut self, size: usize) -> Option<&'p [u8]> {
        let length = self.take(size)?.iter().rev();
        let length = length.fold(0_u64, |length, byte| length << 8 | u64::from(*byte));
        self.take(usize::try_from(length).ok()?)
    }

    /// As many lines, with their ends.
    fn lines(&mut self, count: usize) -> Option<&'p [u8]> {
        let mut ends = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n');
        let (end, _) = ends.nth(count - 1)?;
        self.take(end + 1)
    }
}

impl<'p> Iterator for PickleOperations<'p> {
    type Item = PickleOperation<'p>;

    fn next(&mut self) -> Option<PickleOperation<'p>> {
        let [code] = *self.take(1)? else {
            return None;
        };
        let argument = match code {
            b'K' | b'h' | b'q' | PROTO | 0x82 => self.take(1)?,
            b'M' | 0x83 => self.take(2)?,
            b'J' | b'j' | b'r' | 0x84 => self.take(4)?,
            b'G' | FRAME => self.take(8)?,
            b'U' | b'C' | 0x8a | SHORT_TEXT => self.sized(1)?,
            b'T' | b'B' | TEXT | 0x8b => self.sized(4)?,
            LONG_TEXT | 0x8e | 0x96 => self.sized(8)?,
            b'F' | b'I' | b'L' | b'S' | b'V' | b'P' | b'g' | b'p' => self.lines(1)?,
            GLOBAL | b'i' => self.lines(2)?,
            _ => &[],
        };
        Some(PickleOperation { code, argument })
    }
}

impl<'p> PickleOperation<'p> {
    /// The text that it puts on the stack, if it does.
    fn text(self) -> Option<&'p [u8]> {
        [SHORT_TEXT, TEXT, LONG_TEXT]
            .contains(&self.code)
            .then_some(self.argument)
    }
}

#[cfg(test)]
mod tests {
    use crate::cache::{CacheValue, pickle};

    /// What Python writes for `SafeString("<b>é</b>")`.
    const SHORT: &[u8] =
        b"\x80\x05\x95:\x00\x00\x00\x00\x00\x00\x00\x8c\x17django.utils.safestring\x94\
        \x8c\nSafeString\x94\x93\x94\x8c\t<b>\xc3\xa9</b>\x94\x85\x94\x81\x94.";

    /// The same for a text of `size` letters, which stands outside of its frames where it is long.
    fn long(size: u32) -> Vec<u8> {
        let head = b"\x80\x05\x95)\x00\x00\x00\x00\x00\x00\x00\x8c\x17django.utils.safestring\x94\x8c\nSafeString\x94\x93\x94X";
        let text = "y".repeat(size.try_into().unwrap());
        let end = b"\x95\x06\x00\x00\x00\x00\x00\x00\x00\x94\x85\x94\x81\x94.";
        [&head[..], &size.to_le_bytes(), text.as_bytes(), end].concat()
    }

    #[test]
    fn safe_texts_of_django_are_texts() {
        let text = |text: &str| Some(CacheValue::SafeText(text.to_owned()));
        assert_eq!(pickle::loads(SHORT), text("<b>é</b>"));
        assert_eq!(pickle::loads(&long(70_000)), text(&"y".repeat(70_000)));
    }

    #[test]
    fn safe_texts_are_written_as_such() {
        for text in ["", "<b>é</b>", &"y".repeat(70_000)] {
            let value = CacheValue::SafeText(text.to_owned());
            let pickled = pickle::dumps(value.clone()).unwrap();
            assert_eq!(pickle::loads(&pickled), Some(value));
        }
    }

    #[test]
    fn objects_of_other_classes_are_not_read() {
        for (written, pickled) in [
            ("a named tuple", &b"\x80\x05\x95\x1b\x00\x00\x00\x00\x00\x00\x00\x8c\x08__main__\x94\x8c\x01P\x94\x93\x94K\x01K\x02\x86\x94\x81\x94."[..]),
            ("an object with attributes", b"\x80\x05\x95\x1e\x00\x00\x00\x00\x00\x00\x00\x8c\x08__main__\x94\x8c\x01A\x94\x93\x94)\x81\x94}\x94\x8c\x01x\x94K\x01sb."),
            ("the same in a list", b"\x80\x05\x95 \x00\x00\x00\x00\x00\x00\x00]\x94\x8c\x08__main__\x94\x8c\x01A\x94\x93\x94)\x81\x94}\x94\x8c\x01x\x94K\x01sba."),
            ("the same in protocol 0", b"ccopy_reg\n_reconstructor\np0\n(c__main__\nA\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n."),
            ("another safe text", b"\x80\x05\x8c\x17django.utils.safestring\x94\x8c\nLazyString\x94\x93\x94\x8c\x01x\x94\x85\x94\x81\x94."),
        ] {
            assert_eq!(pickle::loads(pickled), None, "{written}");
        }
    }

    #[test]
    fn what_is_cut_or_changed_is_not_taken_for_a_dictionary() {
        for end in 0..SHORT.len() {
            assert_eq!(pickle::loads(&SHORT[..end]), None, "{end}");
        }
        for index in 0..SHORT.len() {
            for more in [1, 7, 128] {
                let mut changed = SHORT.to_vec();
                changed[index] = changed[index].wrapping_add(more);
                let value = pickle::loads(&changed);
                let is_object = matches!(value, Some(CacheValue::Dict(_)));
                assert!(!is_object, "{index}: {value:?}");
            }
        }
        let mut too_long = long(5);
        let place = too_long.iter().position(|byte| *byte == b'X').unwrap();
        too_long[place + 1..place + 5].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(pickle::loads(&too_long), None);
    }
}
