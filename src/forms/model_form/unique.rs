//! What a model says of a whole row, beside those there are: Django's `validate_unique` and `validate_constraints`.

use crate::clock::LocalDateTime;
use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::forms::error::ValidationError;
use crate::forms::field::FormFieldKind;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::models::{Constraint, ConstraintKind, Field, Model, ModelSet as _};
use crate::query::{QueryError, key_fields};
use crate::text::{capitalized, joined_with_and};
use crate::values::{FieldValue, to_column};

/// Fields whose values, taken together, no other row may have.
struct UniqueCheck<'m> {
    fields: Vec<&'m Field>,
    /// The constraint, where it is one with a message of its own.
    constraint: Option<&'m Constraint>,
}

/// A field whose values must differ within a part of a day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::forms) struct UniqueForDate {
    pub(in crate::forms) field: String,
    /// The field that holds the day.
    pub(in crate::forms) unique_for: String,
    pub(in crate::forms) period: UniquePeriod,
}

/// The part of a day within which values must differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::forms) enum UniquePeriod {
    Day,
    Month,
    Year,
}

impl UniquePeriod {
    pub(in crate::forms) fn lookup_type(self) -> &'static str {
        match self {
            Self::Day => "date",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Day => "unique_for_date",
            Self::Month => "unique_for_month",
            Self::Year => "unique_for_year",
        }
    }

    /// The part of a day as `2026-11-30`; a month is one of any year, as in Django.
    pub(in crate::forms) fn part_of(self, day: &str) -> Option<&str> {
        match self {
            Self::Day => Some(day),
            Self::Month => day.get(5..7),
            Self::Year => day.get(..4),
        }
    }
}

impl ModelForm {
    /// Adds what other rows have against this one to the errors of the form.
    pub(super) fn validate(&mut self) -> Result<(), ModelFormError> {
        if !self.form.is_bound() {
            return Ok(());
        }
        let model = std::sync::Arc::clone(&self.options.model);
        let database = std::sync::Arc::clone(&self.database);
        let excluded = self.excluded(&model);
        let mut errors: Vec<(String, ValidationError)> = Vec::new();
        database.with(|connection| {
            for check in unique_checks(&model, &excluded) {
                if self.is_taken(connection, &model, &check)? {
                    errors.push(unique_error(&model, &check));
                }
            }
            for field in &model.fields {
                for (part, other) in date_checks(&model, field, &excluded) {
                    if self.is_taken_within(connection, &model, field, other, part)? {
                        errors.push((field.name.clone(), date_error(field, other, part)));
                    }
                }
            }
            Ok::<_, ModelFormError>(())
        })?;
        for (name, error) in errors {
            let error = match self.form.definition.position(&name) {
                Some(index) => self.form.definition.fields[index].in_own_words(error),
                None => error,
            };
            self.form.add_error(&name, error);
        }
        Ok(())
    }

    /// The fields that are not judged: those that the form does not write, that are wrong, or that are left empty
    /// although the model would not have it so.
    fn excluded<'m>(&self, model: &'m Model) -> Vec<&'m str> {
        let is_excluded = |field: &&Field| {
            let name = field.name.as_str();
            let index = self.form.definition.position(name);
            let Some(index) = index.filter(|_| self.options.fields.iter().any(|own| own == name))
            else {
                return true;
            };
            let form_field = &self.form.definition.fields[index];
            let value = self.form.value(name);
            let is_parent = matches!(form_field.kind, FormFieldKind::InlineForeignKey);
            let is_empty =
                !is_parent && value.is_none_or(crate::forms::form_value::FormValue::is_empty);
            !self.form.errors(name).is_empty() || (!field.blank && !form_field.required && is_empty)
        };
        let excluded = model.fields.iter().filter(is_excluded);
        excluded.map(|field| field.name.as_str()).collect()
    }

    /// The sets of fields that no two rows may have in common, of those that the form is asked about.
    pub(in crate::forms) fn unique_fields(&self) -> Vec<Vec<String>> {
        let excluded = self.excluded(&self.options.model);
        let checks = unique_checks(&self.options.model, &excluded).into_iter();
        let names = checks.map(|check| {
            check
                .fields
                .iter()
                .map(|field| field.name.clone())
                .collect()
        });
        names.collect()
    }

    /// The fields whose values must differ within a part of a day, of those that the form is asked about.
    pub(in crate::forms) fn dates_to_check(&self) -> Vec<UniqueForDate> {
        let excluded = self.excluded(&self.options.model);
        let fields = self.options.model.fields.iter();
        let checks = fields.flat_map(|field| {
            let checks = date_checks(&self.options.model, field, &excluded).into_iter();
            checks.map(|(period, other)| UniqueForDate {
                field: field.name.clone(),
                unique_for: other.name.clone(),
                period,
            })
        });
        checks.collect()
    }

    fn value_of(&self, field: &Field) -> FieldValue {
        self.instance
            .get(&field.name)
            .cloned()
            .unwrap_or(FieldValue::Null)
    }

    fn is_taken(
        &self,
        connection: &Connection,
        model: &Model,
        check: &UniqueCheck<'_>,
    ) -> Result<bool, ModelFormError> {
        let values = check.fields.iter().map(|field| self.value_of(field));
        let values: Vec<_> = values.collect();
        // Nothing is not equal to nothing.
        if values.contains(&FieldValue::Null) {
            return Ok(false);
        }
        let same = check.fields.iter().zip(&values).map(|(field, value)| {
            let column = SqlExpression::column(&field.column());
            column.equals(SqlExpression::Value(to_column(value)))
        });
        self.exists(connection, model, same.collect())
    }

    fn is_taken_within(
        &self,
        connection: &Connection,
        model: &Model,
        field: &Field,
        other: &Field,
        part: UniquePeriod,
    ) -> Result<bool, ModelFormError> {
        let (value, day) = (self.value_of(field), self.value_of(other));
        let day = match day {
            FieldValue::Date(day) => day.to_string(),
            FieldValue::Moment(moment) => {
                let zone = self.database.registry.time_zone();
                LocalDateTime::of_moment(moment, zone).date_text()
            }
            _ => return Ok(false),
        };
        if value == FieldValue::Null {
            return Ok(false);
        }
        let statement = SelectStatement::from(model.db_table())
            .select(SqlExpression::column(&other.column()))
            .filter(SqlExpression::All(vec![
                SqlExpression::column(&field.column())
                    .equals(SqlExpression::Value(to_column(&value))),
                self.is_other_row(model)?,
            ]));
        let days: Vec<SqlValue> = statement.column_values(connection)?;
        let zone = self.database.registry.time_zone();
        let same = days.into_iter().any(|column| {
            let found = crate::values::from_column(other.value_kind(), &column);
            let found = match found {
                Some(FieldValue::Date(day)) => day.to_string(),
                Some(FieldValue::Moment(moment)) => {
                    LocalDateTime::of_moment(moment, zone).date_text()
                }
                _ => return false,
            };
            part.part_of(&found) == part.part_of(&day)
        });
        Ok(same)
    }

    fn exists(
        &self,
        connection: &Connection,
        model: &Model,
        mut conditions: Vec<SqlExpression>,
    ) -> Result<bool, ModelFormError> {
        conditions.push(self.is_other_row(model)?);
        let statement = SelectStatement::from(model.db_table())
            .select(SqlExpression::Integer(1))
            .filter(SqlExpression::All(conditions))
            .limit(1);
        Ok(statement.first_row(connection)?.is_some())
    }

    /// Whether a row is another than this one.
    fn is_other_row(&self, model: &Model) -> Result<SqlExpression, ModelFormError> {
        if self.is_new {
            return Ok(SqlExpression::All(Vec::new()));
        }
        let own = key_fields(model)
            .map_err(QueryError::from)?
            .into_iter()
            .map(|field| {
                let column = SqlExpression::column(&field.column());
                column.equals(SqlExpression::Value(to_column(&self.value_of(field))))
            });
        Ok(SqlExpression::All(own.collect()).negated())
    }
}

