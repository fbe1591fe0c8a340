//! Models and fields that were most likely renamed.
//!
//! Django asks only where nothing but the name differs. Here it is asked also if something else was
//! altered at the same time: removing a column that was meant to be renamed would lose its values.

use crate::migrations::autodetector::detector::{Autodetector, ModelKind};
use crate::migrations::autodetector::operation_dependency::OperationDependency;
use crate::migrations::autodetector::questions::MigrationQuestion;
use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey, ModelSet as _};

/// How similar two models or fields of different names are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum RenameSimilarity {
    /// Only the names differ.
    Same,
    /// Something else differs too.
    Similar,
}

/// A field that is to be renamed.
#[derive(Clone, Debug)]
pub(super) struct RenamedField {
    pub(super) model: Model,
    pub(super) old: Field,
    pub(super) new: Field,
}

impl Autodetector<'_> {
    /// Finds renamed models, and renames them in the old state.
    pub(super) fn generate_renamed_models(&mut self) {
        for similarity in [RenameSimilarity::Same, RenameSimilarity::Similar] {
            let new: Vec<_> = self.new_keys(ModelKind::Managed).into_iter().collect();
            for key in new {
                self.rename_to(&key, similarity);
            }
        }
    }

    fn rename_to(&mut self, key: &ModelKey, similarity: RenameSimilarity) {
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
            let decided = self.answers.renamed_model(&old, &new);
            // A table that changes hands is asked about however different the models are.
            let shares_table = before.has_db_table(&model.db_table());
            let found = model_similarity(&before, &model)
                .or(shares_table.then_some(RenameSimilarity::Similar));
            if decided.is_none() && found == Some(similarity) {
                self.questions.push(MigrationQuestion::RenamedModel {
                    app_label: model.app_label.clone(),
                    old: before.name.clone(),
                    new: model.name.clone(),
                });
                self.generate_renamed_model(&before, &model);
                return;
            }
        }
    }

    pub(super) fn generate_renamed_model(&mut self, before: &Model, model: &Model) {
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
        self.rename_model(before, &model.name, dependencies);
    }

    /// Renames a model, in the old state too.
    pub(super) fn rename_model(
        &mut self,
        before: &Model,
        name: &str,
        dependencies: Vec<OperationDependency>,
    ) {
        let operation = Operation::RenameModel {
            old_name: before.name.clone(),
            new_name: name.to_owned(),
        };
        self.add_operation(&before.app_label, operation, dependencies);
        // Renaming cannot fail: the old state has the old name and not the new one.
        self.from_state.rename_model(&before.key(), name).ok();
    }

    /// Finds renamed fields, and renames them in the old state.
    pub(super) fn create_renamed_fields(&mut self) -> Vec<RenamedField> {
        let mut renamed = self.decided_renamed_fields();
        for similarity in [RenameSimilarity::Same, RenameSimilarity::Similar] {
            for (old, new) in self.kept_models() {
                self.match_fields_of(&old, &new, similarity, &mut renamed);
            }
        }
        renamed
    }

    fn match_fields_of(
        &mut self,
        old: &Model,
        new: &Model,
        similarity: RenameSimilarity,
        renamed: &mut Vec<RenamedField>,
    ) {
        let mut removed = sorted(&old.fields, new);
        for field in sorted(&new.fields, old) {
            let found = removed
                .iter()
                .position(|before| self.is_renamed(new, before, &field, similarity));
            let Some(index) = found else {
                continue;
            };
            let before = removed.remove(index);
            self.rename_in_old_state(&new.key(), &before.name, &field);
            renamed.push(RenamedField {
                model: new.clone(),
                old: before,
                new: field,
            });
        }
    }

    /// Gives the field `old` of the old state the name and the column of `new`.
    pub(super) fn rename_in_old_state(&mut self, key: &ModelKey, old: &str, new: &Field) {
        self.from_state.rename_field(key, old, &new.name).ok();
        let set_column = |model: &mut Model| {
            if let Some(found) = model.field_mut(&new.name) {
                found.db_column.clone_from(&new.db_column);
            }
        };
        self.from_state.change(key, set_column).ok();
    }

    fn is_renamed(
        &mut self,
        model: &Model,
        old: &Field,
        new: &Field,
        similarity: RenameSimilarity,
    ) -> bool {
        let decided = self
            .answers
            .renamed_field(&model.key(), &old.name, &new.name);
        if decided.is_some() || field_similarity(old, new) != Some(similarity) {
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
                // The column is renamed first, so that the new name of the field does not change it.
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

fn field_similarity(old: &Field, new: &Field) -> Option<RenameSimilarity> {
    let keeps_column = new.db_column == Some(old.column());
    if nameless(old) == nameless(new) && (old.db_column == new.db_column || keeps_column) {
        return Some(RenameSimilarity::Same);
    }
    let same_kind = old.kind.class_name() == new.kind.class_name();
    let same_target = old.kind.target() == new.kind.target();
    let computed = old.generated().is_some();
    (same_kind && same_target && !computed && can_become(old, new))
        .then_some(RenameSimilarity::Similar)
}

/// Whether renaming and altering can make the new field of the old one.
pub(super) fn can_become(old: &Field, new: &Field) -> bool {
    old.many_to_many().is_some() == new.many_to_many().is_some()
}

/// Whether most fields of the two models are the same.
pub(super) fn is_likely_same(old: &Model, new: &Model) -> bool {
    model_similarity(old, new).is_some()
}

fn model_similarity(old: &Model, new: &Model) -> Option<RenameSimilarity> {
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
    (shared > 0 && shared * 2 >= most).then_some(RenameSimilarity::Similar)
}
