//! The ways back: what a relation adds to the model it refers to.

use crate::diagnostic::Finding;
use crate::models::check::Subject;
use crate::models::{Field, FieldKind, Model, ModelKey, ModelRef, Registry};

/// A way back from `target` through a field.
struct Way<'w> {
    subject: &'w Subject<'w>,
    field: &'w Field,
    target: ModelKey,
    /// The attribute on rows.
    accessor: String,
    /// The name in lookups.
    query_name: String,
}

/// Checks that ways back clash neither with fields of their model nor with each other.
pub(super) fn check(subjects: &[Subject<'_>], registry: &Registry) {
    let ways: Vec<_> = subjects
        .iter()
        .flat_map(|subject| ways(subject, registry))
        .collect();
    for (index, way) in ways.iter().enumerate() {
        let Some(target) = registry.find(&way.target) else {
            continue;
        };
        for field in &target.fields {
            if field.name == way.accessor || field.name == way.query_name {
                let place = format!("the field `{}.{}`", target.name, field.name);
                report(way, &place);
            }
        }
        let clashes = |other: &&Way<'_>| {
            other.target == way.target
                && (other.accessor == way.accessor || other.query_name == way.query_name)
        };
        if let Some(other) = ways[..index].iter().find(clashes) {
            let place = format!(
                "the way back of `{}.{}`",
                other.subject.model.name, other.field.name
            );
            report(way, &place);
        }
    }
}

fn report(way: &Way<'_>, place: &str) {
    let message = format!(
        "the way back of `{}.{}` from `{}` clashes with {place}",
        way.subject.model.name, way.field.name, way.target
    );
    let finding = Finding::error("accessor-clash", message);
    let hint = "give it a `related_name` of its own";
    let option = "related_name";
    way.subject
        .report(&way.field.name, option, finding.hint(hint));
}

fn ways<'w>(subject: &'w Subject<'w>, registry: &Registry) -> Vec<Way<'w>> {
    let fields = subject.model.fields.iter();
    fields
        .filter_map(|field| way(subject, field, registry))
        .collect()
}

fn way<'w>(subject: &'w Subject<'w>, field: &'w Field, registry: &Registry) -> Option<Way<'w>> {
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
    Some(Way {
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
