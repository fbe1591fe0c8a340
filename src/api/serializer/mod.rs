//! Serializers as data: what a row looks like as JSON, and what may be sent for it (`rest_framework.serializers`).
//!
//! 1. [`build`] makes a [`Serializer`] of a model and an entry of `urls.toml`, with every mistake in it.
//! 2. [`validate`] and [`run`] turn what was sent into values, or into errors by field; [`row_rules`] judge the whole row.
//! 3. [`represent`] writes rows.

mod build;
mod build_field;
mod context;
mod field;
mod read;
mod relations;
mod represent;
mod row_rules;
mod run;
mod uniqueness;
mod validate;

#[cfg(test)]
mod constraint_tests;
#[cfg(test)]
mod tests;

pub(super) use build::SerializerBuilder;
pub(super) use build_field::choice_json;
pub(super) use context::SerializerContext;
pub(super) use field::{RelatedTarget, SerializerField, SerializerKind};
pub(super) use relations::{equals, is_integer};
pub(super) use represent::Representation;
pub(super) use row_rules::not_a_unique_set;
pub(super) use run::{ValidatedFields, ValidationFailure};
pub(super) use validate::ValidatedValue;

use std::sync::Arc;

use crate::models::Model;

/// What a row looks like, and what may be sent for it.
#[derive(Clone, Debug)]
pub(super) struct Serializer {
    /// The model of the rows.
    pub(super) model: Arc<Model>,
    /// Its fields, in order.
    pub(super) fields: Vec<SerializerField>,
    /// What the model says of whole rows.
    rules: Vec<row_rules::RowRule>,
}

impl Serializer {
    /// The names of the patterns that its addresses are written by.
    pub(super) fn url_names(&self) -> Vec<&str> {
        let names = self.fields.iter().map(|field| match &field.kind {
            SerializerKind::Identity { url_name } => vec![url_name.as_str()],
            SerializerKind::Related(target) | SerializerKind::ManyRelated { target, .. } => {
                target.url_name.as_deref().into_iter().collect()
            }
            SerializerKind::Nested { serializer, .. } => serializer.url_names(),
            _ => Vec::new(),
        });
        names.flatten().collect()
    }

    /// The pattern by which a row tells its own address, if it does.
    pub(super) fn identity(&self) -> Option<&str> {
        self.fields.iter().find_map(|field| match &field.kind {
            SerializerKind::Identity { url_name } => Some(url_name.as_str()),
            _ => None,
        })
    }

    /// The field of this name.
    pub(super) fn field(&self, name: &str) -> Option<&SerializerField> {
        self.fields.iter().find(|field| field.name == name)
    }
}
