//! The query of a list: which rows, in which order, and what is read along (`ChangeList.get_queryset`).

use crate::admin::options::{ColumnSource, ModelAdmin, SortKey};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::models::expression::{Condition, OrderTerm};
use crate::models::{Registry, field_at_path};
use crate::query::Query;

/// The rows that `asked` means, in their order, before a page of them is taken.
pub(super) fn list_query(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    asked: &ListRequest,
    conditions: &[&Condition],
) -> Query {
    let conditions = conditions.iter().copied().cloned();
    let conditions: Vec<_> = conditions.chain(search(admin, asked)).collect();
    let registry = &request.request.state.models;
    // Several rows of another model may fulfil a condition, for each of which the row would be found.
    let mut all = conditions.iter();
    let is_repeated = all.any(|condition| leads_to_many(registry, admin, condition));
    let query = conditions
        .into_iter()
        .fold(Query::of(&admin.model), Query::filter);
    let query = if is_repeated { query.distinct() } else { query };
    read_along(admin, query.order_by(order(admin, asked)))
}

/// Whether a condition is about several rows of another model.
pub(super) fn leads_to_many(
    registry: &Registry,
    admin: &ModelAdmin,
    condition: &Condition,
) -> bool {
    condition.fields().iter().any(|path| {
        let found = field_at_path(registry, &admin.model, path);
        found.is_some_and(|found| found.is_many)
    })
}

/// What rows are sorted by: what was chosen, or else the columns that `ordering` names.
pub(super) fn sort_keys(admin: &ModelAdmin, asked: &ListRequest) -> Vec<SortKey> {
    let is_sortable = |key: &SortKey| !admin.list.columns[key.column - 1].order.is_empty();
    if let Some(keys) = &asked.sort {
        return keys.iter().copied().filter(is_sortable).collect();
    }
    let terms = usual_order(admin);
    let keys = terms.iter().filter_map(|term| {
        let OrderTerm::Path(path) = term else {
            return None;
        };
        let name = path.trim_start_matches('-');
        let mut columns = admin.list.columns.iter();
        let at = columns.position(|column| column.order == [OrderTerm::from(name)])?;
        Some(SortKey {
            column: at + 1,
            is_descending: path.starts_with('-'),
        })
    });
    keys.collect()
}

/// `ordering` of the file, or that of the model.
fn usual_order(admin: &ModelAdmin) -> Vec<OrderTerm> {
    if !admin.list.ordering.is_empty() {
        return admin.list.ordering.clone();
    }
    let ordering = admin.model.options.ordering.iter();
    ordering.map(OrderTerm::from).collect()
}

/// The order of the rows; at its end stands the key, so that no row is on two pages.
fn order(admin: &ModelAdmin, asked: &ListRequest) -> Vec<OrderTerm> {
    let mut terms = match &asked.sort {
        Some(_) => Vec::new(),
        None => usual_order(admin),
    };
    if asked.sort.is_some() {
        for key in sort_keys(admin, asked) {
            let order = &admin.list.columns[key.column - 1].order;
            let order = order.iter().cloned();
            terms.extend(order.map(|term| {
                if key.is_descending {
                    term.reversed()
                } else {
                    term
                }
            }));
        }
    }
    let by_key = |term: &OrderTerm| match term {
        OrderTerm::Path(path) => matches!(path.trim_start_matches('-'), "pk" | "id"),
        OrderTerm::Expression { .. } => false,
    };
    if !terms.iter().any(by_key) {
        terms.push(OrderTerm::from("-pk"));
    }
    terms
}

/// What the words that are searched for ask of rows; none where nothing is searched for.
pub(super) fn search(admin: &ModelAdmin, asked: &ListRequest) -> Option<Condition> {
    let fields = &admin.list.search;
    if asked.terms.is_empty() || fields.is_empty() {
        return None;
    }
    if asked.terms.find_nothing() {
        return Some(Condition::Any(Vec::new()));
    }
    Some(asked.terms.condition(fields))
}

/// Reads along, in the same statement, the rows that columns lead through: `list_select_related`, found by itself.
fn read_along(admin: &ModelAdmin, query: Query) -> Query {
    let mut paths = admin.list.select_related.clone();
    for column in &admin.list.columns {
        let ColumnSource::Field { path, .. } = &column.source else {
            continue;
        };
        let field = path.first().and_then(|name| admin.model.field(name));
        if field.is_some_and(|field| field.relation().is_some()) && !paths.contains(&path[0]) {
            paths.push(path[0].clone());
        }
    }
    if paths.is_empty() {
        query
    } else {
        query.select_related(paths)
    }
}
