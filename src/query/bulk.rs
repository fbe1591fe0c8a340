//! Many rows written by few statements (`bulk_create`, `bulk_update`).

use crate::db::sql::{
    InsertStatement, OnConflict, SqlExpression, SqlStatement as _, UpdateStatement,
};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, FieldKind, ModelSet as _};
use crate::query::column_value::column_value;
use crate::query::instance_save::is_set_on_save;
use crate::query::read_value::read_value;
use crate::query::relation_path::key;
use crate::query::{ModelInstance, QueryError, QuerySet};
use crate::values::{FieldValue, auto_now_value};

/// Values in one statement, below what SQLite takes.
const MOST_VALUES: usize = 32_000;

/// What happens where a row to be made is there already.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum BulkConflict {
    /// Nothing is made, and the whole fails.
    #[default]
    Fail,
    /// The row that is there stays as it is.
    Ignore,
    /// Fields of the row that is there are written over.
    Update {
        /// Those fields.
        update_fields: Vec<String>,
        /// The fields by which a row is the same.
        unique_fields: Vec<String>,
    },
}

/// How many rows are made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulkOptions {
    /// Rows in one statement; as many as the database takes where it is not given.
    pub batch_size: Option<usize>,
    /// What happens where a row is there already.
    pub conflict: BulkConflict,
    /// Whether fields that a save sets to the current moment are written as they are.
    pub keeps_moments: bool,
}

