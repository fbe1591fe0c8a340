//! Rows to be deleted, and what becomes of the rows that refer to them.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::db::sql::{
    DeleteStatement, SelectStatement, SqlExpression, SqlStatement as _, UpdateStatement,
};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, Model, ModelKey, ModelSet as _, OnDelete, ReferenceError, Registry};
use crate::query::save::{OmittedValue, omitted_value};
use crate::query::{QueryError, Through};
use crate::values::to_column;

/// Keys in one statement.
const CHUNK_SIZE: usize = 500;

/// All that a deletion does: rows of several tables go, references of others change.
#[derive(Debug)]
pub struct DeleteCollector<'r> {
    registry: &'r Registry,
    /// Rows to be deleted: whose they are, the table, the column that finds them.
    deletions: Vec<RowDeletion>,
    updates: Vec<FieldUpdate>,
    seen: HashMap<ModelKey, HashSet<String>>,
    queue: VecDeque<(&'r Model, Vec<SqlValue>)>,
}

#[derive(Debug)]
struct RowDeletion {
    label: String,
    table: String,
    column: String,
    keys: Vec<SqlValue>,
    count: usize,
}

#[derive(Debug)]
struct FieldUpdate {
    table: String,
    column: String,
    value: SqlValue,
    keys: Vec<SqlValue>,
}

/// A field that refers to rows that go.
#[derive(Clone, Copy, Debug)]
struct CollectedReference<'r, 'm> {
    /// The model that refers.
    model: &'r Model,
    /// Its field.
    field: &'r Field,
    /// The model of the rows that go.
    target: &'m Model,
    /// The field of it that is referred to.
    target_field: &'m Field,
}

impl CollectedReference<'_, '_> {
    /// What the field holds where it refers to the rows whose primary keys are `keys`.
    fn target_values(
        &self,
        connection: &Connection,
        keys: &[SqlValue],
    ) -> Result<Vec<SqlValue>, QueryError> {
        if self.target_field.primary_key {
            return Ok(keys.to_vec());
        }
        let (table, column) = (self.target.db_table(), self.target_field.column());
        let key = primary_key(self.target)?.column();
        select(connection, &table, &column, &key, keys)
    }
}

impl<'r> DeleteCollector<'r> {
    /// Finds all that goes with the rows of `model` whose primary keys are `keys`.
    ///
    /// Fails where rows that refer to them forbid it.
    pub fn new(
        registry: &'r Registry,
        connection: &Connection,
        model: &'r Model,
        keys: Vec<SqlValue>,
    ) -> Result<Self, QueryError> {
        let mut cascade = Self {
            registry,
            deletions: Vec::new(),
            updates: Vec::new(),
            seen: HashMap::new(),
            queue: VecDeque::new(),
        };
        cascade.enqueue(model, keys);
        while let Some((model, keys)) = cascade.queue.pop_front() {
            cascade.collect_related(connection, model, &keys)?;
        }
        Ok(cascade)
    }

    /// How many rows of which model go, such as `auth.Permission`.
    pub fn counts(&self) -> Vec<(String, usize)> {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for deletion in &self.deletions {
            match counts
                .iter_mut()
                .find(|(label, _)| *label == deletion.label)
            {
                Some((_, count)) => *count += deletion.count,
                None => counts.push((deletion.label.clone(), deletion.count)),
            }
        }
        counts
    }

    /// Does it; to be called in the transaction it was found in.
    pub fn run(&self, connection: &Connection) -> Result<(), QueryError> {
        // Rows go in any order; whether all references still lead somewhere is asked at the end.
        connection.defer_references()?;
        for update in &self.updates {
            for keys in update.keys.chunks(CHUNK_SIZE) {
                UpdateStatement::new(&update.table)
                    .set(&update.column, SqlExpression::value(update.value.clone()))
                    .filter(is_in(&update.column, keys))
                    .execute(connection)?;
            }
        }
        for deletion in self.deletions.iter().rev() {
            for keys in deletion.keys.chunks(CHUNK_SIZE) {
                DeleteStatement::from(&deletion.table)
                    .filter(is_in(&deletion.column, keys))
                    .execute(connection)?;
            }
        }
        Ok(())
    }

    /// Marks rows as going, those left out that are marked already.
    fn enqueue(&mut self, model: &'r Model, keys: Vec<SqlValue>) {
        let seen = self.seen.entry(model.key()).or_default();
        let keys: Vec<_> = keys
            .into_iter()
            .filter(|key| seen.insert(format!("{key:?}")))
            .collect();
        let Some(key) = model.primary_key().filter(|_| !keys.is_empty()) else {
            return;
        };
        self.deletions.push(RowDeletion {
            label: format!("{}.{}", model.app_label, model.name),
            table: model.db_table(),
            column: key.column(),
            count: keys.len(),
            keys: keys.clone(),
        });
        self.queue.push_back((model, keys));
    }

