//! The one row that a view is about: found by key, slug or both, and guarded by `may`.

use crate::models::expression::{Comparison, Condition, Expression, Lookup, QueryExpression};
use crate::query::Query;
use crate::values::FieldValue;
use crate::views::generic::model_view::{ModelView, ModelViewEntry};
use crate::views::queries::{GUARDING_SOURCES, RequestQuery, argument_value};
use crate::views::rows::{RowBatch, RowValue, equals};
use crate::views::{HttpError, Request};

/// What a row is told about `may`: no field is called so.
const MAY: &str = "_may";

/// How the row is found, and who may have it.
#[derive(Debug)]
pub(super) struct SingleObject {
    pk_url_kwarg: String,
    slug_url_kwarg: String,
    slug_field: String,
    query_pk_and_slug: bool,
    may: Option<RequestQuery>,
}

impl SingleObject {
    /// Reads the options of views of one row.
    pub(super) fn read(read: &ModelViewEntry<'_, '_, '_>) -> Self {
        let fields = read.entry.fields;
        let slug_field = fields.or("slug_field", "slug".to_owned());
        if let Some(item) = fields.item("slug_field") {
            read.reader().check_path(&slug_field, item);
        }
        let may = fields.item("may");
        let may = may.and_then(|item| read.reader().condition(item, GUARDING_SOURCES));
        Self {
            pk_url_kwarg: fields.or("pk_url_kwarg", "pk".to_owned()),
            slug_url_kwarg: fields.or("slug_url_kwarg", "slug".to_owned()),
            slug_field,
            query_pk_and_slug: fields.or("query_pk_and_slug", false),
            may: may.map(|may| RequestQuery::new(Query::of(read.model), vec![may])),
        }
    }

    /// The names that a route has to capture for `may`.
    pub(super) fn captured_names(&self) -> impl Iterator<Item = &str> {
        self.may.iter().flat_map(RequestQuery::captured_names)
    }

    /// Names of which a route has to capture one.
    pub(super) fn key_names(&self) -> [&str; 2] {
        [&self.pk_url_kwarg, &self.slug_url_kwarg]
    }

    /// The row that `request` asks for.
    ///
    /// Fails with 404 where there is none, and with 403 where `may` does not hold for it.
    pub(super) fn find(
        &self,
        view: &ModelView,
        request: &Request<'_>,
    ) -> Result<RowValue, HttpError> {
        self.find_where(view, Vec::new(), request)
    }

    /// The same among the rows for which `conditions` hold, too.
    pub(super) fn find_where(
        &self,
        view: &ModelView,
        conditions: Vec<Condition>,
        request: &Request<'_>,
    ) -> Result<RowValue, HttpError> {
        let missing = || {
            let name = view.model.verbose_name();
            HttpError::NotFound(format!("No {name} found matching the query"))
        };
        let query = view.query.bind_whole(request)?.ok_or_else(missing)?;
        let query = conditions.into_iter().fold(query, Query::filter);
        let query = self.by_key(query, request)?;
        let query = self.with_may(query, request)?.slice(0, Some(1));
        let batch = RowBatch::fetch_fitting(&request.state.rows, &query)?;
        let batch = batch.ok_or_else(missing)?;
        let row = batch.row(0).ok_or_else(missing)?;
        if self.may.is_some() && row.annotation(MAY) != Some(&FieldValue::Boolean(true)) {
            let reason = "`may` does not hold for this row";
            return Err(HttpError::Forbidden(reason.to_owned()));
        }
        Ok(RowValue::new(batch, 0))
    }

    /// The same row with whether `may` holds for it: asked afterwards, a row that is gone by then would be forbidden.
    fn with_may(&self, query: Query, request: &Request<'_>) -> Result<Query, HttpError> {
        let allowed = match &self.may {
            Some(may) => may.bind(request)?,
            None => None,
        };
        let Some(allowed) = allowed else {
            return Ok(query);
        };
        let own_key = QueryExpression::OuterRef {
            path: "pk".to_owned(),
            levels: 1,
        };
        let is_this_row = Condition::Compare(Comparison {
            field: "pk".to_owned(),
            lookup: Lookup::Exact,
            operands: vec![Expression::Query(Box::new(own_key))],
        });
        let rows = allowed.filter(is_this_row).rows().clone();
        let holds = Expression::Query(Box::new(QueryExpression::Exists(rows)));
        Ok(query.annotate(MAY, holds))
    }

    fn by_key(&self, query: Query, request: &Request<'_>) -> Result<Query, HttpError> {
        let captured = |name: &str| {
            let found = request.kwargs().iter().find(|(known, _)| known == name);
            found.map(|(_, argument)| argument_value(argument))
        };
        let (pk, slug) = (captured(&self.pk_url_kwarg), captured(&self.slug_url_kwarg));
        if pk.is_none() && slug.is_none() {
            let message = "a view of one row needs a captured `pk` or `slug`";
            return Err(HttpError::internal(message, Vec::new()));
        }
        // Of one row there is no order.
        let query = match &pk {
            Some(_) => query.order_by::<String>([]),
            None => query,
        };
        let slug = slug.filter(|_| pk.is_none() || self.query_pk_and_slug);
        let parts = [("pk", pk), (self.slug_field.as_str(), slug)];
        let parts = parts
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        Ok(parts.fold(query, |query, (name, value)| {
            query.filter(equals(name, &value))
        }))
    }
}
