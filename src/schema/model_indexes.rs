//! The indexes of a model, as statements.

use crate::db::quote_name;
use crate::models::expression::{Condition, IndexExpression};
use crate::models::{Constraint, ConstraintKind, Field, Index, Model, StateError};
use crate::schema::expression::ExpressionCompiler;
use crate::schema::index_statement::IndexStatement;
use crate::schema::{SchemaError, names};

/// All indexes of a model: those of unique sets, of fields, and those it declares.
pub(super) fn indexes(
    compiler: ExpressionCompiler<'_>,
) -> Result<Vec<IndexStatement>, SchemaError> {
    let model = compiler.model;
    let table = model.db_table();
    let mut found = Vec::new();
    for names in &model.options.unique_together {
        found.push(unique_index(model, names)?);
    }
    for constraint in &model.options.constraints {
        found.extend(unique_constraint_index(compiler, constraint)?);
    }
    found.extend(
        model
            .columns()
            .filter_map(|field| field_index(&table, field)),
    );
    for index in &model.options.indexes {
        found.push(declared_index(compiler, index)?);
    }
    Ok(found)
}

/// The index over a set of fields that are unique together.
pub(super) fn unique_index(model: &Model, names: &[String]) -> Result<IndexStatement, SchemaError> {
    let columns = columns(model, names)?.into_iter();
    Ok(IndexStatement {
        name: None,
        table: model.db_table(),
        columns: columns.map(|column| (column, false)).collect(),
        unique: true,
        expressions: Vec::new(),
        condition: None,
    })
}

pub(super) fn field_index(table: &str, field: &Field) -> Option<IndexStatement> {
    (field.has_index() && !field.is_unique()).then(|| IndexStatement {
        name: None,
        table: table.to_owned(),
        columns: vec![(field.column(), false)],
        unique: false,
        expressions: Vec::new(),
        condition: None,
    })
}

pub(super) fn declared_index(
    compiler: ExpressionCompiler<'_>,
    index: &Index,
) -> Result<IndexStatement, SchemaError> {
    let model = compiler.model;
    let table = model.db_table();
    let names: Vec<_> = index
        .fields
        .iter()
        .map(|field| field.name.clone())
        .collect();
    let descending = index.fields.iter().map(|field| field.descending);
    let columns: Vec<_> = columns(model, &names)?
        .into_iter()
        .zip(descending)
        .collect();
    let name = index.name.clone();
    Ok(IndexStatement {
        name: name.or_else(|| Some(names::declared_index_name(&table, &columns))),
        table,
        columns,
        unique: false,
        expressions: index_expressions(compiler, &index.expressions)?,
        condition: condition(compiler, index.condition.as_ref())?,
    })
}

/// The index that stands for a constraint, if one does.
pub(super) fn unique_constraint_index(
    compiler: ExpressionCompiler<'_>,
    constraint: &Constraint,
) -> Result<Option<IndexStatement>, SchemaError> {
    let ConstraintKind::UniqueIndex {
        fields,
        expressions,
        condition: rows,
    } = &constraint.kind
    else {
        return Ok(None);
    };
    let columns = columns(compiler.model, fields)?.into_iter();
    Ok(Some(IndexStatement {
        name: Some(constraint.name.clone()),
        table: compiler.model.db_table(),
        columns: columns.map(|column| (column, false)).collect(),
        unique: true,
        expressions: index_expressions(compiler, expressions)?,
        condition: condition(compiler, rows.as_ref())?,
    }))
}

fn index_expressions(
    compiler: ExpressionCompiler<'_>,
    parts: &[IndexExpression],
) -> Result<Vec<String>, SchemaError> {
    let parts = parts.iter();
    parts.map(|part| compiler.index_expression(part)).collect()
}

fn condition(
    compiler: ExpressionCompiler<'_>,
    condition: Option<&Condition>,
) -> Result<Option<String>, SchemaError> {
    let sql = condition.map(|condition| compiler.condition(condition));
    sql.transpose()
}

fn columns(model: &Model, names: &[String]) -> Result<Vec<String>, SchemaError> {
    let column = |name: &String| {
        let field = model.field(name);
        let unknown = || StateError::UnknownField {
            model: model.key(),
            field: name.clone(),
        };
        Ok(field.ok_or_else(unknown)?.column())
    };
    names.iter().map(column).collect()
}

pub(super) fn quoted_columns(model: &Model, names: &[String]) -> Result<String, SchemaError> {
    let columns = columns(model, names)?;
    let quoted: Vec<_> = columns.iter().map(|column| quote_name(column)).collect();
    Ok(quoted.join(", "))
}
