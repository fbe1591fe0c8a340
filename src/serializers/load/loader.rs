//! Writes the rows of objects, and what has to wait for others at the end.

use std::collections::HashMap;

use crate::db::{Connection, SqlValue, quote_name};
use crate::models::{Model, ModelKey, Registry};
use crate::serializers::json::Json;
use crate::serializers::load::check::check;
use crate::serializers::load::lookup::Lookup;
use crate::serializers::load::objects::Object;
use crate::serializers::load::row::{Rows, Target};
use crate::serializers::load::tables::Table;
use crate::serializers::load::{LoadOptions, Loaded};
use crate::serializers::{LoadError, Problem};
use crate::text;

/// A field of a row that was written without it.
#[derive(Debug)]
struct Deferred {
    object: Object,
    model: ModelKey,
    key: Vec<SqlValue>,
    field: String,
    value: Json,
}

/// An object that cannot be written without a reference, and the field and value of that.
#[derive(Debug)]
struct Waiting {
    object: Object,
    field: String,
    value: Json,
}

/// One run over some fixtures, within its transaction.
#[derive(Debug)]
pub(super) struct Loader<'r, 'c> {
    pub(super) done: Loaded,
    excluded: &'c [ModelKey],
    rows: Rows<'r, 'c>,
    tables: HashMap<ModelKey, Table<'r>>,
    /// From the names in fixtures to models, so that no name is searched twice.
    names: HashMap<String, Option<&'r Model>>,
    deferred: Vec<Deferred>,
    waiting: Vec<Waiting>,
}

