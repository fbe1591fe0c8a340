//! The rows of one model as objects of a fixture.

use crate::db::sql::SelectStatement;
use crate::db::{Connection, RowRef, SqlValue};
use crate::json::JsonWriter;
use crate::models::{Field, Model, ModelSet as _, Registry};
use crate::query::{ModelSelect, QueryError, SelectedColumn, key_fields};
use crate::serializers::dump::many_to_many::{ManyToManySource, ManyToManyValues, readable_value};
use crate::serializers::natural_key::natural_key;
use crate::serializers::{DumpError, DumpOptions};
use crate::values::{FieldValue, write_json};

/// How the rows of a model are read and written.
#[derive(Debug)]
pub(super) struct ModelSource<'r> {
    model: &'r Model,
    label: String,
    statement: SelectStatement,
    columns: Vec<SelectedColumn<'r>>,
    sources: Vec<FieldSource<'r>>,
    writes_primary_key: bool,
    /// The columns in front that make the primary key.
    key_columns: usize,
    composite: bool,
}

/// The values of a row, and its key as the database has it.
#[derive(Debug)]
pub(super) struct DumpedRow {
    key: SqlValue,
    values: Vec<FieldValue>,
}

/// A field of an object, and the columns its value is made from.
#[derive(Debug)]
enum FieldSource<'r> {
    Value(&'r Field, usize),
    /// The reference itself, and the columns of the natural key it leads to.
    Natural(&'r Field, usize, std::ops::Range<usize>),
    ManyToManySource(Box<ManyToManySource<'r>>),
}

impl<'r> ModelSource<'r> {
    /// Plans the rows of `model`, or those with one of `keys`.
    pub(super) fn new(
        registry: &'r Registry,
        model: &'r Model,
        options: DumpOptions,
        keys: Option<Vec<SqlValue>>,
    ) -> Result<Self, QueryError> {
        let mut select = ModelSelect::new(registry, model);
        let keys_own = key_fields(model)?;
        let composite = keys_own.len() > 1;
        let mut columns = Vec::new();
        for field in &keys_own {
            columns.push(select.column(&field.name)?);
        }
        let key_columns = columns.len();
        let mut sources = Vec::new();
        let own = model
            .columns()
            .filter(|field| !field.primary_key && field.serialize);
        for field in own {
            let first = columns.len();
            columns.push(select.column(&field.name)?);
            let target = field
                .relation()
                .and_then(|relation| registry.target(&relation.to));
            let paths = target.and_then(|target| natural_key(registry, target));
            let Some(paths) = paths.filter(|_| options.natural_foreign) else {
                sources.push(FieldSource::Value(field, first));
                continue;
            };
            for path in paths {
                columns.push(select.column(&format!("{}__{path}", field.name))?);
            }
            sources.push(FieldSource::Natural(field, first, first + 1..columns.len()));
        }
        for field in model.fields.iter().filter(|field| field.serialize) {
            let list = ManyToManySource::new(registry, model, field, options.natural_foreign)?;
            sources.extend(list.map(|list| FieldSource::ManyToManySource(Box::new(list))));
        }
        if let Some(keys) = keys {
            select.filter_in("pk", keys)?;
        }
        match &*keys_own {
            [key] => select.order_by(&key.name)?,
            _ => select.order_by_key()?,
        }
        Ok(Self {
            model,
            label: model.key().to_string(),
            statement: select.into_statement(),
            columns,
            sources,
            key_columns,
            composite,
            writes_primary_key: !(options.natural_primary
                && natural_key(registry, model).is_some()),
        })
    }

    /// The model as objects name it: `auth.user`.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// All tables that are read, the model's own first.
    pub(super) fn tables(&self) -> impl Iterator<Item = String> {
        let between = self.sources.iter().filter_map(|source| match source {
            FieldSource::ManyToManySource(list) => Some(list.table().to_owned()),
            _ => None,
        });
        std::iter::once(self.model.db_table()).chain(between)
    }

    /// The statement that reads the rows.
    pub(super) fn statement(&self) -> &SelectStatement {
        &self.statement
    }

    /// The values of the row that the statement is at.
    pub(super) fn read(&self, row: &RowRef<'_>) -> Result<DumpedRow, DumpError> {
        let key = row.value(0)?;
        let mut values = Vec::with_capacity(self.columns.len());
        for (index, column) in self.columns.iter().enumerate() {
            let value = row.value(index)?;
            values.push(readable_value(&self.label, key, *column, value)?);
        }
        Ok(DumpedRow {
            key: key.into(),
            values,
        })
    }

    /// What the references to many of all rows of `batch` hold.
    pub(super) fn many_to_many(
        &self,
        connection: &Connection,
        batch: &[DumpedRow],
    ) -> Result<Vec<ManyToManyValues>, DumpError> {
        let many_to_many = self.sources.iter().filter_map(|source| match source {
            FieldSource::ManyToManySource(list) => {
                let keys = batch.iter().map(|row| row.key.clone());
                Some(list.read(connection, keys.collect()))
            }
            _ => None,
        });
        many_to_many.collect()
    }

    /// Writes `row` as an object.
    pub(super) fn write(
        &self,
        row: &DumpedRow,
        many_to_many: &[ManyToManyValues],
        writer: &mut JsonWriter,
    ) {
        let DumpedRow { key, values } = row;
        let mut many_to_many = many_to_many.iter();
        writer.open(b'{');
        writer.key("model");
        writer.string(&self.label);
        if self.writes_primary_key {
            writer.key("pk");
            if self.composite {
                writer.open(b'[');
            }
            for part in &values[..self.key_columns] {
                write_json(writer, part);
            }
            if self.composite {
                writer.close(b']');
            }
        }
        writer.key("fields");
        writer.open(b'{');
        for source in &self.sources {
            match source {
                FieldSource::Value(field, index) => {
                    writer.key(&field.name);
                    write_json(writer, &values[*index]);
                }
                FieldSource::Natural(field, index, parts) => {
                    writer.key(&field.name);
                    if values[*index] == FieldValue::Null {
                        writer.token("null");
                        continue;
                    }
                    writer.open(b'[');
                    for part in &values[parts.clone()] {
                        write_json(writer, part);
                    }
                    writer.close(b']');
                }
                FieldSource::ManyToManySource(list) => {
                    writer.key(list.name());
                    if let Some(many_to_many) = many_to_many.next() {
                        list.write(many_to_many, key, writer);
                    }
                }
            }
        }
        writer.close(b'}');
        writer.close(b'}');
    }
}