impl QuerySet<'_> {
    /// Makes `rows`, all or none, those with a key first; they get the keys that the database gives them, except
    /// where conflicts are ignored.
    pub fn bulk_create(
        &self,
        connection: &Connection,
        rows: &mut [ModelInstance],
        options: &BulkOptions,
    ) -> Result<(), QueryError> {
        if !options.keeps_moments {
            for row in &mut *rows {
                self.set_moments(row);
            }
        }
        let conflict = self.on_conflict(&options.conflict)?;
        let is_new = |row: &&mut ModelInstance| *row.key() == FieldValue::Null;
        let (mut without_key, mut rows): (Vec<_>, Vec<_>) = rows.iter_mut().partition(is_new);
        connection.transaction(|connection| {
            for rows in [&mut rows, &mut without_key] {
                let mut rest = rows.as_mut_slice();
                while let Some(first) = rest.first() {
                    let shape = self.given_fields(first);
                    let width = shape.len().max(1);
                    let most = options
                        .batch_size
                        .unwrap_or(usize::MAX)
                        .clamp(1, MOST_VALUES / width);
                    let alike = rest.iter().take(most);
                    let count = alike
                        .take_while(|row| self.given_fields(row) == shape)
                        .count();
                    let (batch, after) = rest.split_at_mut(count.max(1));
                    self.insert_batch(connection, batch, &shape, conflict.as_ref())?;
                    rest = after;
                }
            }
            Ok(())
        })
    }

    fn set_moments(&self, row: &mut ModelInstance) {
        for (place, field) in self.model().fields.iter().enumerate() {
            if is_set_on_save(field, true)
                && let Some(value) = auto_now_value(field, self.registry().time_zone())
            {
                row.load(place, value);
            }
        }
    }

    /// The places of the fields that the database gets from the program for `row`.
    fn given_fields(&self, row: &ModelInstance) -> Vec<usize> {
        let fields = self.model().fields.iter().enumerate();
        let given = fields.filter(|(_, field)| {
            let is_column = field.has_column() && field.generated().is_none();
            let value = row.get(&field.name).filter(|_| is_column);
            value.is_some_and(|value| !(field.primary_key && *value == FieldValue::Null))
        });
        given.map(|(place, _)| place).collect()
    }

    fn on_conflict(&self, conflict: &BulkConflict) -> Result<Option<OnConflict>, QueryError> {
        let columns = |names: &[String]| {
            let fields = names
                .iter()
                .map(|name| Ok(self.column_field(name)?.column()));
            fields.collect::<Result<Vec<_>, QueryError>>()
        };
        Ok(match conflict {
            BulkConflict::Fail => None,
            BulkConflict::Ignore => Some(OnConflict {
                target: Vec::new(),
                update: Vec::new(),
            }),
            BulkConflict::Update {
                update_fields,
                unique_fields,
            } => {
                if unique_fields.is_empty() || update_fields.is_empty() {
                    return Err(QueryError::NoFields);
                }
                for name in update_fields {
                    let field = self.column_field(name)?;
                    if field.primary_key {
                        return Err(QueryError::NotWritable(field.name.clone()));
                    }
                }
                Some(OnConflict {
                    target: columns(unique_fields)?,
                    update: columns(update_fields)?,
                })
            }
        })
    }

    fn insert_batch(
        &self,
        connection: &Connection,
        batch: &mut [&mut ModelInstance],
        given: &[usize],
        conflict: Option<&OnConflict>,
    ) -> Result<(), QueryError> {
        let fields = &self.model().fields;
        let columns = given.iter().map(|place| fields[*place].column());
        let mut statement = InsertStatement::into(self.model().db_table()).columns(columns);
        let mut values = Vec::new();
        for row in &*batch {
            for place in given {
                let value = row.get(&fields[*place].name).unwrap_or(&FieldValue::Null);
                values.push(column_value(self.registry(), &fields[*place], value)?);
            }
            if !given.is_empty() {
                statement = statement.row(vec![SqlExpression::Given; given.len()]);
            }
        }
        let computed = fields.iter().enumerate();
        let computed =
            computed.filter(|(place, field)| field.has_column() && !given.contains(place));
        let computed: Vec<usize> = computed.map(|(place, _)| place).collect();
        if let Some(conflict) = conflict {
            statement = statement.on_conflict(conflict.clone());
        }
        let is_ignored = conflict.is_some_and(|conflict| conflict.update.is_empty());
        if !is_ignored {
            statement = statement.returning(computed.iter().map(|place| fields[*place].column()));
        }
        let statement = statement.compile(connection.dialect());
        let made = statement.rows(connection, &values)?;
        for (row, made) in batch.iter_mut().zip(made) {
            for (place, value) in computed.iter().zip(made.into_values()) {
                let kind = self.registry().value_kind(&fields[*place])?;
                row.load(*place, read_value(kind, &value)?);
            }
        }
        for row in batch {
            row.set_saved();
        }
        Ok(())
    }

    /// Writes `fields` of `rows`, which are there already; returns how many of them were found.
    ///
    /// Fails where no field is named, and at one without a column or that is part of the primary key.
    pub fn bulk_update(
        &self,
        connection: &Connection,
        rows: &[ModelInstance],
        fields: &[&str],
    ) -> Result<usize, QueryError> {
        let own_key = key(self.model())?;
        let mut written: Vec<&Field> = Vec::new();
        for name in fields {
            let field = self.column_field(name)?;
            if field.primary_key || matches!(field.kind, FieldKind::Generated { .. }) {
                return Err(QueryError::NotWritable(field.name.clone()));
            }
            written.push(field);
        }
        if written.is_empty() {
            return Err(QueryError::NoFields);
        }
        let mut statement = UpdateStatement::new(self.model().db_table());
        for field in &written {
            statement = statement.set(field.column(), SqlExpression::Given);
        }
        let is_same = SqlExpression::column(&own_key.column()).equals(SqlExpression::Given);
        let statement = statement.filter(is_same).compile(connection.dialect());
        connection.transaction(|connection| {
            let mut count = 0;
            for row in rows {
                let fields = written.iter().chain([&own_key]);
                let values = fields.map(|field| {
                    let value = row.get(&field.name).unwrap_or(&FieldValue::Null);
                    column_value(self.registry(), field, value)
                });
                let values = values.collect::<Result<Vec<SqlValue>, _>>()?;
                count += statement.execute(connection, &values)?;
            }
            Ok(count)
        })
    }
}
