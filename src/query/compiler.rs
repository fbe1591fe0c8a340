//! A query on its way to SQL: the tables it has joined so far, and columns of them.

use std::collections::BTreeSet;

use crate::db::sql::{SelectStatement, SqlExpression};
use crate::models::expression::{Condition, RowQuery};
use crate::models::{FieldKind, Model, ModelSet as _, Registry};
use crate::query::field_path::FieldPath;
use crate::query::given::GivenValues;
use crate::query::join_graph::JoinGraph;
use crate::query::part_of_each::PartOfEach;
use crate::query::relation_path::key;
use crate::query::transform::Transform;
use crate::query::typed_sql::{OutputKind, TypedSql, ValueOrigin};
use crate::query::{QueryError, key_fields};

/// Compiles one query of the rows of a model.
#[derive(Debug)]
pub(super) struct QueryCompiler<'r> {
    pub(super) registry: &'r Registry,
    pub(super) model: &'r Model,
    pub(super) joins: JoinGraph,
    /// The column of a table between that refers to others, beside which the rows stand.
    pub(super) beside: Option<SqlExpression>,
    /// The part that is meant of the rows of each group.
    pub(super) part: Option<PartOfEach>,
    /// The relations that are filtered, in order.
    pub(super) filtered: Vec<FilteredRelation>,
    /// The annotations so far, in order.
    pub(super) annotations: Vec<CompiledAnnotation>,
    /// What `values` selects, and the annotations behind it; none where rows of the model are selected.
    pub(super) selection: Option<Vec<SelectedValue>>,
    pub(super) grouping: Grouping,
    /// How many tables its calls have joined; the others are for what is selected, and for the order.
    pub(super) tables_of_steps: usize,
    /// The conditions so far: those of rows and of groups.
    pub(super) conditions: Vec<SqlExpression>,
    /// The query around this one, while this one is compiled.
    pub(super) outer: Option<Box<Self>>,
    /// What it says of the rows of the query around it.
    pub(super) outer_values: Vec<SqlExpression>,
    /// Whether some of that lies behind relations, where there may be several for one row.
    pub(super) looks_beyond: bool,
    /// Whether aggregates of annotations may be aggregates of aggregates: those of all rows together.
    pub(super) is_summary: bool,
    /// Whether parameters stand for `NULL`: what is compiled is only looked at.
    pub(super) is_dry: bool,
    /// The values that are given for each run of the statement, and stand in the query as parameters.
    pub(super) given: GivenValues,
}

/// A relation of which only some rows are joined.
#[derive(Clone, Debug)]
pub(super) struct FilteredRelation {
    /// What paths call the rows.
    pub(super) name: String,
    /// The path that leads to them.
    pub(super) relation: String,
    /// How many tables lie on the way.
    pub(super) joins: usize,
    /// What holds for them; it calls them by `name`.
    pub(super) condition: Condition,
}

/// A value of every row that has a name.
#[derive(Clone, Debug)]
pub(super) struct CompiledAnnotation {
    pub(super) name: String,
    pub(super) value: TypedSql,
    pub(super) is_selected: bool,
}

/// What is selected, and how it is called.
#[derive(Clone, Debug)]
pub(super) struct SelectedValue {
    pub(super) name: String,
    pub(super) value: TypedSql,
}

/// What rows are put together by.
#[derive(Clone, Debug)]
pub(super) enum Grouping {
    /// They are not.
    Ungrouped,
    /// Those of one row of the model.
    Rows,
    /// Those that have these in common.
    By(Vec<SqlExpression>),
}

/// Which tables with several rows for one before are meant by the paths of one call.
#[derive(Debug, Default)]
pub(super) struct JoinScope {
    /// Those that the call has used so far.
    pub(super) used: BTreeSet<usize>,
    /// All tables that were named since this was last taken.
    pub(super) named: BTreeSet<usize>,
    /// Whether those of other calls are meant, too: annotations and orders are about them.
    is_open: bool,
}

impl JoinScope {
    /// That of a call of `filter`: its conditions are about rows of their own.
    pub(super) fn closed() -> Self {
        Self::default()
    }

    /// That of annotations, values and orders.
    pub(super) fn open() -> Self {
        Self {
            is_open: true,
            ..Self::default()
        }
    }

    /// Notes the tables on the way of a path.
    pub(super) fn note(&mut self, tables: &BTreeSet<usize>) {
        self.used.extend(tables);
        self.named.extend(tables);
    }

    /// The tables that may be meant; none where all may.
    pub(super) fn reusable(&self) -> Option<&BTreeSet<usize>> {
        (!self.is_open).then_some(&self.used)
    }
}

/// What a path names.
#[derive(Clone, Debug)]
pub(super) enum PathValue<'r> {
    /// An annotation, and what is made of it.
    Annotation(Box<TypedSql>),
    /// A field.
    Field(FieldPath<'r>),
}

/// The value at the end of a path, its tables joined.
#[derive(Clone, Debug)]
pub(super) struct ResolvedColumn {
    /// The value.
    pub(super) expression: SqlExpression,
    /// The column itself, before anything was made of its value.
    pub(super) column: SqlExpression,
    /// The kind of the value.
    pub(super) kind: FieldKind,
    /// Whether the column may hold `NULL`.
    pub(super) is_nullable: bool,
    /// The table of the column.
    pub(super) table: usize,
    /// All tables on the way, also those that turned out to be needless.
    pub(super) tables: BTreeSet<usize>,
}

