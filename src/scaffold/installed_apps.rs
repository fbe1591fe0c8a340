//! Adds an app to `djr.toml`; comments, order and layout stay as they are.

use std::fs;
use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, TomlError, Value};

use crate::diagnostic::{Finding, Location};
use crate::files::FileChange;
use crate::scaffold::ScaffoldError;
use crate::scaffold::reading::unreadable;
use crate::settings;

/// The change that adds `label` to the list of apps in `djr.toml` of the project at `root`; `None` where it is there.
///
/// Where there is no list, one is made of the `installed` apps.
pub(super) fn add(
    root: &Path,
    label: &str,
    installed: &[String],
) -> Result<Option<FileChange>, ScaffoldError> {
    changed(root, |old| with_app(old, label, installed))
}

/// The change that takes `label` out of that list; `None` where it is not there.
pub(super) fn remove(root: &Path, label: &str) -> Result<Option<FileChange>, ScaffoldError> {
    changed(root, |old| without_app(old, label))
}

fn changed(
    root: &Path,
    change: impl FnOnce(&str) -> Result<String, AppsEditError>,
) -> Result<Option<FileChange>, ScaffoldError> {
    let path = root.join(settings::FILE_NAME);
    if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
        return Err(ScaffoldError::LinkedSettings);
    }
    let old = fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?;
    let new = change(&old).map_err(|mistake| mistake.found_in(&path, &old))?;
    Ok((old != new).then(|| FileChange::Replace {
        path: settings::FILE_NAME.into(),
        old: old.into_bytes(),
        new: new.into_bytes(),
    }))
}

/// Why an app cannot be added, and where in the text.
#[derive(Debug)]
struct AppsEditError {
    message: String,
    offset: usize,
}

impl AppsEditError {
    fn found_in(self, path: &Path, text: &str) -> ScaffoldError {
        let location = Location::of(path, text, self.offset);
        let finding = Finding::error("wrong-type", self.message).at(location);
        ScaffoldError::Findings(finding.into())
    }
}

impl From<TomlError> for AppsEditError {
    fn from(error: TomlError) -> Self {
        Self {
            message: error.message().to_owned(),
            offset: error.span().map_or(0, |span| span.start),
        }
    }
}

fn with_app(text: &str, label: &str, installed: &[String]) -> Result<String, AppsEditError> {
    let mut document: DocumentMut = text.parse()?;
    let project = document
        .entry("project")
        .or_insert_with(|| Item::Table(Table::new()));
    let type_error = |message: &str| AppsEditError {
        message: message.to_owned(),
        offset: 0,
    };
    let project = project
        .as_table_like_mut()
        .ok_or_else(|| type_error("`project` must be a table"))?;
    let listed = || Item::Value(Value::Array(installed.iter().collect()));
    let apps = project.entry("apps").or_insert_with(listed);
    let apps = apps
        .as_array_mut()
        .ok_or_else(|| type_error("`project.apps` must be a list"))?;
    if !apps.iter().any(|app| app.as_str() == Some(label)) {
        append(apps, label);
    }
    Ok(document.to_string())
}

fn without_app(text: &str, label: &str) -> Result<String, AppsEditError> {
    let mut document: DocumentMut = text.parse()?;
    let apps = document
        .get_mut("project")
        .and_then(|project| project.get_mut("apps"));
    let Some(apps) = apps.and_then(Item::as_array_mut) else {
        return Ok(text.to_owned());
    };
    apps.retain(|app| app.as_str() != Some(label));
    Ok(document.to_string())
}

/// Appends `label` in the layout of the item before it: on a line of its own, or on the same one.
fn append(apps: &mut Array, label: &str) {
    let trailing = apps.trailing().as_str().unwrap_or_default().to_owned();
    let Some(last) = apps.iter_mut().last() else {
        apps.push(label);
        return;
    };
    let decor = last.decor_mut();
    let text = |raw: Option<&toml_edit::RawString>| {
        raw.and_then(toml_edit::RawString::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (prefix, suffix) = (text(decor.prefix()), text(decor.suffix()));
    let Some(line) = prefix.rfind('\n') else {
        apps.push(label);
        return;
    };
    // What follows the last item is a comment on it and the end of its line.
    let rest = format!("{suffix}{trailing}");
    let (comment, end) = rest.rsplit_once('\n').unwrap_or((rest.as_str(), ""));
    decor.set_suffix("");
    let mut value = Value::from(label);
    value
        .decor_mut()
        .set_prefix(format!("{comment}{}", &prefix[line..]));
    apps.push_formatted(value);
    apps.set_trailing_comma(true);
    apps.set_trailing(format!("\n{end}"));
}

#[cfg(test)]
mod tests {
    use super::{with_app, without_app};

    fn added(text: &str) -> String {
        with_app(text, "posts", &["auth".to_owned(), "sessions".to_owned()]).unwrap()
    }

    #[test]
    fn appends_on_the_same_line() {
        let text = "[project]\n# mine\napps = [\"auth\", \"sessions\"] # all\nname = \"a\"\n";
        let wanted =
            "[project]\n# mine\napps = [\"auth\", \"sessions\", \"posts\"] # all\nname = \"a\"\n";
        assert_eq!(added(text), wanted);
        assert_eq!(added(wanted), wanted);
        assert_eq!(
            added("[project]\napps = []\n"),
            "[project]\napps = [\"posts\"]\n"
        );
    }

    #[test]
    fn appends_a_line_to_a_list_of_lines() {
        let text = "[project]\napps = [\n    \"auth\", # who\n    \"sessions\", # how long\n]\n";
        let wanted = "[project]\napps = [\n    \"auth\", # who\n    \"sessions\", # how long\n    \"posts\",\n]\n";
        assert_eq!(added(text), wanted);
        let bare = "[project]\napps = [\n  \"auth\" # who\n]\n";
        let wanted = "[project]\napps = [\n  \"auth\", # who\n  \"posts\",\n]\n";
        assert_eq!(added(bare), wanted);
    }

    #[test]
    fn what_was_appended_is_taken_away_again() {
        for text in [
            "[project]\napps = [\"auth\", \"sessions\"] # all\nname = \"a\"\n",
            "[project]\napps = [\n    \"auth\", # who\n    \"sessions\",\n]\n",
        ] {
            assert_eq!(without_app(&added(text), "posts").unwrap(), text);
        }
        assert_eq!(without_app("[project]\n", "posts").unwrap(), "[project]\n");
    }

    #[test]
    fn makes_a_list_of_the_apps_in_use_where_there_is_none() {
        let wanted = "[project]\nname = \"a\"\napps = [\"auth\", \"sessions\", \"posts\"]\n";
        assert_eq!(added("[project]\nname = \"a\"\n"), wanted);
        assert!(added("").contains("apps = [\"auth\", \"sessions\", \"posts\"]"));
    }

    #[test]
    fn refuses_what_is_no_list() {
        assert!(with_app("[project]\napps = 3\n", "posts", &[]).is_err());
        assert!(with_app("project = 3\n", "posts", &[]).is_err());
        assert!(with_app("[project\n", "posts", &[]).is_err());
    }
}
