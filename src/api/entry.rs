//! The options of `view = "api.model"`, read once, with every mistake in them.

use std::num::NonZeroU64;
use std::sync::Arc;

use crate::api::access::ApiPermission;
use crate::api::filter_field::FilterField;
use crate::api::filters::ApiSearchField;
use crate::api::paging::Paging;
use crate::api::serializer::{Serializer, SerializerBuilder};
use crate::api::throttle::{ApiRate, ApiThrottle};
use crate::diagnostic::Finding;
use crate::document::{Item, Value};
use crate::models::Model;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::query::Query;
use crate::text;
use crate::views::{GUARDING_SOURCES, QueryReader, RequestQuery, ViewEntry};

/// What may be done with the rows, by the names of Django REST framework.
pub(super) const ACTIONS: [&str; 6] = [
    "list",
    "create",
    "retrieve",
    "update",
    "partial_update",
    "destroy",
];

/// Rows on a page where an entry does not say.
const PAGE_SIZE: u64 = 100;

/// Rows that a client may ask for at once where an entry does not say.
const MAX_PAGE_SIZE: u64 = 1000;

/// The rows of a model, as an API gives them.
#[derive(Debug)]
pub(super) struct ApiModel {
    pub(super) serializer: Serializer,
    /// What the names of its patterns begin with.
    pub(super) basename: String,
    /// The rows there are for who asks.
    pub(super) query: RequestQuery,
    pub(super) search: Vec<ApiSearchField>,
    pub(super) filters: Vec<FilterField>,
    pub(super) ordering_fields: Vec<String>,
    pub(super) paging: Paging,
    pub(super) actions: Vec<String>,
    pub(super) permission: ApiPermission,
    /// The rows that may be changed and deleted.
    pub(super) may: Option<RequestQuery>,
    /// Values that are written whatever was sent.
    pub(super) save: Vec<SavedValue>,
    pub(super) throttle: ApiThrottle,
}

/// A value that the server writes into a field.
#[derive(Clone, Debug)]
pub(super) struct SavedValue {
    pub(super) field: String,
    pub(super) value: Expression,
}

impl ApiModel {
    /// Reads the entry.
    pub(super) fn read(entry: &ViewEntry<'_, '_>) -> Result<Self, Finding> {
        let found = entry.required_model()?;
        let (registry, model) = (found.registry, found.model);
        if model.primary_key().is_none_or(|key| !key.has_column()) {
            let message = format!(
                "`{}` has no key of one field, by which an API could name its rows",
                model.key()
            );
            return Err(entry.view.error("composite-key", message));
        }
        let fields = entry.fields;
        let builder = SerializerBuilder {
            registry,
            problems: fields.problems(),
        };
        let reader = QueryReader {
            registry,
            model,
            problems: fields.problems(),
        };
        let serializer = builder.serializer(model, fields);
        let reader = EntryReader {
            entry,
            model,
            reader,
        };
        let name = fields
            .item("name")
            .and_then(Item::as_str)
            .map(ToOwned::to_owned);
        let filter = fields
            .item("filter")
            .and_then(|item| reader.reader.condition(item, GUARDING_SOURCES));
        let may = fields
            .item("may")
            .and_then(|item| reader.reader.condition(item, GUARDING_SOURCES));
        Ok(Self {
            basename: name.unwrap_or_else(|| model.name.to_lowercase()),
            query: RequestQuery::new(reader.ordered(), filter.into_iter().collect()),
            search: reader.search(),
            filters: reader.filters(),
            ordering_fields: reader.paths("ordering_fields"),
            paging: reader.paging(),
            actions: reader.actions(),
            permission: reader.permission(),
            may: may.map(|may| RequestQuery::new(Query::of(model), vec![may])),
            save: reader.save(),
            throttle: reader.throttle(),
            serializer,
        })
    }

    /// Whether the entry has this action.
    pub(super) fn has(&self, action: &str) -> bool {
        self.actions.iter().any(|known| known == action)
    }
}

struct EntryReader<'e, 'f, 't> {
    entry: &'e ViewEntry<'f, 't>,
    model: &'e Arc<Model>,
    reader: QueryReader<'e>,
}

