//! Writes the rows of objects, and what has to wait for others at the end.

use std::collections::HashMap;

use crate::db::sql::{SqlExpression, SqlStatement as _, UpdateStatement};
use crate::db::{Connection, SqlValue};
use crate::json::Json;
use crate::models::{Model, ModelKey, ModelSet as _, Registry};
use crate::serializers::load::build_row::{ReferenceValue, RowBuilder};
use crate::serializers::load::check_constraints::check_constraints;
use crate::serializers::load::fixture_object::FixtureObject;
use crate::serializers::load::heard_rows::{keys_of, save_heard, set_heard};
use crate::serializers::load::model_target::ModelTarget;
use crate::serializers::load::natural_key_lookup::NaturalKeyLookup;
use crate::serializers::load::{LoadOptions, LoadSummary};
use crate::serializers::{LoadError, ObjectProblem};
use crate::text;

/// A field of a row that was written without it.
#[derive(Debug)]
struct DeferredField {
    object: FixtureObject,
    model: ModelKey,
    key: Vec<SqlValue>,
    field: String,
    value: Json,
}

/// An object that cannot be written without a reference, and the field and value of that.
#[derive(Debug)]
struct WaitingObject {
    object: FixtureObject,
    field: String,
    value: Json,
}

/// One run over some fixtures, within its transaction.
#[derive(Debug)]
pub(super) struct FixtureLoader<'r, 'c> {
    pub(super) summary: LoadSummary,
    excluded: &'c [ModelKey],
    rows: RowBuilder<'r, 'c>,
    tables: HashMap<ModelKey, ModelTarget<'r>>,
    /// From the names in fixtures to models, so that no name is searched twice.
    names: HashMap<String, Option<&'r Model>>,
    deferred: Vec<DeferredField>,
    waiting: Vec<WaitingObject>,
}

impl<'r, 'c> FixtureLoader<'r, 'c> {
    pub(super) fn new(
        registry: &'r Registry,
        connection: &'c Connection,
        options: &'c LoadOptions,
    ) -> Self {
        Self {
            summary: LoadSummary::default(),
            excluded: &options.excluded,
            rows: RowBuilder {
                registry,
                connection,
                lookup: NaturalKeyLookup::new(registry),
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
    pub(super) fn load_object(&mut self, object: FixtureObject) -> Result<(), LoadError> {
        self.summary.found += 1;
        let Some(model) = self.model(&object)? else {
            return Ok(());
        };
        if !self.excluded.is_empty() && self.excluded.contains(&model.key()) {
            return Ok(());
        }
        let waiting = self.save(model, object)?;
        self.waiting.extend(waiting);
        Ok(())
    }

    /// Loads what waited, and makes sure that every row refers to one.
    pub(super) fn finish(mut self) -> Result<LoadSummary, LoadError> {
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
            check_constraints(self.rows.connection, table)?;
        }
        Ok(self.summary)
    }

    /// The model an object names; none where it may be passed over.
    fn model(&mut self, object: &FixtureObject) -> Result<Option<&'r Model>, LoadError> {
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
        Err(object.error(ObjectProblem::UnknownModel {
            name: object.model.clone(),
            nearest: nearest.map(ToOwned::to_owned),
        }))
    }

    /// Writes the row of `object`; returns the object where it has to wait.
    fn save(
        &mut self,
        model: &'r Model,
        object: FixtureObject,
    ) -> Result<Option<WaitingObject>, LoadError> {
        let connection = self.rows.connection;
        let key = model.key();
        if !self.tables.contains_key(&key) {
            let table = ModelTarget::new(self.rows.registry, connection, model)?;
            self.tables.insert(key.clone(), table);
        }
        let Some(table) = self.tables.get_mut(&key) else {
            return Ok(None);
        };
        let mut row = self.rows.make(table, &object)?;
        if let Some((field, value)) = row.required {
            return Ok(Some(WaitingObject {
                object,
                field,
                value,
            }));
        }
        let place = table.save.keys()[0];
        if row.values[place].is_none() && !table.natural.is_empty() {
            row.values[place] = table.find(connection, &row.values)?;
        }
        let heard = save_heard(self.rows.registry, connection, table, &row.values);
        let heard = heard.map_err(|error| refused(&object, error))?;
        let saved = match &heard {
            Some(row) => keys_of(table, row),
            None => table
                .save
                .run(connection, row.values)
                .map_err(|error| refused(&object, error))?,
        };
        self.rows.lookup.forget(model);
        for (place, items) in row.lists {
            let list = &mut table.lists[place];
            match &heard {
                Some(row) => set_heard(self.rows.registry, connection, row, list, &items)?,
                None => list.set(connection, &object, &saved[0], &items)?,
            }
        }
        for (field, value) in row.deferred {
            self.deferred.push(DeferredField {
                object: object.clone(),
                model: key.clone(),
                key: saved.clone(),
                field,
                value,
            });
        }
        self.summary.loaded += 1;
        Ok(None)
    }

    /// Looks a reference up once more, now that all rows are there.
    fn complete(&mut self, deferred: &DeferredField) -> Result<(), LoadError> {
        let connection = self.rows.connection;
        let Some(table) = self.tables.get_mut(&deferred.model) else {
            return Ok(());
        };
        let DeferredField {
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
            return table.lists[place].set(connection, object, &key[0], &items);
        }
        let mut fields = table.save.fields.iter().zip(&table.kinds);
        let Some((field, kind)) = fields.find(|(field, _)| field.name == *name) else {
            return Ok(());
        };
        let ReferenceValue::Found(found) = self.rows.reference(object, field, kind, value)? else {
            return Err(missing(
                object,
                name,
                &target(self.rows.registry, table, name),
                value,
            ));
        };
        let update = UpdateStatement::new(table.model.db_table());
        let update = update.set(field.column(), SqlExpression::Value(found));
        let keys = table.save.keys().iter().zip(key);
        let update = keys.fold(update, |update, (place, value)| {
            let column = SqlExpression::column(&table.save.fields[*place].column());
            update.filter(column.equals(SqlExpression::Value(value.clone())))
        });
        let changed = update.execute(connection);
        changed.map_err(|error| object.error(ObjectProblem::Database(error)))?;
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

fn target(registry: &Registry, table: &ModelTarget<'_>, name: &str) -> ModelKey {
    let field = table.model.field(name);
    let reference = field.and_then(|field| field.kind.target());
    let model = reference.and_then(|reference| registry.target(reference));
    model.map_or_else(|| table.model.key(), Model::key)
}

fn missing(object: &FixtureObject, field: &str, model: &ModelKey, value: &Json) -> LoadError {
    object.error(ObjectProblem::NaturalKey {
        field: field.to_owned(),
        model: model.to_string(),
        key: value.preview(),
    })
}

/// What the database refuses is the object's fault, unless the file is to blame.
fn refused(object: &FixtureObject, error: crate::query::QueryError) -> LoadError {
    match error {
        crate::query::QueryError::Database(error)
            if !error.is_about_the_file() && !error.is_missing_table() =>
        {
            object.error(ObjectProblem::Database(error))
        }
        other => other.into(),
    }
}
