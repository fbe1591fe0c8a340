//! The values of a request in the places of the parameters of a query.

use crate::models::expression::{Comparison, Condition, Expression, QueryStep, RowQuery};
use crate::query::{Query, QueryError};
use crate::values::FieldValue;
use crate::views::queries::condition_parts::{ComparisonState, RemainingCondition, remaining};
use crate::views::queries::request_parameters::{ParameterValue, parameter};
use crate::views::rows::never_known;
use crate::views::{HttpError, Request};

/// What the parameters of a query are in a request.
#[derive(Debug)]
pub(super) struct ParameterValues<'q>(Vec<(&'q str, ParameterValue)>);

impl<'q> ParameterValues<'q> {
    /// The values of the parameters called `names` in `request`.
    pub(super) fn of(request: &Request<'_>, names: &'q [String]) -> Result<Self, HttpError> {
        let values = names.iter();
        let values = values.map(|name| Ok((name.as_str(), parameter(request, name)?)));
        values.collect::<Result<_, HttpError>>().map(Self)
    }

    /// `query` with the values; what is compared at one of the paths `unfit` with a parameter is never known.
    ///
    /// A value that is not there is nothing where it stands outside of a condition.
    pub(super) fn fill(&self, query: &Query, unfit: &[String]) -> Result<Query, QueryError> {
        let mut filled = query.clone();
        filled.change_conditions(&mut |condition| self.remaining(condition, unfit));
        filled.bind(|name| match self.get(name)? {
            ParameterValue::Value(value) => Some(value.clone()),
            ParameterValue::NotAsked | ParameterValue::Missing => Some(FieldValue::Null),
        })
    }

    fn get(&self, name: &str) -> Option<&ParameterValue> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }

    /// What is left of `condition`; nothing where all of it compares with parameters that nobody used.
    fn remaining(&self, condition: &Condition, unfit: &[String]) -> Option<Condition> {
        match remaining(condition, &|part| self.state(part, unfit)) {
            RemainingCondition::Condition(condition) => Some(condition),
            RemainingCondition::AllRows => None,
            RemainingCondition::NoRow => Some(never_known()),
        }
    }

    /// What the values say of the comparison `part`.
    fn state(&self, part: &Condition, unfit: &[String]) -> ComparisonState {
        let (mut state, mut has_parameters) = (ComparisonState::Complete, false);
        part.clone().visit_expressions(&mut |expression| {
            let Expression::Parameter(name) = expression else {
                return;
            };
            has_parameters = true;
            match self.get(name) {
                Some(ParameterValue::NotAsked) if state == ComparisonState::Complete => {
                    state = ComparisonState::NotAsked;
                }
                Some(ParameterValue::NotAsked | ParameterValue::Value(_)) => {}
                Some(ParameterValue::Missing) | None => state = ComparisonState::Unanswerable,
            }
        });
        match part {
            Condition::Compare(Comparison { field, .. })
                if has_parameters && unfit.contains(field) =>
            {
                ComparisonState::Unanswerable
            }
            _ => state,
        }
    }
}

/// Whether it is plain that `rows` are none.
pub(super) fn finds_nothing(rows: &RowQuery) -> bool {
    let nothing = never_known();
    rows.steps.iter().any(|step| match step {
        QueryStep::Filter(condition) => *condition == nothing,
        QueryStep::Annotate { .. } | QueryStep::Values(_) => false,
    })
}