impl<'r> QueryCompiler<'r> {
    /// A query that stands in `depth` others.
    pub(super) fn new(registry: &'r Registry, model: &'r Model, depth: usize) -> Self {
        Self {
            registry,
            model,
            joins: JoinGraph::new(model.db_table(), depth),
            beside: None,
            part: None,
            filtered: Vec::new(),
            annotations: Vec::new(),
            selection: None,
            grouping: Grouping::Ungrouped,
            tables_of_steps: 0,
            conditions: Vec::new(),
            outer: None,
            outer_values: Vec::new(),
            looks_beyond: false,
            is_summary: false,
            is_dry: false,
            given: GivenValues::default(),
        }
    }

    /// What `path` names: an annotation, which goes before fields, or a field.
    pub(super) fn path_value(&self, path: &str) -> Result<PathValue<'r>, QueryError> {
        let annotated = self.annotations.iter().rev().find_map(|annotation| {
            let rest = path.strip_prefix(&annotation.name)?;
            (rest.is_empty() || rest.starts_with("__")).then_some((annotation, rest))
        });
        let Some((annotation, rest)) = annotated else {
            let found = self.field_path(path);
            let found = found.map_err(|error| self.with_annotations(error, path))?;
            return Ok(PathValue::Field(found));
        };
        let mut value = annotation.value.clone();
        for name in rest.split("__").skip(1) {
            let transform = Transform::named(name, value.known_kind()?, &annotation.name)?;
            value = TypedSql {
                sql: transform.of(value.sql, self.registry.time_zone().name())?,
                kind: OutputKind::Known(transform.output_kind()),
                origin: transform.origin(),
            };
        }
        Ok(PathValue::Annotation(Box::new(value)))
    }

    /// The error for `path`, whose first name might be that of an annotation, too.
    fn with_annotations(&self, mut error: QueryError, path: &str) -> QueryError {
        if let QueryError::UnknownName { name, choices, .. } = &mut error
            && path.split("__").next() == Some(name)
        {
            let annotations = self.annotations.iter();
            choices.extend(annotations.map(|annotation| annotation.name.clone()));
        }
        error
    }

    /// The value that `path` names, its tables joined.
    pub(super) fn named_value(
        &mut self,
        path: &str,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        match self.path_value(path)? {
            PathValue::Annotation(value) => Ok(*value),
            PathValue::Field(path) => {
                let origin = path.transforms.last().map(Transform::origin);
                let column = self.resolve(&path, scope.reusable())?;
                scope.note(&column.tables);
                Ok(TypedSql {
                    sql: column.expression,
                    kind: OutputKind::Known(column.kind),
                    origin: origin.unwrap_or(ValueOrigin::Column),
                })
            }
        }
    }

    /// Joins what is on the way of `path`; see [`JoinGraph::join`] for `reusable`.
    ///
    /// The last table is not needed where the one before has the column too: `author__id` is `author_id`.
    pub(super) fn resolve(
        &mut self,
        path: &FieldPath<'r>,
        reusable: Option<&BTreeSet<usize>>,
    ) -> Result<ResolvedColumn, QueryError> {
        let (mut tables, mut filtered) = (vec![0], None);
        for join in &path.joins {
            let parent = tables.last().copied().unwrap_or_default();
            let before = self.joins.len();
            let table = self.joins.join(parent, join, reusable);
            tables.push(table);
            let is_new = self.joins.len() > before;
            filtered = filtered.or(join.filter.filter(|_| is_new).map(|index| (table, index)));
        }
        if let Some((table, index)) = filtered {
            let mut scope = JoinScope::closed();
            scope.note(&tables.iter().copied().collect());
            self.join_filtered(table, index, &mut scope)?;
        }
        let (mut name, mut is_nullable) = (path.field.column(), path.field.null);
        let mut rest = path.joins.as_slice();
        let all = tables.iter().copied().collect();
        while let [before @ .., last] = rest
            && last.is_direct
            && last.to_column == name
            && last.filter.is_none()
        {
            self.joins.release(tables.pop().unwrap_or_default());
            name.clone_from(&last.from_column);
            is_nullable = last.is_nullable;
            rest = before;
        }
        let table = tables.last().copied().unwrap_or_default();
        let column = self.joins.column(table, &name);
        let zone = self.registry.time_zone().name();
        let mut transforms = path.transforms.iter();
        let expression =
            transforms.try_fold(column.clone(), |value, transform| transform.of(value, zone))?;
        Ok(ResolvedColumn {
            expression,
            column,
            kind: path.kind(self.registry)?,
            is_nullable,
            table,
            tables: all,
        })
    }

    /// The column of the primary key of the model itself.
    pub(super) fn key(&self) -> Result<SqlExpression, QueryError> {
        Ok(self.joins.column(0, &key(self.model)?.column()))
    }

    /// How many rows of `query` are left out first.
    pub(super) fn offset(&self, query: &RowQuery) -> Option<SqlExpression> {
        let number = || SqlExpression::count(query.offset);
        let given = self.given.offset.map(SqlExpression::Numbered);
        (query.offset > 0).then(|| given.unwrap_or_else(number))
    }

    /// The columns of the primary key, or of the fields that make it.
    pub(super) fn keys(&self) -> Result<Vec<SqlExpression>, QueryError> {
        let fields = key_fields(self.model)?.into_iter();
        Ok(fields
            .map(|field| self.joins.column(0, &field.column()))
            .collect())
    }

    /// A statement that selects `columns` from the tables that were joined, under `condition`.
    pub(super) fn statement(
        &self,
        columns: Vec<SqlExpression>,
        condition: Option<SqlExpression>,
    ) -> SelectStatement {
        SelectStatement {
            columns,
            from: Some(self.joins.source()),
            joins: self.joins.joins(),
            filter: condition,
            ..SelectStatement::default()
        }
    }
}
