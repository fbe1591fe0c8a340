//! Brings the models of both sides to one form, so that they differ only in what migrations change.

use std::collections::BTreeSet;

use crate::migrations::{History, MigrationError};
use crate::models::{FieldKind, Model, ModelKey, ModelRef, ProjectState, Registry};
use crate::schema::index_name_of;

/// The models that the migrations of `history` lead to, and those of `registry`.
///
/// An app among `labels` that has no migrations yet has no models before them.
pub(super) fn comparable_states(
    history: &History<'_>,
    registry: &Registry,
    labels: &BTreeSet<String>,
) -> Result<(ProjectState, ProjectState), MigrationError> {
    let user_model = history.migrations.user_model();
    let is_setting = |reference: &ModelRef| *reference == ModelRef::UserModel;
    let can_be_swapped = registry
        .models()
        .any(|model| model.options.swappable.as_ref().is_some_and(is_setting));
    let setting = can_be_swapped.then_some(user_model);
    let is_new =
        |label: &String| labels.contains(label) && !history.migrations.has_migrations(label);
    let (mut from, mut to) = (
        ProjectState::new(user_model.clone()),
        ProjectState::new(user_model.clone()),
    );
    let end = history.state()?;
    let before = end.models().filter(|model| !is_new(&model.app_label));
    for model in before {
        // Adding fails only if a state has a model twice, which neither side has.
        from.add(comparable(model, setting)).ok();
    }
    for model in registry.models() {
        to.add(comparable(model, setting)).ok();
    }
    Ok((from, to))
}

/// `model` with names for its indexes, and without what migrations do not keep.
///
/// With `setting`, references to that model go to `[auth] user_model`, as Django writes them.
fn comparable(model: &Model, setting: Option<&ModelKey>) -> Model {
    let mut found = model.clone();
    found.options.str_template = None;
    found.options.url_template = None;
    for index in &mut found.options.indexes {
        index.name = index_name_of(model, index);
    }
    for field in &mut found.fields {
        // Django leaves primary keys out of fixtures without being told.
        field.serialize |= field.primary_key;
        if let FieldKind::ManyToMany(relation) = &mut field.kind {
            // The table of the field does not show whether the field is symmetrical.
            relation.symmetrical = None;
        }
        for reference in field.kind.references_mut() {
            if let (ModelRef::Named(key), Some(setting)) = (&*reference, setting)
                && key == setting
            {
                *reference = ModelRef::UserModel;
            }
        }
    }
    found
}
