//! Forms: fields, what was sent in them, what is wrong with it, and their HTML, in Django's vocabulary.
//!
//! 1. A [`Form`] is made of [`FormField`]s, and bound to what was sent, which is cleaned at once.
//! 2. A view reads the cleaned data and adds the errors that only it can find.
//! 3. A template prints the form, its fields one by one, or their parts: `render`.

mod error;
mod field;
mod form;
mod render;
#[cfg(test)]
mod tests;
mod widget;

pub use error::{ErrorList, ValidationError};
pub use field::{FieldValidator, FormField};
pub use form::Form;
pub use widget::Widget;
