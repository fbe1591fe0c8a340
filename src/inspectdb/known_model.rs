//! Models that are there already.

use crate::models::{Model, ModelSet as _, Registry};
use crate::query::{QueryError, Through};

/// A model that has a table already.
#[derive(Clone, Debug)]
pub struct KnownModel {
    /// Its table.
    pub table: String,
    /// Its name, such as `auth.User`.
    pub label: String,
    /// The column of its key, if that is one.
    pub key: Option<String>,
    /// The names of its fields and of the ways back from it.
    pub names: Vec<String>,
}

/// All models, and the tables of relations to many that have none.
pub fn known_models(registry: &Registry) -> Result<Vec<KnownModel>, QueryError> {
    let mut known = Vec::new();
    for model in registry.models() {
        let label = model.label();
        for field in &model.fields {
            let through = Through::new(registry, model, field)?;
            known.extend(through.map(|through| KnownModel {
                table: through.table,
                label: format!("{label}.{}", field.name),
                key: None,
                names: Vec::new(),
            }));
        }
        let key = model.primary_key().filter(|key| key.has_column());
        let fields = model.fields.iter().map(|field| field.name.clone());
        known.push(KnownModel {
            table: model.db_table(),
            label,
            key: key.map(crate::models::Field::column),
            names: fields.chain(ways_back(registry, model)).collect(),
        });
    }
    Ok(known)
}

/// The names by which the models that refer to `model` are reached from it.
fn ways_back(registry: &Registry, model: &Model) -> Vec<String> {
    let mut names = Vec::new();
    for other in registry.models() {
        for field in &other.fields {
            let relation = field
                .relation()
                .map(|relation| (&relation.to, &relation.related_name));
            let many = field.many_to_many();
            let many = many.map(|relation| (&relation.to, &relation.related_name));
            let Some((to, related_name)) = relation.or(many) else {
                continue;
            };
            if registry
                .target(to)
                .is_some_and(|target| target.key() == model.key())
            {
                let lower = other.name.to_lowercase();
                names.extend([format!("{lower}_set"), lower]);
                names.extend(related_name.clone());
            }
        }
    }
    names
}
