//! A row written: Django's `Model.save` and `Model.delete`.

use std::sync::Arc;

use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, FieldKind, Model, ModelSet as _, Registry};
use crate::query::column_value::column_value;
use crate::query::dropped_files::{DroppedFiles, FileColumn, are_observed};
use crate::query::field_path::unknown_field;
use crate::query::kept_plans::write_plan;
use crate::query::read_value::read_value;
use crate::query::relation_path::key;
use crate::query::write_plans::{RowWrite, WritePlan, WriteShape};
use crate::query::{ModelInstance, OmittedValue, QueryError, omitted_value};
use crate::values::{FieldValue, auto_now_value, declared_default};

/// How a row is saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaveOptions {
    /// The only fields that are written; the row has to be there.
    pub update_fields: Option<Vec<String>>,
    /// Whether a row of its key must not be there yet.
    pub force_insert: bool,
    /// Whether a row of its key must be there.
    pub force_update: bool,
    /// Whether fields that a save sets to the current moment are written as they are.
    pub keeps_moments: bool,
    /// Whether the row is written as it stands in a fixture (`raw` of Django's signals).
    pub is_raw: bool,
}

impl ModelInstance {
    /// A new row of `model`, with the defaults of its fields; it is not in the database yet.
    pub fn new(registry: &Registry, model: &Arc<Model>) -> Result<Self, QueryError> {
        let mut row = Self::empty(Arc::clone(model));
        for (place, field) in model.fields.iter().enumerate() {
            if !field.has_column() || field.generated().is_some() {
                continue;
            }
            let kind = registry.value_kind(field)?;
            match omitted_value(field, kind, registry.time_zone())? {
                OmittedValue::Value(value) => row.load(place, value),
                OmittedValue::DatabaseDefault => {}
                OmittedValue::Required => row.load(place, FieldValue::Null),
            }
        }
        Ok(row)
    }

    /// Gives fields values, by their names, attributes (`author_id`) or `pk`.
    ///
    /// Fails with [`QueryError::UnknownName`] at a name that is not of a field with a column.
    pub fn assign(
        &mut self,
        registry: &Registry,
        values: impl IntoIterator<Item = FieldAssignment>,
    ) -> Result<(), QueryError> {
        for FieldAssignment { field, value } in values {
            if !self.set(&field, value) {
                return Err(unknown_field(registry, &Arc::clone(self.model()), &field));
            }
        }
        Ok(())
    }

    /// Writes the row: updates the one of its key, or else inserts it.
    ///
    /// Fields without a value are left to the database; what the database made of them is read back. Of a row
    /// that was read in parts only those are written.
    pub fn save(
        &mut self,
        registry: &Registry,
        connection: &Connection,
        options: &SaveOptions,
    ) -> Result<(), QueryError> {
        let model = Arc::clone(self.model());
        // Who keeps moments is the observer itself: it has set them.
        if !options.keeps_moments
            && let Some(observer) = registry.row_observer()
            && observer.save(self, options, connection)?
        {
            self.set_saved();
            return Ok(());
        }
        let mut save = RowSave {
            registry,
            connection,
            model: &model,
            key: key(&model)?,
            only: options.update_fields.clone(),
            keeps_moments: options.keeps_moments,
        };
        save.check_names()?;
        if save.only.as_ref().is_some_and(Vec::is_empty) {
            return Ok(());
        }
        if save.only.is_none() && !self.is_adding() && !options.force_insert {
            save.only = self.loaded_part();
        }
        save.give_key(self)?;
        let has_key = *self.key() != FieldValue::Null;
        let must_update = options.force_update || options.update_fields.is_some();
        let is_new = options.force_insert || save.has_fresh_key(self) && !must_update;
        if has_key && !is_new && save.update(self)? {
            self.set_saved();
            return Ok(());
        }
        if must_update {
            return Err(QueryError::NothingUpdated(model.key()));
        }
        save.insert(self)?;
        self.set_saved();
        Ok(())
    }

    /// The fields that were read, where some were not.
    fn loaded_part(&self) -> Option<Vec<String>> {
        let fields = self.model().fields.iter();
        let mut fields = fields.filter(|field| field.has_column() && field.generated().is_none());
        let is_read = |field: &&Field| self.get(&field.name).is_some();
        if fields.clone().all(|field| is_read(&field)) {
            return None;
        }
        let read = fields.by_ref().filter(|field| !field.primary_key);
        Some(
            read.filter(is_read)
                .map(|field| field.name.clone())
                .collect(),
        )
    }
}

/// A field and the value it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldAssignment {
    /// The name of the field.
    pub field: String,
    /// The value.
    pub value: FieldValue,
}

impl FieldAssignment {
    /// `field` is given `value`.
    pub fn new(field: impl Into<String>, value: FieldValue) -> Self {
        Self {
            field: field.into(),
            value,
        }
    }
}

/// One call of `save`.
struct RowSave<'s> {
    registry: &'s Registry,
    connection: &'s Connection,
    model: &'s Arc<Model>,
    key: &'s Field,
    /// The only fields that are written.
    only: Option<Vec<String>>,
    keeps_moments: bool,
}

impl<'s> RowSave<'s> {
    /// Fails at a name among `update_fields` that cannot be written.
    fn check_names(&self) -> Result<(), QueryError> {
        for name in self.only.iter().flatten() {
            let is_meant = |field: &&Field| field.name == *name || field.attname() == *name;
            let mut columns = self.model.columns();
            if !columns.any(|field| is_meant(&field) && !field.primary_key) {
                return Err(unknown_field(self.registry, self.model, name));
            }
        }
        Ok(())
    }

