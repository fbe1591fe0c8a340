//! What is known of a model whose objects are loaded.

use std::collections::HashSet;

use crate::db::sql::{
    CompiledSql, DeleteStatement, InsertStatement, SelectStatement, SqlExpression,
    SqlStatement as _,
};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, FieldKind, Model, ModelSet as _, ReferenceError, Registry};
use crate::query::{OmittedValue, QueryError, SaveStatement, Through, omitted_value};
use crate::serializers::key_text::key_text;
use crate::serializers::load::fixture_object::FixtureObject;
use crate::serializers::natural_key::{natural_fields, natural_key};
use crate::serializers::{LoadError, ObjectProblem};
use crate::values::{auto_now_value, to_column};

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
        let save = SaveStatement::new(registry, model)?;
        let kinds = save.fields.iter().map(|field| registry.value_kind(field));
        let names = natural_key(registry, model).map(natural_fields);
        let place = |name: &str| save.fields.iter().position(|field| field.name == name);
        let natural = names.into_iter().flatten().filter_map(place).collect();
        let mut lists = Vec::new();
        for field in &model.fields {
            if let Some(through) = Through::new(registry, model, field)? {
                lists.push(ManyToManyTarget::new(
                    registry, connection, model, field, through,
                )?);
            } else if let Some((through, between)) = Through::declared(registry, model, field)? {
                let mut list = ManyToManyTarget::new(registry, connection, model, field, through)?;
                list.insert_through(registry, connection, between)?;
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
        let column = |index: usize| self.save.fields[index].column();
        let select = SelectStatement::from(self.model.db_table());
        let select = select.columns([column(self.save.keys()[0])]);
        let select = self.natural.iter().fold(select, |select, &index| {
            let value = row[index].clone().unwrap_or(SqlValue::Null);
            select.filter(SqlExpression::column(&column(index)).equals(SqlExpression::Value(value)))
        });
        let found = select.column_values(connection)?;
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
    select: CompiledSql,
    insert: CompiledSql,
    /// What the other columns of a model of its own hold in a new row.
    others: Vec<SqlValue>,
    /// A column of it that has no usual value, so that no list can make a row.
    required: Option<String>,
    delete: CompiledSql,
}

impl<'r> ManyToManyTarget<'r> {
    fn new(
        registry: &'r Registry,
        connection: &Connection,
        model: &'r Model,
        field: &'r Field,
        through: Through<'r>,
    ) -> Result<Self, LoadError> {
        let table = &through.table;
        let (source, target) = (&through.source_column, &through.target_column);
        let is_given = |column| SqlExpression::column(column).equals(SqlExpression::Given);
        let rows = SelectStatement::from(table);
        let select = rows.clone().columns([target]).filter(is_given(source));
        let insert = InsertStatement::given(table, [source, target]).or_ignore();
        let delete = DeleteStatement::from(table).filter(is_given(source));
        let delete = delete.filter(is_given(target));
        let dialect = connection.dialect();
        let key = through.target.primary_key();
        let key = key.ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))?;
        let first = rows.select(SqlExpression::Integer(1)).limit(1);
        Ok(Self {
            field,
            kind: registry.value_kind(key)?,
            was_empty: first.first_row(connection)?.is_none(),
            select: select.compile(dialect),
            others: Vec::new(),
            required: None,
            insert: insert.compile(dialect),
            delete: delete.compile(dialect),
            through,
        })
    }

    /// Fills the other columns of the table between, which is that of `model`, as a new row has them.
    fn insert_through(
        &mut self,
        registry: &Registry,
        connection: &Connection,
        model: &Model,
    ) -> Result<(), LoadError> {
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
            let (kind, zone) = (registry.value_kind(field)?, registry.time_zone());
            let omitted = omitted_value(field, kind, zone).map_err(QueryError::from)?;
            let omitted = match (omitted, auto_now_value(field, zone)) {
                (OmittedValue::Required, Some(now)) => OmittedValue::Value(now),
                (other, _) => other,
            };
            match omitted {
                OmittedValue::Value(value) => self.others.push(to_column(&value)),
                OmittedValue::Required => {
                    self.required = Some(format!("{}.{}", model.key(), field.name));
                    continue;
                }
                OmittedValue::DatabaseDefault => continue,
            }
            columns.push(column);
        }
        let insert = InsertStatement::given(&self.through.table, columns);
        self.insert = insert.compile(connection.dialect());
        Ok(())
    }

    fn add(
        &self,
        connection: &Connection,
        object: &FixtureObject,
        from: &SqlValue,
        to: &SqlValue,
    ) -> Result<(), LoadError> {
        if let Some(column) = &self.required {
            return Err(object.error(ObjectProblem::ThroughField {
                list: self.field.name.clone(),
                field: column.clone(),
            }));
        }
        let mut values = vec![from.clone(), to.clone()];
        values.extend_from_slice(&self.others);
        self.insert.execute(connection, &values)?;
        Ok(())
    }

    /// Makes `items` all that the row `key` refers to, both ways where that is meant.
    pub(super) fn set(
        &mut self,
        connection: &Connection,
        object: &FixtureObject,
        key: &SqlValue,
        items: &[SqlValue],
    ) -> Result<(), LoadError> {
        if self.was_empty && items.is_empty() {
            return Ok(());
        }
        let both = self.through.symmetrical;
        let before: Vec<SqlValue> = self.select.column(connection, std::slice::from_ref(key))?;
        let names = |items: &[SqlValue]| items.iter().map(key_text).collect::<HashSet<_>>();
        let (there, wanted) = (names(&before), names(items));
        for gone in before
            .iter()
            .filter(|item| !wanted.contains(&key_text(item)))
        {
            self.delete
                .execute(connection, &[key.clone(), gone.clone()])?;
            if both {
                self.delete
                    .execute(connection, &[gone.clone(), key.clone()])?;
            }
        }
        for item in items.iter().filter(|item| !there.contains(&key_text(item))) {
            self.add(connection, object, key, item)?;
            if both {
                self.add(connection, object, item, key)?;
            }
        }
        self.was_empty &= items.is_empty();
        Ok(())
    }
}
