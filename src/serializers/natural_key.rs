//! Natural keys: values that name a row wherever it is, as numbers do not.

use crate::models::{Model, ModelKey, Registry};

/// The paths of the columns that make the natural key of `model`, in Django's order.
///
/// None where it has no natural key. Users of any model have one: their name.
pub(super) fn natural_key(registry: &Registry, model: &Model) -> Option<&'static [&'static str]> {
    let key = model.key();
    if registry.user_model().is_some_and(|user| user.key() == key) {
        return Some(&["username"]);
    }
    Some(match (key.app_label.as_str(), key.model.as_str()) {
        ("contenttypes", "contenttype") => &["app_label", "model"],
        ("auth", "permission") => &["codename", "content_type__app_label", "content_type__model"],
        ("auth", "group") => &["name"],
        _ => return None,
    })
}

/// The fields of `model` itself that its natural key rests on.
pub(super) fn natural_fields(paths: &[&'static str]) -> Vec<&'static str> {
    let mut fields: Vec<_> = paths
        .iter()
        .map(|path| path.split("__").next().unwrap_or(path))
        .collect();
    fields.dedup();
    fields
}

/// The models whose rows have to come first, beside those that are referred to.
pub(super) fn natural_dependencies(model: &Model) -> Vec<ModelKey> {
    match (model.app_label.as_str(), model.name.as_str()) {
        ("auth", "Permission") => vec![ModelKey::new("contenttypes", "ContentType")],
        _ => Vec::new(),
    }
}
