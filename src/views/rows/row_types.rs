//! What the attributes of rows stand for, for the check of templates.

use std::collections::HashMap;

use crate::models::{FieldKind, Model, ModelKey, ModelSet as _, Registry, ReverseRelation};
use crate::templates::{RowType, TemplateType};
use crate::views::rows::row_model::RowModels;

/// The attributes of the rows of every model.
#[derive(Clone, Debug, Default)]
pub struct RowTypes(HashMap<ModelKey, HashMap<String, TemplateType>>);

impl RowTypes {
    /// Those of the models of `registry`, which `rows` is about.
    pub fn new(registry: &Registry, rows: &RowModels) -> Self {
        let names = rows.names().into_iter();
        let mut models: HashMap<_, _> = names
            .map(|(key, names)| {
                let unknown = names.into_iter().map(|name| (name, TemplateType::Unknown));
                (key, unknown.collect::<HashMap<_, _>>())
            })
            .collect();
        for model in registry.models() {
            if let Some(attributes) = models.get_mut(&model.key()) {
                add_relations(registry, model, attributes);
            }
        }
        let sources = registry
            .models()
            .filter(|model| !registry.is_swapped(model));
        for (source, way) in sources.flat_map(|model| {
            let ways = ReverseRelation::of(registry, model);
            ways.into_iter().map(|way| (model.key(), way))
        }) {
            let is_single = matches!(way.field.kind, FieldKind::OneToOne(_));
            let target = models.get_mut(&way.target);
            let Some(attribute) = target.and_then(|names| names.get_mut(&way.accessor)) else {
                continue;
            };
            if *attribute == TemplateType::Unknown {
                *attribute = relation(source, !is_single);
            }
        }
        Self(models)
    }

    /// What `name` of a row of `model` stands for; `None` where rows do not have it.
    pub fn attribute(&self, model: &ModelKey, name: &str) -> Option<TemplateType> {
        match self.0.get(model) {
            Some(attributes) => attributes.get(name).cloned(),
            // Of a model that is not known nothing is wrong.
            None => Some(TemplateType::Unknown),
        }
    }

    /// All names that rows of `model` have.
    pub fn names(&self, model: &ModelKey) -> Vec<String> {
        let attributes = self.0.get(model).into_iter();
        attributes.flat_map(|names| names.keys().cloned()).collect()
    }
}

fn add_relations(
    registry: &Registry,
    model: &Model,
    attributes: &mut HashMap<String, TemplateType>,
) {
    for field in &model.fields {
        let target = match (field.relation(), field.many_to_many()) {
            (Some(to), _) => registry
                .target_field(to)
                .ok()
                .map(|(target, _)| (target.key(), false)),
            (_, Some(_)) => crate::query::RelatedAccessor::find(registry, model, &field.name)
                .ok()
                .map(|found| (found.target.key(), true)),
            _ => None,
        };
        if let (Some((target, is_many)), Some(attribute)) =
            (target, attributes.get_mut(&field.name))
        {
            *attribute = relation(target, is_many);
        }
    }
}

fn relation(target: ModelKey, is_many: bool) -> TemplateType {
    let rows = RowType::of(target);
    if is_many {
        TemplateType::Rows(rows)
    } else {
        TemplateType::Row(rows)
    }
}
