//! From an object to the values of a row.

use std::collections::HashSet;

use crate::clock::Zone;
use crate::db::{Connection, SqlValue};
use crate::json::Json;
use crate::models::{Field, FieldKind, ModelSet as _, Registry};
use crate::query::{OmittedValue, QueryError, omitted_value};
use crate::serializers::key_text::key_text;
use crate::serializers::load::fixture_object::FixtureObject;
use crate::serializers::load::model_target::ModelTarget;
use crate::serializers::load::natural_key_lookup::NaturalKeyLookup;
use crate::serializers::{LoadError, ObjectProblem};
use crate::text;
use crate::values::{from_json, into_column};

/// What an object becomes.
#[derive(Debug)]
pub(super) struct BuiltRow {
    /// For each field of the model's table a value, or none to leave it to the database.
    pub(super) values: Vec<Option<SqlValue>>,
    /// For each reference to many that the object has: which one, and its keys.
    pub(super) lists: Vec<(usize, Vec<SqlValue>)>,
    /// Fields whose references are not there yet, as they stand in the object.
    pub(super) deferred: Vec<(String, Json)>,
    /// A field without whose reference the row cannot be written, and its value.
    pub(super) required: Option<(String, Json)>,
}

/// What a reference leads to.
pub(super) enum ReferenceValue {
    Found(SqlValue),
    /// The natural key does not lead to a row, so far.
    Missing,
}

/// What rows are made with.
#[derive(Debug)]
pub(super) struct RowBuilder<'r, 'c> {
    pub(super) registry: &'r Registry,
    pub(super) connection: &'c Connection,
    pub(super) lookup: NaturalKeyLookup<'r>,
    pub(super) zone: &'c Zone,
    pub(super) ignore_unknown: bool,
}

