//! The form of an entry: one of `forms.toml`, or `model` and `fields`.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::document::Item;
use crate::forms::{FormDefinition, form_of_fields};
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::{EntryModel, FORM_UNREADABLE, MODELS_UNREADABLE, ViewEntry};

/// The form that `form` names, or that is made of `model` and `fields`.
pub(super) fn form_definition(entry: &ViewEntry<'_, '_>) -> Result<Arc<FormDefinition>, Finding> {
    match (entry.fields.item("form"), entry.fields.item("fields")) {
        (Some(form), None) => declared_form(entry, form),
        (None, Some(fields)) => {
            let model = entry.required_model()?;
            let problems = entry.fields.problems();
            let form = form_of_fields(model.registry, model.model, fields, problems);
            Ok(Arc::new(form))
        }
        (Some(form), Some(_)) => {
            let message = "an entry has a `form` or `fields`, not both";
            Err(form.error("two-forms", message))
        }
        (None, None) => {
            let name = entry.view.as_str().unwrap_or_default();
            let message = format!("the view `{name}` needs a `form`, or a `model` and `fields`");
            Err(entry.view.error("missing-key", message))
        }
    }
}

fn declared_form(entry: &ViewEntry<'_, '_>, item: &Item) -> Result<Arc<FormDefinition>, Finding> {
    let Some(name) = item.as_str() else {
        let message = format!("`form` must be a string, not {}", item.value.type_name());
        return Err(item.error("wrong-type", message));
    };
    if let Some(form) = entry.forms.get(name) {
        return Ok(Arc::clone(form));
    }
    if entry.models.models().next().is_none() {
        return Err(item.error(MODELS_UNREADABLE, "there are no models"));
    }
    if entry.forms.is_unread(name) {
        return Err(item.error(FORM_UNREADABLE, "the form could not be read"));
    }
    let finding = item.error("unknown-form", format!("there is no form `{name}`"));
    let otherwise = "write `app.Form`, a table of `forms.toml` of that app";
    Err(finding.suggest_or(name, entry.forms.names(), otherwise))
}

/// The entry with the model of its form; an entry that names another model is wrong.
pub(super) fn model_of_form<'e, 'f, 't>(
    entry: &'e ViewEntry<'f, 't>,
    form: &FormDefinition,
) -> Result<ModelViewEntry<'e, 'f, 't>, Finding> {
    let item = entry.fields.item("form").unwrap_or(entry.view);
    let registry = entry.models.as_ref();
    let model = form.model().and_then(|model| registry.shared(&model.key()));
    let Some(model) = model else {
        let message = format!("the form `{}` has no model", form.name());
        return Err(item.error("missing-model", message));
    };
    if entry.fields.item("model").is_some() {
        let named = entry.required_model()?.model;
        if named.key() != model.key() {
            let (form, model) = (form.name(), model.key());
            let message = format!("the form `{form}` is one of `{model}`");
            return Err(item.error("wrong-model", message));
        }
    }
    Ok(ModelViewEntry::of(entry, EntryModel { registry, model }))
}
