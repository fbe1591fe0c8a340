//! Which rows belong to a row, changed: `add`, `remove`, `set` and `clear` of Django's related managers.

use std::collections::HashSet;

use crate::db::sql::{
    DeleteStatement, InsertStatement, SelectStatement, SqlExpression, SqlStatement as _,
    UpdateStatement,
};
use crate::db::{Connection, SqlValue};
use crate::models::{Model, ModelSet as _, Registry};
use crate::query::column_value::column_value;
use crate::query::read_value::read_value;
use crate::query::related::RelationLink;
use crate::query::relation_key::RelationKey;
use crate::query::relation_path::key;
use crate::query::{FieldAssignment, ModelInstance, QueryError, RelatedAccessor, SaveOptions};
use crate::values::FieldValue;

/// Values in one statement, below what SQLite takes.
const CHUNK_SIZE: usize = 10_000;

/// The rows that belong to one row, to be changed.
#[derive(Debug)]
pub struct RelatedChange<'r, 'c> {
    registry: &'r Registry,
    connection: &'c Connection,
    accessor: RelatedAccessor<'r>,
    /// What the others refer to it by.
    near: SqlValue,
    /// What new rows between both ends hold beside their ends.
    through_defaults: Vec<FieldAssignment>,
}

impl<'r, 'c> RelatedChange<'r, 'c> {
    /// Those that belong to `row` under `name`.
    ///
    /// Fails where the relation leads to one row at most, and where the row is not in the database.
    pub fn new(
        registry: &'r Registry,
        connection: &'c Connection,
        row: &'r ModelInstance,
        name: &str,
    ) -> Result<Self, QueryError> {
        let accessor = RelatedAccessor::find(registry, row.model(), name)?;
        let near = accessor.near_value(row).filter(|_| accessor.is_many);
        let near = near.ok_or_else(|| QueryError::NotWritable(name.to_owned()))?;
        Ok(Self {
            near: column_value(registry, accessor.near_field(), near)?,
            registry,
            connection,
            accessor,
            through_defaults: Vec::new(),
        })
    }

    /// The same, where new rows of the declared model between both ends get these values (`through_defaults`).
    ///
    /// Fails where there is no such model.
    pub fn through_defaults(self, defaults: Vec<FieldAssignment>) -> Result<Self, QueryError> {
        match (self.accessor.link(), defaults.first()) {
            (RelationLink::Table { model: Some(_), .. }, _) | (_, None) => Ok(Self {
                through_defaults: defaults,
                ..self
            }),
            (_, Some(first)) => Err(QueryError::NotWritable(first.field.clone())),
        }
    }

    /// Lets the rows of these primary keys belong to it, too.
    pub fn add(&self, keys: &[FieldValue]) -> Result<(), QueryError> {
        let keys = self.keys(keys)?;
        self.connection.transaction(|_| self.add_keys(&keys))
    }

    /// Takes the rows of these primary keys away from it.
    pub fn remove(&self, keys: &[FieldValue]) -> Result<(), QueryError> {
        self.check_nullable()?;
        let keys = self.keys(keys)?;
        self.connection.transaction(|_| self.remove_keys(&keys))
    }

    /// Lets no row belong to it.
    pub fn clear(&self) -> Result<(), QueryError> {
        self.check_nullable()?;
        self.connection.transaction(|_| {
            let keys = self.present()?;
            self.remove_keys(&keys)
        })
    }

    /// Lets the rows of these primary keys belong to it, and no others.
    pub fn set(&self, keys: &[FieldValue]) -> Result<(), QueryError> {
        let keys = self.keys(keys)?;
        self.connection.transaction(|_| {
            let wanted: HashSet<_> = keys.iter().cloned().map(RelationKey::from).collect();
            let present = self.present()?.into_iter();
            let (kept, gone): (Vec<_>, Vec<_>) =
                present.partition(|key| wanted.contains(&RelationKey::from(key.clone())));
            // What cannot be taken away from a row stays with it, as in Django.
            if self.check_nullable().is_ok() {
                self.remove_keys(&gone)?;
            }
            let kept: HashSet<_> = kept.into_iter().map(RelationKey::from).collect();
            let is_new = |key: &SqlValue| !kept.contains(&RelationKey::from(key.clone()));
            let new: Vec<_> = keys.iter().filter(|key| is_new(key)).cloned().collect();
            self.add_keys(&new)
        })
    }

    fn keys(&self, keys: &[FieldValue]) -> Result<Vec<SqlValue>, QueryError> {
        let field = key(self.accessor.target)?;
        let keys = keys
            .iter()
            .map(|key| column_value(self.registry, field, key));
        keys.collect()
    }

    /// Fails where the others cannot be without a row to belong to.
    fn check_nullable(&self) -> Result<(), QueryError> {
        match self.accessor.link() {
            RelationLink::Fields { far, .. } if !far.null => {
                Err(QueryError::NotWritable(far.name.clone()))
            }
            _ => Ok(()),
        }
    }

