//! The layers settings are read from, strongest first, and the search for unknown keys.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Location};
use crate::document::{Document, Item, Problems, Table, TableEntry, Value};
use crate::settings::environment::Environment;
use crate::settings::setting_path::{part, parts, split_first};
use crate::settings::{built_in, reference, secrets, site};
use crate::text;

/// Where settings come from, the strongest first in each list.
#[derive(Debug)]
pub(super) struct GivenSettings {
    /// What tests lay over all else.
    pub(super) overrides: Vec<Document>,
    pub(super) environment: Environment,
    pub(super) files: Vec<Document>,
}

/// What tests override, over the environment, over files, the strongest file first.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    overrides: Vec<Document>,
    environment: BTreeMap<String, Item>,
    files: Vec<Document>,
    /// `[site]` of all layers together.
    site: Table,
}

impl Layers {
    /// Reports the unknown keys of all `files` while putting the layers together.
    pub(super) fn new(given: &GivenSettings, problems: &Problems) -> Self {
        for file in given.files.iter().chain(&given.overrides) {
            report_unknown(file.root(), "", problems);
        }
        let site = site::merged(&given.files, problems);
        let site = given.environment.laid_over_site(&site, problems);
        Self {
            site: site::merged(&given.overrides, problems).merged_over(&site),
            overrides: given.overrides.clone(),
            environment: given.environment.settings(problems),
            files: given.files.clone(),
        }
    }

    /// `[site]`, the tables within it merged key by key.
    pub(super) fn site(&self) -> &Table {
        &self.site
    }

    /// What the strongest layer that has `path` says.
    pub(super) fn find(&self, path: &str) -> Option<&Item> {
        let given = self.find_given(path);
        given.or_else(|| self.find_built_in(path))
    }

    /// What is set where nothing is said.
    #[expect(clippy::unused_self, reason = "it is one of the layers")]
    pub(super) fn find_built_in(&self, path: &str) -> Option<&Item> {
        find(built_in::document()?.root(), path)
    }

    /// What the strongest layer but the built-in one says.
    fn find_given(&self, path: &str) -> Option<&Item> {
        let mut overrides = self.overrides.iter();
        let overridden = overrides.find_map(|file| find(file.root(), path));
        let in_files = || self.files.iter().find_map(|file| find(file.root(), path));
        let in_environment = || self.environment.get(path);
        overridden.or_else(in_environment).or_else(in_files)
    }

    /// Where `path` is set; `None` where it has its default.
    pub(super) fn location(&self, path: &str) -> Option<Location> {
        let item = self.find_given(path);
        item.map(|item| item.origin.location())
    }

    /// Where the item of this index stands in the list at `path`, as [`Layers::location`] does for the whole.
    pub(super) fn location_of_item(&self, path: &str, index: usize) -> Option<Location> {
        let list = self.find_given(path)?;
        let item = match &list.value {
            Value::Array(items) => items.get(index),
            _ => None,
        };
        Some(item.unwrap_or(list).origin.location())
    }

    /// `finding` without the texts of the variable that it is about: any of them may be a secret in the wrong place.
    pub(super) fn mask(&self, mut finding: Finding) -> Finding {
        let variables = self.environment.values();
        let here = variables.filter(|item| finding.location == Some(item.origin.location()));
        let texts: Vec<_> = here.flat_map(|item| secrets::texts(&item.value)).collect();
        if !texts.is_empty() {
            finding.message = secrets::without_texts(&finding.message, &texts);
            let mut hints = std::mem::take(&mut finding.hints);
            hints.retain(|hint| !texts.iter().any(|text| hint.contains(text)));
            finding.hints = hints;
        }
        finding
    }

    /// The keys below `path` in any layer, sorted.
    pub(super) fn names(&self, path: &str) -> Vec<String> {
        let prefix = format!("{path}.");
        let in_environment = self.environment.keys().filter_map(|key| {
            let rest = key.strip_prefix(&prefix)?;
            Some(split_first(rest).0.to_owned())
        });
        let in_files = self
            .files
            .iter()
            .chain(&self.overrides)
            .chain(built_in::document())
            .filter_map(|file| find(file.root(), path)?.as_table());
        let in_files =
            in_files.flat_map(|table| table.entries().iter().map(|entry| entry.key.clone()));
        let mut names: Vec<_> = in_environment.chain(in_files).collect();
        names.sort();
        names.dedup();
        names
    }
}

fn find<'t>(table: &'t Table, path: &str) -> Option<&'t Item> {
    match split_first(path) {
        (key, None) => table.get(key),
        (first, Some(rest)) => find(table.get(first)?.as_table()?, rest),
    }
}

fn report_unknown(table: &Table, prefix: &str, problems: &Problems) {
    for entry in table.entries() {
        let path = format!("{prefix}{}", part(&entry.key));
        if path == "site" || reference::find(&path).is_some() {
            continue;
        }
        match (entry.item.as_table(), is_table(&path)) {
            (Some(inner), true) => report_unknown(inner, &format!("{path}."), problems),
            (None, true) => {
                let found = entry.item.value.type_name();
                let message = format!("`{path}` must be a table, not {found}");
                problems.push(entry.item.error("wrong-type", message));
            }
            (_, false) => problems.push(unknown(entry, prefix)),
        }
    }
}

/// Whether settings lie below `path`.
fn is_table(path: &str) -> bool {
    let depth = parts(path).count();
    reference::keys().iter().any(|key| {
        let keys = key.path.split('.');
        let below = key.path.split('.').count() > depth;
        below
            && keys
                .zip(parts(path))
                .all(|(wanted, given)| wanted == "*" || wanted == given)
    })
}

fn unknown(entry: &TableEntry, prefix: &str) -> Finding {
    let message = match prefix.trim_end_matches('.') {
        "" => format!("unknown key `{}`", entry.key),
        table => format!("unknown key `{}` in `[{table}]`", entry.key),
    };
    let finding = entry.error("unknown-key", message);
    match suggestion(&entry.key, prefix) {
        Some(hint) => finding.hint(hint),
        None => finding.hint("keys of your own belong in `[site]`"),
    }
}

fn suggestion(key: &str, prefix: &str) -> Option<String> {
    let keys = reference::keys();
    let renamed = keys
        .iter()
        .find(|known| known.django.as_deref() == Some(key));
    if let Some(known) = renamed {
        return Some(format!("Django's `{key}` is `{}` here", known.path));
    }
    let is_own = reference::has_own_keys(prefix);
    let siblings = keys
        .iter()
        .filter(|known| !is_own || !known.path.contains('*'));
    let siblings = siblings.filter_map(|known| sibling(&known.path, prefix));
    if let Some(hint) = text::did_you_mean(key, siblings) {
        return Some(hint);
    }
    let elsewhere = keys
        .iter()
        .find(|known| known.path.rsplit('.').next() == Some(key))?;
    let (table, _) = elsewhere.path.rsplit_once('.')?;
    Some(format!("`{key}` belongs in `[{table}]`"))
}

/// The next part of the setting at `path`, if it lies below `prefix`.
fn sibling<'k>(path: &'k str, prefix: &str) -> Option<&'k str> {
    let mut keys = path.split('.');
    for wanted in parts(prefix.trim_end_matches('.')) {
        let key = keys.next()?;
        if key != "*" && key != wanted {
            return None;
        }
    }
    keys.next()
}
