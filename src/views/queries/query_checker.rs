//! Looks at every call of a query while it is read, and tells what does not fit the models with its place.

use crate::diagnostic::Finding;
use crate::document::{Item, Origin, Problems};
use crate::models::expression::{Comparison, Condition, Expression, QueryExpression, RowQuery};
use crate::models::read::{FieldReference, QueryCheck, ReadStep};
use crate::models::{Model, ModelKey, ModelSet as _, Registry};
use crate::query::{Query, QueryError};
use crate::text;

/// The user who sent a request.
const USER: &str = "user";

/// The models that queries are about, and where mistakes go.
#[derive(Clone, Copy, Debug)]
pub(in crate::views) struct QueryChecker<'r> {
    pub(in crate::views) registry: &'r Registry,
    pub(in crate::views) problems: &'r Problems,
}

impl QueryCheck for QueryChecker<'_> {
    fn has_model(&self, key: &ModelKey, item: &Item) -> bool {
        if self.registry.find(key).is_some() {
            return true;
        }
        let name = item.as_str().unwrap_or_default();
        let finding = item.error("unknown-model", format!("there is no model `{name}`"));
        let known: Vec<_> = self.registry.models().map(Model::label).collect();
        let known = known.iter().map(String::as_str);
        self.problems
            .push(finding.suggest_or(name, known, "write `app.Model`"));
        false
    }

    fn has_parameter(&self, source: &str, name: &str, item: &Item) -> bool {
        source != "request" || self.is_of_user(name, item)
    }

    fn accepts(&self, step: &ReadStep<'_>) -> bool {
        let are_known = self.has_fields(step.before, step.fields);
        are_known && self.fits(step)
    }
}

impl QueryChecker<'_> {
    /// Whether `name` is `user`, or a field of the user's row: `user.team`; reported if not.
    fn is_of_user(&self, name: &str, item: &Item) -> bool {
        let (user, field) = match name.split_once('.') {
            Some((user, field)) => (user, Some(field)),
            None => (name, None),
        };
        if user != USER {
            let finding = item.error("unknown-value", format!("a request has no `{name}`"));
            let hint = "write `user`, or `user.team` for a field of the user";
            self.problems.push(finding.hint(hint));
            return false;
        }
        let Some(model) = self.registry.user_model() else {
            return true;
        };
        let mut columns = model.columns();
        let mut is_known = |field: &str| {
            field == "pk" || columns.any(|known| known.name == field || known.attname() == field)
        };
        let Some(field) = field.filter(|field| !is_known(field)) else {
            return true;
        };
        let names = || model.columns().map(|field| field.name.as_str());
        let finding = item.error("unknown-field", format!("a user has no field `{field}`"));
        let otherwise = format!("the fields are {}", text::quoted(names()));
        self.problems
            .push(finding.suggest_or(field, names(), otherwise));
        false
    }

    /// Whether `rows` has all of `fields`, and they can be compared as they are.
    pub(super) fn has_fields(&self, rows: &RowQuery, fields: &[FieldReference]) -> bool {
        // Behind a set operation nothing can be asked for; what its order names is looked at as a whole.
        if rows.is_combined() {
            return true;
        }
        let names = rows.names_only();
        let mut are_known = true;
        for field in fields {
            are_known &= self.has_field(&names, field);
        }
        are_known
    }

    fn has_field(&self, rows: &RowQuery, named: &FieldReference) -> bool {
        let comparison = named.comparison.clone();
        let comparison = comparison.filter(|comparison| !takes_unknown(comparison));
        let comparison = comparison.unwrap_or_else(|| Comparison::is_there(&named.field));
        let query = rows.clone().filter(Condition::Compare(comparison));
        let outcome = self.check(query.into());
        let outcome = outcome.or_else(unless_outer);
        if outcome.is_ok() {
            self.check_choices(rows, named);
        }
        outcome
            .map_err(|error| self.report(&error, &named.origin))
            .is_ok()
    }

    /// Whether the query is one with its new call.
    fn fits(&self, step: &ReadStep<'_>) -> bool {
        let mut outcome = self.check(step.after.clone().into());
        if step.is_within {
            outcome = outcome.or_else(unless_outer);
        }
        outcome
            .map_err(|error| self.report(&error, place(&error, step)))
            .is_ok()
    }

    /// Fails where `query` does not fit the models.
    pub(super) fn check(&self, query: Query) -> Result<(), QueryError> {
        query.on(self.registry)?.check()
    }

    /// Tells of `error` at `origin`.
    pub(super) fn report(&self, error: &QueryError, origin: &Origin) {
        self.problems.push(Finding::of(error).at(origin.location()));
    }
}

/// Passes errors that only the query around can tell to be some.
fn unless_outer(error: QueryError) -> Result<(), QueryError> {
    match error {
        QueryError::NoOuterQuery(_)
        | QueryError::UnknownKind
        | QueryError::MixedKinds(_)
        | QueryError::WrongArgument { .. } => Ok(()),
        error => Err(error),
    }
}

/// Whether it compares with a value that is not known yet; then its field alone can be looked at.
fn takes_unknown(comparison: &Comparison) -> bool {
    let mut found = false;
    for operand in &comparison.operands {
        operand.clone().visit_expressions(&mut |part| {
            found |= match part {
                Expression::Parameter(_) => true,
                Expression::Query(query) => matches!(**query, QueryExpression::OuterRef { .. }),
                _ => false,
            };
        });
    }
    found
}

/// Where the call names what `error` is about.
fn place<'s>(error: &QueryError, step: &ReadStep<'s>) -> &'s Origin {
    let name = match error {
        QueryError::UnknownName { name, .. }
        | QueryError::UnknownTransform { name, .. }
        | QueryError::WrongValue { path: name, .. }
        | QueryError::SelectedAlias(name)
        | QueryError::UnselectedOrder(name)
        | QueryError::NestedAggregate(name)
        | QueryError::NoOuterQuery(name) => name.as_str(),
        _ => return step.origin,
    };
    let is_meant = |named: &&FieldReference| {
        named.field == name || named.field.split("__").any(|part| part == name)
    };
    let found = step.fields.iter().find(is_meant);
    found.map_or(step.origin, |named| &named.origin)
}

/// `field` as it is named in `item`.
pub(super) fn reference(field: &str, item: &Item) -> FieldReference {
    FieldReference {
        field: field.to_owned(),
        origin: item.origin.clone(),
        comparison: None,
        model: None,
        levels: 0,
    }
}
