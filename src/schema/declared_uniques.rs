//! What a model says is unique.

use crate::models::{ConstraintKind, Model};

/// Whether the model has a field, or a set of fields, that is unique over just these columns.
pub(super) fn declares_unique(model: &Model, columns: &[String]) -> bool {
    let is_set = |names: &Vec<String>| {
        let fields = names.iter().filter_map(|name| model.field(name));
        let mut own: Vec<_> = fields.map(|field| field.column().to_lowercase()).collect();
        let mut wanted = columns.to_vec();
        own.sort();
        wanted.sort();
        own == wanted
    };
    let constraints = model.options.constraints.iter();
    let mut constrained = constraints.filter_map(|constraint| match &constraint.kind {
        ConstraintKind::Unique(fields) => Some(fields),
        _ => None,
    });
    model
        .columns()
        .any(|field| field.is_unique() && columns == [field.column().to_lowercase()])
        || model.options.unique_together.iter().any(is_set)
        || constrained.any(is_set)
}
