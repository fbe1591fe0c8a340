//! The order in which models are written when rows are named by natural keys.

use crate::models::{Model, ModelKey, ModelSet as _, Registry};
use crate::serializers::natural_key::{natural_dependencies, natural_key};

/// Models in an order in which natural keys are known before they are referred to, as far as that goes.
///
/// The order of Django's `sort_dependencies`, cycles allowed.
pub(super) fn sort_dependencies<'r>(
    registry: &'r Registry,
    models: Vec<&'r Model>,
) -> Vec<&'r Model> {
    let all: Vec<_> = models.iter().map(|model| model.key()).collect();
    let mut waiting: Vec<_> = models
        .into_iter()
        .map(|model| (model, dependencies(registry, model)))
        .collect();
    let mut sorted: Vec<&Model> = Vec::new();
    // Django takes from the end of a list that it turns around first, and again after each round.
    waiting.reverse();
    while !waiting.is_empty() {
        let mut skipped = Vec::new();
        let mut changed = false;
        while let Some((model, needed)) = waiting.pop() {
            let is_known = |key: &ModelKey| sorted.iter().any(|done| done.key() == *key);
            if needed.iter().all(|key| !all.contains(key) || is_known(key)) {
                sorted.push(model);
                changed = true;
            } else {
                skipped.push((model, needed));
            }
        }
        if !changed {
            sorted.extend(skipped.pop().map(|(model, _)| model));
        }
        waiting = skipped;
    }
    sorted
}

fn dependencies(registry: &Registry, model: &Model) -> Vec<ModelKey> {
    let mut found = natural_dependencies(model);
    for field in &model.fields {
        let to = match field.many_to_many() {
            Some(relation) if relation.through.is_some() => None,
            _ => field.kind.target(),
        };
        let target = to.and_then(|to| registry.target(to));
        found.extend(
            target
                .filter(|target| {
                    natural_key(registry, target).is_some() && target.key() != model.key()
                })
                .map(Model::key),
        );
    }
    found
}
