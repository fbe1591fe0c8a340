//! The tables on the way from a model to those it refers to, or that refer to it.

use crate::models::{
    Field, FieldKind, Model, ModelSet as _, ReferenceError, Registry, ReverseRelation,
};
use crate::query::{QueryError, Through, key_fields};

/// What the names of [`RelationPath::name_back`] end with; no field and no relation can be called so.
const BACK: &str = "+";

/// One joined table: its rows are those whose column holds the same as that of the table before.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct PathJoin {
    /// The column of the table before.
    pub(super) from_column: String,
    /// The table.
    pub(super) table: String,
    /// Its column.
    pub(super) to_column: String,
    /// The columns of its primary key.
    pub(super) key_columns: Vec<String>,
    /// Whether a row before may be without one here.
    pub(super) is_nullable: bool,
    /// Whether a row before may have several here.
    pub(super) is_many: bool,
    /// Whether the column of the table before is a reference to this one.
    pub(super) is_direct: bool,
    /// Whether the database sees to it that each row before has one here.
    pub(super) is_enforced: bool,
    /// Which of the relations that the query filters it belongs to, if it does.
    pub(super) filter: Option<usize>,
}

/// The way that a name leads from a model to another.
#[derive(Clone, Debug)]
pub(super) struct RelationPath<'r> {
    /// The tables on the way.
    pub(super) joins: Vec<PathJoin>,
    /// The model at its end.
    pub(super) target: &'r Model,
    /// The field of that model which the value of the relation is.
    pub(super) field: &'r Field,
    /// The attribute of rows that the other rows are found under.
    pub(super) accessor: String,
    /// The attribute that those rows know this one by, where each of them belongs to one alone.
    pub(super) back: Option<String>,
}

impl<'r> RelationPath<'r> {
    /// The way through the relation of `model` called `name`, forwards or backwards; none where it is not one.
    pub(super) fn find(
        registry: &'r Registry,
        model: &'r Model,
        name: &str,
    ) -> Result<Option<Self>, QueryError> {
        if let Some(field) = model.field(name) {
            return Self::forwards(registry, model, field);
        }
        if name.ends_with(BACK) {
            return Self::by_name_back(registry, model, name);
        }
        match ways_back(registry, model).find(|way| way.query_name == name) {
            Some(way) => Self::backwards(registry, model, &way).map(Some),
            None => Ok(None),
        }
    }

    /// The name in paths for the way back through `field` of `model`, a reference to many.
    ///
    /// Every such field has one, also where its way back is named away or counts both ways.
    pub(super) fn name_back(model: &Model, field: &Field) -> String {
        let name = format!("{}.{}", model.key(), field.name);
        name.replace("__", "_.") + BACK
    }

    fn by_name_back(
        registry: &'r Registry,
        model: &'r Model,
        name: &str,
    ) -> Result<Option<Self>, QueryError> {
        for other in registry.models() {
            let fields = other.fields.iter();
            let mut fields = fields.filter(|field| field.many_to_many().is_some());
            if let Some(field) = fields.find(|field| Self::name_back(other, field) == name) {
                let accessor = field.name.clone();
                return Self::back_through_table(registry, model, other, field, accessor).map(Some);
            }
        }
        Ok(None)
    }

    fn back_through_table(
        registry: &'r Registry,
        model: &'r Model,
        target: &'r Model,
        field: &'r Field,
        accessor: String,
    ) -> Result<Self, QueryError> {
        let between = Between::of(registry, target, field)?;
        Ok(Self {
            joins: between.joins(model, target, PathDirection::Backwards)?,
            target,
            field: key(target)?,
            accessor,
            back: None,
        })
    }

    /// Whether `name` leads from `model` back to one that refers to it.
    pub(super) fn is_way_back(registry: &'r Registry, model: &Model, name: &str) -> bool {
        ways_back(registry, model).any(|way| way.query_name == name)
    }

    fn forwards(
        registry: &'r Registry,
        model: &'r Model,
        field: &'r Field,
    ) -> Result<Option<Self>, QueryError> {
        if let Some(relation) = field.relation() {
            let (target, to) = registry.target_field(relation)?;
            let join = PathJoin {
                from_column: field.column(),
                table: target.db_table(),
                to_column: to.column(),
                key_columns: key_columns(target)?,
                is_nullable: field.null,
                is_many: false,
                is_direct: true,
                is_enforced: relation.db_constraint && !field.null,
                filter: None,
            };
            return Ok(Some(Self {
                joins: vec![join],
                target,
                field: to,
                accessor: field.name.clone(),
                back: known_back(registry, model, field),
            }));
        }
        if field.many_to_many().is_none() {
            return Ok(None);
        }
        let between = Between::of(registry, model, field)?;
        let target = between.through.target;
        Ok(Some(Self {
            joins: between.joins(model, target, PathDirection::Forwards)?,
            target,
            field: key(target)?,
            accessor: field.name.clone(),
            back: None,
        }))
    }