impl<'r> RowBuilder<'r, '_> {
    /// Makes a row of `object`.
    pub(super) fn make(
        &mut self,
        table: &ModelTarget<'r>,
        object: &FixtureObject,
    ) -> Result<BuiltRow, LoadError> {
        let mut given: Vec<Option<SqlValue>> = vec![None; table.save.fields.len()];
        let mut row = BuiltRow {
            values: Vec::new(),
            lists: Vec::new(),
            deferred: Vec::new(),
            required: None,
        };
        if let Some(key) = &object.key {
            self.key(table, object, key, &mut given)?;
        }
        for (name, value) in &object.fields {
            if let Some(place) = table
                .save
                .fields
                .iter()
                .position(|field| field.name == *name || field.attname() == *name)
            {
                let field = table.save.fields[place];
                given[place] = match self.reference(object, field, table.kinds[place], value)? {
                    ReferenceValue::Found(value) => Some(value),
                    ReferenceValue::Missing => {
                        let missing = (field.name.clone(), value.clone());
                        if field.null {
                            row.deferred.push(missing);
                        } else {
                            row.required = Some(missing);
                        }
                        Some(SqlValue::Null)
                    }
                };
            } else if let Some(place) = table.lists.iter().position(|list| list.field.name == *name)
            {
                match self.items(object, table, place, value)? {
                    Some(items) => row.lists.push((place, items)),
                    None => row.deferred.push((name.clone(), value.clone())),
                }
            } else if !self.ignore_unknown && !is_computed(table, name) {
                return Err(object.error(unknown_field(table, name)));
            }
        }
        // As in Django, fields win over a single key, and a composite key over its fields.
        if let Some(key) = &object.key
            && table.save.keys().len() > 1
        {
            self.key(table, object, key, &mut given)?;
        }
        row.values = completed(table, object, given, self.zone)?;
        Ok(row)
    }

    /// Reads the primary key, a list where it is of several fields.
    fn key(
        &self,
        table: &ModelTarget<'r>,
        object: &FixtureObject,
        key: &Json,
        given: &mut [Option<SqlValue>],
    ) -> Result<(), LoadError> {
        let places = table.save.keys();
        let wrong = |expected| wrong(object, "pk".to_owned(), key, expected);
        let parts = match key {
            Json::Null => return Ok(()),
            Json::Array(parts) if parts.len() == places.len() => parts,
            key if places.len() == 1 => std::slice::from_ref(key),
            _ => return Err(wrong("a list of the values of its fields")),
        };
        for (place, part) in places.iter().zip(parts) {
            let value = self.value(table.kinds[*place], part);
            given[*place] = Some(value.map_err(wrong)?);
        }
        Ok(())
    }

    /// The stored value of `field`, a natural key looked up.
    pub(super) fn reference(
        &mut self,
        object: &FixtureObject,
        field: &Field,
        kind: &FieldKind,
        value: &Json,
    ) -> Result<ReferenceValue, LoadError> {
        let target = field.relation().and_then(|relation| {
            let model = self.registry.target(&relation.to)?;
            Some((model, relation.to_field.as_deref().unwrap_or("pk")))
        });
        if let (Some((model, column)), Json::Array(parts)) = (target, value)
            && self.lookup.knows(model)
        {
            let found = self.lookup.find(self.connection, model, column, parts)?;
            return Ok(found.map_or(ReferenceValue::Missing, ReferenceValue::Found));
        }
        let stored = self.value(kind, value);
        stored
            .map(ReferenceValue::Found)
            .map_err(|expected| wrong(object, field.name.clone(), value, expected))
    }

    /// The keys a list names; none where a natural key does not lead to a row, so far.
    pub(super) fn items(
        &mut self,
        object: &FixtureObject,
        table: &ModelTarget<'r>,
        place: usize,
        value: &Json,
    ) -> Result<Option<Vec<SqlValue>>, LoadError> {
        let list = &table.lists[place];
        let name = || list.field.name.clone();
        let Json::Array(items) = value else {
            return Err(wrong(object, name(), value, "a list"));
        };
        let mut keys = Vec::with_capacity(items.len());
        let mut seen = HashSet::with_capacity(items.len());
        for item in items {
            let key = match item {
                Json::Array(parts) if self.lookup.knows(list.through.target) => {
                    let target = list.through.target;
                    match self.lookup.find(self.connection, target, "pk", parts)? {
                        Some(key) => key,
                        None => return Ok(None),
                    }
                }
                item => self
                    .value(list.kind, item)
                    .map_err(|expected| wrong(object, name(), item, expected))?,
            };
            if seen.insert(key_text(&key)) {
                keys.push(key);
            }
        }
        Ok(Some(keys))
    }

    fn value(&self, kind: &FieldKind, value: &Json) -> Result<SqlValue, &'static str> {
        from_json(kind, value, self.zone).map(into_column)
    }
}

/// Fills what the object does not say with defaults, as Django does.
fn completed(
    table: &ModelTarget<'_>,
    object: &FixtureObject,
    given: Vec<Option<SqlValue>>,
    zone: &Zone,
) -> Result<Vec<Option<SqlValue>>, LoadError> {
    let fields = table.save.fields.iter().zip(&table.kinds).zip(given);
    let values = fields.map(|((field, kind), value)| match value {
        Some(value) => Ok(Some(value)),
        None => match omitted_value(field, kind, zone).map_err(QueryError::from)? {
            OmittedValue::Value(value) => Ok(Some(into_column(value))),
            OmittedValue::DatabaseDefault => Ok(None),
            OmittedValue::Required => {
                Err(object.error(ObjectProblem::MissingField(field.name.clone())))
            }
        },
    });
    values.collect()
}

fn wrong(object: &FixtureObject, field: String, value: &Json, expected: &'static str) -> LoadError {
    object.error(ObjectProblem::Value {
        field,
        found: value.preview(),
        expected,
    })
}

/// Whether the database makes the value of the field `name` by itself.
fn is_computed(table: &ModelTarget<'_>, name: &str) -> bool {
    let field = table.model.field(name);
    field.is_some_and(|field| field.generated().is_some())
}

fn unknown_field(table: &ModelTarget<'_>, name: &str) -> ObjectProblem {
    let fields = table.model.fields.iter();
    let nearest = text::nearest(name, fields.map(|field| field.name.as_str()));
    ObjectProblem::UnknownField {
        name: name.to_owned(),
        nearest: nearest.map(ToOwned::to_owned),
    }
}