    /// Gives a row without a key the default of the key, if it has one.
    fn give_key(&self, row: &mut ModelInstance) -> Result<(), QueryError> {
        if *row.key() == FieldValue::Null {
            let kind = self.registry.value_kind(self.key)?;
            if let Some(value) = declared_default(self.key, kind, self.registry.time_zone())? {
                row.set(&self.key.name, value);
            }
        }
        Ok(())
    }

    /// Whether the row is new and got its key from the model, so that no other can have it.
    fn has_fresh_key(&self, row: &ModelInstance) -> bool {
        row.is_adding() && (self.key.default.is_some() || self.key.db_default.is_some())
    }

    fn is_written(&self, field: &Field) -> bool {
        let is_named = |name: &String| field.name == *name || field.attname() == *name;
        self.only
            .as_ref()
            .is_none_or(|only| only.iter().any(is_named))
    }

    /// The fields whose values the program decides on.
    fn fields(&self) -> impl Iterator<Item = (usize, &'s Field)> {
        let fields = self.model.fields.iter().enumerate();
        fields.filter(|(_, field)| field.has_column() && field.generated().is_none())
    }

    /// Sets the fields that take the current moment.
    fn set_moments(&self, row: &mut ModelInstance, is_new: bool) {
        if self.keeps_moments {
            return;
        }
        for (place, field) in self.fields().filter(|(_, field)| self.is_written(field)) {
            if is_set_on_save(field, is_new)
                && let Some(value) = auto_now_value(field, self.registry.time_zone())
            {
                row.load(place, value);
            }
        }
    }

    /// Writes over the row of the same key; returns whether there is one.
    fn update(&self, row: &mut ModelInstance) -> Result<bool, QueryError> {
        self.set_moments(row, false);
        let (mut given, mut values) = (Vec::new(), Vec::new());
        for (place, field) in self.fields() {
            if field.primary_key || !self.is_written(field) {
                continue;
            }
            if let Some(value) = row.at(place) {
                values.push(column_value(self.registry, field, value)?);
                given.push(place);
            }
        }
        let key = column_value(self.registry, self.key, row.key())?;
        if values.is_empty() {
            return Ok(self.only.is_some() || self.is_there(key)?);
        }
        let replaced = self.replaced_files(row, &key)?;
        values.push(key);
        let plan = self.plan(RowWrite::Update, given)?;
        let is_there = plan.statement.execute(self.connection, &values)? > 0;
        replaced.tell(self.registry, self.connection)?;
        Ok(is_there)
    }

    /// The files that the row of `key` names and `row` does not.
    fn replaced_files(
        &self,
        row: &ModelInstance,
        key: &SqlValue,
    ) -> Result<DroppedFiles, QueryError> {
        let mut replaced = DroppedFiles::default();
        if !are_observed(self.registry, self.model) {
            return Ok(replaced);
        }
        let key_column = self.key.column();
        for (place, field) in self.fields() {
            let is_written = row.at(place).is_some() && self.is_written(field);
            if is_written && field.storage().is_some() {
                let named = FileColumn {
                    model: self.model,
                    field,
                };
                let key = std::slice::from_ref(key);
                replaced.note_field(self.connection, &named, &key_column, key)?;
            }
        }
        Ok(replaced)
    }

    fn plan(&self, write: RowWrite, given: Vec<usize>) -> Result<Arc<WritePlan>, QueryError> {
        let shape = WriteShape { write, given };
        write_plan(self.registry, self.model, shape, self.connection.dialect())
    }

    fn is_there(&self, key: SqlValue) -> Result<bool, QueryError> {
        let column = SqlExpression::column(&self.key.column());
        let select = SelectStatement::from(self.model.db_table())
            .select(SqlExpression::Integer(1))
            .filter(column.equals(SqlExpression::Value(key)));
        Ok(select.first_row(self.connection)?.is_some())
    }

    fn insert(&self, row: &mut ModelInstance) -> Result<(), QueryError> {
        self.set_moments(row, true);
        let (mut given, mut values) = (Vec::new(), Vec::new());
        for (place, field) in self.fields() {
            let value = row.at(place);
            let is_given = |value: &&FieldValue| !field.primary_key || **value != FieldValue::Null;
            if let Some(value) = value.filter(is_given) {
                values.push(column_value(self.registry, field, value)?);
                given.push(place);
            }
        }
        let plan = self.plan(RowWrite::Insert, given)?;
        let made = plan.statement.first_row(self.connection, &values)?;
        let made = made.into_iter().flat_map(crate::db::Row::into_values);
        for (place, value) in plan.returned.iter().copied().zip(made) {
            let kind = self.registry.value_kind(&self.model.fields[place])?;
            row.load(place, read_value(kind, &value)?);
        }
        Ok(())
    }
}

/// Whether saving sets `field` to the current moment.
pub(super) fn is_set_on_save(field: &Field, is_new: bool) -> bool {
    match &field.kind {
        FieldKind::Date(auto_now) | FieldKind::DateTime(auto_now) | FieldKind::Time(auto_now) => {
            auto_now.auto_now || is_new && auto_now.auto_now_add
        }
        _ => false,
    }
}
