//! Users written by the class of their model, where receivers of a project hear of rows.

use std::sync::Arc;

use crate::auth::{NewUser, UserKey, UserTable};
use crate::db::{Connection, DatabaseError, SqlValue};
use crate::models::{Field, Model, ModelSet as _, Registry};
use crate::query::{ModelInstance, Query, QueryError, SaveOptions, is_one_of};
use crate::values::{FieldValue, from_column, to_column};

/// The model of users, of whose rows somebody may hear.
#[derive(Debug)]
pub(super) struct HeardUsers<'t> {
    pub(super) table: &'t UserTable,
    pub(super) models: &'t Registry,
    pub(super) model: &'t Arc<Model>,
}

/// What a save writes of a user.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum SavedPart {
    /// The whole row.
    Whole,
    /// The columns that change, which receivers see as `update_fields`.
    Changed,
}

impl<'t> HeardUsers<'t> {
    /// The users of `table`, where somebody may hear of their rows.
    pub(super) fn of(table: &'t UserTable) -> Option<Self> {
        let models = table.models()?;
        models.listening_observer()?;
        let model = models.shared(&models.user_model()?.key())?;
        Some(Self {
            table,
            models,
            model,
        })
    }
}

impl HeardUsers<'_> {
    /// Adds `user`; returns its key.
    pub(super) fn insert(
        &self,
        connection: &Connection,
        user: &NewUser,
    ) -> Result<SqlValue, DatabaseError> {
        let fields = self.table.fields();
        let kept = fields.attributes().map(|(attribute, field)| {
            let value = user.value(attribute, fields);
            (field.field.column(), value)
        });
        let values = kept.chain(user.custom_values.iter().cloned());
        let save = || -> Result<SqlValue, QueryError> {
            let mut row = ModelInstance::new(self.models, self.model)?;
            for (column, value) in values {
                self.set(&mut row, &column, &value)?;
            }
            row.save(self.models, connection, &SaveOptions::default())?;
            Ok(to_column(row.key()))
        };
        save().map_err(database_error)
    }

    /// Gives columns of the user of this key new values; whether there is one, of which `is_meant` holds.
    pub(super) fn update(
        &self,
        connection: &Connection,
        key: &UserKey,
        values: &[(String, SqlValue)],
        part: SavedPart,
        is_meant: impl Fn(&ModelInstance) -> bool,
    ) -> Result<bool, DatabaseError> {
        let save = |connection: &Connection| -> Result<bool, QueryError> {
            let kind = self.model.primary_key().map(Field::value_kind);
            let key = kind.and_then(|kind| from_column(kind, key.value()));
            let rows =
                Query::of(self.model).filter(is_one_of("pk", &[key.unwrap_or(FieldValue::Null)]));
            let found = rows.on(self.models)?.first(connection)?;
            let Some(mut row) = found.filter(|row| is_meant(row)) else {
                return Ok(false);
            };
            let mut names = Vec::new();
            for (column, value) in values {
                names.extend(self.set(&mut row, column, value)?);
            }
            let options = SaveOptions {
                update_fields: (part == SavedPart::Changed).then_some(names),
                ..SaveOptions::default()
            };
            row.save(self.models, connection, &options)?;
            Ok(true)
        };
        connection.transaction(save).map_err(database_error)
    }

    /// Sets the field of `column`; returns its name.
    fn set(
        &self,
        row: &mut ModelInstance,
        column: &str,
        value: &SqlValue,
    ) -> Result<Option<String>, QueryError> {
        let mut fields = self.model.fields.iter();
        let Some(field) = fields.find(|field| field.has_column() && field.column() == column)
        else {
            return Ok(None);
        };
        let kind = self.models.value_kind(field)?;
        if let Some(value) = from_column(kind, value) {
            row.set(&field.name, value);
        }
        Ok(Some(field.name.clone()))
    }
}

fn database_error(error: QueryError) -> DatabaseError {
    match error {
        QueryError::Database(error) => error,
        other => DatabaseError::Code(other.to_string()),
    }
}
