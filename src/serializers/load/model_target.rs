//! What is known of a model whose objects are loaded.

use std::collections::HashSet;

use crate::db::{Connection, SqlValue, quote_name};
use crate::models::{Field, FieldKind, Model, Registry};
use crate::query::{OmittedValue, QueryError, SaveStatement, Through, omitted_value, value_kind};
use crate::schema::auto_now_value;
use crate::serializers::LoadError;
use crate::serializers::key_text::key_text;
use crate::serializers::natural_key::{natural_fields, natural_key};

/// A model whose objects are loaded.
#[derive(Debug)]
pub(super) struct ModelTarget<'r> {
    pub(super) model: &'r Model,
    pub(super) save: SaveStatement<'r>,
    /// What each field of [`SaveStatement::fields`] holds.
    pub(super) kinds: Vec<&'r FieldKind>,
    /// Where the fields of the natural key stand among them; empty without one.
    pub(super) natural: Vec<usize>,
    pub(super) lists: Vec<ManyToManyTarget<'r>>,
}

impl<'r> ModelTarget<'r> {
    pub(super) fn new(
        registry: &'r Registry,
        connection: &Connection,
        model: &'r Model,
    ) -> Result<Self, LoadError> {
        let save = SaveStatement::new(model)?;
        let kinds = save.fields.iter().map(|field| value_kind(registry, field));
        let names = natural_key(registry, model).map(natural_fields);
        let place = |name: &str| save.fields.iter().position(|field| field.name == name);
        let natural = names.into_iter().flatten().filter_map(place).collect();
        let mut lists = Vec::new();
        for field in &model.fields {
            if let Some(through) = Through::new(registry, model, field)? {
                lists.push(ManyToManyTarget::new(
                    registry,
                    connection,
                    (model, field),
                    through,
                )?);
            } else if let Some((through, between)) = Through::declared(registry, model, field)? {
                let mut list =
                    ManyToManyTarget::new(registry, connection, (model, field), through)?;
                list.insert_through(between)?;
                lists.push(list);
            }
        }
        Ok(Self {
            model,
            kinds: kinds.collect::<Result<_, _>>()?,
            save,
            natural,
            lists,
        })
    }

    /// The primary key of the row whose natural key is that of `row`, if there is one.
    pub(super) fn find(
        &self,
        connection: &Connection,
        row: &[Option<SqlValue>],
    ) -> Result<Option<SqlValue>, LoadError> {
        let column = |index: usize| quote_name(&self.save.fields[index].column());
        let conditions: Vec<_> = self
            .natural
            .iter()
            .map(|i| format!("{} = ?", column(*i)))
            .collect();
        let sql = format!(
            "SELECT {} FROM {} WHERE {}",
            column(self.save.keys()[0]),
            quote_name(&self.model.db_table()),
            conditions.join(" AND ")
        );
        let values: Vec<_> = self
            .natural
            .iter()
            .map(|i| row[*i].clone().unwrap_or(SqlValue::Null))
            .collect();
        let found = connection.column(&sql, &values)?;
        Ok(found.into_iter().next())
    }
}

/// A reference to many, and the statements of the table between.
#[derive(Debug)]
pub(super) struct ManyToManyTarget<'r> {
    pub(super) field: &'r Field,
    pub(super) through: Through<'r>,
    /// What its items are keys of.
    pub(super) kind: &'r FieldKind,
    /// Whether the table had no row, so that there is nothing to compare with.
    pub(super) was_empty: bool,
    select: String,
    insert: String,
    /// What the other columns of a model of its own hold in a new row.
    others: Vec<SqlValue>,
    delete: String,
}

impl<'r> ManyToManyTarget<'r> {
    fn new(
        registry: &'r Registry,
        connection: &Connection,
        (model, field): (&'r Model, &'r Field),
        through: Through<'r>,
    ) -> Result<Self, LoadError> {
        let table = quote_name(&through.table);
        let (source, target) = (
            quote_name(&through.source_column),
            quote_name(&through.target_column),
        );
        let key = through.target.primary_key();
        let key = key.ok_or_else(|| QueryError::NoPrimaryKey(model.key()))?;
        let first = connection.query(&format!("SELECT 1 FROM {table} LIMIT 1"), &[])?;
        Ok(Self {
            field,
            kind: value_kind(registry, key)?,
            was_empty: first.is_empty(),
            select: format!("SELECT {target} FROM {table} WHERE {source} = ?"),
            others: Vec::new(),
            insert: format!("INSERT OR IGNORE INTO {table} ({source}, {target}) VALUES (?, ?)"),
            delete: format!("DELETE FROM {table} WHERE {source} = ? AND {target} = ?"),
            through,
        })
    }

    /// Fills the other columns of the table between, which is that of `model`, as a new row has them.
    fn insert_through(&mut self, model: &Model) -> Result<(), LoadError> {
        let Through {
            source_column,
            target_column,
            ..
        } = &self.through;
        let mut columns = vec![source_column.clone(), target_column.clone()];
        for field in model.columns().filter(|field| field.generated().is_none()) {
            let column = field.column();
            if columns[..2].contains(&column) {
                continue;
            }
            let omitted = match (omitted_value(field)?, auto_now_value(field)) {
                (OmittedValue::Missing, Some(now)) => OmittedValue::Value(now),
                (other, _) => other,
            };
            match omitted {
                OmittedValue::Value(value) => self.others.push(value),
                // The database says that it needs a value, and of which column.
                OmittedValue::Missing => self.others.push(SqlValue::Null),
                OmittedValue::Database => continue,
            }
            columns.push(column);
        }
        let names: Vec<_> = columns.iter().map(|column| quote_name(column)).collect();
        self.insert = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            quote_name(&self.through.table),
            names.join(", "),
            vec!["?"; names.len()].join(", ")
        );
        Ok(())
    }

    fn add(
        &self,
        connection: &Connection,
        from: &SqlValue,
        to: &SqlValue,
    ) -> Result<(), LoadError> {
        let mut values = vec![from.clone(), to.clone()];
        values.extend_from_slice(&self.others);
        connection.execute(&self.insert, &values)?;
        Ok(())
    }

    /// Makes `items` all that the row `key` refers to, both ways where that is meant.
    pub(super) fn set(
        &mut self,
        connection: &Connection,
        key: &SqlValue,
        items: &[SqlValue],
    ) -> Result<(), LoadError> {
        if self.was_empty && items.is_empty() {
            return Ok(());
        }
        let both = self.through.symmetrical;
        let before: Vec<SqlValue> = connection.column(&self.select, std::slice::from_ref(key))?;
        let names = |items: &[SqlValue]| items.iter().map(key_text).collect::<HashSet<_>>();
        let (there, wanted) = (names(&before), names(items));
        for gone in before
            .iter()
            .filter(|item| !wanted.contains(&key_text(item)))
        {
            connection.execute(&self.delete, &[key.clone(), gone.clone()])?;
            if both {
                connection.execute(&self.delete, &[gone.clone(), key.clone()])?;
            }
        }
        for item in items.iter().filter(|item| !there.contains(&key_text(item))) {
            self.add(connection, key, item)?;
            if both {
                self.add(connection, item, key)?;
            }
        }
        self.was_empty &= items.is_empty();
        Ok(())
    }
}
