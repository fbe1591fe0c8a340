//! Sets of forms of models: Django's `BaseModelFormSet` and `BaseInlineFormSet`.
//!
//! 1. A [`ModelFormSet`] is made for a request. `unbound` reads the rows and shows a form for each; `bind` reads how many
//!    forms were sent, and of each which row it is about. Only rows count that the set is about: those of its query
//!    and of its parent.
//! 2. `duplicates` looks for values that two forms of the set have, and one row may.
//! 3. `save` deletes, changes and adds rows in one transaction; a [`FormWithInlines`] does it with the row of a parent.

mod duplicates;
mod form_with_inlines;
mod save;
mod saved_rows;
mod set;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

pub use form_with_inlines::FormWithInlines;
pub(in crate::forms) use save::save_together;
pub use saved_rows::SavedRows;
pub use set::ModelFormSet;
