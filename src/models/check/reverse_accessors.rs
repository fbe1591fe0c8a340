//! Reverse accessors: what a relation adds to the model it refers to.

use crate::diagnostic::Finding;
use crate::models::check::CheckedModel;
use crate::models::{Field, FieldKind, Model, ModelKey, ModelRef, ModelSet as _, Registry};

/// A way back from `target` through a field.
struct ReverseAccessor<'w> {
    subject: &'w CheckedModel<'w>,
    field: &'w Field,
    target: ModelKey,
    /// The attribute on rows.
    accessor: String,
    /// The name in lookups.
    query_name: String,
}

/// Checks that ways back clash neither with fields of their model nor with each other.
pub(super) fn check(subjects: &[CheckedModel<'_>], registry: &Registry) {
    let accessors: Vec<_> = subjects
        .iter()
        .flat_map(|subject| accessors(subject, registry))
        .collect();
    for (index, accessor) in accessors.iter().enumerate() {
        let Some(target) = registry.find(&accessor.target) else {
            continue;
        };
        for field in &target.fields {
            if field.name == accessor.accessor || field.name == accessor.query_name {
                let place = format!("the field `{}.{}`", target.name, field.name);
                report(accessor, &place);
            }
        }
        let clashes = |other: &&ReverseAccessor<'_>| {
            other.target == accessor.target
                && (other.accessor == accessor.accessor || other.query_name == accessor.query_name)
        };
        if let Some(other) = accessors[..index].iter().find(clashes) {
            let place = format!(
                "the way back of `{}.{}`",
                other.subject.model.name, other.field.name
            );
            report(accessor, &place);
        }
    }
}

fn report(accessor: &ReverseAccessor<'_>, place: &str) {
    let message = format!(
        "the way back of `{}.{}` from `{}` clashes with {place}",
        accessor.subject.model.name, accessor.field.name, accessor.target
    );
    let finding = Finding::error("accessor-clash", message);
    let hint = "give it a `related_name` of its own";
    let option = "related_name";
    accessor
        .subject
        .report(&accessor.field.name, option, finding.hint(hint));
}

fn accessors<'w>(subject: &'w CheckedModel<'w>, registry: &Registry) -> Vec<ReverseAccessor<'w>> {
    let fields = subject.model.fields.iter();
    fields
        .filter_map(|field| accessor(subject, field, registry))
        .collect()
}

fn accessor<'w>(
    subject: &'w CheckedModel<'w>,
    field: &'w Field,
    registry: &Registry,
) -> Option<ReverseAccessor<'w>> {
    let model = subject.model;
    let (to, related_name, query_name) = names(&field.kind)?;
    let target = registry.target(to)?.key();
    let default = model.options.default_related_name.as_deref();
    let related_name = related_name.or(default);
    // A way back that is named away, or a reference to itself that counts both ways, adds nothing.
    let is_hidden = related_name.is_some_and(|name| name.ends_with('+'));
    if is_hidden || is_symmetrical(field, model, &target) {
        return None;
    }
    let lower = model.name.to_lowercase();
    let usual = match field.kind {
        FieldKind::OneToOne(_) => lower.clone(),
        _ => format!("{lower}_set"),
    };
    Some(ReverseAccessor {
        subject,
        field,
        target,
        accessor: related_name.map_or(usual, ToOwned::to_owned),
        query_name: query_name.or(related_name).unwrap_or(&lower).to_owned(),
    })
}

fn names(kind: &FieldKind) -> Option<(&ModelRef, Option<&str>, Option<&str>)> {
    match kind {
        FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) => Some((
            &relation.to,
            relation.related_name.as_deref(),
            relation.related_query_name.as_deref(),
        )),
        FieldKind::ManyToMany(relation) => Some((
            &relation.to,
            relation.related_name.as_deref(),
            relation.related_query_name.as_deref(),
        )),
        _ => None,
    }
}

fn is_symmetrical(field: &Field, model: &Model, target: &ModelKey) -> bool {
    let relation = field.many_to_many();
    relation.is_some_and(|relation| *target == model.key() && relation.symmetrical == Some(true))
}