    fn collect_related(
        &mut self,
        connection: &Connection,
        model: &'r Model,
        keys: &[SqlValue],
    ) -> Result<(), QueryError> {
        let registry = self.registry;
        for other in registry.models() {
            if other.options.proxy_for.is_some() || registry.is_swapped(other) {
                continue;
            }
            for field in &other.fields {
                if let Some(relation) = field.relation() {
                    let (target, to) = registry.target_field(relation)?;
                    if target.key() == model.key() {
                        let reference = CollectedReference {
                            model: other,
                            field,
                            target: model,
                            target_field: to,
                        };
                        self.collect_referring(connection, reference, keys)?;
                    }
                }
                self.collect_through(connection, other, field, model, keys)?;
            }
        }
        Ok(())
    }

    /// Does for the rows of `other` whose `field` refers to `keys` what the field's `on_delete` says.
    fn collect_referring(
        &mut self,
        connection: &Connection,
        reference: CollectedReference<'r, '_>,
        keys: &[SqlValue],
    ) -> Result<(), QueryError> {
        let CollectedReference { model, field, .. } = reference;
        let values = reference.target_values(connection, keys)?;
        let (table, column) = (model.db_table(), field.column());
        let own_key = primary_key(model)?.column();
        let rows = select(connection, &table, &own_key, &column, &values)?;
        if rows.is_empty() {
            return Ok(());
        }
        match field.relation().map(|relation| &relation.on_delete) {
            Some(OnDelete::Cascade) => self.enqueue(model, rows),
            Some(OnDelete::Protect | OnDelete::Restrict) => {
                return Err(QueryError::Protected {
                    model: model.key(),
                    field: field.name.clone(),
                    count: rows.len(),
                });
            }
            Some(OnDelete::DoNothing) | None => {}
            Some(action) => {
                let value = replacement(self.registry, field, action)?;
                self.updates.push(FieldUpdate {
                    table,
                    column,
                    value,
                    keys: values,
                });
            }
        }
        Ok(())
    }

    /// Deletes the rows between many and many at whose end `keys` stand.
    fn collect_through(
        &mut self,
        connection: &Connection,
        other: &Model,
        field: &Field,
        model: &Model,
        keys: &[SqlValue],
    ) -> Result<(), QueryError> {
        let Some(through) = Through::new(self.registry, other, field)? else {
            return Ok(());
        };
        let ends = [
            (other.key() == model.key(), &through.source_column),
            (through.target.key() == model.key(), &through.target_column),
        ];
        for (_, column) in ends.into_iter().filter(|(meant, _)| *meant) {
            let found = select(connection, &through.table, "id", column, keys)?;
            if !found.is_empty() {
                self.deletions.push(RowDeletion {
                    label: format!("{}.{}_{}", other.app_label, other.name, field.name),
                    table: through.table.clone(),
                    column: "id".to_owned(),
                    count: found.len(),
                    keys: found,
                });
            }
        }
        Ok(())
    }
}

/// What takes the place of a reference to a row that goes.
fn replacement(
    registry: &Registry,
    field: &Field,
    on_delete: &OnDelete,
) -> Result<SqlValue, QueryError> {
    let mut field = field.clone();
    match on_delete {
        OnDelete::SetNull => return Ok(SqlValue::Null),
        OnDelete::Set(value) => field.default = Some(value.clone()),
        _ => {}
    }
    Ok(
        match omitted_value(&field, registry.value_kind(&field)?, registry.time_zone())? {
            OmittedValue::Value(value) => to_column(&value),
            OmittedValue::DatabaseDefault | OmittedValue::Required => SqlValue::Null,
        },
    )
}

fn primary_key(model: &Model) -> Result<&Field, ReferenceError> {
    let key = model.primary_key();
    key.ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))
}

fn is_in(column: &str, keys: &[SqlValue]) -> SqlExpression {
    SqlExpression::column(column).is_in(keys.iter().cloned())
}

/// The `wanted` column of the rows of `table` whose `column` is one of `keys`.
fn select(
    connection: &Connection,
    table: &str,
    wanted: &str,
    column: &str,
    keys: &[SqlValue],
) -> Result<Vec<SqlValue>, QueryError> {
    let mut found = Vec::new();
    for keys in keys.chunks(CHUNK_SIZE) {
        let select = SelectStatement::from(table).columns([wanted]);
        let select = select.filter(is_in(column, keys));
        found.extend(select.column_values::<SqlValue>(connection)?);
    }
    Ok(found)
}
