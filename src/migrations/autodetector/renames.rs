//! Models and fields that most likely changed their names alone.
//!
//! Django asks where nothing but the name differs. Here a change beside the
//! new name does not hide it: dropping a column that was meant to be renamed
//! would lose what is in it.

use crate::migrations::autodetector::detector::{Autodetector, ModelKind};
use crate::migrations::autodetector::operation_dependency::OperationDependency;
use crate::migrations::autodetector::questions::MigrationQuestion;
use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey, ModelSet as _};

/// How alike two things are under different names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum RenameSimilarity {
    Same,
    Alike,
}

/// A field that is to be renamed.
#[derive(Clone, Debug)]
pub(super) struct RenamedField {
    model: Model,
    old: Field,
    new: Field,
}

impl Autodetector<'_> {
    /// Renames models, and lets the old side follow.
    pub(super) fn generate_renamed_models(&mut self) {
        for likeness in [RenameSimilarity::Same, RenameSimilarity::Alike] {
            let new: Vec<_> = self.new_keys(ModelKind::Managed).into_iter().collect();
            for key in new {
                self.rename_to(&key, likeness);
            }
        }
    }

    fn rename_to(&mut self, key: &ModelKey, likeness: RenameSimilarity) {
        let old = self.old_keys(ModelKind::Managed);
        if old.contains(key) {
            return;
        }
        let new = self.new_keys(ModelKind::Managed);
        let Some(model) = self.to_state.find(key).cloned() else {
            return;
        };
        let removed = old
            .difference(&new)
            .filter(|old| old.app_label == key.app_label);
        let removed: Vec<_> = removed
            .filter_map(|key| self.from_state.find(key).cloned())
            .collect();
        for before in removed {
            let (old, new) = (before.key(), model.key());
            let decided = self.answers.renamed(&old, None, &new.model);
            let is_likely = decided.is_none() && model_likeness(&before, &model) == Some(likeness);
            if is_likely {
                self.questions.push(MigrationQuestion::RenamedModel {
                    app_label: model.app_label.clone(),
                    old: before.name.clone(),
                    new: model.name.clone(),
                });
            }
            if decided == Some(true) || is_likely {
                self.generate_renamed_model(&before, &model);
                return;
            }
        }
    }

    fn generate_renamed_model(&mut self, before: &Model, model: &Model) {
        let mut dependencies = OperationDependency::for_model(model, &self.user_model);
        for other in self.to_state.models() {
            for field in &other.fields {
                let to = field.kind.target();
                let refers = |key: &ModelKey| *key == model.key();
                if to.is_some_and(|to| refers(to.resolve(&self.user_model))) {
                    let kind = super::operation_dependency::DependencyKind::Create;
                    dependencies.push(OperationDependency::model(other.key(), kind));
                }
            }
        }
        let operation = Operation::RenameModel {
            old_name: before.name.clone(),
            new_name: model.name.clone(),
        };
        self.add_operation(&model.app_label, operation, dependencies);
        // The old name is there and the new one is not: both were looked at.
        self.from_state
            .rename_model(&before.key(), &model.name)
            .ok();
    }

    /// Decides which fields are renamed, and lets the old side follow.
    pub(super) fn create_renamed_fields(&mut self) -> Vec<RenamedField> {
        let mut renamed = Vec::new();
        for likeness in [RenameSimilarity::Same, RenameSimilarity::Alike] {
            for (old, new) in self.kept_models() {
                self.match_fields_of(&old, &new, likeness, &mut renamed);
            }
        }
        renamed
    }

    fn match_fields_of(
        &mut self,
        old: &Model,
        new: &Model,
        likeness: RenameSimilarity,
        renamed: &mut Vec<RenamedField>,
    ) {
        let mut removed = sorted(&old.fields, new);
        for field in sorted(&new.fields, old) {
            let found = removed
                .iter()
                .position(|before| self.is_renamed(new, before, &field, likeness));
            let Some(index) = found else {
                continue;
            };
            let before = removed.remove(index);
            self.from_state
                .rename_field(&new.key(), &before.name, &field.name)
                .ok();
            let db_column = field.db_column.clone();
            let set_column = |model: &mut Model| {
                if let Some(found) = model.field_mut(&field.name) {
                    found.db_column = db_column;
                }
            };
            self.from_state.change(&new.key(), set_column).ok();
            renamed.push(RenamedField {
                model: new.clone(),
                old: before,
                new: field,
            });
        }
    }

    fn is_renamed(
        &mut self,
        model: &Model,
        old: &Field,
        new: &Field,
        likeness: RenameSimilarity,
    ) -> bool {
        let decided = self
            .answers
            .renamed(&model.key(), Some(&old.name), &new.name);
        if let Some(decided) = decided {
            return decided && can_become(old, new);
        }
        if field_likeness(old, new) != Some(likeness) {
            return false;
        }
        self.questions.push(MigrationQuestion::RenamedField {
            app_label: model.app_label.clone(),
            model: model.name.clone(),
            old: old.name.clone(),
            field: Box::new(new.clone()),
        });
        true
    }

    pub(super) fn generate_renamed_fields(&mut self, renamed: Vec<RenamedField>) {
        for RenamedField { model, old, new } in renamed {
            let (label, model) = (model.app_label, model.name);
            if old.db_column != new.db_column {
                // The column gets its name first, so that the new name of the field changes nothing.
                let mut field = old.clone();
                field.db_column.clone_from(&new.db_column);
                let operation = Operation::AlterField {
                    model: model.clone(),
                    field: Box::new(field),
                    preserve_default: true,
                };
                self.add_operation(&label, operation, Vec::new());
            }
            let operation = Operation::RenameField {
                model,
                old_name: old.name,
                new_name: new.name,
            };
            self.add_operation(&label, operation, Vec::new());
        }
    }
}

