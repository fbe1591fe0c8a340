//! Includes the urls of an app in `urls.toml` of the project; what stands there stays as it is.

use std::fs;
use std::path::Path;

use toml_edit::{DocumentMut, Item};

use crate::files::FileChange;
use crate::urls::URLS_FILE;

/// The change that includes the urls of app `label` in the project at `root`.
///
/// `None` where they are included already, or where the file is one that only a person should touch: a link,
/// with mistakes, or without a list of tables. There may be none at all.
pub(super) fn include(root: &Path, label: &str) -> Option<FileChange> {
    changed(root, |old| with_included(old, label))
}

/// The change that undoes it: the entries that include the urls of app `label` go.
pub(super) fn exclude(root: &Path, label: &str) -> Option<FileChange> {
    changed(root, |old| without_included(old, label))
}

fn changed(root: &Path, change: impl FnOnce(&str) -> Option<String>) -> Option<FileChange> {
    let path = root.join(URLS_FILE);
    if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
        return None;
    }
    let old = fs::read_to_string(&path).ok()?;
    let new = change(&old)?;
    Some(FileChange::Replace {
        path: URLS_FILE.into(),
        old: old.into_bytes(),
        new: new.into_bytes(),
    })
}

fn with_included(text: &str, label: &str) -> Option<String> {
    let document: DocumentMut = text.parse().ok()?;
    let target = format!("{label}.urls");
    match document.get("urls") {
        None => {}
        Some(Item::ArrayOfTables(tables)) => {
            let includes = tables
                .iter()
                .filter_map(|table| table.get("include")?.as_str());
            if includes.into_iter().any(|include| include == target) {
                return None;
            }
        }
        Some(_) => return None,
    }
    Some(
        format!("{}\n\n{}\n", text.trim_end(), entry(label))
            .trim_start()
            .to_owned(),
    )
}

fn without_included(text: &str, label: &str) -> Option<String> {
    // As it was written; `toml_edit` would take the comment before it along.
    let written = format!("\n\n{}\n", entry(label));
    if let Some((before, after)) = text.split_once(&written) {
        return Some(format!("{before}\n{after}"));
    }
    let mut document: DocumentMut = text.parse().ok()?;
    let target = format!("{label}.urls");
    let tables = document.get_mut("urls")?.as_array_of_tables_mut()?;
    let count = tables.len();
    tables.retain(|table| table.get("include").and_then(Item::as_str) != Some(&target));
    let is_changed = tables.len() < count;
    if tables.is_empty() {
        document.remove("urls");
    }
    is_changed.then(|| document.to_string())
}

/// What includes the urls of app `label` below a path of its name.
pub fn entry(label: &str) -> String {
    format!("[[urls]]\npath = \"{label}/\"\ninclude = \"{label}.urls\"")
}

#[cfg(test)]
mod tests {
    use super::{with_included, without_included};

    const POSTS: &str = "[[urls]]\npath = \"posts/\"\ninclude = \"posts.urls\"\n";

    #[test]
    fn what_stands_there_stays_and_an_entry_follows() {
        let text = "# mine\n\n[[urls]]\npath = \"\" # home\nview = \"template\"\n\n\n";
        let wanted = format!("{}\n\n{POSTS}", text.trim_end());
        assert_eq!(with_included(text, "posts"), Some(wanted));
        assert_eq!(with_included("", "posts"), Some(POSTS.to_owned()));
    }

    #[test]
    fn an_app_is_included_once() {
        let twice = with_included(POSTS, "posts");
        let elsewhere = POSTS.replace("posts/", "news/");
        assert_eq!(twice, None);
        assert_eq!(with_included(&elsewhere, "posts"), None);
    }

    #[test]
    fn what_was_included_is_taken_away_again() {
        let text = "# mine\n\n[[urls]]\npath = \"\" # home\nview = \"template\"\n";
        let included = with_included(text, "posts").unwrap();
        assert_eq!(without_included(&included, "posts"), Some(text.to_owned()));
        assert_eq!(without_included(text, "posts"), None);
    }

    #[test]
    fn a_file_of_another_kind_is_left_alone() {
        assert_eq!(with_included("urls = []\n", "posts"), None);
        assert_eq!(with_included("[[urls]\n", "posts"), None);
    }
}
