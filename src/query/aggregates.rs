//! Functions of the rows of a group, and of the rows around a row (`django.db.models.aggregates`, `Window`).

use crate::db::sql::{Aggregate, SqlAggregate, SqlExpression, SqlFrame, SqlFunction, SqlWindow};
use crate::models::FieldKind;
use crate::models::ModelSet as _;
use crate::models::expression::{
    AggregateExpression, AggregateFunction, Expression, WindowExpression, WindowFunction,
    WindowedFunction,
};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, QueryCompiler};
use crate::query::operand_value::literal_column;
use crate::query::typed_sql::{OutputKind, TypedSql};

impl QueryCompiler<'_> {
    /// An aggregate; where nothing counts, its default.
    pub(super) fn aggregate(
        &mut self,
        aggregate: &AggregateExpression,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        check_options(aggregate)?;
        let of = match &aggregate.of {
            Some(of) => Some(self.expression(of, scope)?),
            None => None,
        };
        if let Some(of) = &of
            && of.sql.has_aggregate()
            && !self.is_summary
        {
            let name = match &aggregate.of {
                Some(Expression::F(name)) => name.clone(),
                _ => aggregate.function.name().to_owned(),
            };
            return Err(QueryError::NestedAggregate(name));
        }
        let kind = output_kind(aggregate.function, of.as_ref())?;
        let filter = match &aggregate.filter {
            Some(filter) => Some(self.condition_as_value(filter, scope)?),
            None => None,
        };
        let sql = SqlExpression::Aggregate(Box::new(SqlAggregate {
            function: sql_aggregate(aggregate.function),
            of: of.map(|of| of.sql),
            distinct: aggregate.distinct,
            filter,
        }));
        let value = TypedSql::computed(sql, kind);
        match &aggregate.default {
            Some(default) => self.with_default(value, default, scope),
            None => Ok(value),
        }
    }

    fn with_default(
        &mut self,
        value: TypedSql,
        default: &Expression,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let default = match (default, value.kind.known()) {
            (Expression::Value(literal), Some(kind)) => {
                let found = literal_column(kind, literal, self.registry.time_zone());
                SqlExpression::Value(found.ok_or_else(|| QueryError::WrongValue {
                    path: "default".to_owned(),
                    value: format!("{literal:?}"),
                    kind: Some(kind.class_name()),
                })?)
            }
            (default, _) => self.expression(default, scope)?.sql,
        };
        let sql = SqlExpression::Function(SqlFunction::Coalesce, vec![value.sql, default]);
        Ok(TypedSql::computed(sql, value.kind))
    }

    /// A function of the rows around a row.
    pub(super) fn window(
        &mut self,
        window: &WindowExpression,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let function = match &window.function {
            WindowedFunction::Aggregate(aggregate) => self.aggregate(aggregate, scope)?,
            WindowedFunction::Function(function, arguments) => {
                self.window_function(*function, arguments, scope)?
            }
        };
        let partition_by = self.expressions(&window.partition_by, scope)?.into_iter();
        // What makes decimal numbers of decimal numbers stands around all of it.
        let function_sql = match function.sql {
            SqlExpression::Cast(inner, _) if is_decimal(&function.kind) => *inner,
            other => other,
        };
        let sql = SqlExpression::Window(Box::new(SqlWindow {
            function: function_sql,
            partition_by: partition_by.map(|part| part.sql).collect(),
            order_by: self.order(&window.order_by, false)?,
            frame: window.frame.map(|frame| SqlFrame {
                counts_rows: frame.counts_rows,
                start: frame.start,
                end: frame.end,
            }),
        }));
        Ok(TypedSql::computed(sql, function.kind))
    }

    fn window_function(
        &mut self,
        function: WindowFunction,
        arguments: &[Expression],
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let arguments = self.expressions(arguments, scope)?;
        let first = arguments.first().map(|part| part.kind.clone());
        let mut parts: Vec<_> = arguments.into_iter().map(|part| part.sql).collect();
        let usual = match function {
            WindowFunction::Ntile if parts.is_empty() => true,
            WindowFunction::Lag | WindowFunction::Lead | WindowFunction::NthValue => {
                parts.len() == 1
            }
            _ => false,
        };
        if usual {
            parts.push(SqlExpression::Integer(1));
        }
        let kind = match function {
            WindowFunction::CumeDist | WindowFunction::PercentRank => {
                OutputKind::Known(FieldKind::Float)
            }
            WindowFunction::DenseRank
            | WindowFunction::Ntile
            | WindowFunction::Rank
            | WindowFunction::RowNumber => OutputKind::Known(FieldKind::Integer),
            _ => first.unwrap_or(OutputKind::Unknown),
        };
        let sql = SqlExpression::Function(sql_function(function), parts);
        Ok(TypedSql::computed(sql, kind))
    }
}

