//! What is wrong with models although each of their options reads well.
//!
//! 1. [`check_field_references`] looks at the fields that options and conditions name.
//! 2. [`models`] looks at fields, at columns and at the ways back between models.

mod arithmetic;
mod field_references;
mod fields;
mod literals;
mod name_clashes;
mod named_fields;
mod orderings;
mod reverse_accessors;

pub(super) use field_references::{check_field_references, check_foreign_references};
pub(crate) use literals::{accepts, hint as value_hint};

use crate::diagnostic::Finding;
use crate::document::{Item, Problems, Table};
use crate::models::{Model, ModelSet as _, Registry};

/// A model and the table it was read from.
#[derive(Clone, Copy, Debug)]
struct CheckedModel<'s> {
    model: &'s Model,
    table: &'s Table,
    problems: &'s Problems,
}

impl CheckedModel<'_> {
    /// Whether a field of this name is declared, though perhaps in a way that nobody can read.
    fn declares(&self, name: &str) -> bool {
        let fields = self.table.get("fields").and_then(Item::as_table);
        fields.is_some_and(|fields| fields.entry(name).is_some())
    }

    /// Reports an error about the option `option` of a field, or the field if it does not name it.
    fn report(&self, field: &str, option: &str, finding: Finding) {
        let fields = self.table.get("fields").and_then(Item::as_table);
        let entry = fields.and_then(|fields| fields.entry(field));
        let options = entry.and_then(|entry| entry.item.as_table());
        let place = match (options.and_then(|options| options.entry(option)), entry) {
            (Some(entry), _) | (None, Some(entry)) => &entry.origin,
            (None, None) => self.table.origin(),
        };
        self.problems.push(finding.at(place.location()));
    }

    /// Reports an error about the option `option` of the model.
    fn report_option(&self, option: &str, finding: Finding) {
        let entry = self.table.entry(option);
        let place = entry.map_or(self.table.origin(), |entry| &entry.item.origin);
        self.problems.push(finding.at(place.location()));
    }
}

/// Checks all models but those that `[auth] user_model` swaps out, which have no table and no ways back.
///
/// `tables` are what the models were read from, in the same order.
pub(super) fn models(registry: &Registry, tables: &[Table], problems: &Problems) {
    let subjects: Vec<_> = registry
        .models()
        .zip(tables)
        .filter(|(model, _)| !registry.is_swapped(model))
        .map(|(model, table)| CheckedModel {
            model,
            table,
            problems,
        })
        .collect();
    for subject in &subjects {
        fields::check(subject, registry);
        name_clashes::check(subject);
        named_fields::check(subject);
        arithmetic::check(subject);
        orderings::check(subject, registry);
    }
    name_clashes::check_shared(&subjects);
    reverse_accessors::check(&subjects, registry);
}
