//! Empties the tables of a project, as `flush` does.

use crate::db::sql::{DeleteStatement, SqlStatement as _};
use crate::db::{Database, DatabaseError, introspection};
use crate::models::{Model, ModelSet as _, Registry};
use crate::project::Project;
use crate::query::{QueryError, Through};

/// What `flush` emptied.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FlushReport {
    /// How many tables had rows.
    pub tables: usize,
    /// How many rows they had.
    pub rows: usize,
}

impl Project {
    /// Deletes all rows of all models that migrations make tables for, in one transaction.
    ///
    /// The keys of new rows begin with 1 again; content types and permissions are created anew. The
    /// record of migrations stays.
    pub fn flush(
        &self,
        registry: &Registry,
        database: &Database,
    ) -> Result<FlushReport, QueryError> {
        // Opening a missing database for migrations would create it.
        if database.open_read_only()?.is_none() {
            return Err(DatabaseError::Missing(database.path().to_owned()).into());
        }
        let tables = tables(registry)?;
        let transaction = database.open_for_migrations()?;
        let existing = introspection::table_names(&transaction)?;
        let mut flushed = FlushReport { tables: 0, rows: 0 };
        let tables: Vec<_> = tables
            .into_iter()
            .filter(|table| existing.contains(table))
            .collect();
        for table in &tables {
            let rows = DeleteStatement::from(table).execute(&transaction)?;
            flushed.tables += usize::from(rows > 0);
            flushed.rows += rows;
        }
        transaction.reset_sequences(&tables)?;
        if tables.iter().any(|table| *table == "django_content_type") {
            self.emit_post_migrate(&registry.state(), &transaction)?;
        }
        transaction.commit()?;
        Ok(flushed)
    }
}

/// The tables that migrations make: those of models and of many-to-many fields.
fn tables(registry: &Registry) -> Result<Vec<String>, QueryError> {
    let mut tables = Vec::new();
    for model in registry
        .models()
        .filter(|model| has_own_table(registry, model))
    {
        tables.push(model.db_table());
        for field in &model.fields {
            let through = Through::new(registry, model, field)?;
            tables.extend(through.map(|through| through.table));
        }
    }
    Ok(tables)
}

fn has_own_table(registry: &Registry, model: &Model) -> bool {
    let options = &model.options;
    options.managed && options.proxy_for.is_none() && !registry.is_swapped(model)
}
