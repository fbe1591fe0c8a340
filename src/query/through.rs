//! The tables between the two ends of references to many.

use crate::models::{Field, Model, ModelRef, ModelSet as _, ReferenceError, Registry};
use crate::query::QueryError;

/// The table between the two ends of a reference to many.
#[derive(Clone, Debug)]
pub struct Through<'r> {
    /// The model referred to.
    pub target: &'r Model,
    /// The table.
    pub table: String,
    /// Its column that refers to the row itself.
    pub source_column: String,
    /// Its column that refers to the others.
    pub target_column: String,
    /// Whether a reference counts both ways.
    pub symmetrical: bool,
}

impl<'r> Through<'r> {
    /// The table of `field` of `model`; none where a model of its own stands between.
    pub fn new(
        registry: &'r Registry,
        model: &Model,
        field: &Field,
    ) -> Result<Option<Self>, QueryError> {
        let Some(relation) = field.many_to_many() else {
            return Ok(None);
        };
        if relation.through.is_some() {
            return Ok(None);
        }
        let unknown = || ReferenceError::UnknownModel(relation.to.clone());
        let target = registry.target(&relation.to).ok_or_else(unknown)?;
        // The table of an unmanaged model is there all the same.
        let mut managed = model.clone();
        managed.options.managed = true;
        let Some(between) = managed.auto_created_through(field, target) else {
            return Ok(None);
        };
        let mut ends = between
            .fields
            .iter()
            .filter(|field| field.relation().is_some());
        let (Some(source), Some(other)) = (ends.next(), ends.next()) else {
            return Ok(None);
        };
        let own = model.key() == target.key();
        Ok(Some(Self {
            target,
            table: between.db_table(),
            source_column: source.column(),
            target_column: other.column(),
            symmetrical: own && relation.symmetrical == Some(true),
        }))
    }

    /// The table of a model of its own that stands between, and that model; none for other fields.
    ///
    /// Its ends are the first fields that lead there, as in Django, unless `through_fields` says which.
    pub fn declared(
        registry: &'r Registry,
        model: &Model,
        field: &Field,
    ) -> Result<Option<(Self, &'r Model)>, QueryError> {
        let Some((relation, between)) = field
            .many_to_many()
            .and_then(|relation| Some((relation, relation.through.as_ref()?)))
        else {
            return Ok(None);
        };
        let found = |to: &ModelRef| {
            let target = registry.target(to);
            target.ok_or_else(|| ReferenceError::UnknownModel(to.clone()))
        };
        let (target, between) = (found(&relation.to)?, found(between)?);
        let leads_to = |end: &&Field, to: &Model| {
            let to_model = end.relation().and_then(|end| registry.target(&end.to));
            to_model.is_some_and(|model| model.key() == to.key())
        };
        let end =
            |to: &Model, at: usize, other: Option<&Field>| match relation.through_fields.get(at) {
                Some(name) => between.field(name),
                None => between.fields.iter().find(|end| {
                    leads_to(end, to) && other.is_none_or(|other| other.name != end.name)
                }),
            };
        let source = end(model, 0, None);
        let (Some(source), Some(other)) = (source, end(target, 1, source)) else {
            return Ok(None);
        };
        let through = Self {
            target,
            table: between.db_table(),
            source_column: source.column(),
            target_column: other.column(),
            symmetrical: model.key() == target.key() && relation.symmetrical == Some(true),
        };
        Ok(Some((through, between)))
    }
}