impl<'r, 'c> Loader<'r, 'c> {
    pub(super) fn new(
        registry: &'r Registry,
        connection: &'c Connection,
        options: &'c LoadOptions,
    ) -> Self {
        Self {
            done: Loaded::default(),
            excluded: &options.excluded,
            rows: Rows {
                registry,
                connection,
                lookup: Lookup::new(registry),
                zone: &options.zone,
                ignore_unknown: options.ignore_unknown,
            },
            tables: HashMap::new(),
            names: HashMap::new(),
            deferred: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Loads an object, or lays it aside until what it refers to is there.
    pub(super) fn take(&mut self, object: Object) -> Result<(), LoadError> {
        self.done.found += 1;
        let Some(model) = self.model(&object)? else {
            return Ok(());
        };
        if self.excluded.contains(&model.key()) {
            return Ok(());
        }
        let waiting = self.save(model, object)?;
        self.waiting.extend(waiting);
        Ok(())
    }

    /// Loads what waited, and makes sure that every row refers to one.
    pub(super) fn finish(mut self) -> Result<Loaded, LoadError> {
        while !self.waiting.is_empty() {
            let before = self.waiting.len();
            for waiting in std::mem::take(&mut self.waiting) {
                if let Some(model) = self.model(&waiting.object)? {
                    let waiting = self.save(model, waiting.object)?;
                    self.waiting.extend(waiting);
                }
            }
            if self.waiting.len() == before {
                return Err(self.unresolved());
            }
        }
        for deferred in std::mem::take(&mut self.deferred) {
            self.complete(&deferred)?;
        }
        for table in self.tables.values() {
            check(self.rows.connection, table)?;
        }
        Ok(self.done)
    }

    /// The model an object names; none where it may be passed over.
    fn model(&mut self, object: &Object) -> Result<Option<&'r Model>, LoadError> {
        let registry = self.rows.registry;
        let found = if let Some(found) = self.names.get(&object.model) {
            *found
        } else {
            let found = registry.get(&object.model);
            let found = found.filter(|model| !registry.is_swapped(model));
            self.names.insert(object.model.clone(), found);
            found
        };
        if found.is_some() || self.rows.ignore_unknown {
            return Ok(found);
        }
        let names: Vec<_> = registry
            .models()
            .map(|model| model.key().to_string())
            .collect();
        let nearest = text::nearest(&object.model, names.iter().map(String::as_str));
        Err(object.error(Problem::UnknownModel {
            name: object.model.clone(),
            nearest: nearest.map(ToOwned::to_owned),
        }))
    }

    /// Writes the row of `object`; returns the object where it has to wait.
    fn save(&mut self, model: &'r Model, object: Object) -> Result<Option<Waiting>, LoadError> {
        let connection = self.rows.connection;
        let key = model.key();
        if !self.tables.contains_key(&key) {
            let table = Table::new(self.rows.registry, connection, model)?;
            self.tables.insert(key.clone(), table);
        }
        let Some(table) = self.tables.get_mut(&key) else {
            return Ok(None);
        };
        let mut row = self.rows.make(table, &object)?;
        if let Some((field, value)) = row.required {
            return Ok(Some(Waiting {
                object,
                field,
                value,
            }));
        }
        let place = table.save.keys()[0];
        if row.values[place].is_none() && !table.natural.is_empty() {
            row.values[place] = table.find(connection, &row.values)?;
        }
        let saved = table.save.run(connection, &row.values);
        let saved = saved.map_err(|error| refused(&object, error))?;
        self.rows.lookup.forget(model);
        for (place, items) in row.lists {
            table.lists[place].set(connection, &saved[0], &items)?;
        }
        for (field, value) in row.deferred {
            self.deferred.push(Deferred {
                object: object.clone(),
                model: key.clone(),
                key: saved.clone(),
                field,
                value,
            });
        }
        self.done.loaded += 1;
        Ok(None)
    }

    /// Looks a reference up once more, now that all rows are there.
    fn complete(&mut self, deferred: &Deferred) -> Result<(), LoadError> {
        let connection = self.rows.connection;
        let Some(table) = self.tables.get_mut(&deferred.model) else {
            return Ok(());
        };
        let Deferred {
            object,
            key,
            field: name,
            value,
            ..
        } = deferred;
        let mut lists = table.lists.iter();
        if let Some(place) = lists.position(|list| list.field.name == *name) {
            let items = self.rows.items(object, table, place, value)?;
            let items = items.ok_or_else(|| {
                missing(
                    object,
                    name,
                    &table.lists[place].through.target.key(),
                    value,
                )
            })?;
            return table.lists[place].set(connection, &key[0], &items);
        }
        let mut fields = table.save.fields.iter().zip(&table.kinds);
        let Some((field, kind)) = fields.find(|(field, _)| field.name == *name) else {
            return Ok(());
        };
        let Target::Found(found) = self.rows.reference(object, field, kind, value)? else {
            return Err(missing(
                object,
                name,
                &target(self.rows.registry, table, name),
                value,
            ));
        };
        let keys = table.save.keys().iter();
        let keys: Vec<_> = keys
            .map(|place| quote_name(&table.save.fields[*place].column()))
            .map(|column| format!("{column} = ?"))
            .collect();
        let sql = format!(
            "UPDATE {} SET {} = ? WHERE {}",
            quote_name(&table.model.db_table()),
            quote_name(&field.column()),
            keys.join(" AND ")
        );
        let values = [std::slice::from_ref(&found), key].concat();
        let changed = connection.execute(&sql, &values);
        changed.map_err(|error| object.error(Problem::Database(error)))?;
        Ok(())
    }

    /// The error for objects that wait for what never came: that of the first one.
    fn unresolved(&self) -> LoadError {
        let waiting = &self.waiting[0];
        let key = self
            .names
            .get(&waiting.object.model)
            .copied()
            .flatten()
            .map(Model::key);
        let table = key.and_then(|key| self.tables.get(&key));
        let target = table.map(|table| target(self.rows.registry, table, &waiting.field));
        let target = target.unwrap_or_else(|| ModelKey::new("", ""));
        missing(&waiting.object, &waiting.field, &target, &waiting.value)
    }
}

fn target(registry: &Registry, table: &Table<'_>, name: &str) -> ModelKey {
    let field = table.model.field(name);
    let reference = field.and_then(|field| field.kind.target());
    let model = reference.and_then(|reference| registry.target(reference));
    model.map_or_else(|| table.model.key(), Model::key)
}

fn missing(object: &Object, field: &str, model: &ModelKey, value: &Json) -> LoadError {
    object.error(Problem::NaturalKey {
        field: field.to_owned(),
        model: model.to_string(),
        key: value.shown(),
    })
}

/// What the database refuses is the object's fault, unless the file is to blame.
fn refused(object: &Object, error: crate::query::QueryError) -> LoadError {
    match error {
        crate::query::QueryError::Database(error)
            if !error.is_about_the_file() && !error.is_missing_table() =>
        {
            object.error(Problem::Database(error))
        }
        other => other.into(),
    }
}
