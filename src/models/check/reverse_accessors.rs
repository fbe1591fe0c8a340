//! Reverse accessors: what a relation adds to the model it refers to.

use crate::diagnostic::Finding;
use crate::models::check::CheckedModel;
use crate::models::{ModelSet as _, Registry, ReverseRelation};

/// A way back, and where its field is declared.
struct ReverseAccessor<'w> {
    subject: &'w CheckedModel<'w>,
    relation: ReverseRelation<'w>,
}

/// Checks that ways back clash neither with fields of their model nor with each other.
pub(super) fn check(subjects: &[CheckedModel<'_>], registry: &Registry) {
    let accessors: Vec<_> = subjects
        .iter()
        .flat_map(|subject| accessors(subject, registry))
        .collect();
    for (index, accessor) in accessors.iter().enumerate() {
        let relation = &accessor.relation;
        let Some(target) = registry.find(&relation.target) else {
            continue;
        };
        for field in &target.fields {
            if field.name == relation.accessor || field.name == relation.query_name {
                let place = format!("the field `{}.{}`", target.name, field.name);
                report(accessor, &place);
            }
        }
        let clashes = |other: &&ReverseAccessor<'_>| {
            let other = &other.relation;
            other.target == relation.target
                && (other.accessor == relation.accessor || other.query_name == relation.query_name)
        };
        if let Some(other) = accessors[..index].iter().find(clashes) {
            let place = format!(
                "the way back of `{}.{}`",
                other.subject.model.name, other.relation.field.name
            );
            report(accessor, &place);
        }
    }
}

fn report(accessor: &ReverseAccessor<'_>, place: &str) {
    let message = format!(
        "the way back of `{}.{}` from `{}` clashes with {place}",
        accessor.subject.model.name, accessor.relation.field.name, accessor.relation.target
    );
    let finding = Finding::error("accessor-clash", message);
    let hint = "give it a `related_name` of its own";
    let option = "related_name";
    accessor
        .subject
        .report(&accessor.relation.field.name, option, finding.hint(hint));
}

fn accessors<'w>(subject: &'w CheckedModel<'w>, registry: &Registry) -> Vec<ReverseAccessor<'w>> {
    let relations = ReverseRelation::of(registry, subject.model).into_iter();
    relations
        .map(|relation| ReverseAccessor { subject, relation })
        .collect()
}
