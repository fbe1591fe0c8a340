//! What is read of the rows of a query, and how instances are made of it.

use std::sync::Arc;

use crate::db::sql::SqlExpression;
use crate::db::{RowRef, SqlValueRef};
use crate::models::{Field, FieldKind, Model, ModelSet as _, Registry};
use crate::query::compiler::QueryCompiler;
use crate::query::field_loading::LoadedFields;
use crate::query::field_path::unknown_field;
use crate::query::name_tree::NameTree;
use crate::query::read_value::read_value;
use crate::query::relation_path::{RelationPath, ways_back};
use crate::query::{ModelInstance, QueryError, RelatedRows};

/// How far `select_related` without names follows references.
const MAX_DEPTH: usize = 5;

/// Which rows are read along.
#[derive(Clone, Copy, Debug)]
pub(super) enum FollowedRelations<'t> {
    /// Those of these names.
    Named(&'t NameTree),
    /// Those of all references that cannot be null, so many steps far.
    Required(usize),
}

impl FollowedRelations<'_> {
    /// All references that cannot be null.
    pub(super) const ALL: Self = Self::Required(MAX_DEPTH);
}

/// The columns of one model, and of those read along with it.
#[derive(Debug)]
pub(super) struct InstancePlan {
    model: Arc<Model>,
    columns: Vec<LoadedColumn>,
    /// The number of the column of the primary key; a row without one is not there.
    key: Option<usize>,
    related: Vec<RelatedPlan>,
}

#[derive(Debug)]
struct RelatedPlan {
    accessor: Arc<str>,
    /// The name that the other row knows this one by.
    back: Option<Arc<str>>,
    plan: InstancePlan,
}

/// A column: its number in the statement, which of the model's fields it is, and what it holds.
#[derive(Debug)]
struct LoadedColumn {
    number: usize,
    place: usize,
    kind: FieldKind,
}

/// A plan in the making: a model behind `table`.
struct PlannedModel<'r, 't> {
    table: usize,
    model: &'r Arc<Model>,
    fields: LoadedFields<'t>,
    followed: FollowedRelations<'t>,
}

/// Writes the plan of the model of `compiler`; what it reads is added to `columns`.
pub(super) fn plan<'r>(
    compiler: &mut QueryCompiler<'r>,
    model: &'r Arc<Model>,
    fields: LoadedFields<'_>,
    followed: FollowedRelations<'_>,
    columns: &mut Vec<SqlExpression>,
) -> Result<InstancePlan, QueryError> {
    check_names(compiler.registry, model, fields.names)?;
    let planned = PlannedModel {
        table: 0,
        model,
        fields,
        followed,
    };
    planned.plan(compiler, columns)
}

