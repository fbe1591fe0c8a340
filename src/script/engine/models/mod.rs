//! The models of the project as Python sees them.
//!
//! [`native`] is the module `_djr_models`; [`facts`] and [`field_facts`] say what a model is as plain data, of which
//! `django.db.models.base` makes a class.

mod condition_facts;
mod constraints;
mod facts;
mod field_facts;
mod instance_attributes;
mod literal_facts;
mod loaded_first;
pub(super) mod native;
mod observed;
mod own_code;
mod row_text;

pub(super) use loaded_first::load;
pub(in crate::script) use observed::{delete_rows, save_row, set_many};
pub(in crate::script) use own_code::own_code;
