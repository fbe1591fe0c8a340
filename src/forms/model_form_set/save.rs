//! The rows of a set written: deleted, changed and added in one transaction.

use std::sync::Arc;

use crate::db::Connection;
use crate::forms::error::ValidationError;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::forms::model_form_set::saved_rows::SavedRows;
use crate::forms::model_form_set::set::{ModelFormSet, refuse_unknown_row};
use crate::query::{ModelInstance, QueryError};
use crate::storage::SavedFiles;
use crate::values::FieldValue;

/// What is done with the row of a form.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum RowAction {
    Add,
    Change,
    Delete,
    Leave,
}

impl ModelFormSet {
    /// Writes the rows of a valid set in one transaction; `None` where the database refuses one, which is an error of
    /// its form, or of the set, then.
    pub fn save(&mut self) -> Result<Option<SavedRows>, ModelFormError> {
        let database = Arc::clone(&self.database);
        let mut files = SavedFiles::default();
        let saved = self.store_files(&mut files).and_then(|()| {
            database.with(|connection| {
                connection.transaction(|connection| {
                    let rows = self.write(connection)?;
                    connection.on_commit(|| files.keep());
                    Ok(rows)
                })
            })
        });
        match saved {
            Ok(rows) => Ok(Some(rows)),
            Err(error) => self.refuse(error).map(|()| None),
        }
    }

    /// Writes the rows over `connection`, whose transaction the caller holds.
    fn write(&mut self, connection: &Connection) -> Result<SavedRows, ModelFormError> {
        let mut saved = SavedRows::default();
        self.refused = None;
        self.place_rows();
        for index in 0..self.set.forms.len() {
            let outcome = self.write_row(index, connection, &mut saved);
            if outcome.is_err() {
                self.refused = Some(index);
            }
            outcome?;
        }
        Ok(saved)
    }

    /// Gives the rows that stay their places in the order that was sent, and notes whose place is another.
    fn place_rows(&mut self) {
        self.moved.clear();
        let Some(field) = &self.rows.order_field else {
            return;
        };
        for (place, index) in self.set.ordered_indexes().into_iter().enumerate() {
            let place = FieldValue::Integer(i64::try_from(place + 1).unwrap_or(i64::MAX));
            let row = &mut self.set.forms[index].instance;
            if row.get(field) != Some(&place) {
                row.set(field, place);
                self.moved.push(index);
            }
        }
    }

    fn write_row(
        &mut self,
        index: usize,
        connection: &Connection,
        saved: &mut SavedRows,
    ) -> Result<(), ModelFormError> {
        let action = self.action(index);
        let form = &mut self.set.forms[index];
        if let Some(inline) = &self.rows.parent {
            form.instance.set(&inline.field, self.parent.clone());
        }
        match action {
            RowAction::Leave => {}
            RowAction::Add => saved.new.push(form.write(connection)?),
            RowAction::Change => saved.changed.push(form.write(connection)?),
            RowAction::Delete => {
                form.instance.delete(&self.database.registry, connection)?;
                saved.deleted.push(form.instance.clone());
            }
        }
        Ok(())
    }

    fn action(&self, index: usize) -> RowAction {
        let form = &self.set.forms[index];
        let (has_changed, is_deleted) = (form.form.has_changed(), self.set.should_delete(form));
        if index < self.set.initial_form_count() {
            let has_changed = has_changed || self.moved.contains(&index);
            // A row that is not there any more can be left alone or deleted; anything else was refused.
            return match (form.is_new(), is_deleted, has_changed) {
                (false, true, _) => RowAction::Delete,
                (false, false, true) => RowAction::Change,
                _ => RowAction::Leave,
            };
        }
        let is_added = has_changed && !is_deleted && !self.rows.edit_only;
        if is_added {
            RowAction::Add
        } else {
            RowAction::Leave
        }
    }

    fn store_files(&mut self, saved: &mut SavedFiles) -> Result<(), ModelFormError> {
        self.refused = None;
        for index in 0..self.set.forms.len() {
            if matches!(self.action(index), RowAction::Add | RowAction::Change) {
                let stored = self.set.forms[index].store_files(saved);
                if stored.is_err() {
                    self.refused = Some(index);
                }
                stored?;
            }
        }
        Ok(())
    }

    /// Makes what the database refused an error of the form or of the set, where it is one of the rows.
    fn refuse(&mut self, error: ModelFormError) -> Result<(), ModelFormError> {
        let Some(index) = self.refused.take() else {
            return Err(error);
        };
        if let ModelFormError::Query(QueryError::Protected { model, count, .. }) = &error {
            let message = format!(
                "{} cannot be deleted: {count} of {} belong to it.",
                self.set.forms[index].instance, model.model
            );
            self.set
                .add_error(ValidationError::new(message, "protected"));
            return Ok(());
        }
        if let ModelFormError::Query(QueryError::NothingUpdated(_)) = &error {
            // Somebody deleted it since it was read.
            refuse_unknown_row(&mut self.set.forms[index], &self.rows.key);
            return Ok(());
        }
        self.set.forms[index].refuse(error)
    }
}

/// Writes the row of `parent` and the rows of the inline `sets`, all in one transaction; `None` where the database
/// refuses one, which is an error of its form then.
pub(in crate::forms) fn save_together(
    parent: &mut ModelForm,
    sets: &mut [ModelFormSet],
) -> Result<Option<ModelInstance>, ModelFormError> {
    let database = Arc::clone(parent.database());
    for set in &mut *sets {
        set.refused = None;
    }
    let mut files = SavedFiles::default();
    let stored = parent.store_files(&mut files);
    let stored = stored.and_then(|()| {
        let mut sets = sets.iter_mut();
        sets.try_for_each(|set| set.store_files(&mut files))
    });
    let saved = stored.and_then(|()| {
        database.with(|connection| {
            connection.transaction(|connection| {
                let row = write_together(parent, sets, connection)?;
                connection.on_commit(|| files.keep());
                Ok(row)
            })
        })
    });
    let error = match saved {
        Ok(row) => return Ok(Some(row)),
        Err(error) => error,
    };
    match sets.iter_mut().find(|set| set.refused.is_some()) {
        Some(set) => set.refuse(error)?,
        None => parent.refuse(error)?,
    }
    Ok(None)
}

fn write_together(
    parent: &ModelForm,
    sets: &mut [ModelFormSet],
    connection: &Connection,
) -> Result<ModelInstance, ModelFormError> {
    let row = parent.write(connection)?;
    for set in sets {
        set.set_parent(&row);
        set.saved = set.write(connection)?;
    }
    Ok(row)
}
