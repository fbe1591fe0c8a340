//! Fields that are added, removed or altered.

use std::collections::BTreeSet;

use crate::migrations::autodetector::answers::DefaultAnswer;
use crate::migrations::autodetector::default_answer::check_default;
use crate::migrations::autodetector::detector::Autodetector;
use crate::migrations::autodetector::operation_dependency::{DependencyKind, OperationDependency};
use crate::migrations::autodetector::questions::MigrationQuestion;
use crate::migrations::operations::Operation;
use crate::models::{Field, FieldDefault, FieldKind, Literal, Model, ModelSet as _};

impl Autodetector<'_> {
    pub(super) fn generate_removed_fields(&mut self) {
        for (old, new) in self.kept_models() {
            for field in lacking(&old, &new) {
                self.remove(&new, field);
            }
        }
    }

    pub(super) fn generate_added_fields(&mut self) {
        for (old, new) in self.kept_models() {
            for field in lacking(&new, &old) {
                self.add_field(&new, field, &old);
            }
        }
    }

    pub(super) fn generate_altered_fields(&mut self) {
        for (old, new) in self.kept_models() {
            for name in self.in_order_of_columns(&old, &new) {
                let (Some(before), Some(after)) = (old.field(&name), new.field(&name)) else {
                    continue;
                };
                if before == after {
                    continue;
                }
                if is_alterable(before, after) {
                    self.alter(&old, &new, after);
                } else {
                    self.remove(&new, before);
                    self.add_field(&new, after, &old);
                }
            }
        }
    }

    fn remove(&mut self, model: &Model, field: &Field) {
        let mut dependencies = vec![OperationDependency::field(
            model.key(),
            &field.name,
            DependencyKind::ReleaseUniqueTogether,
        )];
        dependencies.extend(self.leaving_the_key(model, field));
        if field.has_column() {
            dependencies.extend(self.columns_to_come(model));
        }
        let operation = Operation::RemoveField {
            model: model.name.clone(),
            name: field.name.clone(),
        };
        self.add_operation(&model.app_label, operation, dependencies);
    }

    /// A field goes after the key of several fields that it is part of, or that key without it.
    fn leaving_the_key(&self, model: &Model, field: &Field) -> Vec<OperationDependency> {
        let key = |model: &Model| model.primary_key().cloned();
        let before = self.from_state.find(&model.key()).and_then(key);
        let Some(before) = before.filter(|key| key_fields(key).contains(&field.name)) else {
            return Vec::new();
        };
        let done = [DependencyKind::Remove, DependencyKind::Alter];
        done.map(|kind| OperationDependency::field(model.key(), &before.name, kind))
            .to_vec()
    }

    /// A table has a column at any time: where none of them stays, the new ones come first.
    fn columns_to_come(&self, model: &Model) -> Vec<OperationDependency> {
        let Some(before) = self.from_state.find(&model.key()) else {
            return Vec::new();
        };
        let is_old = |field: &Field| before.field(&field.name).is_some_and(Field::has_column);
        if model.columns().any(is_old) {
            return Vec::new();
        }
        let is_free = |field: &&Field| {
            let column = field.column();
            !before
                .columns()
                .any(|old| old.column().eq_ignore_ascii_case(&column))
        };
        let new = model.columns().filter(is_free);
        new.map(|field| {
            OperationDependency::field(model.key(), &field.name, DependencyKind::Create)
        })
        .collect()
    }

    /// A reference comes after the field that it refers to; links come after the keys of both ends.
    fn new_keys_of(&self, model: &Model, field: &Field) -> Vec<OperationDependency> {
        let to_field = field.relation().and_then(|found| found.to_field.as_deref());
        let target = field.kind.target().and_then(|to| self.to_state.target(to));
        let own = field.many_to_many().map(|_| model);
        let referred = target.into_iter().chain(own).filter_map(|model| {
            let key = model.primary_key().map(|key| key.name.as_str());
            let name = to_field.or(key)?;
            let before = self.from_state.find(&model.key())?;
            is_made(name, before, model)
                .then(|| OperationDependency::field(model.key(), name, DependencyKind::Create))
        });
        referred.collect()
    }

    /// A key of several fields comes after those that are new.
    fn joining_the_key(field: &Field, model: &Model, before: &Model) -> Vec<OperationDependency> {
        let names = key_fields(field).iter();
        let new = names.filter(|name| is_made(name, before, model));
        new.map(|name| OperationDependency::field(model.key(), name, DependencyKind::Create))
            .collect()
    }

    fn add_field(&mut self, model: &Model, field: &Field, before: &Model) {
        let mut dependencies = vec![OperationDependency::field(
            model.key(),
            &field.name,
            DependencyKind::Remove,
        )];
        dependencies.extend(OperationDependency::for_field(field, &self.user_model));
        dependencies.extend(self.new_keys_of(model, field));
        dependencies.extend(Self::joining_the_key(field, model, before));
        if let Some((expression, _)) = field.generated() {
            for name in expression.fields() {
                if is_made(&name, before, model) {
                    dependencies.push(OperationDependency::field(
                        model.key(),
                        &name,
                        DependencyKind::Create,
                    ));
                }
            }
        }
        let mut field = field.clone();
        let preserve_default = has_value_for_old_rows(&field);
        if !preserve_default {
            field.default = self.default_for(model, &field, false);
        }
        // What the database gives may differ from row to row.
        let shares_one = field.is_unique() && field.default.is_some();
        if shares_one && !field.primary_key {
            self.warnings.push(format!(
                "`{}.{}.{}` is unique, and all existing rows get the same value: add it with `null = true` and no default, fill it, then alter it",
                model.app_label, model.name, field.name
            ));
        }
        let operation = Operation::AddField {
            model: model.name.clone(),
            field: Box::new(field),
            preserve_default,
        };
        self.add_operation(&model.app_label, operation, dependencies);
    }

    fn alter(&mut self, old: &Model, model: &Model, after: &Field) {
        let Some(before) = old.field(&after.name) else {
            return;
        };
        let mut field = after.clone();
        let mut preserve_default = true;
        let loses_null = before.null && !after.null;
        let has_default = after.default.is_some() || after.db_default.is_some();
        let has_column = after.many_to_many().is_none() && after.generated().is_none();
        if loses_null && !has_default && has_column {
            field.default = self.default_for(model, after, true);
            preserve_default = field.default.is_none();
        }
        let mut dependencies = OperationDependency::for_field(after, &self.user_model);
        dependencies.extend(self.new_keys_of(model, after));
        dependencies.extend(Self::joining_the_key(after, model, old));
        let operation = Operation::AlterField {
            model: model.name.clone(),
            field: Box::new(field),
            preserve_default,
        };
        self.add_operation(&model.app_label, operation, dependencies);
    }

    /// The default that existing rows get; a question, if nobody has decided yet.
    fn default_for(
        &mut self,
        model: &Model,
        field: &Field,
        had_null: bool,
    ) -> Option<FieldDefault> {
        self.used_defaults.insert((model.key(), field.name.clone()));
        match self.answers.default_of(&model.key(), &field.name) {
            Some(DefaultAnswer::Value(default)) => {
                self.mistakes.extend(check_default(field, default).err());
                Some(default.clone())
            }
            Some(DefaultAnswer::NotNeeded) if had_null => None,
            _ => {
                self.questions.push(MigrationQuestion::Default {
                    app_label: model.app_label.clone(),
                    model: model.name.clone(),
                    field: Box::new(field.clone()),
                    had_null,
                });
                // Nothing is written while there are questions, so that this value is never seen.
                Some(FieldDefault::Value(Literal::Integer(0)))
            }
        }
    }
}

