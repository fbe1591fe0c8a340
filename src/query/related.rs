//! The rows that belong to a row: what `post.author`, `post.tags` and `author.post_set` are.

use std::sync::Arc;

use crate::models::{Field, FieldKind, Model, ModelSet as _, Registry, ReverseRelation};
use crate::query::one_of::is_one_of;
use crate::query::relation_path::{Between, PathJoin, RelationPath, key, known_back, ways_back};
use crate::query::{ModelInstance, Query, QueryError};
use crate::values::FieldValue;

/// A relation of a model, by the name that its rows have for it.
#[derive(Clone, Debug)]
pub struct RelatedAccessor<'r> {
    /// The model of the rows it leads to.
    pub target: &'r Arc<Model>,
    /// Whether it leads to any number of rows; otherwise to one at most.
    pub is_many: bool,
    /// The attribute that the rows it leads to know the row by, where each of them belongs to one alone.
    pub back: Option<String>,
    link: RelationLink<'r>,
}

/// How a row and those it leads to are found by each other.
#[derive(Clone, Debug)]
pub(super) enum RelationLink<'r> {
    /// `near` of the row holds what `far` of the others holds.
    Fields { near: &'r Field, far: &'r Field },
    /// A table between refers to both.
    Table {
        /// The primary key of the row itself.
        key: &'r Field,
        /// The table, joined to the others.
        join: PathJoin,
        /// Its column that refers to the row itself.
        near_column: String,
        /// The model of the table, where it is declared.
        model: Option<&'r Model>,
        /// Whether a reference counts both ways.
        is_symmetrical: bool,
        /// The path from the others to the row itself.
        path_back: String,
    },
}

impl<'r> RelatedAccessor<'r> {
    /// The relation of `model` that its rows call `name`, forwards or backwards.
    ///
    /// Fails with [`QueryError::UnknownName`] where there is none.
    pub fn find(registry: &'r Registry, model: &'r Model, name: &str) -> Result<Self, QueryError> {
        let found = match model.field(name) {
            Some(field) => Self::forwards(registry, model, field)?,
            None => match ways_back(registry, model).find(|way| way.accessor == name) {
                Some(way) => Self::backwards(registry, model, &way)?,
                None => None,
            },
        };
        found.ok_or_else(|| unknown_relation(registry, model, name))
    }

    fn forwards(
        registry: &'r Registry,
        model: &'r Model,
        field: &'r Field,
    ) -> Result<Option<Self>, QueryError> {
        if let Some(relation) = field.relation() {
            let (target, far) = registry.target_field(relation)?;
            let link = RelationLink::Fields { near: field, far };
            let back = known_back(registry, model, field);
            let found = Self::new(registry, target, false, link);
            return Ok(found.map(|found| Self { back, ..found }));
        }
        if field.many_to_many().is_none() {
            return Ok(None);
        }
        let between = Between::of(registry, model, field)?;
        let (target, through) = (between.through.target, between.through);
        let near_column = through.source_column;
        let link = RelationLink::Table {
            key: key(model)?,
            join: joined(
                target,
                through.table,
                through.target_column,
                between.key_column,
            )?,
            near_column,
            model: between.model,
            is_symmetrical: through.symmetrical,
            path_back: RelationPath::name_back(model, field),
        };
        Ok(Self::new(registry, target, true, link))
    }

    fn backwards(
        registry: &'r Registry,
        model: &'r Model,
        way: &ReverseRelation<'r>,
    ) -> Result<Option<Self>, QueryError> {
        let target = way.model;
        if let Some(relation) = way.field.relation() {
            let (_, near) = registry.target_field(relation)?;
            let far = way.field;
            let is_many = !matches!(far.kind, FieldKind::OneToOne(_));
            let link = RelationLink::Fields { near, far };
            let back = Some(far.name.clone());
            let found = Self::new(registry, target, is_many, link);
            return Ok(found.map(|found| Self { back, ..found }));
        }
        let between = Between::of(registry, target, way.field)?;
        let through = between.through;
        let link = RelationLink::Table {
            key: key(model)?,
            join: joined(
                target,
                through.table,
                through.source_column,
                between.key_column,
            )?,
            near_column: through.target_column,
            model: between.model,
            is_symmetrical: false,
            path_back: way.field.name.clone(),
        };
        Ok(Self::new(registry, target, true, link))
    }

