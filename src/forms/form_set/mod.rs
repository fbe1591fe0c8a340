//! Several forms of one kind on a page: Django's form sets.
//!
//! A [`FormSetDefinition`] says of which form, how many, and whether they can be ordered and deleted. A
//! [`FormSet`] is one on a page: the management form counts the forms, each of which has a prefix of its own
//! (`form-0-title`). Its `bind` reads the count, makes as many forms, within limits whatever was sent, and cleans them.

mod definition;
mod objects;
mod set;

#[cfg(test)]
mod corpus_tests;

pub use definition::FormSetDefinition;
pub use set::{FormSet, InitialValues};
