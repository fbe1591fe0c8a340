//! `ModelChoiceField`: which rows are offered.

use crate::document::TableReader;
use crate::forms::model_choices::ModelChoices;
use crate::forms::read::FormContext;
use crate::forms::read::choices::BLANK_LABEL;
use crate::models::expression::read::condition;
use crate::models::read::ReadContext;
use crate::models::{Model, ModelKey, ModelSet as _};
use crate::text;

/// `model`, `filter`, `order_by`, `to_field_name`, `empty_label` and `label`.
pub(super) fn model_choices(
    context: &FormContext<'_>,
    fields: &TableReader<'_>,
    is_multiple: bool,
) -> Option<ModelChoices> {
    let model = model(context, fields, "model");
    let reading = ReadContext::new(context.app_label, context.problems);
    let filter = fields.item("filter");
    let filters = filter.and_then(|item| condition(&reading, item));
    let order_by = fields.or("order_by", Vec::new());
    let to_field = fields.optional("to_field_name");
    let mut empty_label = None;
    if !is_multiple {
        empty_label = Some(fields.or("empty_label", BLANK_LABEL.to_owned()));
        if fields.or("no_empty_label", false) {
            empty_label = None;
        }
    }
    Some(ModelChoices {
        model: model?,
        filters: filters.into_iter().collect(),
        order_by,
        to_field,
        blank: fields.or("blank", false),
        empty_label,
        label: fields.optional("label_from_field"),
    })
}

/// The model that `key` names; reported where there is none.
pub(super) fn model<'t>(
    context: &FormContext<'_>,
    fields: &TableReader<'t>,
    key: &'t str,
) -> Option<ModelKey> {
    let place = fields.source().get(key);
    let name: String = fields.required(key)?;
    let found = ModelKey::parse(&name);
    let Some(registry) = context.registry else {
        return found;
    };
    let known = found.filter(|key| registry.find(key).is_some());
    if known.is_none() {
        let names: Vec<_> = registry.models().map(qualified).collect();
        let finding = place?.error("unknown-model", format!("there is no model `{name}`"));
        let names = names.iter().map(String::as_str);
        let otherwise = format!("the models are {}", text::quoted(names.clone()));
        context
            .problems
            .push(finding.suggest_or(&name, names, otherwise));
    }
    known
}

fn qualified(model: &Model) -> String {
    format!("{}.{}", model.app_label, model.name)
}
