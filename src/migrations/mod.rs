//! Migrations: graph, operations, plan, record.
