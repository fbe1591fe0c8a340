//! The fields of a form in a body of several parts.

use std::io::Read;

use zeroize::Zeroizing;

use crate::http::multipart::MultipartReader;
use crate::http::{FormError, QueryDict, TooManyFields};

/// What a form may hold.
#[derive(Clone, Copy, Debug)]
pub struct FormLimits {
    /// Fields.
    pub fields: usize,
    /// Files.
    pub files: usize,
    /// Bytes of all fields together, their names included.
    pub field_bytes: usize,
}

/// The fields of the form in `input`, whose parts `boundary` separates; files are counted and passed over.
pub fn read_form<R: Read>(
    input: R,
    boundary: &str,
    limits: FormLimits,
) -> Result<QueryDict, FormError> {
    let mut reader = MultipartReader::new(input, boundary);
    let (mut form, mut files, mut bytes) = (QueryDict::default(), 0, 0);
    while let Some(head) = reader.next_part()? {
        if head.is_file() {
            files += 1;
            if files > limits.files {
                return Err(FormError::TooManyFiles(limits.files));
            }
            continue;
        }
        if form.len() == limits.fields {
            return Err(TooManyFields {
                limit: limits.fields,
            }
            .into());
        }
        bytes += head.name.len();
        let mut value = Zeroizing::new(Vec::new());
        while let Some(chunk) = reader.next_chunk()? {
            bytes += chunk.len();
            if bytes > limits.field_bytes {
                return Err(FormError::FieldsTooLarge(limits.field_bytes));
            }
            value.extend_from_slice(chunk);
        }
        form.append(head.name, String::from_utf8_lossy(&value).into_owned());
    }
    Ok(form)
}
