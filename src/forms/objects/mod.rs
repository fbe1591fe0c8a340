//! Forms and their fields as templates see them, under Django's names.
//!
//! What Django calls without arguments is there with parentheses and without: `form.changed_data`,
//! `form.non_field_errors()`. A list of all that Django has is recorded, and a test asks for each.

#[cfg(test)]
mod attribute_tests;
mod bound_field_object;
mod bound_widget;
mod declared_field;
mod form_media;
mod form_object;
mod form_values;
#[cfg(test)]
mod left_out;

pub(super) use form_media::FormMedia;
pub(super) use form_values::{bound_form, cleaned_values, error_dict, sent_files, sent_values};
