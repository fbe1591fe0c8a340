//! A query on its way to SQL: the tables it has joined so far, and columns of them.

use std::collections::BTreeSet;

use crate::db::sql::{SelectStatement, SqlExpression};
use crate::models::{FieldKind, Model, ModelSet as _, Registry};
use crate::query::QueryError;
use crate::query::field_path::FieldPath;
use crate::query::join_graph::JoinGraph;
use crate::query::relation_path::key;
use crate::query::through_rows::ThroughRows;
use crate::values::to_column;

/// Compiles one query of the rows of a model.
#[derive(Debug)]
pub(super) struct QueryCompiler<'r> {
    pub(super) registry: &'r Registry,
    pub(super) model: &'r Model,
    pub(super) joins: JoinGraph,
    /// The column of a table between that refers to others, beside which the rows stand.
    pub(super) beside: Option<SqlExpression>,
    /// Tables whose rows the next call of `filter` is about.
    pub(super) first_used: BTreeSet<usize>,
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
            first_used: BTreeSet::new(),
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
        let mut tables = vec![0];
        for join in &path.joins {
            let parent = tables.last().copied().unwrap_or_default();
            tables.push(self.joins.join(parent, join, reusable));
        }
        let (mut name, mut is_nullable) = (path.field.column(), path.field.null);
        let mut rest = path.joins.as_slice();
        let all = tables.iter().copied().collect();
        while let [before @ .., last] = rest
            && last.is_direct
            && last.to_column == name
        {
            self.joins.release(tables.pop().unwrap_or_default());
            name.clone_from(&last.from_column);
            is_nullable = last.is_nullable;
            rest = before;
        }
        let table = tables.last().copied().unwrap_or_default();
        let column = self.joins.column(table, &name);
        let transforms = path.transforms.iter();
        let expression = transforms.fold(column.clone(), |value, transform| {
            transform.of(value, self.registry.time_zone().name())
        });
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

    /// Joins a table between; returns the condition that a row stands in it beside one of the others.
    ///
    /// What the first call of `filter` says of rows of that table is about the same row, as in Django.
    pub(super) fn through(&mut self, rows: &ThroughRows) -> SqlExpression {
        let table = self.joins.join(0, &rows.join, Some(&BTreeSet::new()));
        self.joins.demote(&BTreeSet::from([table]));
        let column = self.joins.column(table, &rows.near_column);
        self.beside = Some(column.clone());
        self.first_used.insert(table);
        column.is_in(rows.keys.iter().map(to_column))
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
