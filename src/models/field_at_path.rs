//! The field at the end of a path such as `author__name`.

use crate::models::{Field, Model, ModelSet as _, Registry, ReverseRelation};

/// A field that a path leads to.
#[derive(Clone, Copy, Debug)]
pub struct FieldAtPath<'m> {
    /// The field: of a relation that is followed backwards, the key of the rows there.
    pub field: &'m Field,
    /// Whether a part of its value is meant, as in `published_at__year`.
    pub is_transformed: bool,
    /// Whether a row may have several of them.
    pub is_many: bool,
}

/// The field that `path` leads to from `model`, with `__` between the steps; none where it leads nowhere.
pub fn field_at_path<'m>(
    registry: &'m Registry,
    model: &'m Model,
    path: &str,
) -> Option<FieldAtPath<'m>> {
    let (mut model, mut found, mut is_many) = (Some(model), None, false);
    for name in path.split("__") {
        let current = match (model, found) {
            (Some(model), _) => model,
            (None, Some(field)) => {
                return Some(FieldAtPath {
                    field,
                    is_transformed: true,
                    is_many,
                });
            }
            (None, None) => return None,
        };
        let Some(field) = current
            .field(name)
            .or_else(|| current.primary_key().filter(|_| name == "pk"))
        else {
            let way = way_back(registry, current, name)?;
            is_many |= !way.field.is_unique();
            (model, found) = (registry.find(&way.model.key()), way.model.primary_key());
            continue;
        };
        is_many |= field.many_to_many().is_some();
        let to = field.relation().map(|relation| &relation.to);
        let to = to.or_else(|| field.many_to_many().map(|relation| &relation.to));
        (model, found) = (to.and_then(|to| registry.target(to)), Some(field));
    }
    found.map(|field| FieldAtPath {
        field,
        is_transformed: false,
        is_many,
    })
}

/// The relation that leads back to `model` and is called `name` in queries.
fn way_back<'m>(registry: &'m Registry, model: &Model, name: &str) -> Option<ReverseRelation<'m>> {
    let mut ways = registry
        .models()
        .flat_map(|other| ReverseRelation::of(registry, other));
    ways.find(|way| model.is(&way.target) && way.query_name == name)
}
