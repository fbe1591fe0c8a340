//! Rows to be deleted, and what becomes of the rows that refer to them (`django.db.models.deletion.Collector`).

use std::collections::{HashMap, HashSet, VecDeque};

use crate::db::sql::{DeleteStatement, SqlExpression, SqlStatement as _, UpdateStatement};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, Model, ModelKey, ModelSet as _, OnDelete, ReferenceError, Registry};
use crate::query::column_values::{CHUNK_SIZE, column_values, is_in};
use crate::query::dropped_files::{DroppedFiles, are_observed};
use crate::query::relation_key::RelationKey;
use crate::query::save::{OmittedValue, omitted_value};
use crate::query::{QueryError, Through};
use crate::values::to_column;

/// All that a deletion does: rows of several tables go, references of others change.
#[derive(Debug)]
pub struct DeleteCollector<'r> {
    registry: &'r Registry,
    deletions: Vec<RowDeletion<'r>>,
    updates: Vec<ReferenceUpdate>,
    /// Rows that may only go with what they refer to, and that something refers from.
    restricted: Vec<BlockingRows<'r>>,
    /// Rows that forbid it.
    blocking: Vec<BlockingRows<'r>>,
    seen: HashMap<ModelKey, HashSet<RelationKey>>,
    /// Rows whose references are still to be looked at.
    queue: VecDeque<RowsOfModel<'r>>,
}

/// Rows that go: those of `table` whose `column` is one of `keys`.
#[derive(Debug)]
struct RowDeletion<'r> {
    label: String,
    /// The model they are of; none where they stand between many and many.
    model: Option<&'r Model>,
    table: String,
    column: String,
    keys: Vec<SqlValue>,
    /// How many they are, where that is known before they go.
    count: Option<usize>,
}

#[derive(Debug)]
struct ReferenceUpdate {
    table: String,
    column: String,
    value: SqlValue,
    keys: Vec<SqlValue>,
}

/// Rows that forbid a deletion, because of what they refer to.
#[derive(Clone, Debug)]
pub struct BlockingRows<'r> {
    /// Their model.
    pub model: &'r Model,
    /// The field that refers.
    pub field: &'r Field,
    /// Their primary keys.
    pub keys: Vec<SqlValue>,
}

/// Rows of a model that go.
#[derive(Clone, Debug)]
pub struct RowsOfModel<'r> {
    /// Their model.
    pub model: &'r Model,
    /// Their primary keys.
    pub keys: Vec<SqlValue>,
}

/// A field that refers to rows that go.
#[derive(Clone, Copy, Debug)]
struct CollectedReference<'r, 'm> {
    /// The model that refers.
    model: &'r Model,
    /// Its field.
    field: &'r Field,
    /// What becomes of its rows.
    on_delete: &'r OnDelete,
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
        column_values(connection, &table, &column, &key, keys)
    }
}

impl<'r> DeleteCollector<'r> {
    /// Whether nothing has to be done for rows that refer to rows of `model`.
    pub(super) fn can_fast_delete(registry: &Registry, model: &Model) -> bool {
        let leads_here = |field: &Field| {
            let target = field.kind.target().and_then(|to| registry.target(to));
            target.is_some_and(|target| target.key() == model.key())
        };
        referring(registry).all(|(other, field)| {
            if let Some(relation) = field.relation() {
                return relation.on_delete == OnDelete::DoNothing || !leads_here(field);
            }
            // Where a model of its own stands between, its references say what becomes of its rows.
            let has_own_table = field
                .many_to_many()
                .is_some_and(|many| many.through.is_none());
            !has_own_table || other.key() != model.key() && !leads_here(field)
        })
    }

    /// Finds all that goes with the rows of `model` whose primary keys are `keys`.
    ///
    /// Fails where rows that refer to them forbid it.
    pub fn new(
        registry: &'r Registry,
        connection: &Connection,
        model: &'r Model,
        keys: Vec<SqlValue>,
    ) -> Result<Self, QueryError> {
        let collector = Self::find(registry, connection, model, keys)?;
        match collector.blocking.first() {
            Some(BlockingRows { model, field, keys }) => Err(QueryError::Protected {
                model: model.key(),
                field: field.name.clone(),
                count: keys.len(),
            }),
            None => Ok(collector),
        }
    }

