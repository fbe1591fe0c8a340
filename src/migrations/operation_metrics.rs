//! How long an operation took, and how many rows it wrote.

use std::time::{Duration, Instant};

use crate::db::SchemaTransaction;
use crate::migrations::operations::{Operation, StateTransition};
use crate::models::Model;

/// How long an operation took, and how many rows it wrote.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OperationMetrics {
    /// The operation, in a line.
    pub operation: String,
    /// The table of its model, where it has one.
    pub table: Option<String>,
    /// How many rows were written; a remake writes all rows of its table.
    pub rows: i64,
    /// How long it took.
    pub time: Duration,
}

/// Is called with every operation that ran on a database.
pub(super) type OnOperation<'c> = &'c mut dyn FnMut(&OperationMetrics);

/// Measures an operation that runs.
#[derive(Debug)]
pub(super) struct OperationTimer<'t> {
    transaction: Option<&'t SchemaTransaction>,
    rows_before: i64,
    start: Instant,
}

impl<'t> OperationTimer<'t> {
    /// Starts with an operation; without a `transaction` no rows are counted.
    pub(super) fn start(transaction: Option<&'t SchemaTransaction>) -> Self {
        Self {
            transaction,
            rows_before: rows_written(transaction),
            start: Instant::now(),
        }
    }

    /// What `operation` took until now; `states` are the models around it, if they are known.
    pub(super) fn metrics(
        self,
        operation: &Operation,
        states: Option<StateTransition<'_>>,
    ) -> OperationMetrics {
        let time = self.start.elapsed();
        OperationMetrics {
            operation: operation.describe(),
            table: states.and_then(|states| table_of(operation, states)),
            rows: rows_written(self.transaction) - self.rows_before,
            time,
        }
    }
}

fn table_of(operation: &Operation, states: StateTransition<'_>) -> Option<String> {
    let name = operation.model_name()?;
    let model = states.new_model(name).or_else(|_| states.old_model(name));
    model.ok().map(Model::db_table)
}

/// How many rows the connection has written since it was opened.
fn rows_written(transaction: Option<&SchemaTransaction>) -> i64 {
    transaction.map_or(0, |transaction| transaction.rows_written())
}