    /// The primary keys of the rows that belong to it.
    fn present(&self) -> Result<Vec<SqlValue>, QueryError> {
        let RelationColumns { table, near, far } = self.columns()?;
        let select = SelectStatement::from(table).columns([far]);
        let select = select.filter(SqlExpression::column(&near).is_in([self.near.clone()]));
        Ok(select.column_values(self.connection)?)
    }

    /// The table that says which rows belong to it: that table, its column of this row, and that of the others.
    fn columns(&self) -> Result<RelationColumns, QueryError> {
        Ok(match self.accessor.link() {
            RelationLink::Fields { far, .. } => RelationColumns {
                table: self.accessor.target.db_table(),
                near: far.column(),
                far: key(self.accessor.target)?.column(),
            },
            RelationLink::Table {
                join, near_column, ..
            } => RelationColumns {
                table: join.table.clone(),
                near: near_column.clone(),
                far: join.to_column.clone(),
            },
        })
    }

    fn add_keys(&self, keys: &[SqlValue]) -> Result<(), QueryError> {
        let columns = self.columns()?;
        let (is_symmetrical, model) = match self.accessor.link() {
            RelationLink::Fields { .. } => {
                let near = SqlExpression::Value(self.near.clone());
                return self.update(&columns, keys, &near);
            }
            RelationLink::Table {
                is_symmetrical,
                model,
                ..
            } => (*is_symmetrical, *model),
        };
        let present = self.present()?.into_iter().map(RelationKey::from);
        let mut present: HashSet<_> = present.collect();
        for key in keys {
            if !present.insert(RelationKey::from(key.clone())) {
                continue;
            }
            let pair = [self.near.clone(), key.clone()];
            if let Some(model) = model {
                self.insert_row(model, &columns, pair, is_symmetrical)?;
                continue;
            }
            let insert = |near: &String, far: &String| {
                InsertStatement::given(&columns.table, [near, far]).or_ignore()
            };
            let dialect = self.connection.dialect();
            let statement = insert(&columns.near, &columns.far).compile(dialect);
            statement.execute(self.connection, &pair)?;
            if is_symmetrical {
                let statement = insert(&columns.far, &columns.near).compile(dialect);
                statement.execute(self.connection, &pair)?;
            }
        }
        Ok(())
    }

    /// Makes a row of the declared model between both ends, whose other fields have their defaults.
    fn insert_row(
        &self,
        model: &Model,
        columns: &RelationColumns,
        pair: [SqlValue; 2],
        is_symmetrical: bool,
    ) -> Result<(), QueryError> {
        let [near, far] = pair;
        let mut ends = vec![[(&columns.near, near.clone()), (&columns.far, far.clone())]];
        if is_symmetrical {
            ends.push([(&columns.far, near), (&columns.near, far)]);
        }
        for ends in ends {
            let unknown = || QueryError::NotFound(model.key());
            let shared = self.registry.shared(&model.key()).ok_or_else(unknown)?;
            let mut row = ModelInstance::new(self.registry, shared)?;
            row.assign(self.registry, self.through_defaults.iter().cloned())?;
            for (column, value) in ends {
                for (place, field) in model.fields.iter().enumerate() {
                    if field.has_column() && field.column() == *column {
                        let kind = self.registry.value_kind(field)?;
                        row.load(place, read_value(kind, &value)?);
                    }
                }
            }
            row.save(self.registry, self.connection, &SaveOptions::default())?;
        }
        Ok(())
    }

    fn remove_keys(&self, keys: &[SqlValue]) -> Result<(), QueryError> {
        let columns = self.columns()?;
        let is_symmetrical = match self.accessor.link() {
            RelationLink::Fields { .. } => {
                return self.update(&columns, keys, &SqlExpression::Null);
            }
            RelationLink::Table { is_symmetrical, .. } => *is_symmetrical,
        };
        for keys in keys.chunks(CHUNK_SIZE) {
            let delete = |near: &str, far: &str| {
                let own = SqlExpression::column(near).is_in([self.near.clone()]);
                let others = SqlExpression::column(far).is_in(keys.iter().cloned());
                let statement = DeleteStatement::from(&columns.table)
                    .filter(own)
                    .filter(others);
                statement.execute(self.connection)
            };
            delete(&columns.near, &columns.far)?;
            if is_symmetrical {
                delete(&columns.far, &columns.near)?;
            }
        }
        Ok(())
    }

    /// Writes `value` into the reference of the rows of `keys`; of those that belong to it, where nothing is written.
    fn update(
        &self,
        columns: &RelationColumns,
        keys: &[SqlValue],
        value: &SqlExpression,
    ) -> Result<(), QueryError> {
        for keys in keys.chunks(CHUNK_SIZE) {
            let meant = SqlExpression::column(&columns.far).is_in(keys.iter().cloned());
            let mut statement = UpdateStatement::new(&columns.table)
                .set(&columns.near, value.clone())
                .filter(meant);
            if matches!(value, SqlExpression::Null) {
                let own = SqlExpression::column(&columns.near).is_in([self.near.clone()]);
                statement = statement.filter(own);
            }
            statement.execute(self.connection)?;
        }
        Ok(())
    }
}

/// The columns that say which rows belong to which.
#[derive(Debug)]
struct RelationColumns {
    table: String,
    near: String,
    far: String,
}
