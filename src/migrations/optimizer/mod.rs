//! Reduces operations to fewer with the same effect (`django.db.migrations.optimizer`).
//!
//! 1. Every operation is compared with those after it, until one merges with it or is in its way.
//! 2. A pair that merges takes the place of both; then all starts again, until nothing merges.

mod merge;
mod references;

use crate::migrations::operations::Operation;
use crate::migrations::optimizer::references::AppReferences;
use crate::models::ModelKey;

/// Reduces the operations of one app.
#[derive(Clone, Copy, Debug)]
pub struct Optimizer<'o> {
    /// The label of the app.
    pub app_label: &'o str,
    /// The model of `[auth] user_model`.
    pub user_model: &'o ModelKey,
}

/// What an operation and a later one can be reduced to.
enum Reduction {
    /// These take the place of both.
    Into(Vec<Operation>),
    /// They can change places.
    Through,
    /// The first has to come before the other.
    Barrier,
}

impl Optimizer<'_> {
    /// The same operations, reduced until no two of them merge.
    pub fn optimize(&self, mut operations: Vec<Operation>) -> Vec<Operation> {
        while let Some(fewer) = self.merge_once(&operations) {
            operations = fewer;
        }
        operations
    }

    /// The operations after one merge; `None` where nothing merges.
    fn merge_once(&self, operations: &[Operation]) -> Option<Vec<Operation>> {
        for (index, operation) in operations.iter().enumerate() {
            let mut moves_right = true;
            for (other_index, other) in operations.iter().enumerate().skip(index + 1) {
                let merged = match self.reduce(operation, other) {
                    Reduction::Through => continue,
                    Reduction::Barrier => {
                        moves_right = false;
                        continue;
                    }
                    Reduction::Into(merged) => merged,
                };
                let between = &operations[index + 1..other_index];
                let moves_left = || {
                    let mut between = between.iter();
                    between.all(|found| matches!(self.reduce(found, other), Reduction::Through))
                };
                let middle = match (moves_right, merged) {
                    (true, merged) => [between, &merged].concat(),
                    (false, merged) if moves_left() => [&merged, between].concat(),
                    (false, _) => break,
                };
                let reduced = [
                    &operations[..index],
                    &middle,
                    &operations[other_index + 1..],
                ];
                let reduced = reduced.concat();
                // A pair that merges into itself would be merged for ever.
                if reduced != operations {
                    return Some(reduced);
                }
            }
        }
        None
    }

    fn reduce(&self, first: &Operation, second: &Operation) -> Reduction {
        let is_elidable =
            |operation: &Operation| matches!(operation, Operation::RunSql { elidable: true, .. });
        if is_elidable(first) {
            return Reduction::Into(vec![second.clone()]);
        }
        match merge::merged(self.references(), first, second) {
            Some(merged) => Reduction::Into(merged),
            None if is_elidable(second) => Reduction::Into(vec![first.clone()]),
            None if self.can_move_behind(first, second) => Reduction::Through,
            None => Reduction::Barrier,
        }
    }

    fn references(&self) -> AppReferences<'_> {
        AppReferences {
            app_label: self.app_label,
            user_model: self.user_model,
        }
    }

    /// Whether `first` can be moved behind `second`.
    fn can_move_behind(&self, first: &Operation, second: &Operation) -> bool {
        let references = self.references();
        match first {
            Operation::CreateModel(model) => !references.references_model(second, &model.name),
            Operation::DeleteModel { name }
            | Operation::AlterModelTable { name, .. }
            | Operation::AlterModelTableComment { name, .. }
            | Operation::AlterModelOptions { name, .. }
            | Operation::AlterUniqueTogether { name, .. } => {
                !references.references_model(second, name)
            }
            // After a rename the old name may be that of another model.
            Operation::RenameModel { old_name, new_name } => {
                !references.references_model(second, old_name)
                    && !references.references_model(second, new_name)
            }
            Operation::AddField { model, field, .. }
            | Operation::AlterField { model, field, .. } => {
                !references.references_field(second, model, &field.name)
            }
            Operation::RemoveField { model, name } => {
                !references.references_field(second, model, name)
            }
            Operation::RenameField {
                model,
                old_name,
                new_name,
            } => {
                !references.references_field(second, model, old_name)
                    && !references.references_field(second, model, new_name)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