    fn backwards(
        registry: &'r Registry,
        model: &'r Model,
        way: &ReverseRelation<'r>,
    ) -> Result<Self, QueryError> {
        let target = way.model;
        let Some(relation) = way.field.relation() else {
            let accessor = way.accessor.clone();
            return Self::back_through_table(registry, model, target, way.field, accessor);
        };
        let (_, referred) = registry.target_field(relation)?;
        let join = PathJoin {
            from_column: referred.column(),
            table: target.db_table(),
            to_column: way.field.column(),
            key_columns: key_columns(target)?,
            is_nullable: true,
            is_many: !matches!(way.field.kind, FieldKind::OneToOne(_)) && !way.field.unique,
            is_direct: false,
            is_enforced: false,
            filter: None,
        };
        Ok(Self {
            joins: vec![join],
            target,
            // A key of several columns is not a value; whether there is a row, its reference tells as well.
            field: key(target).unwrap_or(way.field),
            accessor: way.accessor.clone(),
            back: Some(way.field.name.clone()),
        })
    }
}

/// The attribute that the row to which `field` refers knows the row of `model` by, if no other can refer to it.
pub(super) fn known_back(registry: &Registry, model: &Model, field: &Field) -> Option<String> {
    let is_only = matches!(field.kind, FieldKind::OneToOne(_));
    let way = is_only.then(|| ReverseRelation::new(registry, model, field))?;
    way.map(|way| way.accessor)
}

/// Which way a reference to many is followed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum PathDirection {
    Forwards,
    Backwards,
}

/// The table between the two ends of a reference to many, and its primary key.
pub(super) struct Between<'r> {
    pub(super) through: Through<'r>,
    /// The column of its primary key.
    pub(super) key_column: String,
    /// The model of the table, where it is declared.
    pub(super) model: Option<&'r Model>,
}

impl<'r> Between<'r> {
    /// That of `field` of `model`, whether it is declared or not.
    pub(super) fn of(
        registry: &'r Registry,
        model: &'r Model,
        field: &Field,
    ) -> Result<Self, QueryError> {
        if let Some(through) = Through::new(registry, model, field)? {
            return Ok(Self {
                through,
                key_column: "id".to_owned(),
                model: None,
            });
        }
        let unknown = || ReferenceError::UnknownField {
            model: model.key(),
            field: field.name.clone(),
        };
        let (through, between) = Through::declared(registry, model, field)?.ok_or_else(unknown)?;
        Ok(Self {
            through,
            key_column: key(between)?.column(),
            model: Some(between),
        })
    }

    fn joins(
        self,
        from: &Model,
        target: &Model,
        direction: PathDirection,
    ) -> Result<Vec<PathJoin>, QueryError> {
        let (near, far) = match direction {
            PathDirection::Forwards => (self.through.source_column, self.through.target_column),
            PathDirection::Backwards => (self.through.target_column, self.through.source_column),
        };
        let target_key = key(target)?.column();
        Ok(vec![
            PathJoin {
                from_column: key(from)?.column(),
                table: self.through.table,
                to_column: near,
                key_columns: vec![self.key_column],
                is_nullable: true,
                is_many: true,
                is_direct: false,
                is_enforced: false,
                filter: None,
            },
            PathJoin {
                from_column: far,
                table: target.db_table(),
                to_column: target_key.clone(),
                key_columns: vec![target_key],
                is_nullable: false,
                is_many: false,
                is_direct: true,
                is_enforced: false,
                filter: None,
            },
        ])
    }
}

/// The ways back to `model`.
pub(super) fn ways_back<'r>(
    registry: &'r Registry,
    model: &Model,
) -> impl Iterator<Item = ReverseRelation<'r>> + use<'r> {
    let key = model.key();
    let others = registry
        .models()
        .filter(|other| !registry.is_swapped(other));
    let ways = others.flat_map(|other| ReverseRelation::of(registry, other));
    ways.filter(move |way| way.target == key)
}

fn key_columns(model: &Model) -> Result<Vec<String>, ReferenceError> {
    let fields = key_fields(model)?.into_iter();
    Ok(fields.map(Field::column).collect())
}

/// The primary key of `model`, which is one column.
pub(super) fn key(model: &Model) -> Result<&Field, ReferenceError> {
    let key = model.primary_key().filter(|field| field.has_column());
    key.ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))
}
