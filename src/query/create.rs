//! Rows that are made, or found where they are there already.

use crate::db::Connection;
use crate::models::Field;
use crate::query::field_path::unknown_field;
use crate::query::instance_save::{FieldAssignment, SaveOptions, is_set_on_save};
use crate::query::one_of::lookup;
use crate::query::{ModelInstance, QueryError, QuerySet};

/// A row, and whether it is new.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatedRow {
    /// The row.
    pub row: ModelInstance,
    /// Whether it was made; otherwise it was there.
    pub is_new: bool,
}

impl QuerySet<'_> {
    /// Makes a row with `values`, and the defaults of the fields that they do not name.
    pub fn create(
        &self,
        connection: &Connection,
        values: impl IntoIterator<Item = FieldAssignment>,
    ) -> Result<ModelInstance, QueryError> {
        let mut row = ModelInstance::new(self.registry(), self.model())?;
        row.assign(self.registry(), values)?;
        let options = SaveOptions {
            force_insert: true,
            ..SaveOptions::default()
        };
        row.save(self.registry(), connection, &options)?;
        Ok(row)
    }

    /// The row that `lookups` find (`name`, or with a lookup: `name__iexact`), or else a new one with those of
    /// them that name fields, and with `defaults`.
    ///
    /// Made by somebody else at the same moment, the row is found.
    pub fn get_or_create(
        &self,
        connection: &Connection,
        lookups: &[FieldAssignment],
        defaults: &[FieldAssignment],
    ) -> Result<CreatedRow, QueryError> {
        let found = self.looked_up(lookups);
        match found.get(connection) {
            Err(QueryError::NotFound(_)) => {}
            outcome => return outcome.map(|row| CreatedRow { row, is_new: false }),
        }
        let named = lookups.iter().filter(|given| !given.field.contains("__"));
        let named = named.filter(|given| defaults.iter().all(|other| other.field != given.field));
        let values: Vec<_> = named.chain(defaults).cloned().collect();
        match connection.transaction(|connection| self.create(connection, values)) {
            Err(QueryError::Database(error)) if error.is_constraint_violation() => {
                match found.get(connection) {
                    Err(QueryError::NotFound(_)) => Err(QueryError::Database(error)),
                    outcome => outcome.map(|row| CreatedRow { row, is_new: false }),
                }
            }
            outcome => outcome.map(|row| CreatedRow { row, is_new: true }),
        }
    }

    /// The row that `lookups` find, with `defaults` written into it; or else a new one with `create_defaults`,
    /// or else with `defaults`.
    pub fn update_or_create(
        &self,
        connection: &Connection,
        lookups: &[FieldAssignment],
        defaults: &[FieldAssignment],
        create_defaults: Option<&[FieldAssignment]>,
    ) -> Result<CreatedRow, QueryError> {
        connection.transaction(|connection| {
            let for_new = create_defaults.unwrap_or(defaults);
            let mut found = self.get_or_create(connection, lookups, for_new)?;
            if !found.is_new {
                found
                    .row
                    .assign(self.registry(), defaults.iter().cloned())?;
                let options = SaveOptions {
                    update_fields: self.written_fields(defaults),
                    ..SaveOptions::default()
                };
                found.row.save(self.registry(), connection, &options)?;
            }
            Ok(found)
        })
    }

    fn looked_up(&self, lookups: &[FieldAssignment]) -> Self {
        self.narrowed(|query| {
            let conditions = lookups
                .iter()
                .map(|given| lookup(&given.field, &given.value));
            conditions.fold(query, crate::query::Query::filter)
        })
    }

    /// The fields of `values`, and those that every save sets; none where the primary key is among them.
    fn written_fields(&self, values: &[FieldAssignment]) -> Option<Vec<String>> {
        let model = self.model();
        let by_name = |name: &str| {
            let is_meant = |field: &&Field| field.name == name || field.attname() == name;
            model
                .columns()
                .find(is_meant)
                .filter(|field| !field.primary_key)
        };
        let named = values
            .iter()
            .map(|given| Some(by_name(&given.field)?.name.clone()));
        let named = named.collect::<Option<Vec<_>>>()?;
        let set = model.columns().filter(|field| is_set_on_save(field, false));
        Some(
            named
                .into_iter()
                .chain(set.map(|field| field.name.clone()))
                .collect(),
        )
    }

    /// Fails at a name that is not of a field with a column.
    pub(super) fn column_field(&self, name: &str) -> Result<&Field, QueryError> {
        let is_meant = |field: &&Field| field.name == name || field.attname() == name;
        let found = match name {
            "pk" => self.model().primary_key(),
            _ => self.model().columns().find(is_meant),
        };
        found.ok_or_else(|| unknown_field(self.registry(), self.model(), name))
    }
}
