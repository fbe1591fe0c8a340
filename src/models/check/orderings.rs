//! Orders that lead back to themselves: a reference orders as its model does.

use crate::diagnostic::Finding;
use crate::models::check::CheckedModel;
use crate::models::{Model, ModelKey, ModelSet as _, Registry};

/// Reports the models whose `ordering` follows references to itself; Django fails when it sorts.
pub(super) fn check(subject: &CheckedModel<'_>, registry: &Registry) {
    let own = subject.model.key();
    let is_endless = |(_, model): &(&str, &Model)| leads_to(registry, model, &own);
    if let Some((term, _)) = followed(registry, subject.model).find(is_endless) {
        let message = format!("the `ordering` by `{term}` leads back to itself");
        let hint =
            format!("order by a column of it, such as `{term}__pk`, or by the column `{term}_id`");
        let finding = Finding::error("endless-order", message).hint(hint);
        subject.report_option("ordering", finding);
    }
}

/// Whether the order of `model` is that of the model `key`, or follows it in the end.
fn leads_to(registry: &Registry, model: &Model, key: &ModelKey) -> bool {
    let (mut visited, mut waiting) = (Vec::new(), vec![model]);
    while let Some(model) = waiting.pop() {
        if model.is(key) {
            return true;
        }
        let found = model.key();
        if !visited.contains(&found) {
            visited.push(found);
            waiting.extend(followed(registry, model).map(|(_, model)| model));
        }
    }
    false
}

/// The terms of a model's order that are references, each with the model whose order it follows.
fn followed<'r>(
    registry: &'r Registry,
    model: &'r Model,
) -> impl Iterator<Item = (&'r str, &'r Model)> {
    let terms = model.options.ordering.iter();
    let bare = terms.map(|term| term.trim_start_matches(['-', '+']));
    bare.filter_map(move |term| {
        let mut end = model;
        for name in term.split("__") {
            end = registry.target(&end.field(name)?.relation()?.to)?;
        }
        Some((term, end))
    })
}
