//! Pairs of operations that merge into fewer.

use crate::migrations::operations::Operation;
use crate::migrations::optimizer::references::{AppReferences, same_name};
use crate::models::{Field, Model, ProjectState};

/// What takes the place of `first` and the later `second`; `None` where they do not merge.
pub(super) fn merged(
    app: AppReferences<'_>,
    first: &Operation,
    second: &Operation,
) -> Option<Vec<Operation>> {
    if let Operation::CreateModel(model) = first {
        return merge_into_create(app, model, second);
    }
    let same_model = matches!(
        (first.model_name(), second.model_name()),
        (Some(first), Some(second)) if same_name(first, second)
    );
    if let (
        Operation::RenameModel { old_name, new_name },
        Operation::RenameModel {
            old_name: between,
            new_name: last,
        },
    ) = (first, second)
    {
        return same_name(new_name, between).then(|| {
            vec![Operation::RenameModel {
                old_name: old_name.clone(),
                new_name: last.clone(),
            }]
        });
    }
    if !same_model {
        return None;
    }
    match second {
        Operation::DeleteModel { .. } => {
            let is_lost = is_option(first) || matches!(first, Operation::RemoveField { .. });
            is_lost.then(|| vec![second.clone()])
        }
        _ if is_option(first) => {
            let again = std::mem::discriminant(first) == std::mem::discriminant(second);
            again.then(|| vec![second.clone()])
        }
        _ => merge_field(first, second).or_else(|| merge_index(first, second)),
    }
}

/// Whether it sets an option of a model, of which only the last value counts.
fn is_option(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::AlterModelTable { .. }
            | Operation::AlterModelTableComment { .. }
            | Operation::AlterModelOptions { .. }
            | Operation::AlterUniqueTogether { .. }
    )
}

/// Merges the creation of `model` with `second`.
fn merge_into_create(
    app: AppReferences<'_>,
    model: &Model,
    second: &Operation,
) -> Option<Vec<Operation>> {
    if !same_name(second.model_name()?, &model.name) {
        return None;
    }
    if let Operation::DeleteModel { .. } = second {
        return model.options.proxy_for.is_none().then(Vec::new);
    }
    let mut state = ProjectState::new(app.user_model.clone());
    state.add(model.clone()).ok()?;
    second.state_forwards(app.app_label, &mut state).ok()?;
    let mut model = state.models().next()?.clone();
    if let Operation::RemoveField { name, .. } = second {
        let sets = &mut model.options.unique_together;
        sets.retain(|fields| !fields.contains(name));
    }
    Some(vec![Operation::CreateModel(Box::new(model))])
}

/// Merges two operations on one field.
fn merge_field(first: &Operation, second: &Operation) -> Option<Vec<Operation>> {
    if let (
        Operation::RenameField {
            model,
            old_name,
            new_name,
        },
        Operation::RenameField {
            old_name: between,
            new_name: last,
            ..
        },
    ) = (first, second)
    {
        return same_name(new_name, between).then(|| {
            vec![Operation::RenameField {
                model: model.clone(),
                old_name: old_name.clone(),
                new_name: last.clone(),
            }]
        });
    }
    if !same_name(first.field_name()?, second.field_name()?) {
        return None;
    }
    match (first, second) {
        (Operation::AddField { .. }, Operation::RemoveField { .. }) => Some(Vec::new()),
        (
            Operation::AddField {
                model,
                field,
                preserve_default,
            },
            _,
        ) => merge_into_add(model, field, *preserve_default, second),
        (
            Operation::AlterField { .. },
            Operation::AlterField { .. } | Operation::RemoveField { .. },
        ) => Some(vec![second.clone()]),
        (
            Operation::AlterField {
                model,
                field,
                preserve_default,
            },
            Operation::RenameField { new_name, .. },
        ) if field.db_column.is_none() => Some(vec![
            second.clone(),
            Operation::AlterField {
                model: model.clone(),
                field: Box::new(renamed(field, new_name)),
                preserve_default: *preserve_default,
            },
        ]),
        _ => None,
    }
}

/// Merges the addition of `field` with `second`.
fn merge_into_add(
    model: &str,
    field: &Field,
    preserve_default: bool,
    second: &Operation,
) -> Option<Vec<Operation>> {
    let (field, preserve_default) = match second {
        Operation::AlterField {
            field: altered,
            preserve_default: preserved,
            ..
        } => {
            let mut altered = (**altered).clone();
            let lacks_default = altered.default.is_none() && !altered.null;
            // What existing rows get is still needed, and Django forgets it here.
            if lacks_default && !preserve_default && altered.many_to_many().is_none() {
                altered.default.clone_from(&field.default);
                (altered, false)
            } else {
                (altered, *preserved)
            }
        }
        Operation::RenameField { new_name, .. } => (renamed(field, new_name), preserve_default),
        _ => return None,
    };
    Some(vec![Operation::AddField {
        model: model.to_owned(),
        field: Box::new(field),
        preserve_default,
    }])
}

fn renamed(field: &Field, name: &str) -> Field {
    Field {
        name: name.to_owned(),
        ..field.clone()
    }
}

/// Merges two operations on one index or constraint.
fn merge_index(first: &Operation, second: &Operation) -> Option<Vec<Operation>> {
    match (first, second) {
        (Operation::AddIndex { index, .. }, Operation::RemoveIndex { name, .. })
            if index.name.as_ref() == Some(name) =>
        {
            Some(Vec::new())
        }
        (
            Operation::AddIndex { model, index },
            Operation::RenameIndex {
                old_name, new_name, ..
            },
        ) if index.name.as_ref() == Some(old_name) => {
            let mut index = index.clone();
            index.name = Some(new_name.clone());
            let model = model.clone();
            Some(vec![Operation::AddIndex { model, index }])
        }
        (
            Operation::RenameIndex {
                model,
                old_name,
                new_name,
            },
            Operation::RenameIndex {
                old_name: between,
                new_name: last,
                ..
            },
        ) if new_name == between => Some(vec![Operation::RenameIndex {
            model: model.clone(),
            old_name: old_name.clone(),
            new_name: last.clone(),
        }]),
        _ => merge_constraint(first, second),
    }
}

fn merge_constraint(first: &Operation, second: &Operation) -> Option<Vec<Operation>> {
    let (Operation::AddConstraint { constraint, .. }
    | Operation::AlterConstraint { constraint, .. }) = first
    else {
        return None;
    };
    let is_added = matches!(first, Operation::AddConstraint { .. });
    match second {
        Operation::RemoveConstraint { name, .. } if constraint.name == *name => Some(if is_added {
            Vec::new()
        } else {
            vec![second.clone()]
        }),
        Operation::AlterConstraint {
            model,
            constraint: altered,
        } if altered.name == constraint.name => Some(vec![if is_added {
            Operation::AddConstraint {
                model: model.clone(),
                constraint: altered.clone(),
            }
        } else {
            second.clone()
        }]),
        _ => None,
    }
}
