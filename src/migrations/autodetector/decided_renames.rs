//! Renames that a person decided: each is carried out, or is a mistake.
//!
//! What a decision leaves over is not guessed about: a name that is mistyped must not turn a rename
//! into a loss.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Finding;
use crate::migrations::autodetector::answers::RenameAnswer;
use crate::migrations::autodetector::detector::{Autodetector, ModelKind};
use crate::migrations::autodetector::name_changes::{NameChange, in_order};
use crate::migrations::autodetector::renames::{RenamedField, can_become};
use crate::models::{Field, Model, ModelKey, ModelSet as _};

impl Autodetector<'_> {
    /// Renames the models that were decided about, in the old state too.
    pub(super) fn generate_decided_model_renames(&mut self) {
        let mut by_app: BTreeMap<String, Vec<NameChange>> = BTreeMap::new();
        for answer in self.answers.decided_renames() {
            if answer.field.is_some() || answer.is_move() {
                continue;
            }
            if let Some(change) = self.model_change(answer) {
                by_app
                    .entry(answer.model.app_label.clone())
                    .or_default()
                    .push(change);
            }
        }
        for (app_label, changes) in by_app {
            let changes = self.unambiguous(changes, &app_label);
            self.rename_models(&app_label, &changes);
        }
    }

    /// The names of the two models, if the answer is about any.
    fn model_change(&mut self, answer: &RenameAnswer) -> Option<NameChange> {
        let (old, new) = (&answer.model, answer.new.clone()?);
        let target = ModelKey::new(&old.app_label, &new);
        let migrated = self.old_keys(ModelKind::Managed);
        if !migrated.contains(old) && self.was_carried_out(answer) {
            return None;
        }
        if !migrated.contains(old) {
            self.has_no_effect(answer, &format!("the migrations have no `{old}`"));
        } else if !self.new_keys(ModelKind::Managed).contains(&target) {
            self.has_no_effect(answer, &format!("the models have no `{target}`"));
        } else {
            let old = old.model.clone();
            return Some(NameChange { old, new });
        }
        None
    }

    fn rename_models(&mut self, app_label: &str, changes: &[NameChange]) {
        let models = self.from_state.models().chain(self.to_state.models());
        let own = models.filter(|model| model.app_label == app_label);
        let every: BTreeSet<_> = own.map(|model| model.key().model).collect();
        let old_names = self.from_state.models();
        let old_names = old_names.filter(|model| model.app_label == app_label);
        let taken = old_names.map(|model| model.key().model).collect();
        let temporary = |name: &str| unused_name(&every, "former", name);
        let steps = match in_order(changes.to_vec(), taken, temporary) {
            Ok(steps) => steps,
            Err(blocked) => {
                let old = ModelKey::new(app_label, &blocked.old);
                let new = ModelKey::new(app_label, &blocked.new);
                self.refuse_taken(&old, &new.to_string());
                return;
            }
        };
        for change in changes {
            let old = ModelKey::new(app_label, &change.old);
            let new = ModelKey::new(app_label, &change.new);
            self.renamed_models.insert(old, new);
        }
        for step in &steps {
            let (old, new) = (
                ModelKey::new(app_label, &step.old),
                ModelKey::new(app_label, &step.new),
            );
            let Some(before) = self.from_state.find(&old).cloned() else {
                continue;
            };
            match self.to_state.find(&new).cloned() {
                Some(model) if steps.len() == 1 => self.generate_renamed_model(&before, &model),
                Some(model) => self.rename_model(&before, &model.name, Vec::new()),
                None => {
                    let name = format!("Former{}", before.name);
                    let is_meant = name.to_lowercase() == step.new;
                    let name = if is_meant { &name } else { &step.new };
                    self.rename_model(&before, name, Vec::new());
                }
            }
        }
    }

    /// Renames the fields that were decided about in the old state, and returns them.
    pub(super) fn decided_renamed_fields(&mut self) -> Vec<RenamedField> {
        let mut by_model: BTreeMap<ModelKey, Vec<NameChange>> = BTreeMap::new();
        for answer in self.answers.decided_renames() {
            let Some(old) = &answer.field else {
                continue;
            };
            let key = self.new_key(&answer.model);
            if let (Some(new), true) = (&answer.new, self.has_field_change(&key, old, answer)) {
                let (old, new) = (old.clone(), new.clone());
                by_model
                    .entry(key)
                    .or_default()
                    .push(NameChange { old, new });
            }
        }
        let mut renamed = Vec::new();
        for (key, changes) in by_model {
            let changes = self.unambiguous(changes, &key.to_string());
            renamed.extend(self.rename_fields(&key, changes));
        }
        renamed
    }

    /// The name that the model has now, as an answer may use the one it had.
    fn new_key(&self, key: &ModelKey) -> ModelKey {
        match self.renamed_models.get(key) {
            Some(new) if self.to_state.find(key).is_none() => new.clone(),
            _ => key.clone(),
        }
    }

    /// Whether both fields are there; a mistake if one is not.
    fn has_field_change(&mut self, key: &ModelKey, old: &str, answer: &RenameAnswer) -> bool {
        let new = answer.new.as_deref().unwrap_or_default();
        let before = self.from_state.find(key);
        let from = before.and_then(|model| model.field(old)).cloned();
        let to = self.to_state.find(key).and_then(|model| model.field(new));
        match (from, to.cloned()) {
            (None, _) if self.was_carried_out(answer) => return false,
            (None, _) => {
                self.has_no_effect(answer, &format!("the migrations have no `{key}.{old}`"));
            }
            (_, None) => {
                self.has_no_effect(answer, &format!("the models have no `{key}.{new}`"));
            }
            (Some(from), Some(to)) if !can_become(&from, &to) => {
                let (from, to) = (from.kind.class_name(), to.kind.class_name());
                let why = format!("`{key}.{old}`, a {from}, cannot become `{new}`, a {to}");
                self.has_no_effect(answer, &why);
            }
            _ => return true,
        }
        false
    }

    fn rename_fields(&mut self, key: &ModelKey, changes: Vec<NameChange>) -> Vec<RenamedField> {
        let (Some(from), Some(to)) = (
            self.from_state.find(key).cloned(),
            self.to_state.find(key).cloned(),
        ) else {
            return Vec::new();
        };
        let names = |model: &Model| {
            model
                .fields
                .iter()
                .map(|field| field.name.clone())
                .collect()
        };
        let (taken, new): (BTreeSet<String>, BTreeSet<String>) = (names(&from), names(&to));
        let every = &taken | &new;
        let temporary = |name: &str| unused_name(&every, "former_", name);
        let was_carried_out = self.were_carried_out(key, &changes);
        let steps = match in_order(changes, taken, temporary) {
            Ok(steps) => steps,
            // The models are what the migrations lead to: they make the rename already.
            Err(_) if has_same_fields(&from, &to) && was_carried_out => return Vec::new(),
            Err(blocked) => {
                let old = format!("{key}.{}", blocked.old);
                self.refuse_taken(&old, &format!("{key}.{}", blocked.new));
                return Vec::new();
            }
        };
        let steps = steps.into_iter();
        steps
            .filter_map(|step| self.rename_field(key, &to, &step))
            .collect()
    }

    fn rename_field(
        &mut self,
        key: &ModelKey,
        model: &Model,
        step: &NameChange,
    ) -> Option<RenamedField> {
        let before = self.from_state.find(key)?.clone();
        let old = before.field(&step.old)?.clone();
        let new = match model.field(&step.new) {
            Some(field) => field.clone(),
            None => Field {
                name: step.new.clone(),
                ..old.clone()
            },
        };
        let holds = |field: &&Field| {
            field.name != old.name && field.column().eq_ignore_ascii_case(&new.column())
        };
        let holder = before.columns().find(holds);
        if let (Some(holder), true) = (holder, new.has_column()) {
            let (column, old, new) = (new.column(), &old.name, &new.name);
            let message = format!("`{key}.{old}` cannot become `{new}` with the column `{column}`");
            let hint = format!(
                "`{key}.{}` has that column: change one of both in a migration of its own",
                holder.name
            );
            self.mistakes
                .push(Finding::error("rename", message).hint(hint));
        }
        self.rename_in_old_state(key, &old.name, &new);
        Some(RenamedField {
            model: model.clone(),
            old,
            new,
        })
    }

    /// The changes of which no two begin or end with the same name; the others are mistakes.
    fn unambiguous(&mut self, changes: Vec<NameChange>, owner: &str) -> Vec<NameChange> {
        let mut kept: Vec<NameChange> = Vec::new();
        for change in changes {
            if kept.contains(&change) {
                continue;
            }
            let is_twin = |other: &NameChange| other.old == change.old || other.new == change.new;
            if change.old == change.new || kept.iter().any(is_twin) {
                let NameChange { old, new } = &change;
                let message =
                    format!("`--rename {owner}.{old}={new}` contradicts itself or another one");
                self.mistakes.push(Finding::error("rename", message));
            } else {
                kept.push(change);
            }
        }
        kept
    }

    pub(super) fn refuse_taken(&mut self, old: impl std::fmt::Display, new: &str) {
        let message = format!("`{old}` cannot become `{new}`, which is there already");
        let hint = format!(
            "remove `{new}` in a migration of its own, or say what becomes of it with another `--rename`"
        );
        self.mistakes
            .push(Finding::error("rename", message).hint(hint));
    }

    pub(super) fn has_no_effect(&mut self, answer: &RenameAnswer, why: &str) {
        let message = format!("`--rename {answer}` has no effect: {why}");
        let hint = "write what the migrations have, then what the models have, as in `posts.Post.title=headline`";
        self.mistakes
            .push(Finding::error("rename", message).hint(hint));
    }
}

/// Whether both models have the same fields, in any order.
fn has_same_fields(left: &Model, right: &Model) -> bool {
    let mut fields = left.fields.iter();
    left.fields.len() == right.fields.len()
        && fields.all(|field| right.field(&field.name) == Some(field))
}

/// A name made of `prefix` and `name` that is not one of `names`.
fn unused_name(names: &BTreeSet<String>, prefix: &str, name: &str) -> String {
    let mut found = format!("{prefix}{name}");
    let mut number = 2;
    while names.contains(&found) {
        found = format!("{prefix}{name}{number}");
        number += 1;
    }
    found
}
