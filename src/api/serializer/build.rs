//! Makes a serializer of a model and of what an entry of `urls.toml` says (`ModelSerializer.get_fields`).

use std::sync::Arc;

use crate::api::serializer::Serializer;
use crate::api::serializer::build_field;
use crate::api::serializer::field::{SerializerField, SerializerKind};
use crate::api::serializer::row_rules::{needed_together, row_rules};
use crate::diagnostic::Finding;
use crate::document::{Item, Problems, TableReader, Value};
use crate::models::{Field, FieldKind, Model, ModelSet as _, Registry, ReverseRelation};

/// The field that stands for the address of the row itself.
const IDENTITY: &str = "url";

/// What stands for all fields.
const ALL_FIELDS: &str = "__all__";

/// Makes serializers; what is wrong goes to the problems of the entry.
#[derive(Clone, Copy)]
pub(in crate::api) struct SerializerBuilder<'b> {
    pub(in crate::api) registry: &'b Registry,
    pub(in crate::api) problems: &'b Problems,
}

/// What a name in `fields` stands for.
enum FieldSource<'m> {
    /// A field of the model.
    Model(&'m Field),
    /// A way back through a field of another model.
    Reverse(ReverseRelation<'m>),
    /// The address of the row.
    Identity,
}

/// Addresses and fields of related rows, by the names of fields.
#[derive(Default)]
struct RelationOptions {
    hyperlinks: Vec<(String, Item)>,
    nested: Vec<(String, Item)>,
}

impl<'b> SerializerBuilder<'b> {
    /// The serializer that the keys of an entry describe.
    pub(in crate::api) fn serializer(
        &self,
        model: &'b Arc<Model>,
        keys: &TableReader<'_>,
    ) -> Serializer {
        let relations = RelationOptions {
            hyperlinks: entries(keys, "hyperlinks", self.problems),
            nested: entries(keys, "nested", self.problems),
        };
        let names = self.names(model, keys, &relations);
        let mut fields = Vec::new();
        for (name, item) in names {
            if let Some(field) = self.field(model, &name, &item, &relations) {
                fields.push(field);
            }
        }
        for (names, what) in [
            (&relations.nested, "nested"),
            (&relations.hyperlinks, "hyperlinks"),
        ] {
            for (name, item) in names {
                self.demand_field(&fields, name, item, what);
            }
        }
        let mut serializer = Serializer {
            model: Arc::clone(model),
            rules: Vec::new(),
            fields,
        };
        self.mark(&mut serializer, keys, "read_only", |field| {
            field.read_only = true;
            field.required = false;
        });
        self.mark(&mut serializer, keys, "write_only", |field| {
            field.write_only = true;
        });
        serializer.require_unique_fields(self.registry);
        serializer.rules = row_rules(self.registry, model, &serializer.fields);
        serializer
    }

    /// The names of the fields with the places where they were written.
    fn names(
        &self,
        model: &Model,
        keys: &TableReader<'_>,
        relations: &RelationOptions,
    ) -> Vec<(String, Item)> {
        let (fields, exclude) = (keys.item("fields"), keys.item("exclude"));
        let all = |item: &Item| -> Vec<_> {
            let names = all_fields(model).into_iter();
            names.map(|name| (name, item.clone())).collect()
        };
        match (fields, exclude) {
            (Some(fields), None) if fields.as_str() == Some(ALL_FIELDS) => all(fields),
            (Some(fields), None) => self.listed(fields, "fields"),
            (None, Some(exclude)) => {
                let excluded = self.listed(exclude, "exclude");
                for (name, item) in &excluded {
                    self.source(model, name, item, relations);
                }
                let mut names = all(exclude);
                names.retain(|(name, _)| excluded.iter().all(|(other, _)| other != name));
                names
            }
            (Some(_), Some(exclude)) => {
                let message = "an entry has `fields` or `exclude`, not both";
                self.problems.push(exclude.error("two-lists", message));
                Vec::new()
            }
            (None, None) => {
                let location = keys.source().origin().location();
                let finding = Finding::error("missing-key", "missing key `fields`").at(location);
                let hint = "name what is shown: `fields = [\"id\", ...]`, or all of it: `fields = \"__all__\"`";
                self.problems.push(finding.hint(hint));
                Vec::new()
            }
        }
    }

    /// The texts of the list `item`.
    fn listed(&self, item: &Item, key: &str) -> Vec<(String, Item)> {
        let Value::Array(items) = &item.value else {
            let message = format!(
                "`{key}` must be a list of strings, not {}",
                item.value.type_name()
            );
            self.problems.push(item.error("wrong-type", message));
            return Vec::new();
        };
        let mut names = Vec::new();
        for item in items {
            if let Some(name) = item.as_str() {
                names.push((name.to_owned(), item.clone()));
            } else {
                let message = format!(
                    "`{key}` holds the names of fields, not {}",
                    item.value.type_name()
                );
                self.problems.push(item.error("wrong-type", message));
            }
        }
        names
    }

    fn field(
        &self,
        model: &'b Arc<Model>,
        name: &str,
        item: &Item,
        relations: &RelationOptions,
    ) -> Option<SerializerField> {
        let source = self.source(model, name, item, relations)?;
        let of = |options: &[(String, Item)]| {
            let mut options = options.iter();
            options
                .find(|(known, _)| known == name)
                .map(|(_, item)| item.clone())
        };
        if let Some(nested) = of(&relations.nested) {
            return self.nested(&source, model, name, &nested);
        }
        let url_name = of(&relations.hyperlinks).and_then(|item| self.url_name(&item));
        match source {
            FieldSource::Identity => {
                let mut field = build_field::read_only(
                    name,
                    SerializerKind::Identity {
                        url_name: url_name.unwrap_or_default(),
                    },
                );
                "Url".clone_into(&mut field.label);
                Some(field)
            }
            FieldSource::Model(field) => {
                let built = build_field::of_model(self.registry, model, field, url_name);
                built
                    .map_err(|error| {
                        self.problems
                            .push(item.error("unknown-model", error.to_string()));
                    })
                    .ok()
            }
            FieldSource::Reverse(way) => {
                build_field::of_reverse(self.registry, &way, name, url_name)
            }
        }
    }

    /// What `name` stands for; reported where it is nothing.
    fn source(
        &self,
        model: &'b Model,
        name: &str,
        item: &Item,
        relations: &RelationOptions,
    ) -> Option<FieldSource<'b>> {
        if let Some(field) = model.field(name) {
            if matches!(field.kind, FieldKind::CompositePrimaryKey { .. }) {
                let message =
                    format!("`{name}` is a key of several fields, which an API does not show");
                self.problems.push(item.error("composite-key", message));
                return None;
            }
            return Some(FieldSource::Model(field));
        }
        if name == IDENTITY
            && relations
                .hyperlinks
                .iter()
                .any(|(known, _)| known == IDENTITY)
        {
            return Some(FieldSource::Identity);
        }
        let ways = self
            .registry
            .models()
            .flat_map(|other| ReverseRelation::of(self.registry, other));
        let ways: Vec<_> = ways.filter(|way| model.is(&way.target)).collect();
        if let Some(way) = ways.iter().find(|way| way.accessor == name) {
            return Some(FieldSource::Reverse(way.clone()));
        }
        let known = model.fields.iter().map(|field| field.name.as_str());
        let known = known.chain(ways.iter().map(|way| way.accessor.as_str()));
        let message = format!("`{}` has no field `{name}`", model.key());
        self.problems
            .push(item.error("unknown-field", message).suggest(name, known));
        None
    }

    fn url_name(&self, item: &Item) -> Option<String> {
        if let Some(name) = item.as_str() {
            return Some(format!("{name}-detail"));
        }
        let message = format!(
            "a link is the name of an entry, not {}",
            item.value.type_name()
        );
        self.problems.push(item.error("wrong-type", message));
        None
    }

    /// A field that shows fields of related rows: a list of their names, or a table like an entry.
    fn nested(
        &self,
        source: &FieldSource<'b>,
        model: &'b Arc<Model>,
        name: &str,
        item: &Item,
    ) -> Option<SerializerField> {
        let found = match source {
            FieldSource::Model(field) => build_field::target(self.registry, field),
            FieldSource::Reverse(way) => build_field::reverse_target(self.registry, way),
            FieldSource::Identity => None,
        };
        let Some((target, many)) = found else {
            let message = format!("`{name}` of `{}` does not lead to other rows", model.key());
            self.problems.push(item.error("not-a-relation", message));
            return None;
        };
        let table = match &item.value {
            Value::Table(table) => table.clone(),
            _ => {
                crate::document::Table::empty(item.origin.clone()).with_item("fields", item.clone())
            }
        };
        let keys = table.reader(self.problems);
        let serializer = Arc::new(self.serializer(target, &keys));
        keys.finish();
        let mut field = build_field::read_only(name, SerializerKind::Nested { serializer, many });
        if let FieldSource::Model(source) = source {
            field.label = build_field::label(name, source);
            field.help_text.clone_from(&source.help_text);
        }
        Some(field)
    }

    /// Reports an option for a field that is not shown.
    fn demand_field(&self, fields: &[SerializerField], name: &str, item: &Item, key: &str) {
        if fields.iter().all(|field| field.name != name) {
            let message = format!("`{key}` names `{name}`, which is not among the fields");
            let known = fields.iter().map(|field| field.name.as_str());
            self.problems
                .push(item.error("unknown-field", message).suggest(name, known));
        }
    }

    /// Changes the fields that the list `key` names.
    fn mark(
        &self,
        serializer: &mut Serializer,
        keys: &TableReader<'_>,
        key: &'static str,
        change: impl Fn(&mut SerializerField),
    ) {
        let Some(item) = keys.item(key) else {
            return;
        };
        for (name, item) in self.listed(item, key) {
            let mut fields = serializer.fields.iter_mut();
            match fields.find(|field| field.name == name) {
                Some(field) if key == "write_only" && field.read_only => {
                    let message = format!("`{name}` is read only, and nothing would be left of it");
                    self.problems.push(item.error("read-only-field", message));
                }
                Some(field) => change(field),
                None => self.demand_field(&serializer.fields, &name, &item, key),
            }
        }
    }
}

