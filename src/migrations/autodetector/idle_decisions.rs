//! Decisions that decide nothing, or the opposite of another one: each is a mistake.
//!
//! A decision is carried out, or the migrations show that it was, or it is an error: whoever typed it meant
//! something else, and a name that is mistyped must not pass for an answer.

use std::collections::BTreeSet;

use crate::diagnostic::Finding;
use crate::migrations::autodetector::answers::{DefaultAnswer, RenameAnswer};
use crate::migrations::autodetector::detector::Autodetector;
use crate::migrations::autodetector::earlier_names::{EarlierNames, PartName};
use crate::migrations::autodetector::name_changes::NameChange;
use crate::models::{ModelKey, ModelSet as _};

impl RenameAnswer {
    /// The name that the answer is about.
    fn old_name(&self) -> PartName {
        PartName {
            model: self.model.clone(),
            field: self.field.clone(),
        }
    }

    /// Whether it says that a name, which the migrations had once, has no other one now.
    pub(super) fn was_refused(&self, earlier_names: &EarlierNames) -> bool {
        !self.is_renamed() && earlier_names.had(&self.old_name())
    }

    /// The name that the model or field has now, if the answer is about one.
    fn new_name(&self) -> Option<PartName> {
        let new = self.new.clone()?;
        Some(match self.field {
            Some(_) => PartName {
                model: self.model.clone(),
                field: Some(new),
            },
            None => PartName {
                model: self.new_model()?,
                field: None,
            },
        })
    }
}

impl Autodetector<'_> {
    /// Whether the migrations make the rename already.
    pub(super) fn was_carried_out(&self, answer: &RenameAnswer) -> bool {
        let new = answer.new_name();
        new.is_some_and(|new| self.earlier_names.became(&answer.old_name(), &new))
    }

    /// Whether the migrations make all of these renames of fields of a model already.
    pub(super) fn were_carried_out(&self, model: &ModelKey, changes: &[NameChange]) -> bool {
        let name = |field: &str| PartName {
            model: model.clone(),
            field: Some(field.to_owned()),
        };
        let mut changes = changes.iter();
        changes.all(|change| {
            let (old, new) = (name(&change.old), name(&change.new));
            self.earlier_names.became(&old, &new)
        })
    }

    /// Finds renames that were decided both ways.
    pub(super) fn check_contradictions(&mut self) {
        for answer in self.answers.decided_renames() {
            if let Some(refused) = self.answers.contradiction_of(answer) {
                let message = format!("`--rename {answer}` contradicts `--no-rename {refused}`");
                self.mistakes.push(Finding::error("rename", message));
            }
        }
    }

    /// Finds renames that were refused where nothing could have been renamed.
    pub(super) fn check_refused_renames(&mut self) {
        for answer in self.answers.refused_renames() {
            let old = answer.old_name();
            let is_there = self.models_have(&old);
            let is_mistyped = answer.new_name().is_some_and(|new| !self.models_have(&new));
            // A name that neither side knows was told already.
            let is_told = is_mistyped || answer.new.is_none() && !is_there;
            let why = match self.earlier_names.had(&old) {
                true if is_there => "the models still have it",
                false if !is_told => "the migrations do not have it",
                _ => continue,
            };
            let message = format!("`--no-rename {answer}` has no effect: {why}");
            let finding = Finding::error("rename", message);
            self.mistakes.push(finding.hint("leave the option out"));
        }
    }

    /// Whether `models.toml` has this name; the model of a field may be called as it was.
    fn models_have(&self, name: &PartName) -> bool {
        let Some(field) = &name.field else {
            return self.to_state.find(&name.model).is_some();
        };
        let keys = [Some(&name.model), self.renamed_models.get(&name.model)];
        let mut keys = keys.into_iter().flatten();
        keys.any(|key| self.to_state.field(key, field).is_ok())
    }

    /// Finds decisions about the rows of fields that need none.
    pub(super) fn check_unused_defaults(&mut self) {
        for (key, name) in self.answers.decided_defaults() {
            let is_used = self.used_defaults.contains(&(key.clone(), name.clone()));
            let after = self.to_state.field(key, name).ok();
            let before = self.from_state.field(key, name).ok();
            if is_used || before.is_none() && after.is_none() {
                continue;
            }
            let is_unchanged = before == after;
            if is_unchanged && self.earlier_names.decides_rows(key, name) {
                continue;
            }
            let why = if is_unchanged {
                "the field is what the migrations make it"
            } else {
                "no existing row needs another value"
            };
            let option = self.default_option(key, name);
            let message = format!("`{option}` has no effect: {why}");
            let hint = "what `models.toml` says of the field suffices; leave the option out";
            self.mistakes
                .push(Finding::error("unused-default", message).hint(hint));
        }
    }

    fn default_option(&self, key: &ModelKey, name: &str) -> String {
        let option = match self.answers.default_of(key, name) {
            Some(DefaultAnswer::NotNeeded) => "--no-default",
            _ => "--default",
        };
        format!("{option} {key}.{name}")
    }

    /// Finds decisions about apps of which nothing is `written`, since only others were asked for.
    pub(super) fn check_other_apps(&mut self, only: &[String], written: &BTreeSet<&str>) {
        if only.is_empty() {
            return;
        }
        let asked_for = |label: &String| only.contains(label) || written.contains(label.as_str());
        let mut idle = Vec::new();
        for answer in self.answers.decided_renames() {
            let new = answer.new_model().map(|new| new.app_label);
            let is_asked_for =
                asked_for(&answer.model.app_label) || new.as_ref().is_some_and(asked_for);
            if !is_asked_for && !self.was_carried_out(answer) {
                idle.push(format!("--rename {answer}"));
            }
        }
        for answer in self.answers.refused_renames() {
            if !asked_for(&answer.model.app_label) {
                idle.push(format!("--no-rename {answer}"));
            }
        }
        for (key, name) in self.answers.decided_defaults() {
            if !asked_for(&key.app_label) && !self.earlier_names.decides_rows(key, name) {
                idle.push(self.default_option(key, name));
            }
        }
        for option in idle {
            let message = format!("`{option}` has no effect: another app is asked for");
            let finding = Finding::error("other-app", message);
            let hint = "name its app too, or leave the option out";
            self.mistakes.push(finding.hint(hint));
        }
    }
}
