//! A query that is kept with the places of what a request holds.
//!
//! A condition on a parameter of the query that the visitor did not use is left out; a value that does not fit
//! its field, and the user of one who is not logged in, find no rows.

use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{Model, ModelKey};
use crate::query::{Query, QueryError};
use crate::templates::{RowType, TemplateType};
use crate::views::queries::parameter_values::{ParameterValues, finds_nothing};
use crate::views::queries::request_parameters::LIST;
use crate::views::rows::{RowShape, never_known};
use crate::views::{HttpError, Request};

/// A query, with conditions that take values from a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestQuery {
    /// All rows; a parameter stands where a value of the request will.
    base: Query,
    /// The places of the first row and behind the last one that are meant.
    offset: u64,
    end: Option<u64>,
    shape: RowShape,
    /// What its rows have by names of the query.
    names: Vec<String>,
    /// The parameters, each once.
    parameters: Vec<String>,
}

impl RequestQuery {
    /// The rows of `base` for which all `conditions` hold.
    pub(crate) fn new(base: Query, conditions: Vec<Condition>) -> Self {
        let mut base = conditions.into_iter().fold(base, Query::filter);
        base.change_conditions(&mut |condition| {
            let mut condition = condition.clone();
            mark_lists(&mut condition);
            Some(condition)
        });
        Self {
            parameters: base.parameters(),
            base,
            offset: 0,
            end: None,
            shape: RowShape::Rows,
            names: Vec::new(),
        }
    }

    /// The rows from place `offset` on, and before place `end`.
    pub(super) fn sliced(self, offset: u64, end: Option<u64>) -> Self {
        Self {
            offset,
            end,
            ..self
        }
    }

    /// The same with rows of this shape.
    pub(super) fn shaped(self, shape: RowShape) -> Self {
        Self { shape, ..self }
    }

    /// The same, whose rows have these names by the query.
    pub(super) fn with_names(self, names: Vec<String>) -> Self {
        Self { names, ..self }
    }

    /// What a template knows of its rows.
    pub(in crate::views) fn value_type(&self) -> TemplateType {
        match self.shape {
            RowShape::Rows => TemplateType::Rows(RowType {
                model: self.model().clone(),
                added: self.names.clone(),
            }),
            RowShape::Mappings => TemplateType::Mappings(self.names.clone()),
            RowShape::Tuples | RowShape::Values => TemplateType::Unknown,
        }
    }

    /// The query of all rows, with parameters in the places of values.
    pub(super) fn template(&self) -> &Query {
        &self.base
    }

    /// The same part of the rows of `base`.
    pub(super) fn with_template(self, base: Query) -> Self {
        Self {
            offset: self.offset,
            end: self.end,
            shape: self.shape,
            ..Self::new(base, Vec::new())
        }
    }

    /// The key of the model whose rows are meant.
    pub(in crate::views) fn model(&self) -> &ModelKey {
        self.base.model()
    }

    /// What its rows are.
    pub(in crate::views) fn shape(&self) -> RowShape {
        self.shape
    }

    /// The same rows in some order at least: by their keys, where neither the entry nor `model` says another.
    pub(crate) fn ordered(self, model: &Model) -> Self {
        Self {
            base: self.base.in_some_order(model),
            ..self
        }
    }

    /// The same rows in the order of `model`, where the entry does not say another.
    ///
    /// Rows that aggregates are computed for have none in Django; whoever adds a count to a list does not expect that.
    pub(in crate::views) fn in_order_of(self, model: &Model) -> Self {
        let order = &model.options.ordering;
        let is_ordered = self.base.has_own_order() || self.base.is_ordered(model);
        if is_ordered || order.is_empty() || self.base.has_values() {
            return self;
        }
        Self {
            base: self.base.order_by(order),
            ..self
        }
    }

    /// The names that a route has to capture for it.
    pub(crate) fn captured_names(&self) -> impl Iterator<Item = &str> {
        let names = self.parameters.iter();
        names.filter_map(|name| name.strip_prefix("captured."))
    }

    /// The query with the values of `request`; none where it is known that no row fits.
    pub(crate) fn bind(&self, request: &Request<'_>) -> Result<Option<Query>, HttpError> {
        let query = self.bind_whole(request)?;
        Ok(query.map(|query| self.cut(query)))
    }

    /// The same; a query that finds nothing where it is known that no row fits.
    pub(super) fn bind_or_nothing(&self, request: &Request<'_>) -> Result<Query, HttpError> {
        let FilledQuery { query, is_empty } = self.fill(request, |query| check(request, query))?;
        if is_empty {
            return Ok(query.filter(never_known()));
        }
        Ok(self.cut(query))
    }

    /// The part of the rows of `query` that is meant.
    pub(in crate::views) fn cut(&self, query: Query) -> Query {
        query.slice(self.offset, self.end)
    }

    /// The same before a part of the rows is taken: what is to be filtered or ordered further.
    pub(in crate::views) fn bind_whole(
        &self,
        request: &Request<'_>,
    ) -> Result<Option<Query>, HttpError> {
        let filled = self.fill(request, |query| check(request, query))?;
        Ok((!filled.is_empty).then_some(filled.query))
    }

    /// The query with the values of `request`, and whether it is known that no row fits; `check` finds values
    /// that do not fit their fields.
    pub(super) fn fill(
        &self,
        request: &Request<'_>,
        check: impl Fn(&Query) -> Result<(), QueryError>,
    ) -> Result<FilledQuery, HttpError> {
        if self.parameters.is_empty() {
            let (query, is_empty) = (self.base.clone(), false);
            return Ok(FilledQuery { query, is_empty });
        }
        let values = ParameterValues::of(request, &self.parameters)?;
        // Values that do not fit become conditions that do not hold, which may be a part of others.
        let mut unfit: Vec<String> = Vec::new();
        loop {
            let query = values.fill(&self.base, &unfit)?;
            let is_empty = finds_nothing(query.rows());
            if is_empty {
                return Ok(FilledQuery { query, is_empty });
            }
            match check(&query) {
                Ok(()) => return Ok(FilledQuery { query, is_empty }),
                Err(QueryError::WrongValue { path, .. }) if !unfit.contains(&path) => {
                    unfit.push(path);
                }
                Err(QueryError::WrongValue { .. }) => {
                    let is_empty = true;
                    return Ok(FilledQuery { query, is_empty });
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// A query with the values of a request.
#[derive(Debug)]
pub(super) struct FilledQuery {
    pub(super) query: Query,
    /// Whether it is known that no row fits.
    pub(super) is_empty: bool,
}

fn check(request: &Request<'_>, query: &Query) -> Result<(), QueryError> {
    query.clone().on(request.state.rows.registry())?.check()
}

/// Has the parameters of a query that stand beside `in` be all their values.
fn mark_lists(condition: &mut Condition) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Xor(parts) => {
            parts.iter_mut().for_each(mark_lists);
        }
        Condition::Not(part) => mark_lists(part),
        Condition::Compare(Comparison {
            lookup: Lookup::In,
            operands,
            ..
        }) => {
            for operand in operands {
                if let Expression::Parameter(name) = operand
                    && name.starts_with("query.")
                    && !name.ends_with(LIST)
                {
                    name.push_str(LIST);
                }
            }
        }
        Condition::Compare(_) | Condition::Holds(_) => {}
    }
}

/// `query`, unless it compares a field with something that it cannot hold: no row fits that.
pub(crate) fn fitting(request: &Request<'_>, query: Query) -> Result<Option<Query>, HttpError> {
    match check(request, &query) {
        Ok(()) => Ok(Some(query)),
        Err(QueryError::WrongValue { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
