//! `[handlers]` of the project's `urls.toml`: the views of what went wrong, Django's `handler404` and its like.
//!
//! ```toml
//! [handlers]
//! 404 = "errors/not_found.html"
//! csrf = { view = "template", template = "errors/form.html" }
//! ```
//!
//! Views in Python may stand under Django's own names: `handler404 = "shop.views.not_found"`.

use crate::diagnostic::{Finding, Location};
use crate::document::{Item, Problems, Table, TableReader, Value};
use crate::urls::build_view::BuildView;

/// The key of the table.
pub(super) const HANDLERS: &str = "handlers";

/// The view of one kind of error.
#[derive(Debug)]
pub struct ErrorHandler<V> {
    /// Which error: a status such as `404`, or `csrf`.
    pub name: &'static str,
    /// The view.
    pub view: V,
    /// Where it was written.
    pub location: Location,
}

/// Reads the handlers of those `names` that the table of `fields` has.
pub(super) fn read_handlers<V>(
    fields: &TableReader<'_>,
    names: &[&'static str],
    build: &BuildView<'_, V>,
) -> Vec<ErrorHandler<V>> {
    let mut all = named_as_in_django(fields, names, build);
    let Some(table) = fields.table(HANDLERS) else {
        return all;
    };
    let handlers = names.iter().filter_map(|name| {
        let item = table.item(name)?;
        let view = read_view(item, table.problems(), build)?;
        let location = item.origin.location();
        Some(ErrorHandler {
            name,
            view,
            location,
        })
    });
    all.extend(handlers);
    table.finish();
    all
}

/// The views under `handler404` and its like.
fn named_as_in_django<V>(
    fields: &TableReader<'_>,
    names: &[&'static str],
    build: &BuildView<'_, V>,
) -> Vec<ErrorHandler<V>> {
    let in_django = DJANGO_NAMES.iter().filter_map(|(status, in_django)| {
        let name = names.iter().find(|name| *name == status)?;
        Some((name, *in_django))
    });
    let handlers = in_django.filter_map(|(name, in_django)| {
        let item = fields.item(in_django)?;
        let entry = Table::empty(item.origin.clone()).with_item("view", item.clone());
        let entry = entry.reader(fields.problems());
        let routes = entry.item("view").map(|view| build(view, &entry));
        let first = routes?.into_iter().next()?;
        Some(ErrorHandler {
            name,
            view: first.view,
            location: item.origin.location(),
        })
    });
    handlers.collect()
}

/// The errors whose handlers have names in Django.
const DJANGO_NAMES: [(&str, &str); 4] = [
    ("400", "handler400"),
    ("403", "handler403"),
    ("404", "handler404"),
    ("500", "handler500"),
];

fn read_view<V>(item: &Item, problems: &Problems, build: &BuildView<'_, V>) -> Option<V> {
    let entry = match &item.value {
        Value::String(_) => {
            as_template(item, Table::empty(item.origin.clone())).with_item("template", item.clone())
        }
        Value::Table(table) if table.get("view").is_some() => table.clone(),
        Value::Table(table) if table.get("template").is_some() => as_template(item, table.clone()),
        other => {
            problems.push(neither(item, other));
            return None;
        }
    };
    let fields = entry.reader(problems);
    let routes = fields.item("view").map(|view| build(view, &fields));
    fields.finish();
    let first = routes?.into_iter().next();
    first.map(|route| route.view)
}

/// `entry` with the view `template`.
fn as_template(item: &Item, entry: Table) -> Table {
    entry.with_item("view", Item::text("template", item.origin.clone()))
}

fn neither(item: &Item, value: &Value) -> Finding {
    let found = match value {
        Value::Table(_) => "a table without them",
        other => other.type_name(),
    };
    let message =
        format!("a handler is a template or a table with a `view` or a `template`, not {found}");
    item.error("wrong-type", message)
}
