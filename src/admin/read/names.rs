//! Names of models and fields in `admin.toml`, and what is said where there is none of that name.

use std::sync::Arc;

use crate::admin::read::context::AdminContext;
use crate::diagnostic::Finding;
use crate::document::{Item, TableEntry, TableReader};
use crate::models::{Field, Model, ModelKey, Registry};
use crate::text;

/// The model that the key of a table names: `Post` of the app, or `auth.User` of another.
pub(super) fn model_of_key(
    registry: &Registry,
    app_label: &str,
    entry: &TableEntry,
) -> Result<Arc<Model>, Finding> {
    find(registry, app_label, &entry.key).ok_or_else(|| {
        let message = format!("there is no model `{}`", entry.key);
        let finding = entry.error("unknown-model", message);
        suggest(registry, app_label, &entry.key, finding)
    })
}

/// The model that `item` names.
pub(super) fn model(
    registry: &Registry,
    app_label: &str,
    item: &Item,
) -> Result<Arc<Model>, Finding> {
    let Some(name) = item.as_str() else {
        let message = format!(
            "a model is named by a string, not by {}",
            item.value.type_name()
        );
        return Err(item.error("wrong-type", message));
    };
    find(registry, app_label, name).ok_or_else(|| {
        let finding = item.error("unknown-model", format!("there is no model `{name}`"));
        suggest(registry, app_label, name, finding)
    })
}

fn find(registry: &Registry, app_label: &str, name: &str) -> Option<Arc<Model>> {
    let label = if name.contains('.') {
        name.to_owned()
    } else {
        format!("{app_label}.{name}")
    };
    let key = ModelKey::parse(&label)?;
    let model = registry.shared(&key)?;
    // The case of a name is part of it, as in `models.toml`.
    (model.label().eq_ignore_ascii_case(&label) && label.ends_with(&model.name))
        .then(|| Arc::clone(model))
}

fn suggest(registry: &Registry, app_label: &str, name: &str, finding: Finding) -> Finding {
    let known = registry.models().map(|model| {
        if !name.contains('.') && model.app_label == app_label {
            model.name.clone()
        } else {
            model.label()
        }
    });
    let known: Vec<_> = known.collect();
    let hint = "name a model of this app, or one of another as `\"app.Model\"`";
    finding.suggest_or(name, known.iter().map(String::as_str), hint)
}

/// The names in the list under `key` of which `is_meant` holds; what else stands there is reported as not being `what`.
pub(super) fn fields(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    key: &'static str,
    what: &str,
    is_meant: impl Fn(&Field) -> bool,
) -> Vec<String> {
    let Some(items) = keys.item(key).map(|_| keys.or(key, Vec::<Item>::new())) else {
        return Vec::new();
    };
    let names = items
        .iter()
        .filter_map(|item| field(context, item, what, &is_meant));
    names.collect()
}

/// The field that `item` names, of which `is_meant` holds.
pub(super) fn field(
    context: &AdminContext<'_>,
    item: &Item,
    what: &str,
    is_meant: impl Fn(&Field) -> bool,
) -> Option<String> {
    let Some(name) = item.as_str() else {
        let message = format!(
            "a field is named by a string, not by {}",
            item.value.type_name()
        );
        context.problems.push(item.error("wrong-type", message));
        return None;
    };
    let fields = || context.model.fields.iter().filter(|field| is_meant(field));
    if fields().any(|field| field.name == name) {
        return Some(name.to_owned());
    }
    context
        .problems
        .push(unknown_field(context.model, item, name, what, fields()));
    None
}

/// Says of `name`, of which `message` tells what it is not, which fields the model has; `more` are names beside them.
pub(super) fn not_a_field(
    context: &AdminContext<'_>,
    item: &Item,
    name: &str,
    message: String,
    more: &[&str],
) -> Finding {
    let fields = || context.model.fields.iter().map(|field| field.name.as_str());
    let hint = format!("its fields are {}", text::quoted(fields()));
    let known = fields().chain(more.iter().copied());
    let known: Vec<_> = known.filter(|known| *known != name).collect();
    item.error("unknown-field", message)
        .suggest_or(name, known, hint)
}

/// Says that `name` is not one of `fields`.
fn unknown_field<'f>(
    model: &Model,
    item: &Item,
    name: &str,
    what: &str,
    fields: impl Iterator<Item = &'f Field>,
) -> Finding {
    let known: Vec<_> = fields.map(|field| field.name.as_str()).collect();
    let message = match model.field(name) {
        Some(_) => format!("`{name}` of `{}` is not {what}", model.name),
        None => format!("`{name}` is not a field of `{}`", model.name),
    };
    let finding = item.error("unknown-field", message);
    if known.is_empty() {
        finding
    } else {
        let hint = format!("it could be {}", text::quoted(known.iter().copied()));
        finding.suggest_or(name, known.iter().copied(), hint)
    }
}
