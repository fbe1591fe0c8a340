//! The parameters of an address that belong to no filter: `?author__id__exact=3`, as links of other pages have them.
//!
//! Fields of the model itself can be asked for, and those of other models where a filter or the hierarchy of dates leads to
//! them (`ModelAdmin.lookup_allowed`). Passwords never can.

use crate::admin::options::ModelAdmin;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{Literal, Registry, field_at_path};
use crate::views::HttpError;

/// The condition that the parameter `name` with this `value` asks for; fails where it may not be asked for.
pub(super) fn lookup_condition(
    registry: &Registry,
    admin: &ModelAdmin,
    name: &str,
    value: &str,
) -> Result<Condition, HttpError> {
    if !is_allowed(registry, admin, name) {
        let message = format!("Filtering by {name} not allowed");
        return Err(HttpError::BadRequest(message));
    }
    let named = name.rsplit_once("__");
    let named = named.and_then(|(path, last)| Some((path, Lookup::named(last)?)));
    let (path, lookup) = named.unwrap_or((name, Lookup::Exact));
    let text = |text: &str| Literal::String(text.to_owned());
    let operands = match lookup {
        Lookup::IsNull => {
            let is_false = matches!(value.to_lowercase().as_str(), "" | "false" | "0");
            vec![Literal::Boolean(!is_false)]
        }
        lookup if lookup.takes_list() => value.split(',').map(text).collect(),
        _ => vec![text(value)],
    };
    Ok(Condition::Compare(Comparison {
        field: path.to_owned(),
        lookup,
        operands: operands.into_iter().map(Expression::Value).collect(),
    }))
}

/// Whether an address may ask for `name`, a path with or without a lookup.
fn is_allowed(registry: &Registry, admin: &ModelAdmin, name: &str) -> bool {
    let mut relations: Vec<&str> = Vec::new();
    let mut end = 0;
    for part in name.split("__") {
        end += part.len();
        let found = field_at_path(registry, &admin.model, &name[..end]);
        end += "__".len();
        let Some(found) = found.filter(|found| !found.is_transformed) else {
            break;
        };
        let field = found.field;
        if field.name == "password" && part == "password" {
            return false;
        }
        let is_relation = field.relation().is_some() || field.many_to_many().is_some();
        let is_key = field.primary_key && (part == "pk" || part == field.name);
        if relations.is_empty() || is_relation || !is_key {
            relations.push(part);
        }
    }
    if relations.len() <= 1 {
        return true;
    }
    let path = relations.join("__");
    let mut filters = admin.list.filters.iter();
    let hierarchy = admin.list.date_hierarchy.as_ref();
    filters.any(|filter| filter.path == path) || hierarchy.is_some_and(|dates| dates.path == path)
}
