//! The order of rows (`django.db.models.sql.compiler.SQLCompiler.find_ordering_name`).

use crate::db::sql::{OrderBy, SqlExpression, SqlFunction};
use crate::models::expression::OrderTerm;
use crate::models::{Model, ModelKey};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, PathValue, QueryCompiler};
use crate::query::relation_path::key;

/// An order that is being followed from model to model.
struct OrderTerms {
    found: Vec<OrderBy>,
    /// The relations on the way, by the model behind each and their names.
    followed: Vec<(ModelKey, String)>,
}

impl QueryCompiler<'_> {
    /// The order that `terms` say: paths, with `-` before those that run from the greatest, or `?`.
    ///
    /// A relation orders as the model behind it does. `is_reversed` turns all of it round.
    pub(super) fn order(
        &mut self,
        terms: &[OrderTerm],
        is_reversed: bool,
    ) -> Result<Vec<OrderBy>, QueryError> {
        let mut order = OrderTerms {
            found: Vec::new(),
            followed: Vec::new(),
        };
        for term in terms {
            match term {
                OrderTerm::Path(path) => self.order_term(path, is_reversed, &mut order)?,
                OrderTerm::Expression {
                    expression,
                    descending,
                    nulls_first,
                } => {
                    let value = self.expression(expression, &mut JoinScope::open())?;
                    order.found.push(OrderBy {
                        expression: value.sql,
                        descending: *descending != is_reversed,
                        nulls_first: nulls_first.map(|first| first != is_reversed),
                    });
                }
            }
        }
        Ok(order.found)
    }

    fn order_term(
        &mut self,
        term: &str,
        is_reversed: bool,
        order: &mut OrderTerms,
    ) -> Result<(), QueryError> {
        let (path, descending) = match term.strip_prefix('-') {
            Some(path) => (path, !is_reversed),
            None => (term.strip_prefix('+').unwrap_or(term), is_reversed),
        };
        if path == "?" {
            let random = SqlExpression::Function(SqlFunction::Random, Vec::new());
            order.found.push(OrderBy::ascending(random));
            return Ok(());
        }
        if path == "pk" && key(self.model).is_err() {
            order
                .found
                .extend(self.keys()?.into_iter().map(|column| OrderBy {
                    descending,
                    ..OrderBy::ascending(column)
                }));
            return Ok(());
        }
        let selected = self.selection.iter().flatten();
        if let Some(selected) = selected.rev().find(|selected| selected.name == path) {
            order.found.push(OrderBy {
                descending,
                ..OrderBy::ascending(selected.value.sql.clone())
            });
            return Ok(());
        }
        let found = match self.path_value(path)? {
            PathValue::Field(found) => found,
            PathValue::Annotation(value) => {
                order.found.push(OrderBy {
                    descending,
                    ..OrderBy::ascending(value.sql)
                });
                return Ok(());
            }
        };
        if let Some(model) = found.relation
            && !path.ends_with("pk")
            && !found.is_value
            && !model.options.ordering.is_empty()
        {
            return self.follow(path, model, descending, order);
        }
        let column = self.resolve(&found, None)?;
        order.found.push(OrderBy {
            descending,
            ..OrderBy::ascending(column.expression)
        });
        Ok(())
    }

    /// Orders as `model` does, which stands at the end of `path`.
    fn follow(
        &mut self,
        path: &str,
        model: &Model,
        is_reversed: bool,
        order: &mut OrderTerms,
    ) -> Result<(), QueryError> {
        let name = path.rsplit("__").next().unwrap_or(path);
        let step = (model.key(), name.to_owned());
        if order.followed.contains(&step) {
            return Err(QueryError::EndlessOrder(path.to_owned()));
        }
        order.followed.push(step);
        for term in &model.options.ordering {
            let (sign, inner) = match term.strip_prefix('-') {
                Some(inner) => ("-", inner),
                None => ("", term.as_str()),
            };
            self.order_term(&format!("{sign}{path}__{inner}"), is_reversed, order)?;
        }
        order.followed.pop();
        Ok(())
    }
}
