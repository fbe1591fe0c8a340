//! The definition of a form of a model.

use std::sync::Arc;

use crate::clock::Zone;
use crate::forms::definition::FormDefinition;
use crate::forms::field::FormField;
use crate::forms::model_form::form_field::form_field;
use crate::forms::model_options::ModelFormOptions;
use crate::forms::model_rules::ModelRules;
use crate::models::{Model, Registry};

/// Which fields of a model a form has.
#[derive(Clone, Debug, Default)]
pub struct ModelFormDeclaration {
    /// The names of those it has, in order; none for all that can be edited.
    pub fields: Option<Vec<String>>,
    /// The names of those it has not.
    pub exclude: Vec<String>,
    /// Fields in place of those made from the model, or beside them.
    pub declared: Vec<FormField>,
    /// Messages in place of the model's, by their codes, for what is wrong with no field alone.
    pub messages: Vec<(String, String)>,
}

/// The form of `model` that `declaration` describes; names that are not those of fields are passed over.
///
/// `change` may give a field made from the model another widget, label or help text.
pub fn model_form_definition(
    registry: &Registry,
    model: &Arc<Model>,
    declaration: &ModelFormDeclaration,
    zone: &Zone,
    change: impl Fn(FormField) -> FormField,
) -> FormDefinition {
    let is_declared = |name: &str| declaration.declared.iter().any(|field| field.name == name);
    let is_wanted = |name: &str| {
        let wanted = declaration.fields.as_ref();
        wanted.is_none_or(|wanted| wanted.iter().any(|wanted| wanted == name))
            && !declaration.exclude.iter().any(|excluded| excluded == name)
    };
    let (mut fields, mut names) = (Vec::new(), Vec::new());
    for field in in_order_of_django(model) {
        if !is_wanted(&field.name) {
            continue;
        }
        let declared = declaration
            .declared
            .iter()
            .find(|declared| declared.name == field.name);
        let found = match declared {
            Some(declared) => Some(declared.clone()),
            None => form_field(registry, field, zone).map(&change),
        };
        if let Some(found) = found {
            names.push(field.name.clone());
            fields.push(found);
        }
    }
    let others = declaration
        .declared
        .iter()
        .filter(|field| !names.contains(&field.name));
    fields.extend(others.cloned());
    let mut definition = FormDefinition::new("", fields).zone(zone);
    if let Some(order) = &declaration.fields {
        definition.order_fields(order);
    }
    names
        .retain(|name| !is_declared(name) || model.field(name).is_some_and(|field| field.editable));
    definition.model = Some(Arc::new(ModelFormOptions {
        model: Arc::clone(model),
        fields: names,
        messages: declaration.messages.clone(),
        rules: Arc::new(ModelRules::of(registry, model)),
    }));
    definition
}

/// The fields with columns first, then the references to many.
fn in_order_of_django(model: &Model) -> impl Iterator<Item = &crate::models::Field> {
    let many = |field: &&crate::models::Field| field.many_to_many().is_some();
    let columns = model.fields.iter().filter(move |field| !many(field));
    columns.chain(model.fields.iter().filter(many))
}
