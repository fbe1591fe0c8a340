//! The row of a form, filled and written.

use std::sync::Arc;

use crate::db::{Connection, ViolatedConstraint};
use crate::forms::error::ValidationError;
use crate::forms::form_value::FormValue;
use crate::forms::model_form::files::refused_file;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::forms::model_rules::{RuleViolation, broken_constraint, not_unique};
use crate::models::{Field, Model};
use crate::query::{ModelInstance, QueryError, SaveOptions};
use crate::storage::SavedFiles;
use crate::values::FieldValue;

impl ModelForm {
    /// Puts what was sent into the row: only the fields that the form writes, as Django's `construct_instance`.
    pub(super) fn fill_instance(&mut self) {
        let options = Arc::clone(&self.options);
        for name in &options.fields {
            let (Some(field), Some(value)) = (options.model.field(name), self.form.value(name))
            else {
                continue;
            };
            let is_left_out = self.form.is_omitted(name) && value.is_empty();
            if !field.has_column() || (field.default.is_some() && is_left_out && self.is_new) {
                continue;
            }
            let held = self.instance.get(name);
            if held.is_some_and(|held| self.form.is_shown_as(name, held, value)) {
                // What the widget hides of the value is kept.
                continue;
            }
            let value = match value {
                FormValue::ClearFile => Some(FieldValue::Text(String::new())),
                FormValue::File(_) | FormValue::Stored(_) | FormValue::List(_) => None,
                value => value.clone().into_value(),
            };
            if let Some(value) = value {
                self.instance.set(name, of_column(field, value));
            }
        }
    }

    /// Writes the row and what it refers to many of, in one transaction; `None` where the database refuses it, which is
    /// an error of the form then.
    pub fn save(&mut self) -> Result<Option<ModelInstance>, ModelFormError> {
        let database = Arc::clone(&self.database);
        let mut files = SavedFiles::default();
        let saved = self.store_files(&mut files).and_then(|()| {
            database.with(|connection| {
                connection.transaction(|connection| {
                    let row = self.write(connection)?;
                    connection.on_commit(|| files.keep());
                    Ok(row)
                })
            })
        });
        match saved {
            Ok(instance) => {
                self.instance = instance.clone();
                self.is_new = false;
                Ok(Some(instance))
            }
            Err(error) => self.refuse(error).map(|()| None),
        }
    }

    /// Writes the row over `connection`, whose transaction the caller holds.
    ///
    /// A row that somebody deleted meanwhile is not made again; another key makes another row, as in Django.
    pub(in crate::forms) fn write(
        &self,
        connection: &Connection,
    ) -> Result<ModelInstance, ModelFormError> {
        let registry = &self.database.registry;
        let mut instance = self.instance.clone();
        let options = SaveOptions {
            force_update: !self.is_new && !self.writes_key(),
            ..SaveOptions::default()
        };
        instance.save(registry, connection, &options)?;
        for name in &self.options.fields {
            let field = self.options.model.field(name);
            let is_many = field.is_some_and(|field| field.many_to_many().is_some());
            if let (true, Some(FormValue::List(keys))) = (is_many, self.form.value(name)) {
                instance.set_many(registry, connection, name, keys)?;
            }
        }
        Ok(instance)
    }

    /// Whether the key of the row is among the fields of the form.
    fn writes_key(&self) -> bool {
        let key = self.options.model.primary_key();
        key.is_some_and(|key| self.options.fields.contains(&key.name))
    }

    /// Makes what the database refused an error of the form, where it is one of the row.
    pub(in crate::forms) fn refuse(&mut self, error: ModelFormError) -> Result<(), ModelFormError> {
        let violated = match &error {
            ModelFormError::Database(error)
            | ModelFormError::Query(QueryError::Database(error)) => error.violated_constraint(),
            _ => None,
        };
        if let ModelFormError::Storage { field, source } = &error
            && let Some(error) = refused_file(source)
        {
            let field = field.clone();
            self.add_violation(RuleViolation { field, error });
            return Ok(());
        }
        let Some(violated) = violated else {
            return Err(error);
        };
        let model = Arc::clone(&self.options.model);
        self.add_violation(violation(&model, &violated));
        Ok(())
    }
}

/// What a form's value is in the column of `field`: nothing is an empty text where the column has no null.
fn of_column(field: &Field, value: FieldValue) -> FieldValue {
    match value {
        FieldValue::Null if field.kind.allows_empty_strings() && !field.null => {
            FieldValue::Text(String::new())
        }
        FieldValue::Text(text) if text.is_empty() && !field.kind.allows_empty_strings() => {
            FieldValue::Null
        }
        value => value,
    }
}

/// What is said of what the database refused.
fn violation(model: &Model, violated: &ViolatedConstraint) -> RuleViolation {
    let by_column = |column: &str| {
        let mut columns = model.columns();
        columns
            .find(|field| field.column() == column)
            .map(|field| field.name.clone())
    };
    match violated {
        ViolatedConstraint::Check(name) | ViolatedConstraint::UniqueIndex(name) => {
            let mut constraints = model.options.constraints.iter();
            match constraints.find(|constraint| constraint.name == *name) {
                Some(constraint) => broken_constraint(model, constraint),
                None => RuleViolation {
                    field: String::new(),
                    error: ValidationError::new(format!("Constraint “{name}” is violated."), ""),
                },
            }
        }
        ViolatedConstraint::NotNull(column) => RuleViolation {
            field: by_column(column).unwrap_or_default(),
            error: ValidationError::new("This field cannot be null.", "null"),
        },
        ViolatedConstraint::ForeignKey => {
            let message = "A row that this one refers to is not there any more.";
            RuleViolation {
                field: String::new(),
                error: ValidationError::new(message, "missing"),
            }
        }
        ViolatedConstraint::Unique(columns) => {
            let fields = columns.iter().filter_map(|column| by_column(column));
            not_unique(model, &fields.collect::<Vec<_>>())
        }
    }
}
