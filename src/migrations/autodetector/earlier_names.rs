//! The names that models and fields have had in the migrations.
//!
//! The options of a run that is repeated do no harm: what they decide stands in the migrations. A decision
//! about what never was there is a mistake, and only the migrations tell the one from the other.

use crate::migrations::History;
use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey};

/// A model by its name, or one of its fields.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct PartName {
    pub(super) model: ModelKey,
    pub(super) field: Option<String>,
}

impl PartName {
    fn of_field(model: &ModelKey, field: &str) -> Self {
        Self {
            model: model.clone(),
            field: Some(field.to_owned()),
        }
    }
}

/// A model or a field, from the migration that makes it on.
#[derive(Clone, Debug)]
struct Part {
    /// Its names, the first one first; never empty.
    names: Vec<PartName>,
    is_removed: bool,
    /// Whether the migration that makes it leaves the database alone.
    is_only_in_state: bool,
    /// Whether a column may hold nulls.
    is_null: bool,
    /// Whether a migration says what the rows got that were there.
    decides_rows: bool,
}

impl Part {
    fn is_now(&self, name: &PartName) -> bool {
        !self.is_removed && self.names.last() == Some(name)
    }

    fn is_of(&self, model: &ModelKey) -> bool {
        let last = self.names.last();
        !self.is_removed && last.is_some_and(|name| name.model == *model)
    }
}

/// What the migrations made, with all names that it had.
#[derive(Clone, Debug, Default)]
pub(super) struct EarlierNames {
    parts: Vec<Part>,
}

impl EarlierNames {
    /// What all migrations of `history` made.
    pub(super) fn of(history: &History<'_>) -> Self {
        let mut names = Self::default();
        for key in history.order() {
            let migration = history.migrations.get(&key);
            for operation in migration.iter().flat_map(|found| &found.operations) {
                names.follow(&key.app_label, operation, false);
            }
        }
        names
    }

    /// Whether the migrations had this model or field at any time.
    pub(super) fn had(&self, name: &PartName) -> bool {
        self.parts.iter().any(|part| part.names.contains(name))
    }

    /// Whether a model or field had the name `old`, and later `new`; the model of a field may be called as it
    /// was then, or as it was later.
    pub(super) fn became(&self, old: &PartName, new: &PartName) -> bool {
        let is_same = |found: &PartName, wanted: &PartName| match wanted.field {
            Some(_) => found.field == wanted.field,
            None => found == wanted,
        };
        self.parts.iter().any(|part| {
            let about = |name: &PartName| name.model == old.model || name.model == new.model;
            let mut names = part.names.iter();
            part.names.iter().any(about)
                && names.any(|name| is_same(name, old))
                && names.any(|name| is_same(name, new))
        })
    }

    /// Whether a migration says what the rows got in this field that were there.
    pub(super) fn decides_rows(&self, model: &ModelKey, field: &str) -> bool {
        let name = PartName::of_field(model, field);
        let mut parts = self.parts.iter();
        parts.any(|part| part.decides_rows && part.is_now(&name))
    }

    fn follow(&mut self, app_label: &str, operation: &Operation, only_in_state: bool) {
        let key = |name: &str| ModelKey::new(app_label, name);
        match operation {
            Operation::CreateModel(model) => self.create(model, app_label, only_in_state),
            Operation::DeleteModel { name } => self.delete(&key(name), only_in_state),
            Operation::RenameModel { old_name, new_name } => {
                self.rename_model(&key(old_name), &key(new_name));
            }
            Operation::AddField {
                model,
                field,
                preserve_default,
            } => {
                self.start_field(&key(model), field);
                self.alter(&key(model), field, *preserve_default);
            }
            Operation::AlterField {
                model,
                field,
                preserve_default,
            } => self.alter(&key(model), field, *preserve_default),
            Operation::RemoveField { model, name } => {
                let name = PartName::of_field(&key(model), name);
                self.change(&name, |part| part.is_removed = true);
            }
            Operation::RenameField {
                model,
                old_name,
                new_name,
            } => {
                let new = PartName::of_field(&key(model), new_name);
                let old = PartName::of_field(&key(model), old_name);
                self.change(&old, |part| part.names.push(new));
            }
            Operation::SeparateDatabaseAndState {
                database_operations,
                state_operations,
            } => {
                let only_in_state = database_operations.is_empty();
                for operation in state_operations {
                    self.follow(app_label, operation, only_in_state);
                }
            }
            _ => {}
        }
    }

    fn change(&mut self, name: &PartName, change: impl FnOnce(&mut Part)) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.is_now(name)) {
            change(part);
        }
    }

    fn start(&mut self, name: PartName, is_null: bool, is_only_in_state: bool) {
        self.parts.push(Part {
            names: vec![name],
            is_removed: false,
            is_only_in_state,
            is_null,
            decides_rows: false,
        });
    }

    fn start_field(&mut self, model: &ModelKey, field: &Field) {
        self.start(PartName::of_field(model, &field.name), field.null, false);
    }

    fn create(&mut self, model: &Model, app_label: &str, only_in_state: bool) {
        let key = ModelKey::new(app_label, &model.name);
        for field in &model.fields {
            self.start_field(&key, field);
        }
        let name = PartName {
            model: key,
            field: None,
        };
        self.start(name, false, only_in_state);
    }

    /// A model that is deleted in the state alone, and made so in another app, moved there.
    fn delete(&mut self, key: &ModelKey, only_in_state: bool) {
        let is_arrival = |part: &&Part| {
            let name = part.names.last();
            part.is_only_in_state
                && !part.is_removed
                && name.is_some_and(|name| {
                    name.field.is_none() && name.model.model == key.model && name.model != *key
                })
        };
        let arrival = self.parts.iter().find(is_arrival);
        let arrival = arrival.and_then(|part| part.names.last().cloned());
        for part in self.parts.iter_mut().filter(|part| part.is_of(key)) {
            let is_model = part.names.last().is_some_and(|name| name.field.is_none());
            let moved = arrival.clone().filter(|_| is_model && only_in_state);
            part.names.extend(moved);
            part.is_removed = true;
        }
    }

    fn rename_model(&mut self, old: &ModelKey, new: &ModelKey) {
        for part in self.parts.iter_mut().filter(|part| part.is_of(old)) {
            let field = part.names.last().and_then(|name| name.field.clone());
            let model = new.clone();
            part.names.push(PartName { model, field });
        }
    }

    fn alter(&mut self, model: &ModelKey, field: &Field, preserve_default: bool) {
        let has_default = field.default.is_some() || field.db_default.is_some();
        self.change(&PartName::of_field(model, &field.name), |part| {
            let loses_null = part.is_null && !field.null;
            part.decides_rows |= !preserve_default || loses_null && !has_default;
            part.is_null = field.null;
        });
    }
}
