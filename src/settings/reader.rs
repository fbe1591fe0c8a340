//! From layers to types: each value from the strongest layer, or its default.

use std::path::PathBuf;
use std::time::Duration;

use crate::diagnostic::Finding;
use crate::document::{FromItem, Problems};
use crate::settings::layers::Layers;
use crate::settings::reference;
use crate::text;

/// Whether `name` is the dotted name of something in the Python of a project.
pub(super) fn is_own_name(name: &str) -> bool {
    !name.starts_with("django.") && name.contains('.')
}

/// Reads values by path and gathers what is wrong with them.
pub(super) struct SettingsReader<'r> {
    layers: &'r Layers,
    problems: &'r Problems,
}

impl<'r> SettingsReader<'r> {
    pub(super) fn new(layers: &'r Layers, problems: &'r Problems) -> Self {
        Self { layers, problems }
    }

    /// The value at `path`; one of another type or out of its range is reported, and the default takes its place.
    pub(super) fn get<T: FromItem + Default>(&self, path: &str) -> T {
        let key = reference::find(path);
        let read = |item| {
            key.map_or(Ok(()), |key| key.check_range(path, item))?;
            T::from_item(path, item)
        };
        match self.layers.find(path).map(read) {
            Some(Ok(value)) => return value,
            Some(Err(finding)) => self.problems.push(finding),
            None => {}
        }
        let default = key.and_then(|key| key.default.as_ref());
        default
            .and_then(|item| T::from_item(path, item).ok())
            .unwrap_or_default()
    }

    /// Whether the switch at `path` is on; a mistake in it is reported where it belongs.
    pub(super) fn is_on(&self, path: &str) -> bool {
        let read = |item| bool::from_item(path, item).ok();
        let default = || reference::find(path)?.default.as_ref().and_then(read);
        let found = self.layers.find(path).and_then(read);
        found.or_else(default).unwrap_or_default()
    }

    /// Whether any layer has a value at `path`.
    pub(super) fn is_set(&self, path: &str) -> bool {
        self.layers.find(path).is_some()
    }

    /// The text at `path`, `None` where it is empty.
    pub(super) fn nonempty(&self, path: &str) -> Option<String> {
        Some(self.get::<String>(path)).filter(|text| !text.is_empty())
    }

    /// The path of a file or directory at `path`; an empty one, which would be the project's directory, is reported.
    pub(super) fn file_path(&self, path: &str) -> PathBuf {
        let file: String = self.get(path);
        self.check_file_path(path, &file);
        PathBuf::from(file)
    }

    /// The directories listed at `path`, as [`SettingsReader::file_path`].
    pub(super) fn file_paths(&self, path: &str) -> Vec<PathBuf> {
        let files: Vec<String> = self.get(path);
        for file in &files {
            self.check_file_path(path, file);
        }
        files.into_iter().map(PathBuf::from).collect()
    }

    fn check_file_path(&self, path: &str, file: &str) {
        let valid = !file.trim().is_empty() && !file.contains('\0');
        self.check(path, valid, format!("`{path}` must be a path"));
    }

    /// The number of seconds at `path`.
    pub(super) fn seconds(&self, path: &str) -> Duration {
        Duration::from_secs(self.get(path))
    }

    /// The dotted name of a class of the project at `path`, if that is what stands there.
    pub(super) fn own_name(&self, path: &str) -> Option<String> {
        let name: String = self.get(path);
        is_own_name(&name).then_some(name)
    }

    /// The choice named at `path`; another name is reported with the nearest one.
    pub(super) fn choice<T: Copy>(&self, path: &str, choices: &[(&str, T)], default: T) -> T {
        let name: String = self.get(path);
        if let Some((_, choice)) = choices.iter().find(|(known, _)| *known == name) {
            return *choice;
        }
        let names = || choices.iter().map(|(name, _)| *name);
        let message = format!(
            "`{path}` must be one of {}, not `{name}`",
            text::quoted(names())
        );
        let hint = text::did_you_mean(&name, names());
        self.report(path, "unknown-choice", message, hint);
        default
    }

    /// Reports what `mistake` finds wrong with `text`, which stands at `path`.
    pub(super) fn check_with(&self, path: &str, text: &str, mistake: fn(&str) -> Option<String>) {
        if let Some(mistake) = mistake(text) {
            let message = format!("`{path}` cannot be `{text}`: {mistake}");
            self.report(path, "invalid-setting", message, None);
        }
    }

    /// Reports what `mistake` finds wrong with each of `items`, the list at `path`, where the item stands.
    pub(super) fn check_items(
        &self,
        path: &str,
        items: &[String],
        mistake: fn(&str) -> Option<String>,
    ) {
        for (index, text) in items.iter().enumerate() {
            if let Some(mistake) = mistake(text) {
                let message = format!("`{path}` cannot have `{text}`: {mistake}");
                self.report_item(path, index, message);
            }
        }
    }

    /// Reports `message` about the item of this index in the list at `path`.
    pub(super) fn report_item(&self, path: &str, index: usize, message: String) {
        let mut finding = Finding::error("invalid-setting", message);
        finding.location = self.layers.location_of_item(path, index);
        self.problems.push(finding);
    }

    /// Reports `message` about the value at `path`, unless it is `valid`.
    pub(super) fn check(&self, path: &str, valid: bool, message: impl Into<String>) {
        if !valid {
            self.report(path, "invalid-setting", message.into(), None);
        }
    }

    /// The keys below `path`, `default` always among them.
    pub(super) fn aliases(&self, path: &str) -> Vec<String> {
        let mut names = self.layers.names(path);
        if !names.iter().any(|name| name == "default") {
            names.push("default".to_owned());
        }
        names
    }

    /// The keys below `path`.
    pub(super) fn names(&self, path: &str) -> Vec<String> {
        self.layers.names(path)
    }

    /// Reports those of `names`, the list or the text at `path`, that are not `known`, with the nearest one.
    pub(super) fn check_names(&self, path: &str, names: &[String], known: &[String], noun: &str) {
        for (index, name) in names.iter().enumerate() {
            if known.contains(name) {
                continue;
            }
            let message = format!("`{path}` has an unknown {noun}, `{name}`");
            let mut finding = Finding::error("unknown-name", message);
            finding.location = self.layers.location_of_item(path, index);
            let known = || known.iter().map(String::as_str);
            let list = format!("the {noun}s are {}", text::quoted(known()));
            self.problems.push(finding.suggest_or(name, known(), list));
        }
    }

    /// Reports what is wrong with the value at `path`, where it was set.
    pub(super) fn report(
        &self,
        path: &str,
        code: &'static str,
        message: String,
        hint: Option<String>,
    ) {
        let mut finding = Finding::error(code, message);
        finding.location = self.layers.location(path);
        finding.hints.extend(hint);
        self.problems.push(finding);
    }
}
