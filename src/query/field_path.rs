//! `author__name__lower` taken apart: relations, a field, and what is made of its value.

use crate::models::expression::Lookup;
use crate::models::{Field, FieldKind, Model, ModelSet as _, Registry};
use crate::query::QueryError;
use crate::query::relation_path::{PathJoin, RelationPath, key, ways_back};
use crate::query::transform::Transform;

/// Where a path leads.
#[derive(Clone, Debug)]
pub(super) struct FieldPath<'r> {
    /// The tables on the way.
    pub(super) joins: Vec<PathJoin>,
    /// The field at its end.
    pub(super) field: &'r Field,
    /// The model behind the field, where the path ends at a relation and does not name its value.
    pub(super) relation: Option<&'r Model>,
    /// Whether the relation is called as its value is: `author_id`.
    pub(super) is_value: bool,
    /// What is made of the value, in order.
    pub(super) transforms: Vec<Transform>,
}

impl<'r> FieldPath<'r> {
    /// Where `path` leads from `model`.
    ///
    /// Fails at the first name that is neither a field nor, behind one, something that can be made of its value.
    pub(super) fn resolve(
        registry: &'r Registry,
        model: &'r Model,
        path: &str,
    ) -> Result<Self, QueryError> {
        let mut found: Option<Self> = None;
        for name in path.split("__") {
            found = Some(match found {
                None => Self::step(registry, model, Vec::new(), name)?,
                Some(found) => found.followed(registry, name)?,
            });
        }
        found.ok_or_else(|| unknown_field(registry, model, path))
    }

    /// What `name` is of `model`, which stands behind `joins`.
    fn step(
        registry: &'r Registry,
        model: &'r Model,
        joins: Vec<PathJoin>,
        name: &str,
    ) -> Result<Self, QueryError> {
        let field = if name == "pk" {
            Some(key(model)?)
        } else {
            let by_name = |field: &&Field| field.name == name;
            let by_attname = |field: &&Field| field.attname() == name;
            let by_name = model.columns().find(by_name);
            by_name.or_else(|| model.columns().find(by_attname))
        };
        if let Some(field) = field
            && field.relation().is_none()
        {
            return Ok(Self::at(joins, field));
        }
        let is_value = field.is_some_and(|field| name != "pk" && field.name != name);
        let name = field.map_or(name, |field| field.name.as_str());
        if let Some(relation) = RelationPath::find(registry, model, name)? {
            let joins = joins.into_iter().chain(relation.joins).collect();
            return Ok(Self {
                relation: Some(relation.target),
                is_value,
                ..Self::at(joins, relation.field)
            });
        }
        Err(unknown_field(registry, model, name))
    }

    fn at(joins: Vec<PathJoin>, field: &'r Field) -> Self {
        Self {
            joins,
            field,
            relation: None,
            is_value: false,
            transforms: Vec::new(),
        }
    }

    /// The path with another name behind it.
    fn followed(mut self, registry: &'r Registry, name: &str) -> Result<Self, QueryError> {
        if let Some(target) = self.relation {
            return Self::step(registry, target, self.joins, name);
        }
        let kind = self.kind(registry)?;
        let transform = Transform::named(name, &kind, &self.field.name)?;
        self.transforms.push(transform);
        Ok(self)
    }

    /// The kind of the values that it leads to.
    pub(super) fn kind(&self, registry: &Registry) -> Result<FieldKind, QueryError> {
        match self.transforms.last() {
            Some(transform) => Ok(transform.output_kind()),
            None => Ok(registry.value_kind(self.field)?.clone()),
        }
    }

    /// Fails where the path ends at a relation and `lookup` is not one that relations have.
    pub(super) fn check_lookup(&self, lookup: Lookup) -> Result<(), QueryError> {
        let of_relations = [
            Lookup::Exact,
            Lookup::In,
            Lookup::Gt,
            Lookup::Gte,
            Lookup::Lt,
            Lookup::Lte,
            Lookup::IsNull,
        ];
        if self.relation.is_none() || of_relations.contains(&lookup) {
            return Ok(());
        }
        Err(QueryError::UnknownTransform {
            field: self.field.name.clone(),
            name: lookup.name().to_owned(),
            choices: of_relations.map(Lookup::name).into(),
        })
    }

    /// The place of the first table on the way of which a row before may have several rows.
    pub(super) fn first_many(&self) -> Option<usize> {
        self.joins.iter().position(|join| join.is_many)
    }
}

/// That `model` has no field or relation called `name`, and which it has.
pub(super) fn unknown_field(registry: &Registry, model: &Model, name: &str) -> QueryError {
    let ways_back = ways_back(registry, model);
    let mut choices: Vec<_> = ways_back.map(|way| way.query_name).collect();
    choices.extend(model.fields.iter().map(|field| field.name.clone()));
    choices.sort_unstable();
    QueryError::UnknownName {
        model: model.key(),
        what: "field",
        name: name.to_owned(),
        choices,
    }
}
