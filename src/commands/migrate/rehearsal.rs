//! `djr migrate --rehearse`: what a plan would take, as text and as JSON.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use crate::commands::CommandError;
use crate::db::{DatabaseError, SqlValue};
use crate::project::Rehearsal;
use crate::schema::Direction;
use crate::text;
use crate::ui::Ui;

/// Prints what was found; rows that would refer to nothing are an error.
pub(super) fn report(ui: &Ui, rehearsal: Rehearsal) -> Result<(), CommandError> {
    ui.result(&RehearsalReport::new(&rehearsal))?;
    if rehearsal.broken.total == 0 {
        return Ok(());
    }
    Err(DatabaseError::BrokenReferences(rehearsal.broken).into())
}

#[derive(Debug, Serialize)]
struct RehearsalReport {
    rehearsed: bool,
    seconds: f64,
    migrations: Vec<MigrationTiming>,
    violations: Vec<Violation>,
    violations_total: usize,
}

#[derive(Debug, Serialize)]
struct MigrationTiming {
    migration: String,
    action: &'static str,
    seconds: f64,
    operations: Vec<OperationTiming>,
}

#[derive(Debug, Serialize)]
struct OperationTiming {
    operation: String,
    table: Option<String>,
    rows: i64,
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct Violation {
    table: String,
    /// What names the row, as a number where it is one.
    row: serde_json::Value,
    column: String,
    target: String,
}

impl RehearsalReport {
    fn new(rehearsal: &Rehearsal) -> Self {
        let migrations = rehearsal.migrations.iter().map(|found| MigrationTiming {
            migration: found.key.to_string(),
            action: match found.direction {
                Direction::Forwards => "apply",
                Direction::Backwards => "undo",
            },
            seconds: found.time.as_secs_f64(),
            operations: found
                .operations
                .iter()
                .map(|measured| OperationTiming {
                    operation: measured.operation.clone(),
                    table: measured.table.clone(),
                    rows: measured.rows,
                    seconds: measured.time.as_secs_f64(),
                })
                .collect(),
        });
        let violations = rehearsal.broken.rows.iter();
        Self {
            rehearsed: true,
            seconds: rehearsal.time.as_secs_f64(),
            migrations: migrations.collect(),
            violations: violations
                .map(|(table, row)| Violation {
                    table: table.clone(),
                    row: match &row.key {
                        SqlValue::Integer(number) => (*number).into(),
                        key => key.as_text().into(),
                    },
                    column: row.column.clone(),
                    target: row.target.clone(),
                })
                .collect(),
            violations_total: rehearsal.broken.total,
        }
    }
}

impl fmt::Display for RehearsalReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for found in &self.migrations {
            let time = shown(found.seconds);
            writeln!(f, "would {} {} in {time}", found.action, found.migration)?;
            for operation in &found.operations {
                let rows = usize::try_from(operation.rows).unwrap_or_default();
                write!(
                    f,
                    "    {}: {}",
                    operation.operation,
                    text::count(rows, "row")
                )?;
                if let Some(table) = operation.table.as_ref().filter(|_| rows > 0) {
                    write!(f, " of `{table}`")?;
                }
                writeln!(f, ", {}", shown(operation.seconds))?;
            }
        }
        write!(
            f,
            "{} in {} on a copy; {}; nothing was changed",
            text::count(self.migrations.len(), "migration"),
            shown(self.seconds),
            match self.violations_total {
                0 => "no reference would break".to_owned(),
                broken => format!("{} would refer to nothing", text::count(broken, "row")),
            }
        )
    }
}

/// Seconds as people read them.
fn shown(seconds: f64) -> String {
    let time = Duration::from_secs_f64(seconds);
    if time < Duration::from_secs(1) {
        return format!("{:.1} ms", seconds * 1000.0);
    }
    format!("{seconds:.1} s")
}
