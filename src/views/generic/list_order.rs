//! `ordering = { newest = ["-published_at"], title = "title" }`: the orders that a visitor may choose, and no others.

use crate::models::expression::OrderTerm;
use crate::query::Query;
use crate::templates::Context;
use crate::templates::value::Value;
use crate::views::generic::model_view::ModelViewEntry;
use crate::views::{HttpError, Request};

/// The orders that a visitor may choose.
#[derive(Debug)]
pub(super) struct ListOrder {
    choices: Vec<OrderChoice>,
    parameter: String,
}

/// An order, and the name that an address has for it.
#[derive(Debug)]
struct OrderChoice {
    name: String,
    terms: Vec<OrderTerm>,
}

impl ListOrder {
    /// Reads `ordering` and `ordering_param`.
    pub(super) fn read(read: &ModelViewEntry<'_, '_, '_>) -> Option<Self> {
        let fields = read.entry.fields;
        let parameter = fields.or("ordering_param", "order".to_owned());
        let table = fields.table("ordering")?;
        let reader = read.reader();
        let mut choices = Vec::new();
        for entry in table.source().entries() {
            table.item(&entry.key);
            choices.push(OrderChoice {
                name: entry.key.clone(),
                terms: reader.order(&entry.item),
            });
        }
        table.finish();
        Some(Self { choices, parameter })
    }

    /// The rows of `query` in the order that the visitor chose; one that is not among the choices changes nothing.
    ///
    /// The template is told the names as `ordering_choices`, and the chosen one as `ordering`.
    pub(super) fn apply(
        &self,
        request: &Request<'_>,
        query: Option<Query>,
        context: &mut Context,
    ) -> Result<Option<Query>, HttpError> {
        let fields = request.get()?;
        let asked = fields.get(&self.parameter);
        let chosen = self
            .choices
            .iter()
            .find(|choice| Some(choice.name.as_str()) == asked);
        let names = self
            .choices
            .iter()
            .map(|choice| Value::from(choice.name.as_str()));
        context.set("ordering_choices", names.collect::<Value>());
        context.set("ordering", chosen.map_or("", |choice| choice.name.as_str()));
        Ok(match (query, chosen) {
            (Some(query), Some(choice)) => Some(query.order_by(choice.terms.clone())),
            (query, _) => query,
        })
    }
}
