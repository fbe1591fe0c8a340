//! What a person decided, on the command line or when asked.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::Finding;
use crate::migrations::autodetector::default_answer::parse_default;
use crate::migrations::autodetector::questions::MigrationQuestion;
use crate::models::{FieldDefault, ModelKey};

/// What existing rows get.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultAnswer {
    /// This default.
    Value(FieldDefault),
    /// Nothing, since no row lacks a value.
    NotNeeded,
}

/// What a person decided.
#[derive(Clone, Debug, std::default::Default)]
pub struct MigrationAnswers {
    renames: Vec<RenameAnswer>,
    defaults: BTreeMap<(ModelKey, String), DefaultAnswer>,
}

/// Whether a model or a field was renamed.
#[derive(Clone, Debug)]
pub(super) struct RenameAnswer {
    pub(super) model: ModelKey,
    /// The field; the answer is about the model itself without it.
    pub(super) field: Option<String>,
    /// The new name; any new name is meant without it.
    pub(super) new: Option<String>,
    /// The app that the model moved to, if that is another one.
    moved_to: Option<String>,
    is_renamed: bool,
}

impl RenameAnswer {
    /// What the model, which the answer is about, is called now.
    pub(super) fn new_model(&self) -> Option<ModelKey> {
        let app_label = self.moved_to.as_ref().unwrap_or(&self.model.app_label);
        self.new.as_ref().map(|new| ModelKey::new(app_label, new))
    }

    /// Whether it says that there is another name now.
    pub(super) fn is_renamed(&self) -> bool {
        self.is_renamed
    }

    /// Whether it says that a model moved to another app.
    pub(super) fn is_move(&self) -> bool {
        self.moved_to.is_some()
    }
}

impl fmt::Display for RenameAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = dotted_name(&self.model, self.field.as_deref());
        write!(f, "{subject}")?;
        match (&self.new, &self.moved_to) {
            (Some(new), Some(app_label)) => write!(f, "={app_label}.{new}"),
            (Some(new), None) => write!(f, "={new}"),
            (None, _) => Ok(()),
        }
    }
}

impl MigrationAnswers {
    /// Whether the model `old` became `new`, if that was decided.
    pub(super) fn renamed_model(&self, old: &ModelKey, new: &ModelKey) -> Option<bool> {
        let answers = self.renames.iter();
        let about = answers.filter(|found| found.model == *old && found.field.is_none());
        decision(about, |found| found.new_model().as_ref() == Some(new))
    }

    /// Whether the field `old` of a model was renamed to `new`, if that was decided.
    pub(super) fn renamed_field(&self, model: &ModelKey, old: &str, new: &str) -> Option<bool> {
        let answers = self.renames.iter();
        let about =
            answers.filter(|found| found.model == *model && found.field.as_deref() == Some(old));
        decision(about, |found| found.new.as_deref() == Some(new))
    }

    /// The renames that were decided.
    pub(super) fn decided_renames(&self) -> impl Iterator<Item = &RenameAnswer> {
        self.renames.iter().filter(|answer| answer.is_renamed)
    }

    /// The renames that were refused.
    pub(super) fn refused_renames(&self) -> impl Iterator<Item = &RenameAnswer> {
        self.renames.iter().filter(|answer| !answer.is_renamed)
    }

    /// Whether nothing was decided.
    pub(super) fn is_empty(&self) -> bool {
        self.renames.is_empty() && self.defaults.is_empty()
    }

    /// The answer that says the opposite of `renamed`.
    pub(super) fn contradiction_of(&self, renamed: &RenameAnswer) -> Option<&RenameAnswer> {
        self.refused_renames().find(|other| {
            let is_same = other.new_model() == renamed.new_model() && other.new == renamed.new;
            other.model == renamed.model
                && other.field == renamed.field
                && (is_same || other.new.is_none())
        })
    }

    /// The fields whose existing rows were decided about.
    pub(super) fn decided_defaults(&self) -> impl Iterator<Item = &(ModelKey, String)> {
        self.defaults.keys()
    }

    pub(super) fn default_of(&self, model: &ModelKey, field: &str) -> Option<&DefaultAnswer> {
        self.defaults.get(&(model.clone(), field.to_owned()))
    }

