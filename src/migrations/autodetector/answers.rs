//! What a person decided, on the command line or when asked.

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::migrations::autodetector::default_answer::parse_default;
use crate::migrations::autodetector::questions::MigrationQuestion;
use crate::models::{FieldDefault, ModelKey};

/// What existing rows get.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultAnswer {
    /// This.
    Value(FieldDefault),
    /// Nothing: no row lacks a value.
    NotNeeded,
}

/// What was decided.
#[derive(Clone, Debug, std::default::Default)]
pub struct MigrationAnswers {
    renames: Vec<Renaming>,
    defaults: BTreeMap<(ModelKey, String), DefaultAnswer>,
}

#[derive(Clone, Debug)]
struct Renaming {
    model: ModelKey,
    field: Option<String>,
    /// The new name; `None` for any.
    new: Option<String>,
    decided: bool,
}

impl MigrationAnswers {
    /// Whether a model, or one of its fields, was renamed to `new`, if that was decided.
    pub(super) fn renamed(&self, model: &ModelKey, field: Option<&str>, new: &str) -> Option<bool> {
        let about = |found: &&Renaming| found.model == *model && found.field.as_deref() == field;
        let new = if field.is_none() {
            new.to_lowercase()
        } else {
            new.to_owned()
        };
        let mut found = self.renames.iter().filter(about);
        if let Some(exact) = found.clone().find(|found| found.new.as_ref() == Some(&new)) {
            return Some(exact.decided);
        }
        // Renamed to something else, or to nothing at all.
        found
            .any(|found| found.decided || found.new.is_none())
            .then_some(false)
    }

    pub(super) fn default_of(&self, model: &ModelKey, field: &str) -> Option<&DefaultAnswer> {
        self.defaults.get(&(model.clone(), field.to_owned()))
    }

    /// Notes the answer to a question about a name.
    pub fn decide(&mut self, question: &MigrationQuestion, decided: bool) {
        let (model, field, new) = match question {
            MigrationQuestion::RenamedModel {
                app_label,
                old,
                new,
            } => (ModelKey::new(app_label, old), None, new.to_lowercase()),
            MigrationQuestion::RenamedField {
                app_label,
                model,
                old,
                field,
            } => {
                let key = ModelKey::new(app_label, model);
                (key, Some(old.clone()), field.name.clone())
            }
            MigrationQuestion::Default { .. } => return,
        };
        self.renames.push(Renaming {
            model,
            field,
            new: Some(new),
            decided,
        });
    }

    /// Notes the answer to a question about a default.
    pub fn give(&mut self, question: &MigrationQuestion, answer: DefaultAnswer) {
        if let MigrationQuestion::Default {
            app_label,
            model,
            field,
            ..
        } = question
        {
            let key = (ModelKey::new(app_label, model), field.name.clone());
            self.defaults.insert(key, answer);
        }
    }

    /// Reads `posts.Post.title=headline` or `posts.Post=Article`; without `=`, any new name is meant.
    pub fn read_renaming(&mut self, text: &str, decided: bool) -> Result<(), Finding> {
        let option = if decided { "--rename" } else { "--no-rename" };
        let (old, new) = match text.split_once('=') {
            Some((old, new)) => (old, Some(new)),
            None => (text, None),
        };
        let parts: Vec<_> = old.split('.').collect();
        let (model, field) = match parts.as_slice() {
            [label, model] => (ModelKey::new(label, model), None),
            [label, model, field] => (ModelKey::new(label, model), Some((*field).to_owned())),
            _ => return Err(unreadable(option, text)),
        };
        let is_missing = parts.iter().any(|part| part.is_empty()) || new == Some("");
        if is_missing || decided && new.is_none() {
            return Err(unreadable(option, text));
        }
        let lower = |new: &str| match field {
            None => new.to_lowercase(),
            Some(_) => new.to_owned(),
        };
        let new = new.map(lower);
        self.renames.push(Renaming {
            model,
            field,
            new,
            decided,
        });
        Ok(())
    }

    /// Reads `posts.Post.slug='""'`, the value as TOML.
    pub fn read_default(&mut self, text: &str) -> Result<(), Finding> {
        let pair = text.split_once('=').and_then(|(subject, value)| {
            let key = subject_of(subject)?;
            Some((key, value))
        });
        let Some((key, value)) = pair else {
            return Err(unreadable("--default", text));
        };
        let default = parse_default(value)?;
        self.defaults.insert(key, DefaultAnswer::Value(default));
        Ok(())
    }

    /// Reads `posts.Post.slug`, a column that has no nulls.
    pub fn read_no_default(&mut self, text: &str) -> Result<(), Finding> {
        let key = subject_of(text).ok_or_else(|| unreadable("--no-default", text))?;
        self.defaults.insert(key, DefaultAnswer::NotNeeded);
        Ok(())
    }

    /// Finds what was decided about models and fields that are on neither side.
    pub(super) fn misses(&self, knows: impl Fn(&ModelKey, Option<&str>) -> bool) -> Vec<Finding> {
        let is_new = |found: &Renaming| match (&found.field, &found.new) {
            (Some(_), Some(new)) => knows(&found.model, Some(new)),
            (None, Some(new)) => knows(&ModelKey::new(&found.model.app_label, new), None),
            (_, None) => false,
        };
        let renames = self.renames.iter().filter(|found| {
            // A rename that is written down already does no harm.
            !knows(&found.model, found.field.as_deref()) && !is_new(found)
        });
        let renames = renames.map(|found| named(&found.model, found.field.as_deref()));
        let defaults = self.defaults.keys();
        let defaults = defaults.filter(|(model, field)| !knows(model, Some(field)));
        let defaults = defaults.map(|(model, field)| named(model, Some(field)));
        let missed = renames.chain(defaults).map(|name| {
            let message = format!("neither the models nor the migrations have `{name}`");
            let hint = "write `app.Model.field`, as in `posts.Post.title`";
            Finding::error("unknown-name", message).hint(hint)
        });
        missed.collect()
    }
}

fn named(model: &ModelKey, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("{model}.{field}"),
        None => model.to_string(),
    }
}

fn subject_of(text: &str) -> Option<(ModelKey, String)> {
    let parts: Vec<_> = text.split('.').collect();
    match parts.as_slice() {
        [label, model, field] if parts.iter().all(|part| !part.is_empty()) => {
            Some((ModelKey::new(label, model), (*field).to_owned()))
        }
        _ => None,
    }
}

fn unreadable(option: &str, text: &str) -> Finding {
    let finding = Finding::error("usage", format!("`{option} {text}` cannot be read"));
    let example = match option {
        "--default" => r#"--default posts.Post.slug='""'"#,
        "--no-default" => "--no-default posts.Post.slug",
        "--rename" => "--rename posts.Post.title=headline",
        _ => "--no-rename posts.Post.title=headline",
    };
    finding.hint(format!("write it as in `{example}`"))
}
