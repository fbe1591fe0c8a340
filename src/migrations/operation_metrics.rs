//! What an operation took: time and rows.

use std::time::{Duration, Instant};

use crate::db::SchemaTransaction;
use crate::migrations::operations::{Operation, StateTransition};

/// What an operation took.
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

/// Is told of every operation that ran.
pub(super) type OnOperation<'r> = &'r mut dyn FnMut(&OperationMetrics);

/// An operation that runs.
#[derive(Debug)]
pub(super) struct OperationTimer {
    start: Instant,
    rows: i64,
}

impl OperationTimer {
    pub(super) fn start(transaction: Option<&SchemaTransaction>) -> Self {
        Self {
            rows: changes(transaction),
            start: Instant::now(),
        }
    }

    pub(super) fn end(
        self,
        transaction: Option<&SchemaTransaction>,
        operation: &Operation,
        transition: StateTransition<'_>,
        ran: OnOperation<'_>,
    ) {
        if transaction.is_none() {
            return;
        }
        let time = self.start.elapsed();
        ran(&OperationMetrics {
            operation: operation.describe(),
            table: operation.model_name().and_then(|name| {
                let model = transition
                    .new_model(name)
                    .or_else(|_| transition.old_model(name));
                model.ok().map(crate::models::Model::db_table)
            }),
            rows: changes(transaction) - self.rows,
            time,
        });
    }

    /// Ends an operation of which only the time is known.
    pub(super) fn end_of(self, operation: &Operation, ran: OnOperation<'_>) {
        ran(&OperationMetrics {
            operation: operation.describe(),
            table: None,
            rows: 0,
            time: self.start.elapsed(),
        });
    }
}

/// How many rows the connection has written.
fn changes(transaction: Option<&SchemaTransaction>) -> i64 {
    let counted = transaction.and_then(|transaction| {
        let count = transaction.column::<i64>("SELECT total_changes()", &[]);
        count.ok()?.first().copied()
    });
    counted.unwrap_or_default()
}