impl<'r> PlannedModel<'r, '_> {
    fn plan(
        self,
        compiler: &mut QueryCompiler<'r>,
        columns: &mut Vec<SqlExpression>,
    ) -> Result<InstancePlan, QueryError> {
        let mut plan = InstancePlan {
            model: Arc::clone(self.model),
            columns: Vec::new(),
            key: None,
            related: Vec::new(),
        };
        for (place, field) in self.model.fields.iter().enumerate() {
            if field.has_column() && self.fields.contains(field) {
                let number = columns.len();
                if field.primary_key {
                    plan.key = Some(number);
                }
                columns.push(compiler.joins.column(self.table, &field.column()));
                let kind = compiler.registry.value_kind(field)?.clone();
                plan.columns.push(LoadedColumn {
                    number,
                    place,
                    kind,
                });
            }
        }
        self.follow(compiler, columns, &mut plan.related)?;
        Ok(plan)
    }

    fn follow(
        &self,
        compiler: &mut QueryCompiler<'r>,
        columns: &mut Vec<SqlExpression>,
        related: &mut Vec<RelatedPlan>,
    ) -> Result<(), QueryError> {
        match self.followed {
            FollowedRelations::Named(names) => {
                for (name, below) in names.iter() {
                    let below = FollowedRelations::Named(below);
                    related.push(self.related(compiler, columns, name, below)?);
                }
            }
            FollowedRelations::Required(0) => {}
            FollowedRelations::Required(depth) => {
                let below = FollowedRelations::Required(depth - 1);
                let model = self.model;
                let required = model.fields.iter().filter(|field| !field.null);
                for field in required.filter(|field| field.relation().is_some()) {
                    if self.fields.contains(field) {
                        related.push(self.related(compiler, columns, &field.name, below)?);
                    }
                }
            }
        }
        Ok(())
    }

    fn related(
        &self,
        compiler: &mut QueryCompiler<'r>,
        columns: &mut Vec<SqlExpression>,
        name: &str,
        followed: FollowedRelations<'_>,
    ) -> Result<RelatedPlan, QueryError> {
        let registry = compiler.registry;
        let model: &'r Model = self.model;
        let path = RelationPath::find(registry, model, name)?;
        let path = path.filter(|path| path.joins.iter().all(|join| !join.is_many));
        let Some(path) = path else {
            return Err(QueryError::UnknownName {
                model: model.key(),
                what: "relation to one row",
                name: name.to_owned(),
                choices: followed_names(registry, model),
            });
        };
        if let Some(field) = model.field(name)
            && !self.fields.contains(field)
        {
            return Err(QueryError::DeferredRelation {
                model: model.key(),
                field: name.to_owned(),
            });
        }
        let mut table = self.table;
        for join in &path.joins {
            table = compiler.joins.join(table, join, None);
        }
        let target = registry.shared(&path.target.key());
        let planned = PlannedModel {
            table,
            model: target.ok_or_else(|| QueryError::NotFound(path.target.key()))?,
            fields: self.fields.below(name),
            followed,
        };
        Ok(RelatedPlan {
            accessor: path.accessor.into(),
            back: path.back.map(Into::into),
            plan: planned.plan(compiler, columns)?,
        })
    }
}

impl InstancePlan {
    /// How many columns it reads.
    pub(super) fn width(&self) -> usize {
        let related = self.related.iter().map(|related| related.plan.width());
        self.columns.len() + related.sum::<usize>()
    }

    /// Makes an instance of its columns of a row; none where the row is not there.
    pub(super) fn read(&self, row: &RowRef<'_>) -> Result<Option<ModelInstance>, QueryError> {
        if let Some(key) = self.key
            && row.value(key)? == SqlValueRef::Null
        {
            return Ok(None);
        }
        let width = self.model.fields.len();
        let mut values = Vec::with_capacity(width);
        for column in &self.columns {
            // What is not read stands between, for which there is no column.
            values.resize(column.place, None);
            let value = row.value(column.number)?;
            values.push(Some(read_value(&column.kind, value)?));
        }
        values.resize(width, None);
        let mut instance = ModelInstance::stored(Arc::clone(&self.model), values);
        for related in &self.related {
            let mut row = related.plan.read(row)?;
            if let (Some(row), Some(back)) = (&mut row, &related.back) {
                // What it knows is a copy: rows that know each other would never be let go.
                row.know(back, &Arc::new(instance.clone()));
            }
            let row = RelatedRows::One(row.map(Arc::new));
            instance.set_related(Arc::clone(&related.accessor), row);
        }
        Ok(Some(instance))
    }
}

/// Fails at the first of `names` that `model` does not have, or that leads nowhere and has names behind it.
fn check_names(registry: &Registry, model: &Model, names: &NameTree) -> Result<(), QueryError> {
    for (name, below) in names.iter() {
        let relation = RelationPath::find(registry, model, name)?;
        let is_field = |field: &Field| field.name == name || field.attname() == name;
        match relation {
            Some(relation) => check_names(registry, relation.target, below)?,
            None if below.is_empty() && (name == "pk" || model.fields.iter().any(is_field)) => {}
            None => return Err(unknown_field(registry, model, name)),
        }
    }
    Ok(())
}

/// The names that `select_related` can follow from `model`.
fn followed_names(registry: &Registry, model: &Model) -> Vec<String> {
    let forwards = model.fields.iter();
    let forwards = forwards.filter(|field| field.relation().is_some());
    let forwards = forwards.map(|field| field.name.clone());
    let backwards = ways_back(registry, model);
    let backwards = backwards.filter(|way| way.field.is_unique() && way.field.relation().is_some());
    forwards
        .chain(backwards.map(|way| way.query_name))
        .collect()
}
