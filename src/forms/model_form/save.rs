//! The row of a form, filled and written.

use std::sync::Arc;

use crate::db::sql::{DeleteStatement, InsertStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, DatabaseError, SqlValue, ViolatedConstraint};
use crate::forms::error::ValidationError;
use crate::forms::form_value::FormValue;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::models::{AutoNow, Field, FieldKind, Model, ModelSet as _};
use crate::query::{
    ModelInstance, OmittedValue, QueryError, SaveStatement, Through, omitted_value,
};
use crate::text::capitalized;
use crate::values::{FieldValue, auto_now_value, no_value, to_column};

/// The text between a row and those it refers to many of.
struct RelatedKeys<'m> {
    field: &'m Field,
    keys: Vec<FieldValue>,
}

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
        self.store_files()?;
        let database = Arc::clone(&self.database);
        let saved =
            database.with(|connection| connection.transaction(|connection| self.write(connection)));
        match saved {
            Ok(instance) => {
                self.instance = instance.clone();
                self.is_new = false;
                Ok(Some(instance))
            }
            Err(error) => {
                self.remove_stored_files();
                self.refuse(error).map(|()| None)
            }
        }
    }

    /// Writes the row over `connection`, whose transaction the caller holds.
    pub(in crate::forms) fn write(
        &self,
        connection: &Connection,
    ) -> Result<ModelInstance, ModelFormError> {
        let model = &self.options.model;
        let statement = SaveStatement::new(model)?;
        let mut instance = self.instance.clone();
        let mut row = Vec::with_capacity(statement.fields.len());
        for field in &statement.fields {
            let value = self.column_value(field, &instance)?;
            if let Some(value) = &value {
                instance.set(&field.name, value.clone());
            }
            row.push(value.as_ref().map(to_column));
        }
        let key = statement.run(connection, row)?;
        if let (Some(field), [key]) = (model.primary_key(), &key[..]) {
            let kind = self
                .database
                .registry
                .value_kind(field)
                .unwrap_or(&field.kind);
            let read = crate::values::from_column(kind, key.clone());
            instance.set(&field.name, read.unwrap_or(FieldValue::Null));
        }
        for related in self.related() {
            self.write_related(connection, &instance, &related)?;
        }
        Ok(instance)
    }

    /// What a column gets; none leaves it to the database.
    fn column_value(
        &self,
        field: &Field,
        instance: &ModelInstance,
    ) -> Result<Option<FieldValue>, ModelFormError> {
        let registry = &self.database.registry;
        let zone = registry.time_zone();
        if let Some(now) = auto_now_value(field, zone).filter(|_| is_set_now(field, self.is_new)) {
            return Ok(Some(now));
        }
        if let Some(value) = instance.get(&field.name) {
            let is_unset_key = field.primary_key && *value == FieldValue::Null;
            return Ok((!is_unset_key).then(|| value.clone()));
        }
        let kind = registry.value_kind(field).unwrap_or(&field.kind);
        match omitted_value(field, kind, zone).map_err(QueryError::from)? {
            OmittedValue::Value(value) => Ok(Some(value)),
            OmittedValue::DatabaseDefault => Ok(None),
            // The database says what is missing.
            OmittedValue::Required => Ok(Some(no_value(kind))),
        }
    }

    fn related(&self) -> Vec<RelatedKeys<'_>> {
        let names = self.options.fields.iter();
        let related = names.filter_map(|name| {
            let field = self.options.model.field(name)?;
            field.many_to_many()?;
            match self.form.value(name)? {
                FormValue::List(keys) => Some(RelatedKeys {
                    field,
                    keys: keys.clone(),
                }),
                _ => None,
            }
        });
        related.collect()
    }

    /// Has the row refer to these rows and no others.
    fn write_related(
        &self,
        connection: &Connection,
        instance: &ModelInstance,
        related: &RelatedKeys<'_>,
    ) -> Result<(), ModelFormError> {
        let registry = &self.database.registry;
        let model = &self.options.model;
        let through = match Through::new(registry, model, related.field)? {
            Some(through) => through,
            None => match Through::declared(registry, model, related.field)? {
                Some((through, _)) => through,
                None => return Ok(()),
            },
        };
        let own = to_column(instance.key());
        let keys: Vec<_> = related.keys.iter().map(to_column).collect();
        let column = |name: &str| SqlExpression::column(name);
        let mut pairs = vec![(&through.source_column, &through.target_column)];
        if through.symmetrical {
            pairs.push((&through.target_column, &through.source_column));
        }
        for (source, target) in pairs {
            let is_own = column(source).equals(SqlExpression::Value(own.clone()));
            let others = column(target).is_in(keys.iter().cloned()).negated();
            let delete = DeleteStatement::from(&through.table)
                .filter(SqlExpression::All(vec![is_own, others]));
            delete.execute(connection)?;
            for key in &keys {
                insert_pair(connection, &through.table, [source, target], [&own, key])?;
            }
        }
        Ok(())
    }

    /// Makes what the database refused an error of the form, where it is one of the row.
    fn refuse(&mut self, error: ModelFormError) -> Result<(), ModelFormError> {
        let violated = match &error {
            ModelFormError::Database(error)
            | ModelFormError::Query(QueryError::Database(error)) => error.violated_constraint(),
            _ => None,
        };
        let Some(violated) = violated else {
            return Err(error);
        };
        let model = Arc::clone(&self.options.model);
        let (name, error) = violation(&model, &violated);
        self.form.add_error(&name, error);
        Ok(())
    }
}

