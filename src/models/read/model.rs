//! A model, and the models of a whole file.

use crate::document::{Entry, Item, Table};
use crate::models::read::{Context, fields, options};
use crate::models::{FieldKind, Model, ModelOptions};
use crate::text;

/// The models of `models.toml`, in the order of the file.
pub fn app_models(context: &Context<'_>, root: &Table) -> Vec<Model> {
    let mut models: Vec<Model> = Vec::new();
    for entry in root.entries() {
        let Some(table) = entry
            .item
            .as_table()
            .filter(|_| text::is_identifier(&entry.key))
        else {
            let message = format!("`{}` must be the table of a model", entry.key);
            let hint = "write `[Post]` for its options and `[Post.fields]` for its fields";
            let problem = entry.error("wrong-type", message).hint(hint);
            context.problems().push(problem);
            continue;
        };
        let same = |model: &&Model| model.name.eq_ignore_ascii_case(&entry.key);
        if let Some(first) = models.iter().find(same) {
            let message = format!(
                "`{}` differs from `{}` in case alone",
                entry.key, first.name
            );
            context
                .problems()
                .push(entry.error("duplicate-model", message));
        }
        models.push(model_of(context, entry, table));
    }
    models
}

fn model_of(context: &Context<'_>, entry: &Entry, table: &Table) -> Model {
    let keys = table.fields(context.problems());
    let declared = keys.item("fields").and_then(Item::as_table);
    let options = options(context, &keys, &entry.key);
    if declared.is_none() && options.proxy_for.is_none() {
        let message = format!("the model `{}` has no fields", entry.key);
        let hint = format!("declare them below `[{}.fields]`", entry.key);
        let problem = entry.error("missing-key", message).hint(hint);
        context.problems().push(problem);
    }
    let model = model(context, &entry.key, declared, options);
    check_names(context, &model, table);
    keys.finish();
    model
}

/// A model of these parts, with a primary key of its own where it declares none.
pub fn model(
    context: &Context<'_>,
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

/// Reports options that name fields the model does not have.
fn check_names(context: &Context<'_>, model: &Model, table: &Table) {
    let options = &model.options;
    // A field with a mistake of its own is none of the model's, but it is declared.
    let declared = table.get("fields").and_then(Item::as_table);
    let is_declared = |name: &str| {
        model.field(name).is_some() || declared.is_some_and(|fields| fields.get(name).is_some())
    };
    let named = [
        ("unique_together", options.unique_together.concat()),
        (
            "indexes",
            options
                .indexes
                .iter()
                .flat_map(|index| index.fields.iter().map(|field| field.name.clone()))
                .collect(),
        ),
        (
            "constraints",
            options
                .constraints
                .iter()
                .flat_map(|constraint| constraint.fields.clone())
                .collect(),
        ),
    ];
    for (key, names) in named {
        for name in names.iter().filter(|name| !is_declared(name)) {
            let Some(item) = table.get(key) else { continue };
            let message = format!(
                "`{key}` names `{name}`, which is no field of `{}`",
                model.name
            );
            let mut problem = item.error("unknown-field", message);
            let fields = model.fields.iter().map(|field| field.name.as_str());
            if let Some(nearest) = text::nearest(name, fields) {
                problem = problem.hint(format!("did you mean `{nearest}`?"));
            }
            context.problems().push(problem);
        }
    }
}