impl Serializer {
    /// Fields that are unique together are needed where the model does not say what they are otherwise.
    fn require_unique_fields(&mut self, registry: &Registry) {
        let zone = registry.time_zone();
        for set in needed_together(&self.model) {
            if !set.iter().all(|name| self.field(name).is_some()) {
                continue;
            }
            for name in &set {
                let Some(field) = self.fields.iter_mut().find(|field| field.name == *name) else {
                    continue;
                };
                let default = field
                    .source
                    .as_ref()
                    .and_then(|source| build_field::default(registry, source, zone));
                match default {
                    _ if field.read_only => {}
                    Some(default) => field.default = Some(default),
                    None => field.required = true,
                }
            }
        }
    }
}

fn entries(keys: &TableReader<'_>, key: &'static str, problems: &Problems) -> Vec<(String, Item)> {
    let Some(item) = keys.item(key) else {
        return Vec::new();
    };
    let Some(table) = item.as_table() else {
        let message = format!("`{key}` must be a table, not {}", item.value.type_name());
        problems.push(item.error("wrong-type", message));
        return Vec::new();
    };
    let entries = table.entries().iter();
    entries
        .map(|entry| (entry.key.clone(), entry.item.clone()))
        .collect()
}

/// The names of all fields of a model: the key, the values, what it refers to.
fn all_fields(model: &Model) -> Vec<String> {
    let is_relation = |field: &&Field| field.relation().is_some() || field.many_to_many().is_some();
    let is_listed = |field: &&Field| !matches!(field.kind, FieldKind::CompositePrimaryKey { .. });
    let (key, others): (Vec<_>, Vec<_>) = model
        .fields
        .iter()
        .filter(is_listed)
        .partition(|field| field.primary_key);
    let (relations, values): (Vec<_>, Vec<_>) = others.into_iter().partition(is_relation);
    let (many, one): (Vec<_>, Vec<_>) = relations
        .into_iter()
        .partition(|field| field.many_to_many().is_some());
    let all = key.into_iter().chain(values).chain(one).chain(many);
    all.map(|field| field.name.clone()).collect()
}
