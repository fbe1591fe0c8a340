//! JSON as Python's `json` reads and writes it.
//!
//! * [`Json`] is a value; [`JsonReader`] reads values from a stream, [`JsonWriter`] writes them.
//! * [`to_compact`] writes what implements `Serialize`; [`python`] holds the forms of texts and numbers.
//!
//! `serde_json` alone would not do: whole numbers of any size stay whole, a document is read item by
//! item with the line it stands in, and spaces, escapes and fractions come out byte for byte as Python's.

mod compact;
mod error;
mod json_text;
mod open_value;
pub mod python;
mod reader;
#[cfg(test)]
mod reader_tests;
mod value;
mod writer;

pub use compact::to_compact;
pub use error::JsonError;
pub use reader::JsonReader;
pub use value::Json;
pub use writer::{JsonStyle, JsonWriter};
