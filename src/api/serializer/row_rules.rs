//! What a model says of whole rows, as an API asks it (`rest_framework.validators`), and what only a database would say
//! in Django REST framework: checks, expressions, values that the server itself writes.

use crate::api::serializer::Serializer;
use crate::api::serializer::context::SerializerContext;
use crate::api::serializer::field::SerializerField;
use crate::api::serializer::run::{ValidatedFields, ValidationFailure};
use crate::json::Json;
use crate::models::expression::Condition;
use crate::models::{Constraint, ConstraintKind, Field, Model, Registry, UniqueForDate};
use crate::query::{ConstraintCheck, ModelInstance};

/// A rule about rows, compiled when `urls.toml` is loaded.
#[derive(Clone, Debug)]
pub(super) struct RowRule {
    kind: RowRuleKind,
    check: ConstraintCheck,
}

#[derive(Clone, Debug)]
enum RowRuleKind {
    /// Fields that are unique, together if they are several.
    Unique(Vec<String>),
    /// A field whose values differ within a part of a day.
    Date(UniqueForDate),
    /// A constraint that says what is wrong itself.
    Named(String),
}

/// The rules of `model` about rows whose `fields` are sent, in the order in which they are asked.
pub(super) fn row_rules(
    registry: &Registry,
    model: &Model,
    fields: &[SerializerField],
) -> Vec<RowRule> {
    let judged_alone = |name: &str| {
        let mut fields = fields.iter().filter(|field| !field.read_only);
        fields.any(|field| field.name == name && !field.unique_among.is_empty())
    };
    let together = model.options.unique_together.iter();
    let together = together.map(|names| RowRuleKind::Unique(names.clone()));
    let alone = model.columns().filter(|field| field.is_unique());
    let alone = alone.filter(|field| !field.primary_key && !judged_alone(&field.name));
    let alone = alone.map(|field| RowRuleKind::Unique(vec![field.name.clone()]));
    let sets = together.chain(alone).filter_map(|kind| {
        let RowRuleKind::Unique(names) = &kind else {
            return None;
        };
        let check = ConstraintCheck::unique(registry, model, names).ok()?;
        Some(RowRule { kind, check })
    });
    let constraints = model.options.constraints.iter();
    let constraints = constraints.filter(|constraint| match constraint.fields() {
        [only] => !judged_alone(only),
        _ => true,
    });
    let constraints = constraints.filter_map(|constraint| {
        let check = ConstraintCheck::new(registry, model, constraint).ok()?;
        Some(RowRule {
            kind: RowRuleKind::of(constraint),
            check,
        })
    });
    let is_shown = |field: &&Field| fields.iter().any(|shown| shown.name == field.name);
    let dates = model
        .fields
        .iter()
        .filter(is_shown)
        .flat_map(Field::unique_for_dates);
    let dates = dates.filter_map(|unique| {
        let (field, date) = (&unique.field, &unique.unique_for);
        let check =
            ConstraintCheck::unique_for(registry, model, field, date, unique.period.parts())
                .ok()?;
        let kind = RowRuleKind::Date(unique);
        Some(RowRule { kind, check })
    });
    sets.chain(constraints).chain(dates).collect()
}

/// Sets of fields that have to be sent together, or be what the model says, so that a row can be judged
/// (`get_uniqueness_extra_kwargs`).
pub(super) fn needed_together(model: &Model) -> Vec<Vec<String>> {
    let mut sets = model.options.unique_together.clone();
    for constraint in &model.options.constraints {
        let mut fields = constraint.fields().to_vec();
        if fields.len() < 2 {
            continue;
        }
        if let ConstraintKind::UniqueIndex {
            condition: Some(condition),
            ..
        } = &constraint.kind
        {
            fields.extend(first_names(condition));
        }
        sets.push(fields);
    }
    let dates = model.fields.iter().flat_map(Field::unique_for_dates);
    sets.extend(dates.map(|unique| vec![unique.unique_for]));
    sets
}

/// The fields of the model that `condition` has to do with.
fn first_names(condition: &Condition) -> Vec<String> {
    let mut names = Vec::new();
    condition.clone().visit_fields(&mut |path| {
        let name = path.split("__").next().unwrap_or(path);
        names.push(name.to_owned());
    });
    names
}

impl RowRuleKind {
    fn of(constraint: &Constraint) -> Self {
        match constraint.fields() {
            [] => Self::Named(constraint.violation_message()),
            fields => Self::Unique(fields.to_vec()),
        }
    }
}

impl Serializer {
    /// What is wrong with `row` beside the rows there are; `sent` is what was sent of it.
    pub(in crate::api) fn judge(
        &self,
        context: &SerializerContext<'_, '_>,
        sent: &ValidatedFields,
        row: &ModelInstance,
    ) -> Result<(), ValidationFailure> {
        let mut messages = Vec::new();
        for rule in &self.rules {
            if rule.is_settled(sent, row)
                || !rule
                    .check
                    .is_violated(context.registry, context.connection, row)?
            {
                continue;
            }
            match &rule.kind {
                // What is wrong with a field is told alone, as Django REST framework does.
                RowRuleKind::Date(unique) => {
                    let (date, period) = (&unique.unique_for, unique.period.lookup_type());
                    let message = format!("This field must be unique for the \"{date}\" {period}.");
                    return Err(of_field(&unique.field, message));
                }
                RowRuleKind::Unique(names) => match names.as_slice() {
                    [only] => return Err(of_field(only, self.unique_message_of(only))),
                    names => messages.push(not_a_unique_set(names)),
                },
                RowRuleKind::Named(message) => messages.push(message.clone()),
            }
        }
        if messages.is_empty() {
            Ok(())
        } else {
            Err(ValidationFailure::non_field(messages))
        }
    }
}

impl RowRule {
    /// Whether the row is as it was in what the rule is about, which no database keeps it to.
    fn is_settled(&self, sent: &ValidatedFields, row: &ModelInstance) -> bool {
        let RowRuleKind::Date(unique) = &self.kind else {
            return false;
        };
        let is_sent = |name: &str| sent.get(name).is_some();
        !row.is_adding() && !is_sent(&unique.field) && !is_sent(&unique.unique_for)
    }
}

/// What is said where another row has the same in `names`.
pub(in crate::api) fn not_a_unique_set(names: &[String]) -> String {
    format!("The fields {} must make a unique set.", names.join(", "))
}

fn of_field(name: &str, message: String) -> ValidationFailure {
    let errors = vec![(name.to_owned(), Json::from(vec![message]))];
    ValidationFailure::Invalid(Json::Object(errors))
}
