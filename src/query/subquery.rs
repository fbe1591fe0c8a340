//! Queries within others: their values, whether they find a row, and what they say of the row outside.

use std::sync::Arc;

use crate::db::sql::{SelectStatement, SqlExpression, SqlNode, SqlSubquery};
use crate::models::expression::{Expression, RowQuery};
use crate::models::{FieldKind, ModelRef, ModelSet as _, ReferenceError};
use crate::query::QueryError;
use crate::query::combined::SelectedColumnSql;
use crate::query::compiler::{JoinScope, QueryCompiler};
use crate::query::typed_sql::{OutputKind, TypedSql, ValueOrigin};

/// A query within another, compiled.
struct CompiledSubquery {
    statement: SelectStatement,
    kind: OutputKind,
    origin: ValueOrigin,
    outer: Vec<SqlExpression>,
    is_of_many: bool,
}

impl CompiledSubquery {
    fn written(self) -> SqlSubquery {
        SqlSubquery {
            is_of_many: self.is_of_many,
            ..SqlSubquery::new(self.statement, self.outer)
        }
    }
}

impl QueryCompiler<'_> {
    /// What a query around this one says of its row at `path`.
    pub(super) fn outer_value(
        &mut self,
        path: &str,
        levels: usize,
    ) -> Result<TypedSql, QueryError> {
        let missing = || QueryError::NoOuterQuery(path.to_owned());
        let outer = self.outer.as_mut().ok_or_else(missing)?;
        let value = if levels > 1 {
            outer.outer_value(path, levels - 1)?
        } else {
            outer.expression(&Expression::F(path.to_owned()), &mut JoinScope::open())?
        };
        self.outer_values.push(value.sql.clone());
        self.looks_beyond |= path.contains("__");
        Ok(value)
    }

    /// The value that `query` selects.
    pub(super) fn subquery(&mut self, query: &RowQuery) -> Result<TypedSql, QueryError> {
        let found = self.nested(query, |inner| inner.only_selected("pk"))?;
        Ok(TypedSql {
            kind: found.kind.clone(),
            // A number is not rounded as one of its column would be.
            origin: match &found.origin {
                ValueOrigin::Column => ValueOrigin::Computed,
                origin => origin.clone(),
            },
            sql: SqlExpression::Subquery(found.written()),
        })
    }

    /// Whether `query` finds a row.
    pub(super) fn exists_query(&mut self, query: &RowQuery) -> Result<TypedSql, QueryError> {
        let mut asked = query.clone();
        if !asked.is_sliced() {
            asked.order = Some(Vec::new());
            asked.is_distinct = false;
            asked.limit = Some(1);
        }
        let found = self.nested(&asked, |_| {
            let kind = OutputKind::Known(FieldKind::Boolean);
            Ok(TypedSql::computed(SqlExpression::Integer(1), kind))
        })?;
        let kind = found.kind.clone();
        let sql = SqlExpression::Exists(found.written());
        Ok(TypedSql::computed(sql, kind))
    }

    /// The query whose rows a value beside `in` is looked for in.
    ///
    /// Where it selects rows, the value of their `field` is meant.
    pub(super) fn membership(
        &mut self,
        query: &RowQuery,
        field: &str,
    ) -> Result<Arc<dyn SqlNode>, QueryError> {
        let mut asked = query.clone();
        if !asked.is_sliced() {
            asked.order = Some(Vec::new());
        }
        let found = self.nested(&asked, |inner| inner.only_selected(field))?;
        self.outer_values.extend(found.outer);
        Ok(Arc::new(found.statement))
    }

    /// The value that is selected; that of `field` where rows of the model are.
    fn only_selected(&mut self, field: &str) -> Result<TypedSql, QueryError> {
        match self.selection.as_deref() {
            Some([only]) => Ok(only.value.clone()),
            Some(several) => Err(QueryError::SeveralValues(several.len())),
            None => self.named_value(field, &mut JoinScope::open()),
        }
    }

    /// Compiles `query` within this one, which it may refer to; `select` says what it selects.
    fn nested(
        &mut self,
        query: &RowQuery,
        mut select: impl FnMut(&mut Self) -> Result<TypedSql, QueryError>,
    ) -> Result<CompiledSubquery, QueryError> {
        let unknown = || ReferenceError::UnknownModel(ModelRef::Named(query.model.clone()));
        let model = self.registry.find(&query.model).ok_or_else(unknown)?;
        let mut inner = QueryCompiler::new(self.registry, model, self.joins.depth() + 1);
        inner.is_dry = self.is_dry;
        // The query outside waits in the one inside, so that names there can join tables here.
        let placeholder = QueryCompiler::new(self.registry, self.model, 0);
        inner.outer = Some(Box::new(std::mem::replace(self, placeholder)));
        let mut first: Option<TypedSql> = None;
        let statement = inner.rows(query, &mut |compiler| {
            let value = select(compiler)?;
            let sql = value.sql.clone();
            first.get_or_insert(value);
            let name = String::new();
            Ok(vec![SelectedColumnSql { name, sql }])
        });
        if let Some(outer) = inner.outer.take() {
            *self = *outer;
        }
        let statement = statement?;
        let first = first.ok_or(QueryError::UnknownKind)?;
        Ok(CompiledSubquery {
            statement,
            kind: first.kind,
            origin: first.origin,
            outer: inner.outer_values,
            is_of_many: inner.looks_beyond,
        })
    }
}
