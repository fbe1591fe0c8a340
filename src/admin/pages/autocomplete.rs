//! The rows that a relation may refer to, found by words: what `autocomplete_fields` ask for (`AutocompleteJsonView`).

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::http::Response;
use crate::json::Json;
use crate::models::expression::{Condition, OrderTerm};
use crate::models::{Field, ModelKey, ModelSet as _, field_at_path};
use crate::query::Query;
use crate::values::to_text;
use crate::views::{HttpError, RowBatch, RowValue, SearchTerms};

/// How many rows one answer has.
const PAGE: u64 = 20;

/// Finds rows.
#[derive(Debug)]
pub(in crate::admin) struct AutocompletePage;

/// What is searched, and for which relation.
struct Searched<'r> {
    admin: &'r Arc<ModelAdmin>,
    limit: Option<&'r Condition>,
    to_field: Option<&'r str>,
}

impl AdminPage for AutocompletePage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let query = request.request.get()?;
        let get = |name: &str| query.get(name).unwrap_or_default();
        let model = ModelKey::new(get("app_label"), get("model_name"));
        let Some(searched) = searched(request, &model, get("field_name")) else {
            return Ok(refusal());
        };
        if searched.admin.list.search.is_empty() {
            let name = searched.admin.model.label();
            let message = format!("the rows of `{name}` cannot be searched");
            return Err(HttpError::NotFound(message));
        }
        if !request.permissions(searched.admin, None)?.view {
            return Ok(refusal());
        }
        let page = get("page").parse().ok().filter(|page| *page > 0);
        rows(request, &searched, get("term"), page.unwrap_or(1))
    }

    fn has_form(&self) -> bool {
        false
    }
}

/// The other end of the relation `field` of `model`; none where there is none with pages.
fn searched<'r>(
    request: &AdminRequest<'r, '_>,
    model: &ModelKey,
    field: &str,
) -> Option<Searched<'r>> {
    let registry: &'r crate::models::Registry = &request.request.state.models;
    let field: &'r Field = registry.shared(model)?.field(field)?;
    let target = registry.target(field.kind.target()?)?;
    let relation = field.relation();
    let limit = match (relation, field.many_to_many()) {
        (Some(relation), _) => relation.limit_choices_to.as_ref(),
        (None, many) => many?.limit_choices_to.as_ref(),
    };
    Some(Searched {
        admin: request.site.get(&target.key())?,
        limit,
        to_field: relation.and_then(|relation| relation.to_field.as_deref()),
    })
}

fn refusal() -> Response {
    let error = Json::Object(vec![("error".to_owned(), Json::from("403 Forbidden"))]);
    Response::new(403, "application/json", error.to_python())
}

fn rows(
    request: &AdminRequest<'_, '_>,
    searched: &Searched<'_>,
    term: &str,
    page: u64,
) -> Result<Response, HttpError> {
    let first = (page - 1).saturating_mul(PAGE);
    let query = query(request, searched, term).slice(first, Some(first.saturating_add(PAGE + 1)));
    let batch = RowBatch::fetch(&request.request.state.rows, &query)?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = batch.len() > page;
    let rows = (0..batch.len().min(page)).map(|at| RowValue::new(Arc::clone(&batch), at));
    let results = rows.map(|row| {
        let instance = row.instance();
        let id = instance.map(|row| {
            let own = searched.to_field.and_then(|name| row.get(name));
            to_text(own.unwrap_or_else(|| row.key()))
        });
        let id = Json::from(id.unwrap_or_default().as_str());
        let text = Json::from(row.text()?.as_str());
        Ok(Json::Object(vec![
            ("id".to_owned(), id),
            ("text".to_owned(), text),
        ]))
    });
    let results = results.collect::<Result<_, HttpError>>()?;
    let pagination = Json::Object(vec![("more".to_owned(), Json::Boolean(has_more))]);
    let answer = Json::Object(vec![
        ("results".to_owned(), Json::Array(results)),
        ("pagination".to_owned(), pagination),
    ]);
    Ok(Response::new(200, "application/json", answer.to_python()))
}

fn query(request: &AdminRequest<'_, '_>, searched: &Searched<'_>, term: &str) -> Query {
    let admin = searched.admin;
    let terms = SearchTerms::parse(term);
    let search = match () {
        () if terms.is_empty() => None,
        () if terms.find_nothing() => Some(Condition::Any(Vec::new())),
        () => Some(terms.condition(&admin.list.search)),
    };
    let registry = &request.request.state.models;
    let leads_to_many = |path: &String| {
        let found = field_at_path(registry, &admin.model, path);
        found.is_some_and(|found| found.is_many)
    };
    let conditions = searched.limit.cloned().into_iter().chain(search);
    let conditions: Vec<_> = conditions.collect();
    let mut fields = conditions.iter().flat_map(Condition::fields);
    let is_repeated = fields.any(|path| leads_to_many(&path));
    let query = conditions
        .into_iter()
        .fold(Query::of(&admin.model), Query::filter);
    let query = if is_repeated { query.distinct() } else { query };
    let mut order = admin.list.ordering.clone();
    if order.is_empty() {
        let own = admin.model.options.ordering.iter();
        order.extend(own.map(OrderTerm::from));
    }
    order.push(OrderTerm::from("pk"));
    query.order_by(order)
}