fn is_decimal(kind: &OutputKind) -> bool {
    matches!(kind, OutputKind::Known(FieldKind::Decimal { .. }))
}

fn sql_function(function: WindowFunction) -> SqlFunction {
    match function {
        WindowFunction::CumeDist => SqlFunction::CumeDist,
        WindowFunction::DenseRank => SqlFunction::DenseRank,
        WindowFunction::FirstValue => SqlFunction::FirstValue,
        WindowFunction::Lag => SqlFunction::Lag,
        WindowFunction::LastValue => SqlFunction::LastValue,
        WindowFunction::Lead => SqlFunction::Lead,
        WindowFunction::NthValue => SqlFunction::NthValue,
        WindowFunction::Ntile => SqlFunction::Ntile,
        WindowFunction::PercentRank => SqlFunction::PercentRank,
        WindowFunction::Rank => SqlFunction::Rank,
        WindowFunction::RowNumber => SqlFunction::RowNumber,
    }
}

fn sql_aggregate(function: AggregateFunction) -> Aggregate {
    match function {
        AggregateFunction::Avg => Aggregate::Avg,
        AggregateFunction::Count => Aggregate::Count,
        AggregateFunction::Max => Aggregate::Max,
        AggregateFunction::Min => Aggregate::Min,
        AggregateFunction::StdDev => Aggregate::StdDev,
        AggregateFunction::StdDevSample => Aggregate::StdDevSample,
        AggregateFunction::Sum => Aggregate::Sum,
        AggregateFunction::Variance => Aggregate::Variance,
        AggregateFunction::VarianceSample => Aggregate::VarianceSample,
    }
}

/// Refuses the options that Django's aggregates do not have.
fn check_options(aggregate: &AggregateExpression) -> Result<(), QueryError> {
    let function = aggregate.function;
    let takes_distinct = matches!(
        function,
        AggregateFunction::Avg | AggregateFunction::Count | AggregateFunction::Sum
    );
    let option = if aggregate.distinct && !takes_distinct {
        "distinct"
    } else if aggregate.default.is_some() && function == AggregateFunction::Count {
        "default"
    } else if aggregate.filter.is_some() && aggregate.of.is_none() {
        "filter"
    } else {
        return Ok(());
    };
    Err(QueryError::AggregateOption {
        aggregate: function.name().to_owned(),
        option,
    })
}

/// The kind of an aggregate of `of`; days and moments have neither sum nor mean on SQLite.
fn output_kind(
    function: AggregateFunction,
    of: Option<&TypedSql>,
) -> Result<OutputKind, QueryError> {
    let Some(of) = of else {
        return Ok(OutputKind::Known(FieldKind::Integer));
    };
    Ok(match function {
        AggregateFunction::Count => OutputKind::Known(FieldKind::Integer),
        AggregateFunction::Max | AggregateFunction::Min => of.kind.clone(),
        _ => {
            if let Some(kind @ (FieldKind::Date(_) | FieldKind::DateTime(_) | FieldKind::Time(_))) =
                of.kind.known()
            {
                return Err(QueryError::WrongArgument {
                    function: function.name().to_owned(),
                    kind: kind.class_name(),
                });
            }
            match function {
                AggregateFunction::Sum => of.kind.clone(),
                _ => OutputKind::numeric(std::slice::from_ref(&of.kind)),
            }
        }
    })
}
