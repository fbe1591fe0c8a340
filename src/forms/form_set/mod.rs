//! Several forms of one kind on a page: Django's form sets.
//!
//! A [`FormSetDefinition`] says of which form, how many, and whether they can be ordered and deleted. A
//! [`FormSet`] is one on a page: the management form counts the forms, each of which has a prefix of its own
//! (`form-0-title`). Its `bind` reads the count, makes as many forms, within limits whatever was sent, and cleans them.
//! What is not of plain forms alone is for forms with rows, too (`model_form_set`): a form set is of any [`SetForm`].

mod definition;
mod objects;
mod plain;
mod rows;
mod set;
mod set_form;

#[cfg(test)]
mod corpus_tests;

pub use definition::{AllowedChanges, FormSetDefinition, FormSetOptions};
pub use plain::{InitialValues, PlainFormSet};
pub use rows::{FormSetRows, InlineParent};
pub(super) use set::FormPlace;
pub use set::FormSet;
pub use set_form::SetForm;
