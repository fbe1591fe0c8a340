//! `select_related`, `prefetch_related`, `only` and `defer`: what of which rows is read.

use crate::document::{Item, TableReader, Value};
use crate::models::Model;
use crate::models::read::ReadContext;
use crate::query::{Prefetch, Query, QueryError, RelatedAccessor, read_query};
use crate::views::queries::query_checker::QueryChecker;
use crate::views::queries::request_parameters::SOURCES;

/// Reads which rows a query reads along, and which fields.
#[derive(Clone, Copy)]
pub(super) struct RowsReadAlong<'r> {
    pub(super) checker: QueryChecker<'r>,
    pub(super) model: &'r Model,
}

impl<'r> RowsReadAlong<'r> {
    /// `query` with what `keys` say; mistakes are reported.
    pub(super) fn read(self, keys: &TableReader<'_>, query: Query) -> Query {
        let mut query = self.selected(keys, query);
        for (key, change) in FIELD_CHOICES {
            let choose = |names: Vec<&str>| change(query.clone(), names);
            let names = self.paths(keys, key, |name| {
                self.checker
                    .check(change(Query::of(self.model), vec![name]))
            });
            if let Some(names) = names {
                query = self.fitting(keys, key, choose(names), query);
            }
        }
        let prefetches = keys.item("prefetch_related").map_or(&[][..], Item::listed);
        let found = prefetches.iter().filter_map(|item| self.prefetch(item));
        let found: Vec<_> = found.collect();
        query.prefetch_related(found)
    }

    fn selected(self, keys: &TableReader<'_>, query: Query) -> Query {
        const KEY: &str = "select_related";
        if let Some(Value::Boolean(is_meant)) = keys.source().get(KEY).map(|item| &item.value) {
            keys.item(KEY);
            return if *is_meant {
                query.select_related::<String>([])
            } else {
                query
            };
        }
        let paths = self.paths(keys, KEY, |path| {
            self.checker
                .check(Query::of(self.model).select_related([path]))
        });
        match paths {
            Some(paths) if !paths.is_empty() => query.select_related(paths),
            _ => query,
        }
    }

    /// `changed`, unless it does not go together with what `before` reads; that is reported.
    fn fitting(self, keys: &TableReader<'_>, key: &str, changed: Query, before: Query) -> Query {
        match (self.checker.check(changed.clone()), keys.source().get(key)) {
            (Err(error), Some(item)) => {
                self.checker.report(&error, &item.origin);
                before
            }
            _ => changed,
        }
    }

    /// The names under `key`; those for which `check` fails are reported.
    fn paths<'t>(
        self,
        keys: &TableReader<'t>,
        key: &'static str,
        check: impl Fn(&str) -> Result<(), QueryError>,
    ) -> Option<Vec<&'t str>> {
        let item = keys.source().get(key);
        keys.item(key);
        let mut found = Vec::new();
        for item in item?.listed() {
            let Some(name) = item.as_str() else {
                self.report_type(item, key, "a list of names");
                continue;
            };
            match check(name) {
                Ok(()) => found.push(name),
                Err(error) => self.checker.report(&error, &item.origin),
            }
        }
        Some(found)
    }

    fn report_type(self, item: &Item, key: &str, expected: &str) {
        let message = format!("`{key}` must be {expected}, not {}", item.value.type_name());
        self.checker
            .problems
            .push(item.error("wrong-type", message));
    }

    /// A path, or `{ path = "comments", query = { model = "posts.Comment", limit = 3 }, to_attr = "good" }`.
    fn prefetch(self, item: &Item) -> Option<Prefetch> {
        if let Some(path) = item.as_str() {
            self.target(path, item)?;
            return Some(Prefetch::new(path));
        }
        let Some(table) = item.as_table() else {
            self.report_type(item, "prefetch_related", "a list of names and tables");
            return None;
        };
        let keys = table.reader(self.checker.problems);
        let path: Option<String> = keys.required("path");
        let to_attr: Option<String> = keys.optional("to_attr");
        let query = keys.item("query");
        keys.finish();
        let path = path?;
        let [owner, target] = self.target(&path, table.get("path")?)?;
        self.check_attribute(owner, to_attr.as_deref(), table.get("to_attr"))?;
        let query = match query {
            Some(item) => Some(self.query_of(target, item)?),
            None => None,
        };
        Some(Prefetch {
            path,
            query,
            to_attr,
        })
    }

    /// The query of rows of `target` in `item`.
    fn query_of(self, target: &Model, item: &Item) -> Option<Query> {
        let context = ReadContext::new(&target.app_label, self.checker.problems)
            .with_parameters(SOURCES)
            .checking(&self.checker);
        let query = read_query(&context, item)?;
        let message = if !target.is(query.model()) {
            format!(
                "these are rows of `{}`, not of `{}`",
                target.key(),
                query.model()
            )
        } else if query.has_values() {
            "rows are read along, and not values of them".to_owned()
        } else {
            return Some(query);
        };
        self.checker
            .problems
            .push(item.error("wrong-model", message));
        None
    }

    /// The model whose rows `path` begins at last, and that of the rows it leads to.
    fn target(self, path: &str, item: &Item) -> Option<[&'r Model; 2]> {
        let (mut owner, mut model) = (self.model, self.model);
        for name in path.split("__") {
            match RelatedAccessor::find(self.checker.registry, model, name) {
                Ok(found) => (owner, model) = (model, found.target),
                Err(error) => {
                    self.checker.report(&error, &item.origin);
                    return None;
                }
            }
        }
        Some([owner, model])
    }

    /// Refuses a name for rows that is one of a field.
    fn check_attribute(self, owner: &Model, name: Option<&str>, item: Option<&Item>) -> Option<()> {
        let (Some(name), Some(item)) = (name, item) else {
            return Some(());
        };
        let is_taken = owner.field(name).is_some();
        if is_taken {
            let message = format!("`{}` has a field `{name}` already", owner.name);
            self.checker
                .problems
                .push(item.error("taken-name", message));
        }
        (!is_taken).then_some(())
    }
}

/// A call that chooses which fields are read.
type FieldChoice = fn(Query, Vec<&str>) -> Query;

const FIELD_CHOICES: [(&str, FieldChoice); 2] = [
    ("only", |query, names| query.only(names)),
    ("defer", |query, names| query.defer(names)),
];
