//! A row written as Django's `save` does: updated if its key is there, inserted if not.

use crate::db::{Connection, SqlValue, quote_name};
use crate::models::{Field, FieldKind, Model};
use crate::query::QueryError;
use crate::query::kind::key_fields;
use crate::schema::declared_default;

/// The statements that write rows of one model.
#[derive(Debug)]
pub struct SaveStatement<'r> {
    /// The fields a row has values for, in order: all that the database does not compute.
    pub fields: Vec<&'r Field>,
    table: String,
    keys: Vec<usize>,
    /// The statement for a row that has every value.
    whole: String,
}

/// What a field holds where nothing is said.
#[derive(Clone, Debug, PartialEq)]
pub enum OmittedValue {
    /// This value.
    Value(SqlValue),
    /// What the database says.
    Database,
    /// Nothing: something has to be said.
    Missing,
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
        let mut save = Self {
            fields,
            table: quote_name(&model.db_table()),
            keys,
            whole: String::new(),
        };
        save.whole = save.statement(|_| true);
        Ok(save)
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
        row: &[Option<SqlValue>],
    ) -> Result<Vec<SqlValue>, QueryError> {
        let given: Vec<_> = row.iter().flatten().cloned().collect();
        if given.len() == row.len() {
            connection.execute(&self.whole, &given)?;
        } else {
            connection.execute(&self.statement(|index| row[index].is_some()), &given)?;
        }
        let key = self.keys.iter().map(|index| {
            let given = row[*index].clone();
            given.unwrap_or_else(|| SqlValue::Integer(connection.last_insert_id()))
        });
        Ok(key.collect())
    }

    /// The statement for the fields that `has` picks.
    fn statement(&self, has: impl Fn(usize) -> bool) -> String {
        let column = |index: usize| quote_name(&self.fields[index].column());
        let given: Vec<_> = (0..self.fields.len()).filter(|index| has(*index)).collect();
        if given.is_empty() {
            return format!("INSERT INTO {} DEFAULT VALUES", self.table);
        }
        let columns: Vec<_> = given.iter().map(|index| column(*index)).collect();
        let marks = vec!["?"; columns.len()].join(", ");
        let (table, columns) = (&self.table, columns.join(", "));
        let insert = format!("INSERT INTO {table} ({columns}) VALUES ({marks})");
        if !self.keys.iter().all(|index| given.contains(index)) {
            return insert;
        }
        let others = given.iter().filter(|index| !self.keys.contains(index));
        let changes: Vec<_> = others
            .map(|index| column(*index))
            .map(|column| format!("{column} = excluded.{column}"))
            .collect();
        let action = match &*changes {
            [] => "NOTHING".to_owned(),
            changes => format!("UPDATE SET {}", changes.join(", ")),
        };
        let keys: Vec<_> = self.keys.iter().map(|index| column(*index)).collect();
        format!("{insert} ON CONFLICT ({}) DO {action}", keys.join(", "))
    }
}

/// What `field` holds where nothing is said, as Django fills a new instance.
pub fn omitted_value(field: &Field) -> Result<OmittedValue, QueryError> {
    if field.db_default.is_some() || field.kind.is_auto() {
        return Ok(OmittedValue::Database);
    }
    if let Some(value) = declared_default(field)? {
        return Ok(OmittedValue::Value(value));
    }
    if field.null {
        return Ok(OmittedValue::Value(SqlValue::Null));
    }
    Ok(match field.kind {
        FieldKind::Binary { .. } => OmittedValue::Value(SqlValue::Blob(Vec::new())),
        _ if field.kind.allows_empty_strings() => OmittedValue::Value("".into()),
        _ => OmittedValue::Missing,
    })
}
