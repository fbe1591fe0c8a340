//! Models that move to another app: they keep their tables and rows.
//!
//! Django knows no such thing: it deletes the one model, and all its rows, and creates the other.
//! What a person would write by hand is written here.
//!
//! 1. The table gets the name that it is to have, as a change of the app that the model leaves.
//! 2. The new app takes the model into its state, without a statement.
//! 3. What refers to the model refers to it at its new place.
//! 4. The former app takes it out of its state, without a statement.

use crate::migrations::autodetector::answers::RenameAnswer;
use crate::migrations::autodetector::detector::{Autodetector, ModelKind};
use crate::migrations::autodetector::moved_model::MovedModel;
use crate::migrations::autodetector::operation_dependency::{DependencyKind, OperationDependency};
use crate::migrations::autodetector::questions::MigrationQuestion;
use crate::migrations::autodetector::renames::is_likely_same;
use crate::migrations::operations::Operation;
use crate::models::{Model, ModelKey, ModelRef, ModelSet as _};

/// What tells that a model of one app is that of another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum MoveEvidence {
    /// Both have the same table.
    Table,
    /// Both have the same name and share most fields.
    Name,
}

impl Autodetector<'_> {
    /// Moves the models that were decided about.
    pub(super) fn find_decided_moves(&mut self) {
        for answer in self
            .answers
            .decided_renames()
            .filter(|found| found.is_move())
        {
            let Some(new) = answer.new_model() else {
                continue;
            };
            if !self.is_made_already(answer, &new) {
                self.move_as_decided(answer, &new);
            }
        }
    }

    /// Whether the migrations make the move already.
    fn is_made_already(&self, answer: &RenameAnswer, new: &ModelKey) -> bool {
        let migrated = self.old_keys(ModelKind::Managed);
        !migrated.contains(&answer.model) && migrated.contains(new) && self.was_carried_out(answer)
    }

    fn move_as_decided(&mut self, answer: &RenameAnswer, new: &ModelKey) {
        let old = &answer.model;
        let (from, to) = (self.find_managed_old(old), self.find_managed_new(new));
        let why = match (&from, &to) {
            (None, _) => Some(format!("the migrations have no `{old}`")),
            (_, None) => Some(format!("the models have no `{new}`")),
            _ if self.from_state.find(new).is_some() => {
                Some(format!("the migrations have `{new}` already"))
            }
            _ if self.to_state.find(old).is_some() => {
                Some(format!("the models still have `{old}`"))
            }
            _ => None,
        };
        if let Some(why) = why {
            self.has_no_effect(answer, &why);
        } else if let (Some(before), Some(after)) = (from, to) {
            self.move_model(&before, &after);
        }
    }

    fn find_managed_old(&self, key: &ModelKey) -> Option<Model> {
        let keys = self.old_keys(ModelKind::Managed);
        keys.get(key)
            .and_then(|key| self.from_state.find(key))
            .cloned()
    }

    fn find_managed_new(&self, key: &ModelKey) -> Option<Model> {
        let keys = self.new_keys(ModelKind::Managed);
        keys.get(key)
            .and_then(|key| self.to_state.find(key))
            .cloned()
    }

    /// Asks whether models moved for which `evidence` speaks, and takes it that they did.
    pub(super) fn find_likely_moves(&mut self, evidence: MoveEvidence) {
        let old = self.old_keys(ModelKind::Managed);
        let new = self.new_keys(ModelKind::Managed);
        for key in new.difference(&old) {
            let gone = old.difference(&new);
            let gone = gone.filter(|gone| gone.app_label != key.app_label);
            let candidates: Vec<_> = gone
                .filter(|gone| self.answers.renamed_model(gone, key).is_none())
                .filter_map(|gone| self.from_state.find(gone).cloned())
                .collect();
            let Some(after) = self.to_state.find(key).cloned() else {
                continue;
            };
            let is_meant = |before: &&Model| speaks_for_move(before, &after, evidence);
            if let Some(before) = candidates.iter().find(is_meant) {
                let table = before.db_table();
                self.questions.push(MigrationQuestion::MovedModel {
                    app_label: before.app_label.clone(),
                    old: before.name.clone(),
                    new_app_label: after.app_label.clone(),
                    new: after.name.clone(),
                    table: after.has_db_table(&table).then_some(table),
                });
                self.move_model(before, &after);
            }
        }
    }

    /// Moves a model in the old state; what its table needs is an operation of the app it leaves.
    fn move_model(&mut self, before: &Model, after: &Model) {
        if after.key() == self.user_model {
            self.refuse_moved_user_model(before, after);
            return;
        }
        let mut dependencies = Vec::new();
        let mut former = before.key();
        if former.model != after.key().model {
            dependencies.push(OperationDependency::model(
                former.clone(),
                DependencyKind::AlterTable,
            ));
            former = ModelKey::new(&before.app_label, &after.name);
            if self.from_state.find(&former).is_some() {
                self.refuse_taken(before.key(), &former.to_string());
                return;
            }
            self.rename_model(before, &after.name, Vec::new());
        }
        let Some(moved) = self.from_state.find(&former).cloned() else {
            return;
        };
        if !moved.has_db_table(&after.db_table()) {
            dependencies.push(OperationDependency::model(
                former.clone(),
                DependencyKind::AlterTable,
            ));
            let operation = Operation::AlterModelTable {
                name: moved.name.clone(),
                table: Some(after.db_table()),
            };
            self.add_operation(&moved.app_label, operation, Vec::new());
        }
        let key = after.key();
        // Moving cannot fail: the old state has the old name and not the new one.
        self.from_state
            .move_model(&former, &after.app_label, &after.name)
            .ok();
        let set_table = |model: &mut Model| {
            let table = &mut model.options.db_table;
            table.clone_from(&after.options.db_table);
        };
        self.from_state.change(&key, set_table).ok();
        self.moved_models.push(MovedModel {
            former,
            former_name: moved.name,
            key,
            dependencies,
        });
    }

    /// The migrations of other apps refer to the user model by the setting, those before the move too.
    fn refuse_moved_user_model(&mut self, before: &Model, after: &Model) {
        let (old, new) = (before.key(), after.key());
        let message = format!("`{old}` cannot move to `{new}`: it is the user model");
        let hint = format!(
            "leave it in `{}`; migrations that are written refer to `[auth] user_model`",
            before.app_label
        );
        self.refuse("user-model", message, hint);
    }

    /// The operations of all models that moved.
    pub(super) fn generate_moved_models(&mut self) {
        for moved in self.moved_models.clone() {
            let Some(model) = self.from_state.find(&moved.key).cloned() else {
                continue;
            };
            self.take_into_state(&model, &moved);
            let mut dependencies = vec![OperationDependency::model(
                moved.key.clone(),
                DependencyKind::Create,
            )];
            dependencies.extend(self.redirect_references(&moved));
            dependencies.extend(self.redirect_proxies(&moved));
            let operation = Operation::DeleteModel {
                name: moved.former_name,
            };
            let operation = operation.only_in_state();
            self.add_operation(&moved.former.app_label, operation, dependencies);
        }
    }

    /// The new app has the model from now on, as it was.
    fn take_into_state(&mut self, model: &Model, moved: &MovedModel) {
        let mut dependencies = moved.dependencies.clone();
        // What made the model comes before.
        dependencies.push(OperationDependency::model(
            moved.former.clone(),
            DependencyKind::Create,
        ));
        let targets = OperationDependency::for_model(model, &self.user_model);
        let comes_along = |key: &ModelKey| {
            let mut others = self.moved_models.iter();
            others.any(|other| other.key == *key)
        };
        dependencies.extend(
            targets
                .into_iter()
                .filter(|found| !comes_along(&found.model)),
        );
        let operation = Operation::CreateModel(Box::new(model.clone())).only_in_state();
        self.add_operation(&model.app_label, operation, dependencies);
    }

    /// Alters the fields of other models that refer to the model; returns that they are altered.
    fn redirect_references(&mut self, moved: &MovedModel) -> Vec<OperationDependency> {
        let stays = |model: &&Model| {
            let mut all = self.moved_models.iter();
            !all.any(|other| model.is(&other.key))
        };
        let others: Vec<Model> = self.from_state.models().filter(stays).cloned().collect();
        let mut altered = Vec::new();
        for other in &others {
            for field in &other.fields {
                let mut kind = field.kind.clone();
                let mut references = kind.references_mut().into_iter();
                if !references.any(|found| *found == ModelRef::Named(moved.key.clone())) {
                    continue;
                }
                let operation = Operation::AlterField {
                    model: other.name.clone(),
                    field: Box::new(field.clone()),
                    preserve_default: true,
                };
                let targets = OperationDependency::for_field(field, &self.user_model);
                self.add_operation(&other.app_label, operation, targets);
                altered.push(OperationDependency::field(
                    other.key(),
                    &field.name,
                    DependencyKind::Alter,
                ));
            }
        }
        altered
    }

    /// Makes the proxies of the model again; returns that the former ones are gone.
    fn redirect_proxies(&mut self, moved: &MovedModel) -> Vec<OperationDependency> {
        let base = Some(ModelRef::Named(moved.key.clone()));
        let is_proxy = |model: &&Model| model.options.proxy_for == base;
        let proxies: Vec<Model> = self.from_state.models().filter(is_proxy).cloned().collect();
        for proxy in &proxies {
            self.recreate_proxy(proxy);
        }
        let removed = proxies
            .iter()
            .map(|proxy| OperationDependency::model(proxy.key(), DependencyKind::Remove));
        removed.collect()
    }
}

fn speaks_for_move(before: &Model, after: &Model, evidence: MoveEvidence) -> bool {
    match evidence {
        MoveEvidence::Table => after.has_db_table(&before.db_table()),
        MoveEvidence::Name => {
            before.key().model == after.key().model && is_likely_same(before, after)
        }
    }
}
