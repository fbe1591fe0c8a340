//! A model, and the models of a whole file.

use crate::document::{Item, Problems, Table, TableEntry};
use crate::models::read::{ReadContext, fields, options};
use crate::models::{FieldKind, Model, ModelOptions};
use crate::text;

/// The models that `models.toml` declares, in the order of the file.
pub fn declared_models<'r>(root: &'r Table, problems: &Problems) -> Vec<&'r TableEntry> {
    let mut found: Vec<&TableEntry> = Vec::new();
    for entry in root.entries() {
        if entry.item.as_table().is_none() || !text::is_identifier(&entry.key) {
            let message = format!("`{}` must be the table of a model", entry.key);
            let hint = "write `[Post]` for its options and `[Post.fields]` for its fields";
            problems.push(entry.error("wrong-type", message).hint(hint));
            continue;
        }
        let same = |other: &&&TableEntry| other.key.to_lowercase() == entry.key.to_lowercase();
        if let Some(first) = found.iter().find(same) {
            let message = format!("`{}` differs from `{}` in case alone", entry.key, first.key);
            problems.push(entry.error("duplicate-model", message));
        }
        found.push(entry);
    }
    found
}

/// The model that `entry` declares; `table` is what it declares and takes over.
pub fn model_of(context: &ReadContext<'_>, entry: &TableEntry, table: &Table) -> Model {
    let keys = table.reader(context.problems());
    let declared = keys.item("fields").and_then(Item::as_table);
    let options = options(context, &keys, &entry.key);
    if declared.is_none() && options.proxy_for.is_none() {
        let message = format!("the model `{}` has no fields", entry.key);
        let hint = format!("declare them below `[{}.fields]`", entry.key);
        let problem = entry.error("missing-key", message).hint(hint);
        context.problems().push(problem);
    }
    let mut model = model(context, &entry.key, declared, options);
    keys.finish();
    model.use_field_names();
    interpolate(&mut model);
    model
}

/// Puts the names of app and model where names of an abstract model leave room for them.
fn interpolate(model: &mut Model) {
    let (app_label, class) = (model.app_label.clone(), model.name.to_lowercase());
    let fill = |name: &mut String| {
        if name.contains("%(") {
            *name = name
                .replace("%(app_label)s", &app_label)
                .replace("%(class)s", &class);
        }
    };
    for field in &mut model.fields {
        let (related_name, query_name) = match &mut field.kind {
            FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) => {
                (&mut relation.related_name, &mut relation.related_query_name)
            }
            FieldKind::ManyToMany(relation) => {
                (&mut relation.related_name, &mut relation.related_query_name)
            }
            _ => continue,
        };
        related_name.iter_mut().chain(query_name).for_each(fill);
    }
    let options = &mut model.options;
    let indexes = options.indexes.iter_mut();
    let constraints = options.constraints.iter_mut();
    let names = indexes.filter_map(|index| index.name.as_mut());
    let names = names.chain(constraints.map(|constraint| &mut constraint.name));
    names
        .chain(options.default_related_name.iter_mut())
        .for_each(fill);
}

/// A model of these parts, with a primary key of its own where it declares none.
pub fn model(
    context: &ReadContext<'_>,
    name: &str,
    declared: Option<&Table>,
    options: ModelOptions,
) -> Model {
    let fields = declared.map(|table| fields(context, table, name));
    let model = Model {
        app_label: context.app_label().to_owned(),
        name: name.to_owned(),
        fields: fields.unwrap_or_default(),
        options,
    };
    model.with_primary_key(FieldKind::BigAuto)
}