fn unique_checks<'m>(model: &'m Model, excluded: &[&str]) -> Vec<UniqueCheck<'m>> {
    let check = |names: &[String], constraint: Option<&'m Constraint>| {
        if names.iter().any(|name| excluded.contains(&name.as_str())) {
            return None;
        }
        let fields = names.iter().map(|name| model.field(name));
        Some(UniqueCheck {
            fields: fields.collect::<Option<_>>()?,
            constraint,
        })
    };
    let together = model.options.unique_together.iter();
    let together = together.filter_map(|names| check(names, None));
    let alone = model.columns().filter(|field| field.is_unique());
    let alone = alone.filter_map(|field| check(std::slice::from_ref(&field.name), None));
    let constraints = model.options.constraints.iter();
    let constraints = constraints.filter_map(|constraint| match &constraint.kind {
        ConstraintKind::Unique(names) => check(names, Some(constraint)),
        _ => None,
    });
    together.chain(alone).chain(constraints).collect()
}

/// Django's sentence, or that of the constraint; beside the field where there is one alone.
fn unique_error(model: &Model, check: &UniqueCheck<'_>) -> (String, ValidationError) {
    let labels: Vec<_> = check
        .fields
        .iter()
        .map(|field| capitalized(&field.verbose_name()))
        .collect();
    let labels: Vec<_> = labels.iter().map(String::as_str).collect();
    let labels = joined_with_and(&labels);
    let message = "%(model_name)s with this %(field_label)s already exists.";
    let is_alone = check.fields.len() == 1;
    let code = if is_alone {
        "unique"
    } else {
        "unique_together"
    };
    let error = ValidationError::new(message, code)
        .with("model_name", capitalized(&model.verbose_name()))
        .with("field_label", &labels)
        .with("field_labels", &labels);
    let own = check
        .constraint
        .and_then(|constraint| constraint.violation_error_message.as_deref());
    let error = match (own, check.constraint) {
        (Some(own), Some(constraint)) => {
            let error = error.saying(&own.replace("%(name)s", &constraint.name));
            match &constraint.violation_error_code {
                Some(code) => error.coded(code),
                None => error,
            }
        }
        _ => error,
    };
    let name = match check.fields[..] {
        [only] if own.is_none() => only.name.clone(),
        _ => String::new(),
    };
    (name, error)
}

fn date_checks<'m>(
    model: &'m Model,
    field: &'m Field,
    excluded: &[&str],
) -> Vec<(UniquePeriod, &'m Field)> {
    if excluded.contains(&field.name.as_str()) {
        return Vec::new();
    }
    let checks = [
        (UniquePeriod::Day, &field.unique_for_date),
        (UniquePeriod::Year, &field.unique_for_year),
        (UniquePeriod::Month, &field.unique_for_month),
    ];
    let checks = checks.into_iter().filter_map(|(part, name)| {
        let other = model.field(name.as_deref()?)?;
        (!excluded.contains(&other.name.as_str())).then_some((part, other))
    });
    checks.collect()
}

fn date_error(field: &Field, other: &Field, part: UniquePeriod) -> ValidationError {
    let message = "%(field_label)s must be unique for %(date_field_label)s %(lookup_type)s.";
    ValidationError::new(message, part.code())
        .with("field_label", capitalized(&field.verbose_name()))
        .with("date_field_label", capitalized(&other.verbose_name()))
        .with("lookup_type", part.lookup_type())
}