impl EntryReader<'_, '_, '_> {
    fn report(&self, finding: Finding) {
        self.entry.fields.problems().push(finding);
    }

    /// The rows in the order of the entry, or else of the model; by key where neither says.
    fn ordered(&self) -> Query {
        let query = Query::of(self.model);
        match self.entry.fields.item("ordering") {
            Some(item) => query.order_by(self.reader.order(item)),
            None => query.in_some_order(self.model),
        }
    }

    /// The names of fields in the list `key`, or of paths to them.
    fn paths(&self, key: &'static str) -> Vec<String> {
        let mut names = self.texts(key);
        names.retain(|(name, item)| self.reader.check_path(name, item));
        names.into_iter().map(|(name, _)| name).collect()
    }

    fn search(&self) -> Vec<ApiSearchField> {
        let names = self.texts("search_fields").into_iter();
        let fields = names.map(|(name, item)| (ApiSearchField::parse(&name), item));
        fields
            .filter(|(field, item)| self.reader.check_path(&field.path, item))
            .map(|(field, _)| field)
            .collect()
    }

    /// `["author"]`, or `{ price = ["exact", "gte"] }`.
    fn filters(&self) -> Vec<FilterField> {
        let Some(item) = self.entry.fields.item("filter_fields") else {
            return Vec::new();
        };
        let mut filters = Vec::new();
        let mut add = |path: &str, lookup: &str, item: &Item| {
            let field = if Lookup::named(lookup).is_some() {
                path.to_owned()
            } else {
                format!("{path}__{lookup}")
            };
            if self.reader.check_path(&field, item) {
                filters.extend(FilterField::new(
                    self.reader.registry,
                    self.model,
                    path,
                    lookup,
                ));
            }
        };
        match &item.value {
            Value::Table(table) => {
                for entry in table.entries() {
                    for (lookup, item) in self.listed(&entry.item, "filter_fields") {
                        add(&entry.key, &lookup, &item);
                    }
                }
            }
            _ => self
                .listed(item, "filter_fields")
                .iter()
                .for_each(|(path, item)| add(path, "exact", item)),
        }
        filters
    }

    fn paging(&self) -> Paging {
        let fields = self.entry.fields;
        let number = |key, usual: u64| {
            let number = fields.or(key, usual);
            NonZeroU64::new(number).unwrap_or_else(|| {
                if let Some(item) = fields.item(key) {
                    self.report(item.error("bad-number", format!("`{key}` must be 1 at least")));
                }
                NonZeroU64::MIN
            })
        };
        let size = number("page_size", PAGE_SIZE);
        let max = number("max_page_size", MAX_PAGE_SIZE.max(size.get()));
        match self.one_of("pagination", &[("page", 0), ("limit", 1), ("none", 2)]) {
            None | Some(0) => Paging::Page { size },
            Some(1) => Paging::Limit { size, max },
            Some(_) => Paging::None,
        }
    }

    fn actions(&self) -> Vec<String> {
        let Some(item) = self.entry.fields.item("actions") else {
            return ACTIONS.map(ToOwned::to_owned).to_vec();
        };
        let mut actions = self.listed(item, "actions");
        actions.retain(|(name, item)| {
            let is_known = ACTIONS.contains(&name.as_str());
            if !is_known {
                let finding = item.error("unknown-action", format!("unknown action `{name}`"));
                self.report(finding.suggest_or(
                    name,
                    ACTIONS,
                    format!("the actions are {}", text::quoted(ACTIONS)),
                ));
            }
            is_known
        });
        actions.into_iter().map(|(name, _)| name).collect()
    }

    /// Those who may: by default users with the permissions of the model.
    fn permission(&self) -> ApiPermission {
        let found = self.one_of("permissions", &ApiPermission::ALL);
        found.unwrap_or(ApiPermission::DjangoModelPermissions)
    }

    /// `{ author = { request = "user" } }`: read as a condition that compares each field with one value.
    fn save(&self) -> Vec<SavedValue> {
        let Some(item) = self.entry.fields.item("save") else {
            return Vec::new();
        };
        let Some(condition) = self.reader.condition(item, GUARDING_SOURCES) else {
            return Vec::new();
        };
        let mut saved = Vec::new();
        let parts = match condition {
            Condition::All(parts) => parts,
            part => vec![part],
        };
        for part in parts {
            match part {
                Condition::Compare(Comparison {
                    field,
                    lookup: Lookup::Exact,
                    operands,
                }) if operands.len() == 1
                    && self
                        .model
                        .field(&field)
                        .is_some_and(crate::models::Field::has_column) =>
                {
                    saved.extend(operands.into_iter().map(|value| SavedValue {
                        field: field.clone(),
                        value,
                    }));
                }
                _ => {
                    let message = "`save` gives fields of the model a value each";
                    let hint = "write `save = { author = { request = \"user\" } }`";
                    self.report(item.error("bad-value", message).hint(hint));
                }
            }
        }
        saved
    }

    fn throttle(&self) -> ApiThrottle {
        let name = self.entry.fields.item("name").and_then(Item::as_str);
        let entry = format!("{}:{}", self.model.key(), name.unwrap_or_default());
        let mut throttle = ApiThrottle::of(entry);
        let Some(table) = self.entry.fields.table("throttle") else {
            return throttle;
        };
        for (key, rate) in [("anon", &mut throttle.anon), ("user", &mut throttle.user)] {
            let Some(text) = table.optional::<String>(key) else {
                continue;
            };
            *rate = ApiRate::parse(&text);
            if let (None, Some(item)) = (&rate, table.item(key)) {
                let finding = item.error("bad-rate", format!("`{text}` is not a rate"));
                self.report(
                    finding.hint(
                        "write a number up to 10000 and `s`, `min`, `hour` or `day`: `100/day`",
                    ),
                );
            }
        }
        table.finish();
        throttle
    }

    /// The value of one of the names that `key` may have.
    fn one_of<T: Copy>(&self, key: &'static str, known: &[(&'static str, T)]) -> Option<T> {
        let name = self.entry.fields.optional::<String>(key)?;
        if let Some((_, value)) = known.iter().find(|(known, _)| *known == name) {
            return Some(*value);
        }
        let item = self.entry.fields.item(key)?;
        let names = || known.iter().map(|(name, _)| *name);
        let finding = item.error("unknown-name", format!("`{name}` is not one of `{key}`"));
        let all = format!("one of {}", text::quoted(names()));
        self.report(finding.suggest_or(&name, names(), all));
        None
    }

    fn texts(&self, key: &'static str) -> Vec<(String, Item)> {
        self.entry
            .fields
            .item(key)
            .map_or_else(Vec::new, |item| self.listed(item, key))
    }

    fn listed(&self, item: &Item, key: &str) -> Vec<(String, Item)> {
        let mut texts = Vec::new();
        for item in item.listed() {
            if let Some(name) = item.as_str() {
                texts.push((name.to_owned(), item.clone()));
            } else {
                let message = format!("`{key}` holds strings, not {}", item.value.type_name());
                self.report(item.error("wrong-type", message));
            }
        }
        texts
    }
}