/// The names of the fields that a key of several consists of; none of any other field.
fn key_fields(field: &Field) -> &[String] {
    match &field.kind {
        FieldKind::CompositePrimaryKey { fields } => fields,
        _ => &[],
    }
}

/// The fields that `other` lacks, by name.
fn lacking<'m>(model: &'m Model, other: &Model) -> Vec<&'m Field> {
    let names: BTreeSet<_> = other.fields.iter().map(|field| &field.name).collect();
    let fields = model.fields.iter();
    let mut fields: Vec<_> = fields
        .filter(|field| !names.contains(&field.name))
        .collect();
    fields.sort_by(|left, right| left.name.cmp(&right.name));
    fields
}

/// Whether existing rows get a value without a decision.
fn has_value_for_old_rows(field: &Field) -> bool {
    let is_stamped = match &field.kind {
        FieldKind::Date(stamp) | FieldKind::DateTime(stamp) | FieldKind::Time(stamp) => {
            stamp.auto_now
        }
        _ => false,
    };
    field.null
        || field.default.is_some()
        || field.db_default.is_some()
        || !field.has_column()
        || field.generated().is_some()
        || field.kind.is_auto()
        || field.blank && field.kind.allows_empty_strings()
        || is_stamped
}

/// Whether `model` gets a field of this name: one that is new, or that is removed and made again.
fn is_made(name: &str, before: &Model, model: &Model) -> bool {
    match (before.field(name), model.field(name)) {
        (Some(old), Some(new)) => old != new && !is_alterable(old, new),
        (old, _) => old.is_none(),
    }
}

/// Whether `AlterField` can make the new field of the old one.
///
/// A field that the database computes is removed and added again: Django writes an alteration that
/// its own `migrate` then refuses.
fn is_alterable(before: &Field, after: &Field) -> bool {
    let many = |field: &Field| field.many_to_many().is_some();
    let computed = before.generated().is_some() || after.generated().is_some();
    let has_column = before.has_column() == after.has_column() || many(before) && many(after);
    let same_schema = before.schema_attributes() == after.schema_attributes();
    many(before) == many(after) && has_column && (!computed || same_schema)
}