/// Adds a pair unless it is there.
fn insert_pair(
    connection: &Connection,
    table: &str,
    columns: [&String; 2],
    values: [&SqlValue; 2],
) -> Result<(), DatabaseError> {
    use crate::db::sql::SelectStatement;
    let is_pair = columns.iter().zip(values).map(|(name, value)| {
        SqlExpression::column(name).equals(SqlExpression::Value(value.clone()))
    });
    let existing = SelectStatement::from(table)
        .select(SqlExpression::Integer(1))
        .filter(SqlExpression::All(is_pair.collect()));
    let pair = SelectStatement::default()
        .select(SqlExpression::Value(values[0].clone()))
        .select(SqlExpression::Value(values[1].clone()))
        .filter(SqlExpression::exists(existing).negated());
    let insert = InsertStatement::into(table).columns(columns).query(pair);
    insert.execute(connection).map(drop)
}

/// Whether a day or moment is taken from the clock: at every save, or when the row is made.
fn is_set_now(field: &Field, is_new: bool) -> bool {
    match field.kind {
        FieldKind::Date(auto) | FieldKind::DateTime(auto) | FieldKind::Time(auto) => {
            let AutoNow {
                auto_now,
                auto_now_add,
            } = auto;
            auto_now || (auto_now_add && is_new)
        }
        _ => false,
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

/// The field and the sentence for what the database refused.
fn violation(model: &Model, violated: &ViolatedConstraint) -> (String, ValidationError) {
    let by_column = |column: &str| model.columns().find(|field| field.column() == column);
    let named = |name: &str| {
        let mut constraints = model.options.constraints.iter();
        let found = constraints.find(|constraint| constraint.name == name);
        let own = found.and_then(|constraint| constraint.violation_error_message.clone());
        let usual = format!("Constraint “{name}” is violated.");
        let error =
            ValidationError::new(own.unwrap_or(usual).replace("%(name)s", name), "constraint");
        match found.and_then(|constraint| constraint.violation_error_code.as_deref()) {
            Some(code) => error.coded(code),
            None => error,
        }
    };
    match violated {
        ViolatedConstraint::Check(name) | ViolatedConstraint::UniqueIndex(name) => {
            (String::new(), named(name))
        }
        ViolatedConstraint::NotNull(column) => {
            let name = by_column(column).map(|field| field.name.clone());
            let error = ValidationError::new("This field cannot be null.", "null");
            (name.unwrap_or_default(), error)
        }
        ViolatedConstraint::ForeignKey => {
            let message = "A row that this one refers to is not there any more.";
            (String::new(), ValidationError::new(message, "missing"))
        }
        ViolatedConstraint::Unique(columns) => {
            let fields: Vec<_> = columns
                .iter()
                .filter_map(|column| by_column(column))
                .collect();
            let labels: Vec<_> = fields
                .iter()
                .map(|field| capitalized(&field.verbose_name()))
                .collect();
            let message = format!(
                "{} with this {} already exists.",
                capitalized(&model.verbose_name()),
                labels.join(" and ")
            );
            let name = match fields[..] {
                [only] => only.name.clone(),
                _ => String::new(),
            };
            (name, ValidationError::new(message, "unique"))
        }
    }
}
