//! Bodies of `multipart/form-data`, read part by part (RFC 7578, RFC 2046, 5.1).
//!
//! 1. [`boundary()`] is in the `Content-Type` of the request.
//! 2. A [`MultipartParser`] finds the parts in bytes that are handed to it as they come.
//! 3. A [`FormReader`] keeps the fields, and files in memory or, where they are large, on disk.
//!
//! A body is read as browsers write it, and refused where readers could take it for different forms: a name twice, a
//! boundary at the beginning of a longer line, bytes before the first one that end in no boundary, an end that is missing.
//!
//! Not by a crate: `multer` and its kind are asynchronous and bring tables of character sets with them, while a disk is
//! waited for by a thread that may wait, and only UTF-8 is taken.

mod form;
mod parser;
mod part_head;

pub use form::{FormLimits, FormReader, read_form};
pub use parser::{MultipartEvent, MultipartParser};
pub(in crate::http) use part_head::is_utf8;
pub use part_head::{PartHead, boundary};

#[cfg(test)]
mod parity_tests;
#[cfg(test)]
mod tests;
