//! Any body of several parts: refused, or read the same in pieces of any size, within its limits.
#![no_main]

use std::io::{self, Read};

use djr::http::multipart::{FormLimits, FormParts, MultipartReader, read_form};
use djr::http::HeaderParameters;
use libfuzzer_sys::fuzz_target;

const LIMITS: FormLimits<'_> = FormLimits {
    memory_bytes: 100_000,
    directory: None,
    fields: 20,
    files: 5,
    field_bytes: 1000,
};

struct Trickle<'b>(usize, &'b [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.0.min(buffer.len());
        self.1.read(&mut buffer[..size])
    }
}

fuzz_target!(|input: (u8, &str, &[u8])| {
    let (size, header, body) = input;
    if let Some(parsed) = HeaderParameters::parse(header) {
        assert!(!parsed.value.contains(';'));
    }
    let fields = |parts: FormParts| parts.fields.clone();
    let form = read_form(body, "b", LIMITS).map(fields);
    let size = usize::from(size).max(1);
    assert_eq!(read_form(Trickle(size, body), "b", LIMITS).map(fields), form);
    if let Ok(form) = form {
        assert!(form.iter().count() <= LIMITS.fields);
        let bytes: usize = form.iter().map(|(name, _)| name.len()).sum();
        // A name's bytes are counted as they are read: what is not UTF-8 takes three.
        assert!(bytes <= 3 * LIMITS.field_bytes);
    }
    let mut reader = MultipartReader::new(body, "b");
    while let Ok(Some(head)) = reader.next_part() {
        let name = head.file_name().unwrap_or_default();
        assert!(!name.contains(['/', '\\', '\0', '\n']) && name != "..");
    }
});
