//! A row written as Django's `save` does: updated if its key is there, inserted if not.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::clock::Zone;
use crate::db::sql::{CompiledSql, InsertStatement, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, FieldKind, Model};
use crate::query::{QueryError, key_fields};
use crate::values::{FieldValue, InvalidDefault, declared_default, empty_value, no_value};

/// The statements that write rows of one model.
#[derive(Debug)]
pub struct SaveStatement<'r> {
    /// The fields a row has values for, in order: all that the database does not compute.
    pub fields: Vec<&'r Field>,
    table: String,
    keys: Vec<usize>,
    /// The statements, by which fields have a value.
    statements: RefCell<HashMap<Vec<bool>, Rc<CompiledSql>>>,
}

/// What a field holds where a row gives no value.
#[derive(Clone, Debug, PartialEq)]
pub enum OmittedValue {
    /// This value.
    Value(FieldValue),
    /// The database gives the value.
    DatabaseDefault,
    /// There is none: a row has to give a value.
    Required,
}

impl<'r> SaveStatement<'r> {
    /// Prepares for rows of `model`.
    pub fn new(model: &'r Model) -> Result<Self, QueryError> {
        let fields: Vec<_> = model
            .columns()
            .filter(|field| field.generated().is_none())
            .collect();
        let place = |key: &Field| fields.iter().position(|field| field.name == key.name);
        let keys = key_fields(model)?.into_iter().filter_map(place).collect();
        Ok(Self {
            fields,
            table: model.db_table(),
            keys,
            statements: RefCell::default(),
        })
    }

    /// Where the fields of the primary key stand among the fields.
    pub fn keys(&self) -> &[usize] {
        &self.keys
    }

    /// Writes a row, for each field a value or `None`, which leaves it to the database.
    ///
    /// Without a key it gets the next one. Returns the key.
    pub fn run(
        &self,
        connection: &Connection,
        row: Vec<Option<SqlValue>>,
    ) -> Result<Vec<SqlValue>, QueryError> {
        let keys = self.keys.iter().map(|index| row[*index].clone());
        let keys: Vec<_> = keys.collect();
        let statement = self.compiled(connection, &row);
        let given: Vec<_> = row.into_iter().flatten().collect();
        statement.execute(connection, &given)?;
        let next = || SqlValue::Integer(connection.last_insert_id());
        Ok(keys
            .into_iter()
            .map(|key| key.unwrap_or_else(next))
            .collect())
    }

    /// The statement for the fields that have a value in `row`.
    fn compiled(&self, connection: &Connection, row: &[Option<SqlValue>]) -> Rc<CompiledSql> {
        let has_value: Vec<_> = row.iter().map(Option::is_some).collect();
        let mut statements = self.statements.borrow_mut();
        let compiled = statements.entry(has_value).or_insert_with_key(|has_value| {
            let statement = self.statement(has_value);
            Rc::new(statement.compile(connection.dialect()))
        });
        Rc::clone(compiled)
    }

    fn statement(&self, has_value: &[bool]) -> InsertStatement {
        let fields = self.fields.iter().zip(has_value);
        let given = fields.filter(|(_, has_value)| **has_value);
        let insert = InsertStatement::given(&self.table, given.map(|(field, _)| field.column()));
        if !self.keys.iter().all(|index| has_value[*index]) {
            return insert;
        }
        let keys = self.keys.iter().map(|index| self.fields[*index].column());
        insert.or_update(keys)
    }
}

/// What `field` holds where a row gives no value, as Django fills a new instance.
///
/// `kind` is the kind of its values, references followed; `zone` that of days and moments.
pub fn omitted_value(
    field: &Field,
    kind: &FieldKind,
    zone: &Zone,
) -> Result<OmittedValue, InvalidDefault> {
    if field.db_default.is_some() || field.kind.is_auto() {
        return Ok(OmittedValue::DatabaseDefault);
    }
    if let Some(value) = declared_default(field, kind, zone)? {
        return Ok(OmittedValue::Value(value));
    }
    if field.null {
        return Ok(OmittedValue::Value(no_value(kind)));
    }
    let empty = empty_value(field).map(OmittedValue::Value);
    Ok(empty.unwrap_or(OmittedValue::Required))
}
