//! JSON as Python's `json` reads and writes it.
//!
//! Not `serde_json`: whole numbers of any size stay whole, a document is read item by item with the
//! line it stands in, and spaces, escapes and fractions come out byte for byte as Python's.

mod reader;
mod value;
mod writer;

pub use reader::{JsonError, Reader};
pub use value::Json;
pub use writer::{Style, Writer};
