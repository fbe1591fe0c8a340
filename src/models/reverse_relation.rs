//! Ways back: what a relation adds to the model that it refers to.

use crate::models::{Field, FieldKind, Model, ModelKey, ModelRef, ModelSet};

/// A way back through a field of another model.
#[derive(Clone, Debug)]
pub struct ReverseRelation<'m> {
    /// The model that has the field.
    pub model: &'m Model,
    /// The field.
    pub field: &'m Field,
    /// The model referred to.
    pub target: ModelKey,
    /// The attribute on rows: `related_name`, or `post_set`.
    pub accessor: String,
    /// The name in lookups: `related_query_name`, `related_name`, or `post`.
    pub query_name: String,
}

impl<'m> ReverseRelation<'m> {
    /// The way back through `field` of `model`; none where it is named away, or counts both ways anyway.
    pub fn new(models: &impl ModelSet, model: &'m Model, field: &'m Field) -> Option<Self> {
        let (to, related_name, query_name) = names(&field.kind)?;
        let target = models.target(to)?.key();
        let default = model.options.default_related_name.as_deref();
        let related_name = related_name.or(default);
        let is_hidden = related_name.is_some_and(|name| name.ends_with('+'));
        if is_hidden || is_symmetrical(field, model, &target) {
            return None;
        }
        let lower = model.name.to_lowercase();
        let usual = match field.kind {
            FieldKind::OneToOne(_) => lower.clone(),
            _ => format!("{lower}_set"),
        };
        Some(Self {
            model,
            field,
            target,
            accessor: related_name.map_or(usual, ToOwned::to_owned),
            query_name: query_name.or(related_name).unwrap_or(&lower).to_owned(),
        })
    }

    /// All ways back through fields of `model`.
    pub fn of(models: &impl ModelSet, model: &'m Model) -> Vec<Self> {
        let fields = model.fields.iter();
        fields
            .filter_map(|field| Self::new(models, model, field))
            .collect()
    }
}

fn names(kind: &FieldKind) -> Option<(&ModelRef, Option<&str>, Option<&str>)> {
    match kind {
        FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) => Some((
            &relation.to,
            relation.related_name.as_deref(),
            relation.related_query_name.as_deref(),
        )),
        FieldKind::ManyToMany(relation) => Some((
            &relation.to,
            relation.related_name.as_deref(),
            relation.related_query_name.as_deref(),
        )),
        _ => None,
    }
}

fn is_symmetrical(field: &Field, model: &Model, target: &ModelKey) -> bool {
    let relation = field.many_to_many();
    relation.is_some_and(|relation| *target == model.key() && relation.symmetrical == Some(true))
}
