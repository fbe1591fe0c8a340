//! Bodies of `multipart/form-data`, read part by part (RFC 7578, RFC 2046, 5.1).
//!
//! 1. [`boundary()`] is in the `Content-Type` of the request.
//! 2. A [`MultipartReader`] finds the parts in bytes that come in pieces, and holds one piece of 64 KiB at a time.
//! 3. [`read_form`] keeps the fields, and files in memory or, where they are large, on disk.
//!
//! A body is read as browsers write it, and refused where readers could take it for different forms: a name twice, a
//! boundary at the beginning of a longer line, bytes before the first one that end in no boundary, an end that is missing.
//!
//! Not by a crate: `multer` and its kind are asynchronous and bring tables of character sets with them, while a body is
//! read by a worker thread and only UTF-8 is taken.

mod form;
mod part_head;
mod reader;

pub use form::{FormLimits, FormParts, read_form};
pub(in crate::http) use part_head::is_utf8;
pub use part_head::{PartHead, boundary};
pub use reader::MultipartReader;

#[cfg(test)]
mod tests;