    /// Adds the answer to a question about a name.
    pub fn answer_rename(&mut self, question: &MigrationQuestion, is_renamed: bool) {
        let mut moved_to = None;
        let (model, field, new) = match question {
            MigrationQuestion::RenamedModel {
                app_label,
                old,
                new,
            } => (ModelKey::new(app_label, old), None, new.to_lowercase()),
            MigrationQuestion::MovedModel {
                app_label,
                old,
                new_app_label,
                new,
                ..
            } => {
                moved_to = Some(new_app_label.clone());
                (ModelKey::new(app_label, old), None, new.to_lowercase())
            }
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
        self.renames.push(RenameAnswer {
            model,
            field,
            new: Some(new),
            moved_to,
            is_renamed,
        });
    }

    /// Adds the answer to a question about a default.
    pub fn answer_default(&mut self, question: &MigrationQuestion, answer: DefaultAnswer) {
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

    /// Reads `posts.Post.title=headline`, `posts.Post=Article` or `posts.Post=news.Post`; without `=`,
    /// any new name is meant.
    pub fn parse_rename(&mut self, text: &str, is_renamed: bool) -> Result<(), Finding> {
        let option = if is_renamed {
            "--rename"
        } else {
            "--no-rename"
        };
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
        if is_missing || is_renamed && new.is_none() {
            return Err(unreadable(option, text));
        }
        let (moved_to, new) = match (new, &field) {
            (Some(new), None) => {
                let key = if new.contains('.') {
                    ModelKey::parse(new).ok_or_else(|| unreadable(option, text))?
                } else {
                    ModelKey::new(&model.app_label, new)
                };
                let other = (key.app_label != model.app_label).then_some(key.app_label);
                (other, Some(key.model))
            }
            (new, _) => (None, new.map(ToOwned::to_owned)),
        };
        self.renames.push(RenameAnswer {
            model,
            field,
            new,
            moved_to,
            is_renamed,
        });
        Ok(())
    }

    /// Reads `posts.Post.slug='""'`, the value as TOML.
    pub fn parse_default(&mut self, text: &str) -> Result<(), Finding> {
        let pair = text.split_once('=').and_then(|(subject, value)| {
            let key = parse_field_name(subject)?;
            Some((key, value))
        });
        let Some(((model, field), value)) = pair else {
            return Err(unreadable("--default", text));
        };
        let default = parse_default(value)?;
        self.decide_default(model, field, DefaultAnswer::Value(default))
    }

    /// Reads `posts.Post.slug`, a column that has no nulls.
    pub fn parse_no_default(&mut self, text: &str) -> Result<(), Finding> {
        let key = parse_field_name(text);
        let (model, field) = key.ok_or_else(|| unreadable("--no-default", text))?;
        self.decide_default(model, field, DefaultAnswer::NotNeeded)
    }

    /// Fails if the opposite was decided of the same field.
    fn decide_default(
        &mut self,
        model: ModelKey,
        field: String,
        answer: DefaultAnswer,
    ) -> Result<(), Finding> {
        let name = dotted_name(&model, Some(&field));
        let key = (model, field);
        if self
            .defaults
            .get(&key)
            .is_some_and(|earlier| *earlier != answer)
        {
            let message =
                format!("`--default` and `--no-default` of `{name}` contradict each other");
            return Err(Finding::error("usage", message).hint("decide once for each field"));
        }
        self.defaults.insert(key, answer);
        Ok(())
    }

    /// The mistakes of answers about models and fields that neither the models nor the migrations have; that a name
    /// which the migrations had once `was_refused` is none.
    pub(super) fn unknown_names(
        &self,
        knows: impl Fn(&ModelKey, Option<&str>) -> bool,
        was_refused: impl Fn(&RenameAnswer) -> bool,
    ) -> Vec<Finding> {
        let is_new = |found: &RenameAnswer| match (&found.field, &found.new) {
            (Some(_), Some(new)) => knows(&found.model, Some(new)),
            (_, _) => found.new_model().is_some_and(|new| knows(&new, None)),
        };
        let renames = self.renames.iter().filter(|found| {
            // The answer about a rename that a migration makes already is harmless.
            let is_known = knows(&found.model, found.field.as_deref());
            !is_known && !is_new(found) && !was_refused(found)
        });
        let renames = renames.map(|found| dotted_name(&found.model, found.field.as_deref()));
        // Said of a new name that is mistyped, it would leave the question open, or the wrong one.
        let refused = self.renames.iter().filter(|found| {
            let is_known = knows(&found.model, found.field.as_deref());
            !found.is_renamed && found.new.is_some() && is_known && !is_new(found)
        });
        let refused = refused.filter_map(|found| match &found.field {
            Some(_) => Some(dotted_name(&found.model, found.new.as_deref())),
            None => found.new_model().map(|new| new.to_string()),
        });
        let renames = renames.chain(refused);
        let defaults = self.defaults.keys();
        let defaults = defaults.filter(|(model, field)| !knows(model, Some(field)));
        let defaults = defaults.map(|(model, field)| dotted_name(model, Some(field)));
        let missed = renames.chain(defaults).map(|name| {
            let message = format!("neither the models nor the migrations have `{name}`");
            let hint = "write `app.Model.field`, as in `posts.Post.title`";
            Finding::error("unknown-name", message).hint(hint)
        });
        missed.collect()
    }
}

/// What `answers` about one model or field decide: the one that `is_exact`, or one about any new name.
fn decision<'a>(
    answers: impl Iterator<Item = &'a RenameAnswer> + Clone,
    is_exact: impl Fn(&RenameAnswer) -> bool,
) -> Option<bool> {
    if let Some(exact) = answers.clone().find(|found| is_exact(found)) {
        return Some(exact.is_renamed);
    }
    // It was renamed to another name, or no new name is accepted.
    let mut answers = answers;
    answers
        .any(|found| found.is_renamed || found.new.is_none())
        .then_some(false)
}

fn dotted_name(model: &ModelKey, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("{model}.{field}"),
        None => model.to_string(),
    }
}

fn parse_field_name(text: &str) -> Option<(ModelKey, String)> {
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
