//! What a model says of whole rows beside those there are, as forms ask it (`validate_unique`, `validate_constraints`).

use crate::db::Connection;
use crate::forms::error::ValidationError;
use crate::models::{Constraint, ConstraintKind, Field, Model, Registry, UniqueForDate};
use crate::query::{ConstraintCheck, ModelInstance, QueryError};
use crate::text::{capitalized, joined_with_and};

/// The rules of a model, compiled when its forms are made.
#[derive(Debug, Default)]
pub(super) struct ModelRules {
    /// Those that its options call constraints.
    pub(super) constraints: Vec<ModelRule>,
    /// What is unique by the fields and by `unique_together`, then what is within a part of a day.
    pub(super) uniques: Vec<ModelRule>,
}

/// A rule about rows.
#[derive(Debug)]
pub(super) struct ModelRule {
    kind: RuleKind,
    check: ConstraintCheck,
}

/// Where a rule stands.
#[derive(Debug)]
enum RuleKind {
    Constraint(Constraint),
    /// Fields that are unique together.
    Unique(Vec<String>),
    Date(UniqueForDate),
}

/// What is wrong with a row.
#[derive(Clone, Debug)]
pub(super) struct RuleViolation {
    /// The field that it is about; empty where it is about none.
    pub(super) field: String,
    pub(super) error: ValidationError,
}

impl ModelRules {
    /// The rules of `model`; what does not fit the models was reported with them.
    pub(super) fn of(registry: &Registry, model: &Model) -> Self {
        let rule = |kind: RuleKind| ModelRule::new(registry, model, kind);
        let constraints = model.options.constraints.iter().cloned();
        let together = model.options.unique_together.iter().cloned();
        let alone = model.columns().filter(|field| field.is_unique());
        let alone = alone.map(|field| vec![field.name.clone()]);
        let uniques = together.chain(alone).map(RuleKind::Unique);
        let dates = model.fields.iter().flat_map(Field::unique_for_dates);
        let dates = dates.map(RuleKind::Date);
        Self {
            constraints: constraints
                .map(RuleKind::Constraint)
                .filter_map(rule)
                .collect(),
            uniques: uniques.chain(dates).filter_map(rule).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &ModelRule> {
        self.uniques.iter().chain(&self.constraints)
    }

    /// The sets of fields that no two rows may have in common, whatever else they hold.
    pub(super) fn unique_sets(&self) -> impl Iterator<Item = &[String]> {
        self.all().filter_map(|rule| match &rule.kind {
            RuleKind::Unique(fields) => Some(fields.as_slice()),
            RuleKind::Constraint(constraint) => match &constraint.kind {
                ConstraintKind::Unique(fields) => Some(fields.as_slice()),
                _ => None,
            },
            RuleKind::Date(_) => None,
        })
    }

    /// What is unique within a part of a day.
    pub(super) fn unique_dates(&self) -> impl Iterator<Item = &UniqueForDate> {
        self.uniques.iter().filter_map(|rule| match &rule.kind {
            RuleKind::Date(unique) => Some(unique),
            _ => None,
        })
    }
}

impl ModelRule {
    fn new(registry: &Registry, model: &Model, kind: RuleKind) -> Option<Self> {
        let check = match &kind {
            RuleKind::Constraint(constraint) => ConstraintCheck::new(registry, model, constraint),
            RuleKind::Unique(fields) => ConstraintCheck::unique(registry, model, fields),
            RuleKind::Date(unique) => {
                let (field, date) = (&unique.field, &unique.unique_for);
                ConstraintCheck::unique_for(registry, model, field, date, unique.period.parts())
            }
        };
        let check = check.ok()?;
        Some(Self { kind, check })
    }

    /// Whether it has to do with one of the fields `excluded`.
    pub(super) fn touches(&self, excluded: &[&str]) -> bool {
        self.check.fields().any(|name| excluded.contains(&name))
    }

    /// Whether `row`, as it is to be written, breaks it.
    pub(super) fn is_broken(
        &self,
        registry: &Registry,
        connection: &Connection,
        row: &ModelInstance,
    ) -> Result<bool, QueryError> {
        self.check.is_violated(registry, connection, row)
    }

    /// What is said where it is broken.
    pub(super) fn violation(&self, model: &Model) -> RuleViolation {
        match &self.kind {
            RuleKind::Constraint(constraint) => broken_constraint(model, constraint),
            RuleKind::Unique(fields) => not_unique(model, fields),
            RuleKind::Date(unique) => not_unique_for_date(model, unique),
        }
    }
}

/// What is said of a row that has the same as another within a part of a day.
fn not_unique_for_date(model: &Model, unique: &UniqueForDate) -> RuleViolation {
    let usual = "%(field_label)s must be unique for %(date_field_label)s %(lookup_type)s.";
    let error = ValidationError::new(usual, "unique_for_date")
        .with("field_label", label(model, &unique.field))
        .with("date_field_label", label(model, &unique.unique_for))
        .with("lookup_type", unique.period.lookup_type());
    RuleViolation {
        error: in_words_of_field(error, model, &unique.field),
        field: unique.field.clone(),
    }
}

/// What is said of a row that breaks `constraint`.
pub(super) fn broken_constraint(model: &Model, constraint: &Constraint) -> RuleViolation {
    let own = &constraint.violation_error_message;
    if let (ConstraintKind::Unique(fields), None) = (&constraint.kind, own) {
        return not_unique(model, fields);
    }
    let code = constraint.violation_error_code.clone().unwrap_or_default();
    let field = match constraint.fields() {
        [only] if code == "unique" => only.clone(),
        _ => String::new(),
    };
    let error = ValidationError::new(constraint.violation_message(), code);
    RuleViolation { field, error }
}

/// What is said of a row that has the same in `fields` as another; beside the field, where it is one alone.
pub(super) fn not_unique(model: &Model, fields: &[String]) -> RuleViolation {
    let labels: Vec<_> = fields.iter().map(|name| label(model, name)).collect();
    let labels: Vec<_> = labels.iter().map(String::as_str).collect();
    let labels = joined_with_and(&labels);
    let error = |code: &'static str| {
        let message = "%(model_name)s with this %(field_label)s already exists.";
        ValidationError::new(message, code)
            .with("model_name", capitalized(&model.verbose_name()))
            .with("field_label", &labels)
            .with("field_labels", &labels)
    };
    match fields {
        [only] => RuleViolation {
            error: in_words_of_field(error("unique"), model, only),
            field: only.clone(),
        },
        _ => RuleViolation {
            error: error("unique_together"),
            field: String::new(),
        },
    }
}

/// `error` as the `error_messages` of the field of the model have it.
fn in_words_of_field(error: ValidationError, model: &Model, name: &str) -> ValidationError {
    let field = model.field(name);
    let mut own = field.iter().flat_map(|field| &field.error_messages);
    match own.find(|(code, _)| **code == *error.code) {
        Some((_, message)) => error.saying(message),
        None => error,
    }
}

fn label(model: &Model, name: &str) -> String {
    let field = model.field(name);
    field.map_or_else(String::new, |field| capitalized(&field.verbose_name()))
}