    /// The same to be looked at alone: what forbids it is among what is found ([`Self::blocking`]).
    pub fn find(
        registry: &'r Registry,
        connection: &Connection,
        model: &'r Model,
        keys: Vec<SqlValue>,
    ) -> Result<Self, QueryError> {
        let mut collector = Self {
            registry,
            deletions: Vec::new(),
            updates: Vec::new(),
            restricted: Vec::new(),
            blocking: Vec::new(),
            seen: HashMap::new(),
            queue: VecDeque::new(),
        };
        collector.enqueue(model, keys);
        while let Some(RowsOfModel { model, keys }) = collector.queue.pop_front() {
            collector.collect_related(connection, model, &keys)?;
        }
        collector.check_restricted(connection)?;
        Ok(collector)
    }

    /// The rows that forbid it.
    pub fn blocking(&self) -> &[BlockingRows<'r>] {
        &self.blocking
    }

    /// The rows that go, by their models; those between many and many left out.
    pub fn rows(&self, connection: &Connection) -> Result<Vec<RowsOfModel<'r>>, QueryError> {
        let deletions = self.deletions.iter();
        let deletions = deletions.filter_map(|deletion| Some((deletion.model?, deletion)));
        let rows = deletions.map(|(model, deletion)| {
            let (table, column) = (&deletion.table, &deletion.column);
            let key = primary_key(model)?.column();
            let keys = match deletion.count {
                Some(_) => deletion.keys.clone(),
                None => column_values(connection, table, &key, column, &deletion.keys)?,
            };
            Ok(RowsOfModel { model, keys })
        });
        rows.collect()
    }

    /// How many rows of which model go, such as `auth.Permission`.
    pub fn counts(&self, connection: &Connection) -> Result<Vec<(String, usize)>, QueryError> {
        let mut counts = Vec::new();
        for deletion in &self.deletions {
            let RowDeletion {
                table,
                column,
                keys,
                ..
            } = deletion;
            let count = match deletion.count {
                Some(count) => count,
                None => column_values(connection, table, column, column, keys)?.len(),
            };
            add(&mut counts, &deletion.label, count);
        }
        Ok(counts)
    }

    /// Does it, in the transaction it was found in; returns how many rows of which model are gone.
    pub fn run(&self, connection: &Connection) -> Result<Vec<(String, usize)>, QueryError> {
        let files = self.files(connection)?;
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
        let mut counts = Vec::new();
        for deletion in self.deletions.iter().rev() {
            for keys in deletion.keys.chunks(CHUNK_SIZE) {
                let count = DeleteStatement::from(&deletion.table)
                    .filter(is_in(&deletion.column, keys))
                    .execute(connection)?;
                add(&mut counts, &deletion.label, count);
            }
        }
        files.tell(self.registry, connection)?;
        Ok(counts)
    }

    /// What the rows name that go.
    fn files(&self, connection: &Connection) -> Result<DroppedFiles, QueryError> {
        let mut files = DroppedFiles::default();
        for deletion in &self.deletions {
            let observed = |model: &&Model| are_observed(self.registry, model);
            if let Some(model) = deletion.model.filter(observed) {
                files.note(connection, model, &deletion.column, &deletion.keys)?;
            }
        }
        Ok(files)
    }

    /// Marks rows as going, those left out that are marked already.
    fn enqueue(&mut self, model: &'r Model, keys: Vec<SqlValue>) {
        let seen = self.seen.entry(model.key()).or_default();
        let new = |key: &SqlValue| seen.insert(RelationKey::from(key.clone()));
        let keys: Vec<_> = keys.into_iter().filter(new).collect();
        let Some(key) = model.primary_key().filter(|_| !keys.is_empty()) else {
            return;
        };
        self.deletions.push(RowDeletion {
            label: model.label(),
            model: Some(model),
            table: model.db_table(),
            column: key.column(),
            count: Some(keys.len()),
            keys: keys.clone(),
        });
        self.queue.push_back(RowsOfModel { model, keys });
    }

    fn collect_related(
        &mut self,
        connection: &Connection,
        model: &'r Model,
        keys: &[SqlValue],
    ) -> Result<(), QueryError> {
        let registry = self.registry;
        for (other, field) in referring(registry) {
            if let Some(relation) = field.relation() {
                let (target, target_field) = registry.target_field(relation)?;
                if target.key() == model.key() {
                    let reference = CollectedReference {
                        model: other,
                        field,
                        on_delete: &relation.on_delete,
                        target: model,
                        target_field,
                    };
                    self.collect_referring(connection, reference, keys)?;
                }
            }
            self.collect_through(other, field, model, keys)?;
        }
        Ok(())
    }

    /// Does for the rows that refer to `keys` what the `on_delete` of their field says.
    fn collect_referring(
        &mut self,
        connection: &Connection,
        reference: CollectedReference<'r, '_>,
        keys: &[SqlValue],
    ) -> Result<(), QueryError> {
        let CollectedReference {
            model,
            field,
            on_delete,
            ..
        } = reference;
        if *on_delete == OnDelete::DoNothing {
            return Ok(());
        }
        let values = reference.target_values(connection, keys)?;
        let (table, column) = (model.db_table(), field.column());
        match on_delete {
            OnDelete::Cascade if Self::can_fast_delete(self.registry, model) => {
                self.deletions.push(RowDeletion {
                    label: model.label(),
                    model: Some(model),
                    table,
                    column,
                    keys: values,
                    count: None,
                });
                return Ok(());
            }
            OnDelete::SetNull | OnDelete::SetDefault | OnDelete::Set(_) => {
                let value = replacement(self.registry, field, on_delete)?;
                self.updates.push(ReferenceUpdate {
                    table,
                    column,
                    value,
                    keys: values,
                });
                return Ok(());
            }
            _ => {}
        }
        let rows = column_values(
            connection,
            &table,
            &primary_key(model)?.column(),
            &column,
            &values,
        )?;
        match on_delete {
            _ if rows.is_empty() => {}
            OnDelete::Cascade => self.enqueue(model, rows),
            OnDelete::Restrict => self.restricted.push(BlockingRows {
                model,
                field,
                keys: rows,
            }),
            _ => self.blocking.push(BlockingRows {
                model,
                field,
                keys: rows,
            }),
        }
        Ok(())
    }

    /// Deletes the rows between many and many at whose end `keys` stand.
    fn collect_through(
        &mut self,
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
            self.deletions.push(RowDeletion {
                label: format!("{}_{}", other.label(), field.name),
                model: None,
                table: through.table.clone(),
                column: column.clone(),
                keys: keys.to_vec(),
                count: None,
            });
        }
        Ok(())
    }

    /// Finds the rows that restrict the deletion, and do not go themselves.
    fn check_restricted(&mut self, connection: &Connection) -> Result<(), QueryError> {
        for BlockingRows { model, field, keys } in std::mem::take(&mut self.restricted) {
            let mut gone = self.seen.get(&model.key()).cloned().unwrap_or_default();
            let (table, key) = (model.db_table(), primary_key(model)?.column());
            let counted = |deletion: &&RowDeletion<'_>| deletion.count.is_none();
            let same = self.deletions.iter().filter(counted);
            for deletion in same.filter(|deletion| deletion.table == table) {
                let found =
                    column_values(connection, &table, &key, &deletion.column, &deletion.keys)?;
                gone.extend(found.into_iter().map(RelationKey::from));
            }
            let stays = |key: &SqlValue| !gone.contains(&RelationKey::from(key.clone()));
            let keys: Vec<_> = keys.into_iter().filter(stays).collect();
            if !keys.is_empty() {
                self.blocking.push(BlockingRows { model, field, keys });
            }
        }
        Ok(())
    }
}

/// All fields that refer to rows, with their models.
fn referring(registry: &Registry) -> impl Iterator<Item = (&Model, &Field)> {
    let models = registry.models();
    let own =
        models.filter(|other| other.options.proxy_for.is_none() && !registry.is_swapped(other));
    own.flat_map(|model| model.fields.iter().map(move |field| (model, field)))
        .filter(|(_, field)| field.kind.target().is_some())
}

fn add(counts: &mut Vec<(String, usize)>, label: &str, count: usize) {
    match counts.iter_mut().find(|(known, _)| known == label) {
        Some((_, known)) => *known += count,
        None if count > 0 => counts.push((label.to_owned(), count)),
        None => {}
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