/// The fields that `other` lacks, by name.
fn sorted(fields: &[Field], other: &Model) -> Vec<Field> {
    let lacking = |field: &&Field| other.field(&field.name).is_none();
    let mut fields: Vec<_> = fields.iter().filter(lacking).cloned().collect();
    fields.sort_by(|left, right| left.name.cmp(&right.name));
    fields
}

/// The field without its name and its column.
fn nameless(field: &Field) -> Field {
    Field {
        name: String::new(),
        db_column: None,
        ..field.clone()
    }
}

fn field_likeness(old: &Field, new: &Field) -> Option<RenameSimilarity> {
    let keeps_column = new.db_column == Some(old.column());
    if nameless(old) == nameless(new) && (old.db_column == new.db_column || keeps_column) {
        return Some(RenameSimilarity::Same);
    }
    let same_kind = old.kind.class_name() == new.kind.class_name();
    let same_target = old.kind.target() == new.kind.target();
    let computed = old.generated().is_some();
    (same_kind && same_target && !computed && can_become(old, new))
        .then_some(RenameSimilarity::Alike)
}

/// Whether there is a way from one to the other without losing it.
fn can_become(old: &Field, new: &Field) -> bool {
    old.many_to_many().is_some() == new.many_to_many().is_some()
}

fn model_likeness(old: &Model, new: &Model) -> Option<RenameSimilarity> {
    let definitions = |model: &Model| {
        let mut fields = model.fields.clone();
        fields.sort_by(|left, right| left.name.cmp(&right.name));
        let fields = fields.into_iter().map(|mut field| {
            for reference in field.kind.references_mut() {
                *reference = crate::models::ModelRef::UserModel;
            }
            field
        });
        fields.collect::<Vec<_>>()
    };
    if definitions(old) == definitions(new) {
        return Some(RenameSimilarity::Same);
    }
    let shared = |field: &&Field| {
        let same = |other: &Field| other.kind.class_name() == field.kind.class_name();
        !field.auto_created && old.field(&field.name).is_some_and(same)
    };
    let count = |model: &Model| {
        model
            .fields
            .iter()
            .filter(|field| !field.auto_created)
            .count()
    };
    let shared = new.fields.iter().filter(shared).count();
    let most = count(old).max(count(new));
    (shared > 0 && shared * 2 >= most).then_some(RenameSimilarity::Alike)
}
