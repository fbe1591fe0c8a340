//! What the code of a project says of what was sent in a form.

use std::fmt;

use crate::forms::Form;

/// Cleans a form further than its fields do: the methods `clean` and `clean_<field>` of a project's own class.
pub trait FormCode: fmt::Debug + Send + Sync {
    /// Changes what the fields have cleaned, and adds what is wrong with it.
    fn clean(&self, form: &mut Form);
}
