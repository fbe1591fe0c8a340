//! What the fields of `forms.toml` are chosen from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::document::TableReader;
use crate::forms::form_choices::{FormChoice, FormOption};
use crate::forms::read::FormContext;
use crate::models::read::{ReadContext, declared_choices};
use crate::models::{Choice, Literal};
use crate::text::PythonPattern;

/// `choices = [["DF", "Draft"], ["Group", [["PB", "Published"]]]]`.
pub(super) fn choices(context: &FormContext<'_>, fields: &TableReader<'_>) -> Vec<FormChoice> {
    let reading = ReadContext::new(context.app_label, context.problems);
    form_choices(&declared_choices(&reading, fields))
}

/// The choices of a field of a model as those of a form.
pub(in crate::forms) fn form_choices(declared: &[Choice]) -> Vec<FormChoice> {
    let option = |value: &Literal, label: &str| FormOption {
        value: literal_str(value),
        label: label.to_owned(),
    };
    let choices = declared.iter().map(|choice| match choice {
        Choice::Value(value, label) => FormChoice::Option(option(value, label)),
        Choice::Group(label, options) => FormChoice::Group {
            label: label.clone(),
            options: options
                .iter()
                .map(|(value, label)| option(value, label))
                .collect(),
        },
    });
    choices.collect()
}

/// A literal as Python's `str` writes it.
fn literal_str(value: &Literal) -> String {
    let value = crate::forms::validator::literal_value(value);
    match (&value, value.as_ref().map(crate::values::to_text)) {
        (_, Some(text)) => text,
        (_, None) => String::new(),
    }
}

/// The labels of empty choices.
pub(in crate::forms) const BLANK_LABEL: &str = "---------";

/// What a `FilePathField` offers: the files and directories of `path` as they are when the site is loaded.
pub(super) fn path_choices(
    context: &FormContext<'_>,
    fields: &TableReader<'_>,
    is_required: bool,
) -> Vec<FormChoice> {
    let place = fields.source().get("path");
    let path: String = fields.required("path").unwrap_or_default();
    let listing = PathListing {
        pattern: match_pattern(context, fields),
        recursive: fields.or("recursive", false),
        allow_files: fields.or("allow_files", true),
        allow_folders: fields.or("allow_folders", false),
    };
    let mut choices = Vec::new();
    if !is_required {
        choices.push(FormChoice::option("", BLANK_LABEL));
    }
    match listing.choices(Path::new(&path), &path) {
        Ok(found) => choices.extend(found),
        Err(error) if context.reads_files => {
            let message = format!("`{path}` cannot be listed: {error}");
            if let Some(item) = place {
                context
                    .problems
                    .push(item.error("unreadable-directory", message));
            }
        }
        Err(_) => {}
    }
    choices
}

fn match_pattern(context: &FormContext<'_>, fields: &TableReader<'_>) -> Option<PythonPattern> {
    let item = fields.source().get("match");
    let text: String = fields.optional("match")?;
    match PythonPattern::parse(&text) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let message = format!("`match` cannot be used: {error}");
            context.problems.push(item?.error("wrong-pattern", message));
            None
        }
    }
}

/// Which entries of a directory are offered.
#[derive(Debug)]
pub(in crate::forms) struct PathListing {
    pub(in crate::forms) pattern: Option<PythonPattern>,
    pub(in crate::forms) recursive: bool,
    pub(in crate::forms) allow_files: bool,
    pub(in crate::forms) allow_folders: bool,
}

impl PathListing {
    /// The entries of `directory`, each by its path and what is left of it without `root`.
    pub(in crate::forms) fn choices(
        &self,
        directory: &Path,
        root: &str,
    ) -> std::io::Result<Vec<FormChoice>> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(directory)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            if name == "__pycache__" {
                continue;
            }
            let list = if path.is_dir() {
                &mut folders
            } else {
                &mut files
            };
            list.push(path);
        }
        files.sort();
        folders.sort();
        if !self.recursive {
            return Ok(self.flat(files, folders));
        }
        let label = |path: &Path| {
            let text = path.display().to_string();
            text.replacen(root, "", 1)
        };
        let mut choices = Vec::new();
        for (allowed, paths) in [(self.allow_files, &files), (self.allow_folders, &folders)] {
            let paths = paths.iter().filter(|path| allowed && self.matches(path));
            choices.extend(
                paths.map(|path| FormChoice::option(path.display().to_string(), label(path))),
            );
        }
        for folder in &folders {
            choices.extend(self.choices(folder, root)?);
        }
        Ok(choices)
    }

    fn flat(&self, files: Vec<PathBuf>, folders: Vec<PathBuf>) -> Vec<FormChoice> {
        let files = files.into_iter().filter(|_| self.allow_files);
        let folders = folders.into_iter().filter(|_| self.allow_folders);
        let mut paths: Vec<_> = files
            .chain(folders)
            .filter(|path| self.matches(path))
            .collect();
        paths.sort();
        let option = |path: PathBuf| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            FormChoice::option(path.display().to_string(), name)
        };
        paths.into_iter().map(option).collect()
    }

    fn matches(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let pattern = self.pattern.as_ref();
        pattern.is_none_or(|pattern| pattern.is_match(&name).unwrap_or(false))
    }
}
