//! `[site]`: a project's own settings, each of the type it has in the files.

use crate::diagnostic::Finding;
use crate::document::{Document, Item, Origin, Problems, Table};
use crate::settings::hosts::host_mistake;
use crate::text;

const NAME: &str = "site";

/// A key of `[site]` that a variable speaks of.
pub(super) struct SiteKey<'t> {
    /// The way to it below `[site]`, as the files write it.
    pub(super) keys: Vec<String>,
    pub(super) item: &'t Item,
}

/// Whether `path` lies below `site`.
pub(super) fn is_below(path: &str) -> bool {
    path.split_once('.').is_some_and(|(first, _)| first == NAME)
}

/// The tables of this name in `files`, the strongest first, key by key.
pub(super) fn merged(files: &[Document], problems: &Problems) -> Table {
    let mut merged = Table::empty(Origin::named(NAME));
    for file in files {
        let Some(item) = file.root().get(NAME) else {
            continue;
        };
        if let Some(table) = item.as_table() {
            merged = merged.merged_over(table);
        } else {
            let message = format!("`{NAME}` must be a table, not {}", item.value.type_name());
            problems.push(item.error("wrong-type", message));
        }
    }
    merged
}

/// The key that `path`, from the name of a variable, means: letters of either case, and `_` for whatever a variable's
/// name cannot have.
pub(super) fn find<'t>(site: &'t Table, path: &str) -> Option<SiteKey<'t>> {
    let mut keys = Vec::new();
    let mut table = Some(site);
    let mut item = None;
    for part in path.split('.').skip(1) {
        let entries = table?.entries();
        let same = |key: &str| in_variables(key) == part;
        let entry = entries.iter().find(|entry| same(&entry.key))?;
        keys.push(entry.key.clone());
        table = entry.item.as_table();
        item = Some(&entry.item);
    }
    Some(SiteKey { keys, item: item? })
}

fn in_variables(key: &str) -> String {
    let spelled = |c: char| if c.is_alphanumeric() { c } else { '_' };
    key.to_lowercase().chars().map(spelled).collect()
}

/// Checks `domain`, which mails make links of.
pub(super) fn check_domain(site: &Table, problems: &Problems) {
    let Some(item) = site.get("domain") else {
        return;
    };
    let mistake = match item.as_str() {
        // Without one, the host of the request takes its place.
        Some("") => None,
        Some(domain) => host_mistake(domain),
        None => Some("it is a text".to_owned()),
    };
    if let Some(mistake) = mistake {
        let message = format!("`site.domain` is not a host: {mistake}");
        problems.push(item.error("invalid-setting", message));
    }
}

/// The finding for the variable `name`, whose `path` is in no file.
pub(super) fn unknown(name: &str, path: &str, site: &Table) -> Finding {
    let (parent, key) = path.rsplit_once('.').unwrap_or((NAME, path));
    let message = format!("`[{parent}]` has no key `{key}`, whose type `{name}` would take");
    let siblings = match find(site, parent) {
        Some(found) => found.item.as_table(),
        None => Some(site).filter(|_| parent == NAME),
    };
    let siblings = siblings.map_or(&[][..], Table::entries).iter();
    let names: Vec<_> = siblings.map(|entry| in_variables(&entry.key)).collect();
    let near = text::nearest(key, names.iter().map(String::as_str));
    let hint = match near {
        Some(near) => {
            let path = format!("{parent}.{near}").to_uppercase();
            format!("did you mean `DJR_{}`?", path.replace('.', "__"))
        }
        None => format!("give it a default in `djr.toml`: `{key} = \"\"` in `[{parent}]`"),
    };
    Finding::error("unknown-variable", message).hint(hint)
}
