//! `ModelChoiceField`: which rows are offered.

use crate::document::TableReader;
use crate::forms::model_choices::ModelChoices;
use crate::forms::read::FormContext;
use crate::forms::read::choices::BLANK_LABEL;
use crate::forms::read::model_row_reader::ModelRowReader;
use crate::models::{Model, ModelKey, ModelSet as _};
use crate::text;

/// `model`, `filter`, `exclude`, `order_by`, `to_field_name`, `empty_label` and `label`.
pub(super) fn model_choices(
    context: &FormContext<'_>,
    fields: &TableReader<'_>,
    is_multiple: bool,
) -> Option<ModelChoices> {
    let model = model(context, fields, "model");
    let shared = model.as_ref().zip(context.registry);
    let shared = shared.and_then(|(key, registry)| Some((registry, registry.shared(key)?)));
    let rows = shared.map(|(registry, model)| ModelRowReader {
        registry,
        model,
        problems: context.problems,
    });
    for key in [
        "filter",
        "exclude",
        "order_by",
        "to_field_name",
        "label_from_field",
    ] {
        fields.item(key);
    }
    let field = |key| rows.as_ref().and_then(|rows| rows.field(fields, key));
    let (to_field, label) = (field("to_field_name"), field("label_from_field"));
    let mut empty_label = None;
    if !is_multiple {
        empty_label = Some(fields.or("empty_label", BLANK_LABEL.to_owned()));
        if fields.or("no_empty_label", false) {
            empty_label = None;
        }
    }
    Some(ModelChoices {
        model: model?,
        filters: rows
            .as_ref()
            .map(|rows| rows.conditions(fields))
            .unwrap_or_default(),
        order_by: rows
            .as_ref()
            .map(|rows| rows.order_by(fields))
            .unwrap_or_default(),
        to_field,
        blank: fields.or("blank", false),
        empty_label,
        label,
    })
}

/// The model that `key` names, one of the own app by its name alone; reported where there is none.
pub(super) fn model<'t>(
    context: &FormContext<'_>,
    fields: &TableReader<'t>,
    key: &'t str,
) -> Option<ModelKey> {
    let place = fields.source().get(key);
    let name: String = fields.required(key)?;
    let found = if name.contains('.') {
        ModelKey::parse(&name)
    } else {
        Some(ModelKey::new(context.app_label, &name))
    };
    let Some(registry) = context.registry else {
        return found;
    };
    let known = found.filter(|key| registry.find(key).is_some());
    if known.is_none() {
        let own = registry.models();
        let own = own.filter(|model| model.app_label == context.app_label);
        let own = own.map(|model| model.name.clone());
        let all = registry.models().map(Model::label);
        let names: Vec<_> = own.chain(all).collect();
        let finding = place?.error("unknown-model", format!("there is no model `{name}`"));
        let names = names.iter().map(String::as_str);
        let otherwise = format!("the models are {}", text::quoted(names.clone()));
        context
            .problems
            .push(finding.suggest_or(&name, names, otherwise));
    }
    known
}