    fn new(
        registry: &'r Registry,
        target: &Model,
        is_many: bool,
        link: RelationLink<'r>,
    ) -> Option<Self> {
        Some(Self {
            target: registry.shared(&target.key())?,
            is_many,
            back: None,
            link,
        })
    }

    /// The rows that belong to `row`; none where it refers to nothing, or what it refers by was not loaded.
    pub fn query(&self, row: &ModelInstance) -> Option<Query> {
        let value = self.near_value(row)?;
        Some(self.query_of(Query::of(self.target), std::slice::from_ref(value)))
    }

    /// The attribute of the row itself whose value finds the others.
    pub fn near_attribute(&self) -> String {
        self.near_field().attname()
    }

    /// How it is followed.
    pub(super) fn link(&self) -> &RelationLink<'r> {
        &self.link
    }

    /// The field of the row itself that the others are found by.
    pub(super) fn near_field(&self) -> &'r Field {
        match self.link {
            RelationLink::Fields { near, .. } => near,
            RelationLink::Table { key, .. } => key,
        }
    }

    /// What finds the rows that belong to `row`, if it refers to any.
    pub(super) fn near_value<'i>(&self, row: &'i ModelInstance) -> Option<&'i FieldValue> {
        row.get(&self.near_field().name)
            .filter(|value| **value != FieldValue::Null)
    }

    /// The field by which the rows it leads to are found; none where a table stands between.
    pub(super) fn far_field(&self) -> Option<&'r Field> {
        match self.link {
            RelationLink::Fields { far, .. } => Some(far),
            RelationLink::Table { .. } => None,
        }
    }

    /// The kind of the values that [`near_value`](Self::near_value) returns.
    pub(super) fn near_kind(&self, registry: &'r Registry) -> Result<&'r FieldKind, QueryError> {
        Ok(registry.value_kind(self.near_field())?)
    }

    /// Those of the rows of `query` that belong to the rows which `values` find, with the value which finds each.
    ///
    /// What the first condition of `query` says of rows between is about the same ones, as in Django.
    pub(super) fn prefetch_of(&self, query: Query, values: &[FieldValue]) -> Query {
        match &self.link {
            RelationLink::Fields { .. } => self.query_of(query, values),
            RelationLink::Table { path_back, .. } => {
                let condition = is_one_of(path_back, values);
                let query = query.with_rows(|rows| rows.filter_with_first(condition));
                query.reading_beside(path_back)
            }
        }
    }

    /// Those of the rows of `query` that belong to the rows which `values` find.
    ///
    /// Where a table stands between, what the next call of `filter` says of its rows is about the same one, as in
    /// Django.
    pub fn query_of(&self, query: Query, values: &[FieldValue]) -> Query {
        match &self.link {
            RelationLink::Fields { far, .. } => query.filter(is_one_of(&far.attname(), values)),
            RelationLink::Table { path_back, .. } => {
                query.with_rows(|rows| rows.filter_with_next(is_one_of(path_back, values)))
            }
        }
    }
}

/// The join of the table between to the rows of `target`, to which its `far_column` refers.
fn joined(
    target: &Model,
    table: String,
    far_column: String,
    key_column: String,
) -> Result<PathJoin, QueryError> {
    Ok(PathJoin {
        from_column: key(target)?.column(),
        table,
        to_column: far_column,
        key_columns: vec![key_column],
        is_nullable: true,
        is_many: true,
        is_direct: false,
        is_enforced: false,
        filter: None,
    })
}

fn unknown_relation(registry: &Registry, model: &Model, name: &str) -> QueryError {
    let relations = model
        .fields
        .iter()
        .filter(|field| field.kind.target().is_some());
    let forwards = relations.map(|field| field.name.clone());
    let backwards = ways_back(registry, model).map(|way| way.accessor);
    QueryError::UnknownName {
        model: model.key(),
        what: "relation",
        name: name.to_owned(),
        choices: forwards.chain(backwards).collect(),
    }
}
