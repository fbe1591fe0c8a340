//! What is computed of all rows together, asked for when the template names one of the values.

use std::sync::{Arc, OnceLock};

use crate::query::{NamedExpression, Query};
use crate::templates::value::{Enumerator, Object, ObjectRepr, Value, from_field};
use crate::views::HttpError;
use crate::views::rows::RowLoader;

/// The aggregates of the rows of a query, by name.
#[derive(Debug)]
pub(in crate::views) struct AggregateValue {
    loader: Arc<RowLoader>,
    rows: Query,
    aggregates: Vec<NamedExpression>,
    values: OnceLock<Result<Vec<Value>, HttpError>>,
}

impl AggregateValue {
    /// `aggregates` of all `rows` together.
    pub(in crate::views) fn new(
        loader: &Arc<RowLoader>,
        rows: Query,
        aggregates: Vec<NamedExpression>,
    ) -> Self {
        Self {
            loader: Arc::clone(loader),
            rows,
            aggregates,
            values: OnceLock::new(),
        }
    }

    fn value(&self, name: &str) -> Option<Value> {
        let mut names = self.aggregates.iter();
        let place = names.position(|known| known.name == name)?;
        let values = self.values.get_or_init(|| {
            let values = self.loader.ask(&self.rows, |set, connection| {
                set.aggregate(connection, &self.aggregates)
            })?;
            let zone = self.loader.zone();
            Ok(values.iter().map(|value| from_field(value, zone)).collect())
        });
        match values {
            Ok(values) => values.get(place).cloned(),
            Err(error) => Some(error.to_template_error().into()),
        }
    }
}

impl Object for AggregateValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.value(key.as_str()?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let names = self.aggregates.iter();
        let names = names.map(|aggregate| Value::from(aggregate.name.as_str()));
        Enumerator::Values(names.collect())
    }
}
