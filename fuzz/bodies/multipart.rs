//! Any body of several parts: refused, or read the same in pieces of any size, within its limits.

use djr::http::multipart::{FormLimits, FormReader, MultipartEvent, MultipartParser, read_form};
use djr::http::{FormData, FormError, HeaderParameters};

const LIMITS: FormLimits = FormLimits {
    memory_bytes: 100_000,
    fields: 20,
    files: 5,
    field_bytes: 1000,
};

fn read_in_pieces(size: usize, body: &[u8]) -> Result<FormData, FormError> {
    let mut reader = FormReader::new("b", LIMITS, None);
    for piece in body.chunks(size) {
        reader.push(piece)?;
    }
    reader.finish()
}

/// Tries `data`.
pub(crate) fn run(data: &[u8]) {
    let mut parts = data.splitn(3, |byte| *byte == 0);
    let (Some(size), Some(header), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
        return;
    };
    let (Some(size), Ok(header)) = (size.first(), str::from_utf8(header)) else {
        return;
    };
    if let Some(parsed) = HeaderParameters::parse(header) {
        assert!(!parsed.value.contains(';'));
    }
    let fields = |form: FormData| form.fields;
    let form = read_form(body, "b", LIMITS).map(fields);
    let size = usize::from(*size).max(1);
    assert_eq!(read_in_pieces(size, body).map(fields), form);
    if let Ok(form) = form {
        assert!(form.iter().count() <= LIMITS.fields);
        let bytes: usize = form.iter().map(|(name, _)| name.len()).sum();
        // A name's bytes are counted as they are read: what is not UTF-8 takes three.
        assert!(bytes <= 3 * LIMITS.field_bytes);
    }
    let mut parser = MultipartParser::new("b");
    parser.push(body);
    parser.end();
    while let Ok(Some(event)) = parser.next_event() {
        if let MultipartEvent::Part(head) = event {
            let name = head.file_name().unwrap_or_default();
            assert!(!name.contains(['/', '\\', '\0', '\n']) && name != "..");
        }
    }
}
