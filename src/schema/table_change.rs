//! What a remake changes, and the model it leads to.

use crate::models::{Field, Model, ModelKey, ModelRef};
use crate::schema::direction::Direction;

/// What a remake changes.
#[derive(Debug)]
pub(super) enum TableChange<'c> {
    /// Nothing: the table is made again as the state has it.
    Nothing,
    /// A field more.
    Add(&'c Field),
    /// A field less.
    Remove(&'c Field),
    /// Fields that become others.
    Alter(&'c [(&'c Field, &'c Field)]),
}

/// The model after `change`.
pub(super) fn changed_model(
    model: &Model,
    change: &TableChange<'_>,
    direction: Direction,
) -> Model {
    let mut new = model.clone();
    // What has no column stays out, but for a key that is several of them.
    new.fields.retain(|field| field.many_to_many().is_none());
    let changed_fields: Vec<Field> = match change {
        TableChange::Nothing => Vec::new(),
        TableChange::Add(field) => vec![(*field).clone()],
        TableChange::Remove(field) => {
            new.fields.retain(|other| other.name != field.name);
            let indexes = &mut new.options.indexes;
            indexes.retain(|index| !index.names(&field.name));
            Vec::new()
        }
        TableChange::Alter(pairs) => {
            for (old, altered) in *pairs {
                new.rename_field_references(&old.name, &altered.name);
            }
            // A model that has the new field already has it where it belongs.
            let leaves = |field: &Field| {
                let new = replacement(pairs, field);
                new.is_some_and(|new| new != field || pairs.len() > 1)
            };
            new.fields.retain(|field| !leaves(field));
            let left = model.fields.iter().filter(|field| leaves(field));
            let changed = left.filter_map(|field| replacement(pairs, field));
            changed.cloned().collect()
        }
    };
    drop_former_key(&mut new, &changed_fields);
    let own = model.key();
    // Django copies these fields for the remake, which makes them the youngest.
    let is_copy = |field: &Field| refers_to(field, &own) && !is_altered(change, field);
    let (copies, kept) = new.fields.into_iter().partition(is_copy);
    new.fields = kept;
    insert_changed_fields(&mut new.fields, changed_fields, direction);
    new.fields.extend::<Vec<_>>(copies);
    new
}

fn is_altered(change: &TableChange<'_>, field: &Field) -> bool {
    match change {
        TableChange::Alter(pairs) => pairs.iter().any(|(_, new)| new.name == field.name),
        _ => false,
    }
}

fn refers_to(field: &Field, model: &ModelKey) -> bool {
    let mut relations = field.relation().into_iter();
    relations.any(|relation| relation.to == ModelRef::Named(model.clone()))
}

pub(super) fn replacement<'p>(pairs: &[(&Field, &'p Field)], field: &Field) -> Option<&'p Field> {
    let mut pairs = pairs.iter();
    let pair = pairs.find(|(old, _)| old.name == field.name);
    pair.map(|(_, new)| *new)
}

/// A new primary key takes the place of the former one, which goes if nobody declared it.
fn drop_former_key(model: &mut Model, changed_fields: &[Field]) {
    if changed_fields.iter().any(|field| field.primary_key) {
        model
            .fields
            .retain(|field| !(field.primary_key && field.auto_created));
        for field in &mut model.fields {
            field.primary_key = false;
        }
    }
}

/// Puts the changed fields where Django's order of creation puts them.
fn insert_changed_fields(
    fields: &mut Vec<Field>,
    changed_fields: Vec<Field>,
    direction: Direction,
) {
    let (automatic, declared): (Vec<_>, Vec<_>) = changed_fields
        .into_iter()
        .partition(|field| field.auto_created);
    fields.splice(0..0, automatic);
    let front = fields.iter().take_while(|field| field.auto_created).count();
    let position = match direction {
        Direction::Forwards => fields.len(),
        Direction::Backwards => front,
    };
    fields.splice(position..position, declared);
}
