//! Natural keys: values that name a row wherever it is, as numbers do not.

use crate::models::{Model, ModelKey, Registry};

/// The paths of the columns that make the natural key of `model`, in Django's order.
///
/// None where it has no natural key. Users of any model have one: what they log in with.
pub(super) fn natural_key<'r>(registry: &'r Registry, model: &Model) -> Option<Vec<&'r str>> {
    let key = model.key();
    if registry.user_model().is_some_and(|user| user.key() == key) {
        let name = registry.username_field();
        return model.field(name).map(|_| vec![name]);
    }
    let paths: &[&str] = match (key.app_label.as_str(), key.model.as_str()) {
        ("contenttypes", "contenttype") => &["app_label", "model"],
        ("auth", "permission") => &["codename", "content_type__app_label", "content_type__model"],
        ("auth", "group") => &["name"],
        _ => return None,
    };
    Some(paths.to_vec())
}

/// The fields of `model` itself that its natural key rests on.
pub(super) fn natural_fields(paths: Vec<&str>) -> Vec<&str> {
    let mut fields: Vec<_> = paths
        .into_iter()
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
